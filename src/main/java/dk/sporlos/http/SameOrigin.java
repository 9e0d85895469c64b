package dk.sporlos.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Whether a page of this host sent a request, as far as the browser says. */
public final class SameOrigin {
  private SameOrigin() {}

  /**
   * By Fetch Metadata, or by the origin where a browser says no more. Who says neither is no
   * browser that could be misled.
   */
  public static boolean isFromHere(HttpServerRequest request) {
    String fetchedFrom = request.getHeader("Sec-Fetch-Site");
    if (fetchedFrom != null) {
      return fetchedFrom.equals("same-origin");
    }
    String origin = request.getHeader("Origin");
    return origin == null || isOf(origin, request.authority());
  }

  private static boolean isOf(String origin, @Nullable HostAndPort here) {
    try {
      String host = new URI(origin).getHost();
      return host != null && here != null && host.equalsIgnoreCase(here.host());
    } catch (URISyntaxException unreadable) {
      return false;
    }
  }
}
