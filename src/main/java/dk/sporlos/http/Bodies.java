package dk.sporlos.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads the bodies of requests, whatever their content type says, up to a limit. */
public final class Bodies {
  private Bodies() {}

  /** A body was longer than the limit. */
  public static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLargeException() {
      super("the body is too large", null, false, false);
    }
  }

  /** The connection was closed before the body was whole. */
  public static final class AbortedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AbortedException() {
      super("the body is not whole", null, false, false);
    }
  }

  /**
   * The body, or a failure with {@link TooLargeException} or {@link AbortedException}; what comes
   * after the limit is thrown away as it arrives, so that the client gets to read the answer.
   *
   * @param limit in bytes
   */
  public static Future<Buffer> read(HttpServerRequest request, int limit) {
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    request
        .handler(
            chunk -> {
              if (body.length() + chunk.length() <= limit) {
                body.appendBuffer(chunk);
              } else {
                whole.tryFail(new TooLargeException());
                request.handler(excess -> {});
              }
            })
        .exceptionHandler(closed -> whole.tryFail(new AbortedException()))
        .endHandler(end -> whole.tryComplete(body));
    return whole.future();
  }
}
