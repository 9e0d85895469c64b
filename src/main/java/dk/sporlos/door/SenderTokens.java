package dk.sporlos.door;

import dk.sporlos.site.Site;
import io.vertx.core.Future;

/** Knows which programs may say for whom they send. */
@FunctionalInterface
public interface SenderTokens {

  /**
   * Whether the token lets its bearer send beacons of a site in the name of visitors. Fails only if
   * that cannot be looked up.
   */
  Future<Boolean> maySend(String token, Site site);

  /** Of which there are none. */
  static SenderTokens none() {
    return (token, site) -> Future.succeededFuture(false);
  }
}
