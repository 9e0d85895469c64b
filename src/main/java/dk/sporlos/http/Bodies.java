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

  /** All bodies together were more than the process can hold. */
  public static final class OverBudgetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OverBudgetException() {
      super("too many bodies are being sent at once", null, false, false);
    }
  }

  /** The connection was closed before the body was whole. */
  public static final class AbortedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public AbortedException() {
      super("the body is not whole", null, false, false);
    }
  }

  /**
   * The body, or a failure with {@link TooLargeException}, {@link OverBudgetException} or {@link
   * AbortedException}; what comes after such a failure is thrown away as it arrives, so that the
   * client gets to read the answer.
   *
   * @param limit in bytes
   * @param budget that the body draws on until it is whole
   */
  public static Future<Buffer> read(HttpServerRequest request, int limit, BodyBudget budget) {
    Reading reading = new Reading(limit, budget);
    request
        .handler(reading::add)
        .exceptionHandler(closed -> reading.fail(new AbortedException()))
        .endHandler(end -> reading.complete());
    return reading.whole.future();
  }

  /** A body as far as it has come. */
  private static final class Reading {
    private final Promise<Buffer> whole = Promise.promise();
    private final int limit;
    private final BodyBudget budget;
    private Buffer body = Buffer.buffer();

    Reading(int limit, BodyBudget budget) {
      this.limit = limit;
      this.budget = budget;
    }

    void add(Buffer chunk) {
      if (whole.future().isComplete()) {
        return;
      }
      if (body.length() + chunk.length() > limit) {
        fail(new TooLargeException());
      } else if (!budget.take(chunk.length())) {
        fail(new OverBudgetException());
      } else {
        body.appendBuffer(chunk);
      }
    }

    void complete() {
      Buffer read = release();
      whole.tryComplete(read);
    }

    void fail(RuntimeException failure) {
      release();
      whole.tryFail(failure);
    }

    /** Gives back what was taken, and lets go of it: the request may linger. */
    private Buffer release() {
      Buffer read = body;
      budget.giveBack(read.length());
      body = Buffer.buffer();
      return read;
    }
  }
}
