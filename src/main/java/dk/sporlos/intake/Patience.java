package dk.sporlos.intake;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long to wait for what may never come.
 *
 * <p>As {@link Future#timeout}, which has a thread of its own keep the time of futures that belong
 * to no context: waking that one for each batch took a sixth of the processor time where batches
 * are small.
 */
record Patience(Duration duration) {

  /** The outcome, or a failure with {@link TimeoutException} if there is none in time. */
  <T> Future<T> with(Future<T> outcome) {
    Context context = Vertx.currentContext();
    if (context == null) {
      return outcome.timeout(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
    Promise<T> inTime = Promise.promise();
    Vertx vertx = context.owner();
    long timer = vertx.setTimer(duration.toMillis(), due -> inTime.tryFail(tooLate()));
    outcome.onComplete(
        result -> {
          vertx.cancelTimer(timer);
          inTime.tryComplete(result);
        },
        failure -> {
          vertx.cancelTimer(timer);
          inTime.tryFail(failure);
        });
    return inTime.future();
  }

  private TimeoutException tooLate() {
    return new TimeoutException("no outcome within " + duration.toMillis() + " ms");
  }
}
