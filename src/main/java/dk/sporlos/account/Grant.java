package dk.sporlos.account;

import dk.sporlos.site.SiteId;

/**
 * A role, and the site or the group of sites that it is for.
 *
 * @param site number of the site; 0 if it is for a group
 * @param group number of the group; 0 if it is for a site
 */
public record Grant(int site, int group, Role role) {
  public Grant {
    if ((site == 0) == (group == 0)) {
      throw new IllegalArgumentException("a role is for a site or for a group of sites");
    }
  }

  /** A role on one site. */
  public static Grant on(SiteId site, Role role) {
    return new Grant(site.value(), 0, role);
  }
}
