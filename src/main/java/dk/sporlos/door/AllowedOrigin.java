package dk.sporlos.door;

import dk.sporlos.site.HostName;
import dk.sporlos.site.Site;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Who may read the answer to a beacon that came with cookies: pages of the site, and nobody else
 * (Fetch standard, CORS protocol and credentials).
 */
final class AllowedOrigin {
  private AllowedOrigin() {}

  /** Lets the page read the answer if it is one of the site. */
  static void allow(HttpServerRequest request, Site site) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    Url url = origin == null ? null : Url.parse(origin);
    if (origin != null && url != null && site.hasPagesOn(HostName.canonical(url.host()))) {
      MultiMap headers = request.response().headers();
      headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
      headers.set(HttpHeaders.VARY, "Origin");
    }
  }
}
