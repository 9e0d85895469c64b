package dk.sporlos.transfer;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Decides into which sites a caller may import. */
@FunctionalInterface
public interface Importing {

  /**
   * The site, if it exists and the token allows imports into it; otherwise null, whichever of the
   * two is wrong.
   */
  Future<@Nullable Site> authorize(String token, String domain);
}
