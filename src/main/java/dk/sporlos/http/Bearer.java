package dk.sporlos.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The token that a request shows in its header {@code Authorization: Bearer …} (RFC 6750). */
public final class Bearer {
  private static final String SCHEME = "Bearer ";

  private Bearer() {}

  /** The token, or null if the request shows none. */
  public static @Nullable String token(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    String token = header.substring(SCHEME.length()).strip();
    return token.isEmpty() ? null : token;
  }
}
