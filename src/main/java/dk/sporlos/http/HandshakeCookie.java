package dk.sporlos.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of somebody who is away at a provider to sign in, for as long as that takes; no
 * visitor of a website is ever given one.
 *
 * @param secure whether browsers come by TLS: then it is sent by TLS alone, and cannot be set from
 *     another host
 */
public record HandshakeCookie(boolean secure) {
  /** No value of it has more characters. */
  public static final int LONGEST = 1_000;

  /** Its name. */
  public String name() {
    return cookie().name();
  }

  /** What a browser brings; null if it brings none, or more than one. */
  public @Nullable String read(HttpServerRequest request) {
    return cookie().read(request);
  }

  /** Gives it, until it is taken back or the browser is closed. */
  public void set(HttpServerResponse response, String value) {
    cookie().set(response, value);
  }

  /** Takes it back. */
  public void remove(HttpServerResponse response) {
    cookie().remove(response);
  }

  private HostCookie cookie() {
    return new HostCookie("provider", secure);
  }
}
