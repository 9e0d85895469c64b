package dk.sporlos.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * A request whose head cannot be read, and how it is answered.
 *
 * @param path null if not even the first line can be read
 */
public record UnreadableRequest(@Nullable String path, Problem problem) {

  /** Stands for the address of a request whose first line cannot be read. */
  private static final String NO_ADDRESS = "/bad-request";

  static UnreadableRequest of(HttpServerRequest request) {
    String path = request.path();
    return new UnreadableRequest(
        NO_ADDRESS.equals(path) ? null : path, problem(request.decoderResult().cause()));
  }

  private static Problem problem(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return HeadRules.TOO_LONG;
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return new Problem(431, "headers-too-large", "a request's headers have 16 KB at most");
    }
    return new Problem(400, "bad-request", "this is no valid request");
  }

  /**
   * Answers, and closes the connection, on which nothing can be read any more; but one of HTTP/2
   * has other requests, which can.
   */
  void answer(HttpServerRequest request) {
    SecurityHeaders.lendToScripts(request.response());
    boolean last = request.version() != HttpVersion.HTTP_2;
    if (last) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    if (request.method().equals(HttpMethod.HEAD)) {
      request.response().setStatusCode(problem.status()).end();
    } else {
      problem.send(request.response());
    }
    if (last) {
      request.connection().close();
    }
  }
}
