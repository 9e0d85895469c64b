package dk.sporlos.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
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
      return new Problem(414, "line-too-long", "a request's address has 8 KB at most");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return new Problem(431, "headers-too-large", "a request's headers have 16 KB at most");
    }
    return new Problem(400, "bad-request", "this is no valid request");
  }

  /** Answers, and closes the connection, on which nothing can be read any more. */
  void answer(HttpServerRequest request) {
    request
        .response()
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    if (request.method().equals(HttpMethod.HEAD)) {
      request.response().setStatusCode(problem.status()).end();
    } else {
      problem.send(request.response());
    }
    request.connection().close();
  }
}
