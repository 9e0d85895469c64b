package dk.sporlos.account;

import dk.sporlos.site.SiteId;

/**
 * What a role is for: one site, a group of them, or, of an administrator, the installation.
 *
 * @param site number of the site; 0 if it is for none
 * @param group number of the group; 0 if it is for none
 */
record Target(int site, int group) {
  static final Target INSTALLATION = new Target(0, 0);

  static Target of(SiteId site) {
    return new Target(site.value(), 0);
  }

  static Target ofGroup(int group) {
    return new Target(0, group);
  }
}
