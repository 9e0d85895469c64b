package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Decides whose figures a caller may read. */
@FunctionalInterface
public interface Access {

  /**
   * The site, if it exists and the token opens its figures; otherwise null, whichever of the two is
   * wrong.
   *
   * @param token as the caller sent it
   * @param domain as the caller named the site, in lower case
   */
  Future<@Nullable Site> authorize(String token, String domain);
}
