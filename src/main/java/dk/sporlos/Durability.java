package dk.sporlos;

import dk.sporlos.database.Availability;
import dk.sporlos.database.Database;
import dk.sporlos.door.Reason;
import dk.sporlos.fold.Nodes;
import dk.sporlos.intake.HitStore;
import dk.sporlos.intake.Inbox;
import dk.sporlos.intake.Replay;
import dk.sporlos.intake.SpoolingStore;
import dk.sporlos.metrics.Doctor.Finding;
import dk.sporlos.metrics.ManagementRoutes.Health;
import dk.sporlos.metrics.Meters;
import dk.sporlos.site.Audit;
import dk.sporlos.site.SiteId;
import dk.sporlos.spool.CountFile;
import dk.sporlos.spool.DiskSpace;
import dk.sporlos.spool.Spool;
import io.micrometer.core.instrument.TimeGauge;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where hits become durable: the database, and the spool while that is away. */
final class Durability {
  private static final Duration DAMAGED_KEPT = Duration.ofDays(30);

  private final Path directory;
  private final Spool spool;
  private final WorkerExecutor worker;
  private final Meters meters;
  private final Clock clock;
  private final Availability availability;
  private final DiskSpace disk;
  private final Inbox inbox;
  private final Nodes nodes;
  private final Pool pool;

  /** Takes possession of the spool. Blocks. */
  Durability(
      Vertx vertx, Database database, Application.Storage storage, Clock clock, Meters meters) {
    this.directory = storage.spool();
    this.spool = Spool.open(storage.spool(), storage.spoolBytes());
    this.worker = vertx.createSharedWorkerExecutor("spool", 1);
    this.meters = meters;
    this.clock = clock;
    this.availability = new Availability(meters.registry());
    this.disk = new DiskSpace(storage.places(), storage.reserveBytes(), meters.registry());
    this.inbox = new Inbox(database.open("intake", 4), clock, meters.registry());
    this.pool = database.pool();
    this.nodes =
        new Nodes(pool, clock, spool.id(), storage.nodeName(), () -> spool.contents().oldest());
    disk.measure();
    showMeters();
  }

  private void showMeters() {
    meters.gauge(
        "sporlos.spool.bytes", "Bytes that the spool takes", () -> spool.contents().bytes());
    meters.gauge(
        "sporlos.spool.batches",
        "Batches of hits that wait in the spool for the database",
        () -> spool.contents().batches());
    meters.gauge(
        "sporlos.spool.damaged.files",
        "Files of the spool that were put aside because they are damaged",
        () -> spool.contents().damagedFiles());
    TimeGauge.builder("sporlos.spool.age", this, TimeUnit.SECONDS, Durability::ageSeconds)
        .description("How long the oldest hit has waited in the spool")
        .register(meters.registry());
  }

  private double ageSeconds() {
    Instant oldest = spool.contents().oldest();
    return oldest == null
        ? 0
        : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1_000.0);
  }

  /** The database alone. */
  Inbox inbox() {
    return inbox;
  }

  /** The database, and the spool behind it. */
  HitStore store() {
    return new SpoolingStore(inbox, spool, worker, availability);
  }

  /** What brings the spool into the database. */
  Replay replay() {
    return new Replay(spool, inbox, worker, availability, meters.registry());
  }

  /**
   * Where counts wait while the database is away.
   *
   * @param what is counted, as the name of the file has it
   */
  CountFile counts(String what) {
    return new CountFile(directory, what + ".json", worker);
  }

  Nodes nodes() {
    return nodes;
  }

  /** How long the oldest hit has waited in the spool. */
  Duration age() {
    return Duration.ofMillis((long) (ageSeconds() * 1_000));
  }

  /** What is to be said of the space on the disks. */
  @Nullable Finding spaceFinding() {
    return disk.finding();
  }

  /** Files of the spool that have been put aside. */
  int damagedFiles() {
    return spool.contents().damagedFiles();
  }

  /**
   * Removes damaged files after 30 days, like all that could not be stored. The audit says so
   * before they go: no transaction holds both.
   */
  Future<Void> forgetDamaged() {
    Instant limit = clock.instant().minus(DAMAGED_KEPT);
    return worker
        .executeBlocking(() -> spool.damagedBefore(limit))
        .compose(
            files ->
                files == 0
                    ? Future.succeededFuture()
                    : Audit.add(
                            pool,
                            SiteId.INSTALLATION,
                            new Audit.Line(
                                "retention", "delete", "damaged spool files", null, null, files))
                        .compose(noted -> worker.executeBlocking(() -> removeDamaged(limit)))
                        .mapEmpty());
  }

  private int removeDamaged(Instant limit) throws IOException {
    spool.forgetDamaged(limit);
    return damagedFiles();
  }

  /** Gives a sign of life, and learns by it whether the database is there. */
  Future<Void> beat() {
    return nodes
        .publish()
        .onSuccess(
            published -> {
              // Where batches wait, one of them has to be taken before others are sent there,
              // unless
              // they cannot even be read.
              if (spool.isEmpty() || spool.isStuck()) {
                availability.found();
              }
            })
        .onFailure(availability::lost);
  }

  /** Looks how much space there is, and whether a spool that could not be written to now can. */
  Future<Void> measure() {
    return worker.executeBlocking(
        () -> {
          disk.measure();
          spool.tryAgain();
          return null;
        });
  }

  /** Why no hit can be stored at present, whatever the database does; null if it can. */
  @Nullable Reason obstacle() {
    return disk.isShort() ? Reason.STORAGE_FULL : null;
  }

  /** Whether hits can become durable. */
  Health health() {
    JsonObject details =
        new JsonObject()
            .put("database", availability.isAway() ? "away" : "up")
            .put("spool_bytes", spool.contents().bytes());
    String obstacle = null;
    if (disk.isShort()) {
      obstacle = "the disk is nearly full";
    } else if (availability.isAway() && spool.isFull()) {
      obstacle = "the database is away and the spool is full";
    } else if (availability.isAway() && spool.isUnwritable()) {
      obstacle = "the database is away and the spool cannot be written to";
    }
    return new Health(obstacle, details);
  }

  /** Gives the spool back, and signs off if nothing is left in it. */
  Future<Void> close() {
    Future<Void> left = spool.isEmpty() ? nodes.leave() : nodes.publish();
    return left.transform(
            gone ->
                worker.<Void>executeBlocking(
                    () -> {
                      spool.close();
                      return null;
                    }))
        .eventually(worker::close);
  }
}
