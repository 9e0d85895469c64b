package dk.sporlos.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How late timers of the event loops are, which is how long whatever comes in has to wait. */
public final class EventLoopLag {
  private static final long PAUSE_MILLIS = 500;
  private static final Duration[] BUCKETS =
      Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  /** One of them: each instance has an event loop of its own. */
  private static final class Watch extends VerticleBase {
    private final Timer lags;

    Watch(Timer lags) {
      this.lags = lags;
    }

    @Override
    public Future<?> start() {
      next();
      return Future.succeededFuture();
    }

    private void next() {
      long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
      vertx.setTimer(
          PAUSE_MILLIS,
          fired -> {
            lags.record(Math.max(0, System.nanoTime() - due), TimeUnit.NANOSECONDS);
            next();
          });
    }
  }

  private EventLoopLag() {}

  /**
   * Watches the event loops for as long as they live.
   *
   * @param loops how many there are
   */
  public static Future<?> watch(Vertx vertx, int loops, MeterRegistry meters) {
    Timer lags =
        Timer.builder("sporlos.eventloop.lag")
            .description("How late timers of the event loops are, each asked twice a second")
            .serviceLevelObjectives(BUCKETS)
            .register(meters);
    return vertx.deployVerticle(() -> new Watch(lags), new DeploymentOptions().setInstances(loops));
  }
}
