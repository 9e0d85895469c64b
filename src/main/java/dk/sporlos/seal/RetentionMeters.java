package dk.sporlos.seal;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;

/** How the runs of the retention went. */
final class RetentionMeters {
  private final Clock clock;
  private final LongAdder done = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder rows = new LongAdder();

  /** In seconds of the Unix era; NaN before the first. */
  private volatile double lastDone = Double.NaN;

  RetentionMeters(Clock clock) {
    this.clock = clock;
  }

  void bindTo(MeterRegistry meters) {
    runs("done", done, meters);
    runs("failed", failed, meters);
    FunctionCounter.builder("sporlos.retention.rows", rows, LongAdder::sum)
        .description("Rows deleted since they were past their life")
        .register(meters);
    Gauge.builder("sporlos.retention.last.run.timestamp.seconds", this, of -> of.lastDone)
        .description(
            "Second of the Unix era in which this process last deleted what was past its life; NaN"
                + " before")
        .register(meters);
  }

  private static void runs(String outcome, LongAdder count, MeterRegistry meters) {
    FunctionCounter.builder("sporlos.retention.runs", count, LongAdder::sum)
        .description("Runs of the job that deletes what is past its life")
        .tag("outcome", outcome)
        .register(meters);
  }

  /** Counts a run and the rows that it deleted. */
  Future<Long> count(Future<Long> run) {
    return run.onSuccess(
            deleted -> {
              done.increment();
              rows.add(deleted);
              lastDone = clock.millis() / 1_000.0;
            })
        .onFailure(failure -> failed.increment());
  }
}
