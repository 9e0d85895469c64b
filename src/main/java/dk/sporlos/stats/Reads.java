package dk.sporlos.stats;

import dk.sporlos.fold.Snapshot;
import dk.sporlos.fold.Snapshots;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.site.SiteId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where figures are read: from a replica of the database as long as that is there and keeps up,
 * else from the database itself.
 */
public final class Reads {

  /*
   * Each process says every second in table node that it lives. What a replica has of that says how far
   * it has followed, whatever way of replication there is, also while nobody visits; the time of
   * PostgreSQL's last replayed transaction does not, and other ways than its own have none. A database
   * without such a sign is none that processes write to. It is looked at once a second at most.
   */
  private static final String FOLLOWED = "select max(seen_at) as until from node";

  /*
   * A replica has no snapshots of the inbox, since PostgreSQL keeps none of what is not logged there. A
   * small inbox is made visits anew for each question; a large one is read by the database alone.
   */
  private static final int MOST_HITS = 20_000;

  private static final String MANY_HITS =
      """
      select count(*) > %1$d as many
      from (select from hit where site_id = $1 and visit <> 0 limit %1$d + 1) as hits
      """
          .formatted(MOST_HITS);

  /** So often at most a question is begun again, should a snapshot go before it is read. */
  private static final int MOST_TIMES = 3;

  private static final Duration PATIENT = Stats.LONGEST.minus(Callers.PATIENCE);

  /** Further behind than this it is not read from. */
  static final Duration MOST_BEHIND = Duration.ofSeconds(30);

  private static final Duration LOOKED = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Why a question was read where it was. */
  private enum Outcome {
    /** From the replica. */
    USED,
    /** From the database, since the replica did not answer. */
    AWAY,
    /** From the database, since the replica was too far behind. */
    BEHIND,
    /** From the database, since the replica began to answer and failed. */
    FAILED,
    /** From the database, since the inbox of the site is too large to be read for one question. */
    TODAY
  }

  /** By what a question is read, from its beginning to its end. */
  static final class Source {
    private final SqlConnection connection;
    private final @Nullable Instant until;
    private final @Nullable Snapshots snapshots;
    private @Nullable SiteId asked;
    private @Nullable Snapshot snapshot;

    /**
     * @param until what was written until then is there for sure; null if all is
     * @param snapshots of the inbox; null if it is to be read itself
     */
    private Source(
        SqlConnection connection, @Nullable Instant until, @Nullable Snapshots snapshots) {
      this.connection = connection;
      this.until = until;
      this.snapshots = snapshots;
    }

    SqlConnection connection() {
      return connection;
    }

    /**
     * Where the visits of a site are read that may go on; the same for all that is read by this.
     *
     * <p>Fails if that has to be readied first, whereupon all is read again.
     */
    Future<Live> live(SiteId site) {
      Snapshots all = snapshots;
      if (all == null) {
        return until == null ? Future.succeededFuture(Live.INBOX) : liveOfReplica(site);
      }
      if (snapshot != null) {
        return Future.succeededFuture(Live.SNAPSHOT);
      }
      return all.ask(connection, site)
          .map(
              found -> {
                if (found == null) {
                  throw new NoSnapshotException(site);
                }
                asked = site;
                snapshot = found;
                return Live.SNAPSHOT;
              });
    }

    private Future<Live> liveOfReplica(SiteId site) {
      return connection
          .preparedQuery(MANY_HITS)
          .execute(Tuple.of(site.value()))
          .map(
              rows -> {
                if (rows.iterator().next().getBoolean("many")) {
                  throw new LargeInboxException();
                }
                return Live.INBOX;
              });
    }

    /** What is said beside figures, with how far the data go unless all are there. */
    JsonObject noteTo(JsonObject notes) {
      Instant to = snapshot == null ? until : snapshot.takenAt();
      return to == null
          ? notes
          : notes.put("data_to", to.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private void close() {
      if (snapshots != null && asked != null) {
        snapshots.answered(asked);
      }
    }
  }

  /** A look at the replica; until is null before the first. */
  private record Look(long at, Outcome outcome, @Nullable Instant until) {}

  private final Pool primary;
  private final @Nullable Pool replica;
  private final @Nullable Snapshots snapshots;
  private final Clock clock;
  private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
  private final AtomicReference<@Nullable Future<Look>> look = new AtomicReference<>();
  private volatile double secondsBehind;
  private final FailureLog failures =
      new FailureLog("figures are read from the database, since its replica does not answer");
  private final FailureLog late =
      new FailureLog("figures are read from the database, since its replica is too far behind");

  /** From the database, the inbox itself with it, which is right for who asks one thing. */
  public Reads(Pool primary) {
    this(primary, null, null, Clock.systemUTC(), new SimpleMeterRegistry());
  }

  /** From the database. */
  public Reads(Pool primary, Snapshots snapshots) {
    this(primary, null, snapshots, Clock.systemUTC(), new SimpleMeterRegistry());
  }

  /**
   * @param replica null if there is none
   * @param snapshots of the inbox; null to read that itself for each question
   */
  public Reads(
      Pool primary,
      @Nullable Pool replica,
      @Nullable Snapshots snapshots,
      Clock clock,
      MeterRegistry meters) {
    this.primary = primary;
    this.replica = replica;
    this.snapshots = snapshots;
    this.clock = clock;
    for (Outcome outcome : Outcome.values()) {
      counters.put(
          outcome,
          Counter.builder("sporlos.replica.questions")
              .description(
                  "Questions read from the replica (used), and from the database since the replica was"
                      + " away, too far behind or failed, or since too much is going on today")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(meters));
    }
    TimeGauge.builder(
            "sporlos.replica.behind", this, TimeUnit.SECONDS, reads -> reads.secondsBehind)
        .description("How far the replica was behind when it was last looked at; 0 without one")
        .register(meters);
  }

  /** Reads in a transaction that {@code begun} is said in first, of the replica if it will do. */
  <T> Future<T> in(String begun, Function<Source, Future<T>> reading) {
    Pool other = replica;
    if (other == null) {
      return ofPrimary(begun, reading, MOST_TIMES);
    }
    return look(other)
        .compose(
            seen -> {
              if (seen.outcome() != Outcome.USED) {
                count(seen.outcome());
                return ofPrimary(begun, reading, MOST_TIMES);
              }
              return in(
                      other,
                      begun,
                      connection -> new Source(connection, seen.until(), null),
                      reading)
                  .onSuccess(done -> count(Outcome.USED))
                  .recover(failure -> again(failure, begun, reading));
            });
  }

  /** With a snapshot that is made first if need be; then the question is begun again. */
  private <T> Future<T> ofPrimary(String begun, Function<Source, Future<T>> reading, int times) {
    Snapshots all = snapshots;
    Future<T> read = in(primary, begun, connection -> new Source(connection, null, all), reading);
    return all == null
        ? read
        : read.recover(
            failure ->
                failure instanceof NoSnapshotException missing && times > 1
                    ? ready(all, missing.site())
                        .compose(made -> ofPrimary(begun, reading, times - 1))
                    : Future.failedFuture(failure));
  }

  /** For as long as leaves time for the answer; then the snapshot is there for the next. */
  private static Future<Void> ready(Snapshots all, SiteId site) {
    return all.make(site)
        .timeout(PATIENT.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof TimeoutException ? new NotReadyException() : failure));
  }

  private static <T> Future<T> in(
      Pool pool,
      String begun,
      Function<SqlConnection, Source> beginning,
      Function<Source, Future<T>> reading) {
    return pool.withTransaction(
        connection -> {
          Source source = beginning.apply(connection);
          return connection
              .query(begun)
              .execute()
              .compose(set -> reading.apply(source))
              .onComplete(done -> source.close());
        });
  }

  /** What the replica could not answer for reasons of its own the database answers. */
  private <T> Future<T> again(
      Throwable failure, String begun, Function<Source, Future<T>> reading) {
    if (failure instanceof LargeInboxException) {
      count(Outcome.TODAY);
      return ofPrimary(begun, reading, MOST_TIMES);
    }
    if (!isOfTheReplica(failure)) {
      return Future.failedFuture(failure);
    }
    failures.log(failure);
    look.set(null);
    count(Outcome.FAILED);
    return ofPrimary(begun, reading, MOST_TIMES);
  }

  /** A question that took too long would take as long elsewhere, and one that is wrong is wrong. */
  private static boolean isOfTheReplica(Throwable failure) {
    return failure instanceof DatabaseException refused
        ? !Refusal.QUERY_CANCELED.equals(refused.getSqlState())
        : failure instanceof VertxException
            || failure instanceof IOException
            || failure instanceof TimeoutException;
  }

  private Future<Look> look(Pool other) {
    Future<Look> last = look.get();
    if (last != null && !(last.succeeded() && isOld(last.result()))) {
      return last;
    }
    Future<Look> next = lookNow(other);
    look.compareAndSet(last, next);
    return next;
  }

  private static boolean isOld(Look seen) {
    return System.nanoTime() - seen.at() > LOOKED.toNanos();
  }

  private Future<Look> lookNow(Pool other) {
    return other
        .query(FOLLOWED)
        .execute()
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .map(rows -> rows.iterator().next().getOffsetDateTime("until"))
        .map(this::judged)
        .otherwise(
            failure -> {
              failures.log(failure);
              return new Look(System.nanoTime(), Outcome.AWAY, null);
            });
  }

  private Look judged(@Nullable OffsetDateTime until) {
    Duration behind =
        until == null ? Duration.ofDays(1) : Duration.between(until.toInstant(), clock.instant());
    secondsBehind = Math.max(0, behind.toMillis() / 1_000.0);
    if (until == null || behind.compareTo(MOST_BEHIND) > 0) {
      late.log(new ReplicaBehindException());
      return new Look(System.nanoTime(), Outcome.BEHIND, null);
    }
    return new Look(System.nanoTime(), Outcome.USED, until.toInstant());
  }

  private void count(Outcome outcome) {
    Objects.requireNonNull(counters.get(outcome), "registered").increment();
  }

  private static final class ReplicaBehindException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A snapshot of a site's inbox has to be made before the question can be answered. */
  private static final class NoSnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient SiteId site;

    NoSnapshotException(SiteId site) {
      super("the inbox of site " + site.value() + " has no snapshot", null, false, false);
      this.site = site;
    }

    SiteId site() {
      return site;
    }
  }

  /** A snapshot of a site's inbox is still being made. */
  static final class NotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotReadyException() {
      super("the snapshot of the inbox is not ready", null, false, false);
    }
  }

  /** The inbox of a site is too large to be read for one question. */
  private static final class LargeInboxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LargeInboxException() {
      super("the inbox is too large", null, false, false);
    }
  }
}
