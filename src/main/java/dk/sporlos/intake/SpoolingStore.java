package dk.sporlos.intake;

import dk.sporlos.database.Availability;
import dk.sporlos.door.Reason;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.spool.Batch;
import dk.sporlos.spool.Spool;
import dk.sporlos.spool.SpoolFullException;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.Set;

/** The database, and while that is away the spool. Either makes hits durable. */
public final class SpoolingStore implements HitStore {

  /*
   * A batch that the database does not take in time may have been stored, or may be yet: it goes to
   * the spool all the same, since its number keeps it from being stored twice. From then on batches
   * go to the spool without asking, until the replay of the spool has written one.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HitStore database;
  private final Spool spool;
  private final WorkerExecutor worker;
  private final Availability availability;
  private final Patience patience;
  private final FailureLog failures = new FailureLog("the spool cannot be written to");

  /**
   * @param worker where the spool may block
   */
  public SpoolingStore(
      HitStore database, Spool spool, WorkerExecutor worker, Availability availability) {
    this(database, spool, worker, availability, PATIENCE);
  }

  /**
   * The same.
   *
   * @param patience after which a batch is taken to be of unknown outcome
   */
  SpoolingStore(
      HitStore database,
      Spool spool,
      WorkerExecutor worker,
      Availability availability,
      Duration patience) {
    this.database = database;
    this.spool = spool;
    this.worker = worker;
    this.availability = availability;
    this.patience = new Patience(patience);
  }

  @Override
  public Future<Set<Integer>> write(Batch batch) {
    return availability.isAway()
        ? spool(batch, /* although= */ false)
        : patience
            .with(database.write(batch))
            .recover(
                failure -> {
                  availability.lost(failure);
                  return spool(batch, /* although= */ true);
                });
  }

  private Future<Set<Integer>> spool(Batch batch, boolean although) {
    return worker
        .executeBlocking(
            () -> {
              spool.append(batch, although);
              return Set.<Integer>of();
            })
        .recover(
            failure -> {
              if (failure instanceof SpoolFullException) {
                return Future.failedFuture(new NotTakenException(Reason.SPOOL_FULL));
              }
              failures.log(failure);
              return Future.failedFuture(failure);
            });
  }
}
