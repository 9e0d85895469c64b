package dk.sporlos.transfer;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Decides into which sites a caller may import. */
@FunctionalInterface
public interface Importing {

  /**
   * The site, if it exists and the request shows what allows imports into it; otherwise null,
   * whichever of the two is wrong.
   */
  Future<@Nullable Site> authorize(HttpServerRequest request, String domain);
}
