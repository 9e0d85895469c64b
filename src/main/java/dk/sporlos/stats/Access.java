package dk.sporlos.stats;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Decides whose figures a caller may read, and which. */
@FunctionalInterface
public interface Access {

  /**
   * The caller as a reader of the site, if it exists and its figures are open to them; otherwise
   * null, whichever of the two is wrong. Fails with {@link io.vertx.ext.web.handler.HttpException}
   * if the request is refused for another reason.
   *
   * @param request which shows a credential
   * @param domain as the caller named the site, in lower case
   */
  Future<@Nullable Reader> authorize(HttpServerRequest request, String domain);
}
