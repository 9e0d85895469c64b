package dk.sporlos.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of people who have signed in; no visitor of a website is ever given one.
 *
 * @param secure whether browsers come by TLS: then it is sent by TLS alone, and cannot be set from
 *     another host
 */
public record SessionCookie(boolean secure) {
  /** Its name. */
  public String name() {
    return cookie().name();
  }

  /** What a browser brings; null if it brings none, or more than one. */
  public @Nullable String read(HttpServerRequest request) {
    return cookie().read(request);
  }

  /** Makes the browser keep it until it is closed or signed out. */
  public void set(HttpServerResponse response, String secret) {
    cookie().set(response, secret);
  }

  /** Takes it back. */
  public void remove(HttpServerResponse response) {
    cookie().remove(response);
  }

  private HostCookie cookie() {
    return new HostCookie("session", secure);
  }
}
