package dk.sporlos.site;

/** The number of a site. */
public record SiteId(int value) {}
