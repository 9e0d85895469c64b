package dk.sporlos.account;

import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import org.jspecify.annotations.Nullable;

/**
 * Which sites a token opens.
 *
 * @param only the site that it is for; null for all sites, those to come included
 */
public record Reach(@Nullable SiteId only) {

  public boolean opens(Site site) {
    return only == null || only.equals(site.id());
  }

  public boolean opensAll() {
    return only == null;
  }
}
