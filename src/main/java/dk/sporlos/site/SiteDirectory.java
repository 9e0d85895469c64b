package dk.sporlos.site;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Finds the site that a snippet names. */
public interface SiteDirectory {

  /**
   * The site of a domain, null if there is none. Completed already for a domain asked for of late,
   * known or not.
   *
   * @param domain as {@link HostName#canonical} spells it
   */
  Future<@Nullable Site> byDomain(String domain);

  /**
   * The site that the tracker of a dialect names: by what its product called the site, else by its
   * domain. Null if there is none.
   */
  default Future<@Nullable Site> named(Dialect dialect, String name) {
    return byDomain(name);
  }
}
