package dk.sporlos.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of a browser in which the password of a shared link was given; no visitor of a website
 * is ever given one.
 *
 * @param secure whether browsers come by TLS: then it is sent by TLS alone, and cannot be set from
 *     another host
 */
public record LinkCookie(boolean secure) {
  /** Its name. */
  public String name() {
    return cookie().name();
  }

  /** What a browser brings; null if it brings none, or more than one. */
  public @Nullable String read(HttpServerRequest request) {
    return cookie().read(request);
  }

  /** Makes the browser keep it for a while. */
  public void set(HttpServerResponse response, String secret, Duration life) {
    response.addCookie(cookie().holding(secret).setMaxAge(life.toSeconds()));
  }

  private HostCookie cookie() {
    return new HostCookie("link", secure);
  }
}
