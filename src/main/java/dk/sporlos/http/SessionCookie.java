package dk.sporlos.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.stream.Stream;
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
    return secure ? "__Host-sporlos-session" : "sporlos-session";
  }

  /** What a browser brings; null if it brings none, or more than one. */
  public @Nullable String read(HttpServerRequest request) {
    String start = name() + "=";
    List<String> brought =
        request.headers().getAll(HttpHeaders.COOKIE).stream()
            .flatMap(line -> Stream.of(line.split(";", -1)))
            .map(String::strip)
            .filter(cookie -> cookie.startsWith(start))
            .toList();
    return brought.size() == 1 ? brought.get(0).substring(start.length()) : null;
  }

  /** Makes the browser keep it until it is closed or signed out. */
  public void set(HttpServerResponse response, String secret) {
    response.addCookie(cookie(secret));
  }

  /** Takes it back. */
  public void remove(HttpServerResponse response) {
    response.addCookie(cookie("").setMaxAge(0));
  }

  private Cookie cookie(String value) {
    return Cookie.cookie(name(), value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(secure)
        .setSameSite(CookieSameSite.LAX);
  }
}
