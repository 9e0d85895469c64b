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
 * A cookie of this host alone, which no script reads.
 *
 * <p>It is {@code Lax} and not {@code Strict}, for a browser comes here by links of others, too: of
 * a mail, or of a provider who signed somebody in.
 *
 * @param word what tells it from the others
 * @param secure whether browsers come by TLS: then it is sent by TLS alone, and cannot be set from
 *     another host
 */
record HostCookie(String word, boolean secure) {

  String name() {
    return (secure ? "__Host-sporlos-" : "sporlos-") + word;
  }

  /** What a browser brings; null if it brings none, or more than one. */
  @Nullable String read(HttpServerRequest request) {
    String start = name() + "=";
    List<String> brought =
        request.headers().getAll(HttpHeaders.COOKIE).stream()
            .flatMap(line -> Stream.of(line.split(";", -1)))
            .map(String::strip)
            .filter(cookie -> cookie.startsWith(start))
            .toList();
    return brought.size() == 1 ? brought.get(0).substring(start.length()) : null;
  }

  /** Makes the browser keep it until it is closed, unless it is told for how long. */
  Cookie holding(String value) {
    return Cookie.cookie(name(), value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(secure)
        .setSameSite(CookieSameSite.LAX);
  }

  void set(HttpServerResponse response, String value) {
    response.addCookie(holding(value));
  }

  /** Takes it back. */
  void remove(HttpServerResponse response) {
    response.addCookie(holding("").setMaxAge(0));
  }
}
