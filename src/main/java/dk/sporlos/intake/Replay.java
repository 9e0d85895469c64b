package dk.sporlos.intake;

import dk.sporlos.database.Availability;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.spool.Batch;
import dk.sporlos.spool.Spool;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the batches of the spool into the database, the oldest first and one at a time. That one
 * of them was taken is how it is known that the database is back.
 */
public final class Replay {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
  private static final int BATCHES_A_RUN = 500;

  private final Spool spool;
  private final HitStore database;
  private final WorkerExecutor worker;
  private final Availability availability;
  private final LongSupplier nanoTime;
  private final Counter replayed;
  private final FailureLog unreadable = new FailureLog("the spool cannot be read");
  private final FailureLog refused = new FailureLog("a batch of the spool cannot be stored");
  private Duration pause = Duration.ZERO;
  private long failedAt;

  /**
   * @param worker where the spool may block
   */
  public Replay(
      Spool spool,
      HitStore database,
      WorkerExecutor worker,
      Availability availability,
      MeterRegistry meters) {
    this(spool, database, worker, availability, System::nanoTime, meters);
  }

  Replay(
      Spool spool,
      HitStore database,
      WorkerExecutor worker,
      Availability availability,
      LongSupplier nanoTime,
      MeterRegistry meters) {
    this.spool = spool;
    this.database = database;
    this.worker = worker;
    this.availability = availability;
    this.nanoTime = nanoTime;
    this.replayed =
        Counter.builder("sporlos.spool.replayed")
            .description("Batches of the spool that were brought into the database")
            .register(meters);
  }

  /**
   * Writes some hundred batches, or until one fails. After a failure nothing is tried for a while,
   * each time longer. One run at a time.
   */
  public Future<Void> run() {
    boolean resting = !pause.isZero() && nanoTime.getAsLong() - failedAt < pause.toNanos();
    return spool.isEmpty() || resting ? Future.succeededFuture() : next(BATCHES_A_RUN);
  }

  private Future<Void> next(int left) {
    return worker
        .<@Nullable Batch>executeBlocking(spool::oldest)
        .onFailure(unreadable::log)
        .compose(
            batch ->
                batch == null || left == 0
                    ? Future.succeededFuture()
                    : write(batch)
                        .compose(written -> written ? next(left - 1) : Future.succeededFuture()));
  }

  /** Whether the batch is dealt with. */
  private Future<Boolean> write(Batch batch) {
    return database
        .write(batch)
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .compose(
            written -> written().map(true),
            failure ->
                Sifting.isToBlame(failure)
                    ? putAside(failure).map(true)
                    : rest(failure).map(false));
  }

  private Future<Void> written() {
    pause = Duration.ZERO;
    availability.found();
    replayed.increment();
    return worker.executeBlocking(
        () -> {
          spool.stored();
          return null;
        });
  }

  /** A batch of which not even the hits can be set aside keeps its file, and holds up no other. */
  private Future<Void> putAside(Throwable failure) {
    refused.log(failure);
    return worker.executeBlocking(
        () -> {
          spool.unfit();
          return null;
        });
  }

  private Future<Void> rest(Throwable failure) {
    availability.lost(failure);
    Duration longer = pause.isZero() ? SHORTEST_PAUSE : pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    failedAt = nanoTime.getAsLong();
    return Future.succeededFuture();
  }
}
