package dk.sporlos.site;

/** The number of a site. */
public record SiteId(int value) {

  /** In place of a site where something is of the installation as a whole. */
  public static final SiteId INSTALLATION = new SiteId(0);
}
