package dk.sporlos;

import dk.sporlos.metrics.FailureLog;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A job that is done again and again, one run at a time; a pause follows each run, failed or not.
 */
final class Periodic {
  // Vert.x counts timers from 0, so 0 is somebody's: a pool that waits for a connection has one,
  // too.
  private static final long NO_TIMER = -1;

  /*
   * All of it happens on one context, so that a stop from another thread finds a run either under way
   * or not yet begun.
   */
  private final Vertx vertx;
  private final Context context;
  private final Duration pause;
  private final Supplier<Future<?>> job;
  private final FailureLog failures;
  private Future<?> running = Future.succeededFuture();
  private long timer = NO_TIMER;
  private boolean stopped;

  /**
   * @param what the job does, for the log if it fails: "visits were not folded"
   */
  Periodic(Vertx vertx, Duration pause, String what, Supplier<Future<?>> job) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.pause = pause;
    this.job = job;
    this.failures = new FailureLog(what);
  }

  /** Begins with a run. */
  void start() {
    context.runOnContext(ignored -> run());
  }

  /** Starts no further run, and completes once the present one is over. */
  Future<Void> stop() {
    Promise<Void> over = Promise.promise();
    context.runOnContext(
        ignored -> {
          stopped = true;
          vertx.cancelTimer(timer);
          running.onComplete(outcome -> over.complete());
        });
    return over.future();
  }

  private void run() {
    if (stopped) {
      return;
    }
    running = result().onFailure(failures::log);
    running.onComplete(outcome -> context.runOnContext(ignored -> pause()));
  }

  private void pause() {
    if (!stopped) {
      timer = vertx.setTimer(pause.toMillis(), ignored -> run());
    }
  }

  private Future<?> result() {
    try {
      return job.get();
    } catch (RuntimeException failure) {
      return Future.failedFuture(failure);
    }
  }
}
