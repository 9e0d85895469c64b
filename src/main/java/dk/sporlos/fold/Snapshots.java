package dk.sporlos.fold;

import dk.sporlos.database.SqlStates;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.site.SiteId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of the inbox: the visits that may go on, of the sites at whose figures somebody looks,
 * made once for all questions.
 */
public final class Snapshots {

  /*
   * The first question about a site waits for a snapshot. From then on each process that is asked has
   * one made anew in the background whenever it is due, one at a time; a lock in the database says
   * which process makes it. SnapshotSql says why no visit is counted twice or missed.
   *
   * A new snapshot is shown once nobody was asking for a moment, so that the questions of one page,
   * which come together, are answered from one.
   */

  /** For so long after a question snapshots go on being made. */
  static final Duration WATCHED = Duration.ofMinutes(1);

  private static final Duration CALM = Duration.ofMillis(300);
  private static final Duration LONGEST_WITHOUT_CALM = Duration.ofSeconds(3);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final int MAX_COLLISIONS = 5;

  /** From so many visits on it pays to tell PostgreSQL about them. */
  private static final int MANY = 1_000;

  /**
   * A site about which this process is asked.
   *
   * @param underWay questions that are being answered
   * @param askedAt when one was last asked or answered, by the clock of {@link System#nanoTime}
   * @param snapshot the last that is known
   */
  private record Watch(int underWay, long askedAt, Snapshot snapshot) {
    boolean isCalmFor(Duration time) {
      return underWay == 0 && System.nanoTime() - askedAt >= time.toNanos();
    }

    Watch with(int more) {
      return new Watch(underWay + more, System.nanoTime(), snapshot);
    }

    Watch of(Snapshot newer) {
      return new Watch(underWay, askedAt, newer);
    }
  }

  private final Vertx vertx;
  private final Pool pool;
  private final Clock clock;
  private final Timer made;
  private final Map<SiteId, Watch> watches = new ConcurrentHashMap<>();
  private final Map<SiteId, Future<Void>> underWay = new ConcurrentHashMap<>();
  private final FailureLog failures = new FailureLog("no snapshot of the inbox was made");
  private final FailureLog untidy = new FailureLog("earlier snapshots of the inbox take up room");

  /**
   * @param pool of connections for long work, two at least: one may be busy for as long as a large
   *     inbox takes
   */
  public Snapshots(Vertx vertx, Pool pool, Clock clock, MeterRegistry meters) {
    this.vertx = vertx;
    this.pool = pool;
    this.clock = clock;
    this.made =
        Timer.builder("sporlos.snapshot")
            .description("How long snapshots of the inbox took to make")
            .register(meters);
    Gauge.builder("sporlos.snapshot.sites", watches, Map::size)
        .description(
            "Sites whose inbox is turned into snapshots, since figures of them are asked for")
        .register(meters);
  }

  /**
   * The snapshot that a question may be answered from; null if one has to be made first. Where
   * there is one, {@link #answered} is to be called in the end.
   *
   * @param connection in whose transaction the question is answered
   */
  public Future<@Nullable Snapshot> ask(SqlConnection connection, SiteId site) {
    return find(connection, site)
        .map(
            snapshot -> {
              if (snapshot == null || !snapshot.serves(clock.instant())) {
                return null;
              }
              watches.compute(
                  site,
                  (id, watch) ->
                      (watch == null ? new Watch(0, 0, snapshot) : watch.of(snapshot)).with(1));
              return snapshot;
            });
  }

  /** A question that was given a snapshot is answered, or was not answered. */
  public void answered(SiteId site) {
    watches.computeIfPresent(site, (id, watch) -> watch.with(-1));
  }

  /**
   * Makes a snapshot of a site unless there is one that serves by now. Who asks for it meanwhile
   * waits for the same.
   */
  public Future<Void> make(SiteId site) {
    return once(site, () -> makeOrWait(site, System.nanoTime()));
  }

  /** Makes those snapshots anew that are due, one after the other. Call every second. */
  public Future<Void> refresh() {
    watches.values().removeIf(watch -> watch.isCalmFor(WATCHED));
    Future<Void> refreshed = Future.succeededFuture();
    for (Map.Entry<SiteId, Watch> watch : watches.entrySet()) {
      if (isDue(watch.getValue().snapshot())) {
        refreshed = refreshed.compose(before -> refresh(watch.getKey()));
      }
    }
    return refreshed;
  }

  private Future<Void> refresh(SiteId site) {
    return once(
            site, () -> alone(site, connection -> make(connection, site, this::isDue)).mapEmpty())
        .onFailure(failures::log)
        .otherwiseEmpty();
  }

  private boolean isDue(Snapshot snapshot) {
    return !snapshot.dueAt().isAfter(clock.instant()) || !snapshot.serves(clock.instant());
  }

  private Future<Void> once(SiteId site, Supplier<Future<Void>> making) {
    Future<Void> one = underWay.computeIfAbsent(site, id -> making.get());
    return one.onComplete(done -> underWay.remove(site, one));
  }

  /** If another process is making it, until that is done. */
  private Future<Void> makeOrWait(SiteId site, long began) {
    return alone(
            site,
            connection -> make(connection, site, snapshot -> !snapshot.serves(clock.instant())))
        .compose(
            done -> {
              if (done) {
                return Future.succeededFuture();
              }
              return System.nanoTime() - began < LONGEST_WAIT.toNanos()
                  ? later(() -> makeOrWait(site, began))
                  : Future.failedFuture(new TimeoutException("a snapshot is being made elsewhere"));
            });
  }

  private <T> Future<T> later(Supplier<Future<T>> what) {
    return Future.future(
        promise ->
            vertx.setTimer(LOOK_AGAIN.toMillis(), ignored -> what.get().onComplete(promise)));
  }

  /**
   * What one process at a time does about a site.
   *
   * @return false if another is doing it
   */
  private Future<Boolean> alone(SiteId site, Function<SqlConnection, Future<?>> work) {
    Tuple which = Tuple.of(site.value());
    return pool.withConnection(
        connection ->
            connection
                .preparedQuery(SnapshotSql.TRY_LOCK)
                .execute(which)
                .map(rows -> rows.iterator().next().getBoolean(0))
                .compose(
                    alone ->
                        alone
                            ? work.apply(connection)
                                .map(true)
                                .eventually(
                                    () ->
                                        connection.preparedQuery(SnapshotSql.UNLOCK).execute(which))
                            : Future.succeededFuture(false)));
  }

  /**
   * @param outdated whether a snapshot that is there is to be replaced
   */
  private Future<Void> make(SqlConnection connection, SiteId site, Predicate<Snapshot> outdated) {
    return find(connection, site)
        .compose(
            known -> {
              if (known != null && !outdated.test(known)) {
                remember(site, known);
                return Future.succeededFuture();
              }
              return (known == null ? register(connection, site) : Future.<Void>succeededFuture())
                  .compose(registered -> take(connection, site, MAX_COLLISIONS));
            });
  }

  private void remember(SiteId site, Snapshot snapshot) {
    watches.computeIfPresent(site, (id, watch) -> watch.of(snapshot));
  }

  /** From then on folds say which visits of the site they take. */
  private static Future<Void> register(SqlConnection connection, SiteId site) {
    return connection
        .preparedQuery(SnapshotSql.REGISTER)
        .execute(Tuple.of(site.value()))
        .compose(registered -> connection.query(SnapshotSql.WAIT_FOR_FOLDS).execute())
        .mapEmpty();
  }

  private Future<Void> take(SqlConnection connection, SiteId site, int collisions) {
    return within(connection, () -> fill(connection, site))
        .onSuccess(
            filled -> {
              made.record(filled.snapshot().cost());
              remember(site, filled.snapshot());
              if (filled.isLarge()) {
                tidy();
              }
            })
        .<Void>mapEmpty()
        .recover(
            failure ->
                collisions > 0 && SqlStates.isCollision(failure)
                    ? take(connection, site, collisions - 1)
                    : Future.failedFuture(failure));
  }

  /** Nobody waits for it. */
  private void tidy() {
    pool.query(SnapshotSql.TIDY).execute().onFailure(untidy::log);
  }

  private record Filled(Snapshot snapshot, int visits) {
    boolean isLarge() {
      return visits >= MANY;
    }
  }

  private Future<Filled> fill(SqlConnection connection, SiteId site) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    long began = System.nanoTime();
    return connection
        .query(SnapshotSql.ONE_STATE)
        .execute()
        .compose(set -> all(connection, SnapshotSql.FILL, site))
        .compose(changes -> analyze(connection, changes.get(1)))
        .map(
            visits ->
                new Filled(new Snapshot(now, Duration.ofNanos(System.nanoTime() - began)), visits))
        .compose(filled -> enter(connection, site, filled.snapshot()).map(filled))
        .compose(filled -> calm(site, System.nanoTime()).map(filled));
  }

  /** Runs statements about a site; how many rows each was about. */
  private static Future<List<Integer>> all(
      SqlConnection connection, List<String> statements, SiteId site) {
    Tuple which = Tuple.of(site.value());
    List<Integer> rows = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (String statement : statements) {
      done =
          done.compose(before -> connection.preparedQuery(statement).execute(which))
              .onSuccess(result -> rows.add(result.rowCount()))
              .mapEmpty();
    }
    return done.map(rows);
  }

  /** A question about many visits is answered several times faster if PostgreSQL knows of them. */
  private static Future<Integer> analyze(SqlConnection connection, int visits) {
    return visits < MANY
        ? Future.succeededFuture(visits)
        : connection.query(SnapshotSql.ANALYZE).execute().map(visits);
  }

  private static Future<?> enter(SqlConnection connection, SiteId site, Snapshot snapshot) {
    return connection
        .preparedQuery(SnapshotSql.ENTER)
        .execute(
            Tuple.of(
                site.value(),
                snapshot.takenAt().atOffset(ZoneOffset.UTC),
                (int) snapshot.cost().toMillis()));
  }

  private Future<Void> calm(SiteId site, long since) {
    Watch watch = watches.get(site);
    boolean now =
        watch == null
            || watch.isCalmFor(CALM)
            || System.nanoTime() - since > LONGEST_WITHOUT_CALM.toNanos();
    return now ? Future.succeededFuture() : later(() -> calm(site, since));
  }

  /**
   * A hit of a visit that may go on was changed; the snapshot that is there has the visit as it was
   * until the next. In a transaction that holds.
   */
  public static Future<Void> outdate(SqlConnection connection, SiteId site, long visit) {
    return connection
        .preparedQuery(SnapshotSql.OUTDATE)
        .execute(Tuple.of(site.value(), visit))
        .mapEmpty();
  }

  /** Until the transaction ends, no process has a snapshot of the site under way. */
  public static Future<?> hold(SqlConnection connection, SiteId site) {
    return connection.preparedQuery(SnapshotSql.WAIT_FOR_LOCK).execute(Tuple.of(site.value()));
  }

  /**
   * Removes the snapshot of a site, so that the next question makes one. In a transaction that
   * holds.
   */
  public static Future<?> remove(SqlConnection connection, SiteId site) {
    return all(connection, SnapshotSql.REMOVE, site);
  }

  /**
   * Removes the snapshots that nobody has looked at for some minutes, whichever process made them.
   * Call every minute.
   */
  public Future<Void> forget() {
    return pool.query(SnapshotSql.ALL)
        .execute()
        .compose(
            rows -> {
              Future<Boolean> removed = Future.succeededFuture();
              for (Row row : rows) {
                SiteId site = new SiteId(row.getInteger("site_id"));
                if (isForgotten(snapshot(row))) {
                  removed =
                      removed.compose(
                          before -> alone(site, connection -> removeForgotten(connection, site)));
                }
              }
              return removed;
            })
        .compose(removed -> pool.query(SnapshotSql.EMPTY_REST).execute())
        .mapEmpty();
  }

  private Future<Void> removeForgotten(SqlConnection connection, SiteId site) {
    return find(connection, site)
        .compose(
            known ->
                isForgotten(known)
                    ? within(connection, () -> all(connection, SnapshotSql.REMOVE, site)).mapEmpty()
                    : Future.succeededFuture());
  }

  /** One that never came to be is of no use to anybody either. */
  private boolean isForgotten(@Nullable Snapshot snapshot) {
    return snapshot == null || snapshot.isForgotten(clock.instant());
  }

  private static Future<@Nullable Snapshot> find(SqlConnection connection, SiteId site) {
    return connection
        .preparedQuery(SnapshotSql.FIND)
        .execute(Tuple.of(site.value()))
        .map(rows -> rows.size() == 0 ? null : snapshot(rows.iterator().next()));
  }

  private static @Nullable Snapshot snapshot(Row row) {
    OffsetDateTime takenAt = row.getOffsetDateTime("taken_at");
    return takenAt == null
        ? null
        : new Snapshot(takenAt.toInstant(), Duration.ofMillis(row.getInteger("millis")));
  }

  private static <T> Future<T> within(SqlConnection connection, Supplier<Future<T>> work) {
    return connection
        .begin()
        .compose(
            transaction ->
                work.get()
                    .compose(done -> transaction.commit().map(done))
                    .recover(failure -> rolledBack(transaction, failure)));
  }

  private static <T> Future<T> rolledBack(Transaction transaction, Throwable failure) {
    return transaction.rollback().transform(done -> Future.failedFuture(failure));
  }
}
