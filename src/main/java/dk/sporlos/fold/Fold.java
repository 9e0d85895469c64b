package dk.sporlos.fold;

import dk.sporlos.database.SqlStates;
import dk.sporlos.door.EndedVisit;
import dk.sporlos.intake.Inbox;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;

/** Turns the hits of ended visits into rows of table {@code visit}, in one transaction a batch. */
public final class Fold {

  /*
   * A visit's row gets a fresh random id and the rows of a batch are inserted in the order of these
   * ids, so neither number nor place of a row says which hits it was made of or when its visit ended
   * within the batch.
   *
   * A visit whose hits are gone folds to nothing, so folding twice does no harm: that is why a batch
   * of unknown outcome may be tried again, and two processes may be handed the same visit. They take
   * visits in the same order, and where they are in each other's way all the same, the one that
   * PostgreSQL stops tries again.
   *
   * A batch that fails because of what is in it is halved until the visit that is to blame is found.
   *
   * Of a site with a snapshot (see SnapshotSql) it says which visits of that are folded now.
   */
  private static final String FOLD =
      """
      with ended as (
        select * from unnest($1::int[], $2::bigint[], $3::bigint[]) as ended (site_id, visit, id)
      ),
      gone as (
        delete from hit using ended
        where hit.site_id = ended.site_id and hit.visit = ended.visit
          and hit.slot = any ($4::smallint[])
        returning hit.*
      ),
      folded as (
        select * from ended join (%s) as visit using (site_id, visit)
      ),
      said as (
      %s),
      due as (
        update sealed_day set due = true
        from (select distinct site_id, day from folded) as late
        where sealed_day.site_id = late.site_id and sealed_day.day = late.day
          and not exists (
            select from site where id = late.site_id and late.day < visits_complete_from)
      ),
      looked_at as (
        insert into folded_visit (site_id, visit)
        select site_id, visit from folded
        where exists (select from snapshot where snapshot.site_id = folded.site_id)
        on conflict do nothing
      )
      insert into visit (id, %s)
      select id, %3$s from folded order by id
      """
          .formatted(VisitSql.of("gone"), VisitSql.said("event"), VisitSql.COLUMNS);

  /*
   * A slot begins empty, and until it is analyzed PostgreSQL takes it for small and reads all of it
   * for each batch, which costs five times what finding the hits by index does.
   */
  private static final String BY_INDEX = "set local enable_seqscan = off";

  /**
   * Shared by folds: whoever enters a day as sealed takes it alone, and waits for those under way.
   */
  public static final int SEALING_LOCK = 7310003;

  private static final String NOT_WHILE_SEALING =
      "select pg_advisory_xact_lock_shared("
          + SEALING_LOCK
          + "), pg_advisory_xact_lock_shared("
          + SnapshotSql.FOLDING_LOCK
          + ")";

  /** Longer than any visit may last and stay open, shorter than a turn of the slots. */
  private static final Duration REACH = Duration.ofHours(6);

  /** How far a hit's time may lie before the visit's beginning: a beacon may be sent again late. */
  private static final Duration SLACK = Duration.ofMinutes(15);

  private static final String ORPHANS =
      """
      select site_id, visit, min(at) as began from hit
      where (site_id, visit) > ($1, $2) and visit <> 0
      group by site_id, visit
      having max(at) < $3
      order by site_id, visit
      limit $4
      """;

  private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(7310002)";

  /** How long a visit is idle before a process that did not see it end may fold it. */
  static final Duration ORPHANED = Duration.ofMinutes(40);

  static final int MAX_BATCH = 2_000;

  private static final int MAX_COLLISIONS = 5;

  private static final Comparator<EndedVisit> BY_NUMBER =
      Comparator.comparingInt((EndedVisit visit) -> visit.site().value())
          .thenComparingLong(EndedVisit::visit);

  private static final EndedVisit BEFORE_ALL =
      new EndedVisit(new SiteId(0), Long.MIN_VALUE, Instant.MIN);

  private final Pool pool;
  private final Partitions partitions;
  private final RandomGenerator random;
  private final Clock clock;
  private final Horizon horizon;
  private final SetAside setAside;
  private final LongAdder visitsSetAside = new LongAdder();
  private final FailureLog poison = new FailureLog("a visit could not be folded and is set aside");
  private final FailureLog stuck = new FailureLog("a visit could be neither folded nor set aside");

  /** With the clock as the horizon, where no hit waits in a spool. */
  public Fold(Pool pool, Partitions partitions, RandomGenerator random, Clock clock) {
    this(pool, partitions, random, clock, Horizon.of(clock));
  }

  /**
   * @param pool of at least two connections, since a sweep needs one beside that of its folding
   */
  public Fold(
      Pool pool, Partitions partitions, RandomGenerator random, Clock clock, Horizon horizon) {
    this.pool = pool;
    this.partitions = partitions;
    this.random = random;
    this.clock = clock;
    this.horizon = horizon;
    this.setAside = new SetAside(pool, random, clock);
  }

  /** How many visits have been set aside because they cannot be folded. */
  public long visitsSetAside() {
    return visitsSetAside.sum();
  }

  /**
   * Folds visits that ended. One that cannot be folded is set aside and hinders no other.
   *
   * @return how many rows were written; fewer than visits where hits were gone or none was a step
   */
  public Future<Integer> fold(Collection<EndedVisit> visits) {
    return visits.isEmpty()
        ? Future.succeededFuture(0)
        : foldOrHalve(visits.stream().sorted(BY_NUMBER).toList());
  }

  private Future<Integer> foldOrHalve(List<EndedVisit> batch) {
    return fold(batch, MAX_COLLISIONS)
        .recover(
            failure -> {
              if (!SqlStates.isOfData(failure)) {
                return Future.failedFuture(failure);
              }
              return batch.size() == 1 ? setAside(batch.get(0), failure) : halve(batch);
            });
  }

  private Future<Integer> halve(List<EndedVisit> batch) {
    int middle = batch.size() / 2;
    return foldOrHalve(batch.subList(0, middle))
        .compose(rows -> foldOrHalve(batch.subList(middle, batch.size())).map(more -> rows + more));
  }

  private Future<Integer> setAside(EndedVisit visit, Throwable failure) {
    return setAside
        .put(visit, slots(List.of(visit)).toArray(Short[]::new), SqlStates.of(failure))
        .onSuccess(
            done -> {
              visitsSetAside.increment();
              poison.log(failure);
            })
        .recover(
            worse -> {
              if (!SqlStates.isOfData(worse)) {
                return Future.failedFuture(worse);
              }
              stuck.log(worse);
              return Future.succeededFuture();
            })
        .map(0);
  }

  private Future<Integer> fold(List<EndedVisit> batch, int collisions) {
    return partitions
        .ensure(daysAround(batch))
        .compose(
            ready ->
                pool.withTransaction(
                    connection ->
                        connection
                            .query(BY_INDEX + "; " + NOT_WHILE_SEALING)
                            .execute()
                            .compose(
                                set -> connection.preparedQuery(FOLD).execute(parameters(batch)))))
        .map(SqlResult::rowCount)
        .recover(
            failure -> {
              // Retention may have dropped a month into which a visit comes very late.
              boolean placeless = SqlStates.isWithoutPlace(failure);
              if (placeless) {
                partitions.forget();
              }
              return collisions > 0 && (placeless || SqlStates.isCollision(failure))
                  ? fold(batch, collisions - 1)
                  : Future.failedFuture(failure);
            });
  }

  /**
   * Folds the visits that no living process will hand over, one process at a time.
   *
   * @return how many visits were found
   */
  public Future<Integer> sweep() {
    return pool.withTransaction(
        lock ->
            lock.query(TRY_LOCK)
                .execute()
                .compose(
                    rows ->
                        rows.iterator().next().getBoolean(0)
                            ? horizon.now().compose(now -> sweep(now, BEFORE_ALL))
                            : Future.succeededFuture(0)));
  }

  /** From one visit on, so that no visit that stays where it is is met twice. */
  private Future<Integer> sweep(Instant now, EndedVisit last) {
    return orphans(now.minus(ORPHANED), last)
        .compose(
            found ->
                fold(found)
                    .compose(
                        rows ->
                            found.size() < MAX_BATCH
                                ? Future.succeededFuture(0)
                                : sweep(now, found.get(found.size() - 1)))
                    .map(more -> found.size() + more));
  }

  private Future<List<EndedVisit>> orphans(Instant idleSince, EndedVisit last) {
    return pool.preparedQuery(ORPHANS)
        .execute(
            Tuple.of(
                last.site().value(), last.visit(), idleSince.atOffset(ZoneOffset.UTC), MAX_BATCH))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new EndedVisit(
                                new SiteId(row.getInteger("site_id")),
                                row.getLong("visit"),
                                row.getOffsetDateTime("began").toInstant()))
                    .toList());
  }

  private Tuple parameters(List<EndedVisit> batch) {
    return Tuple.of(
        batch.stream().map(visit -> visit.site().value()).toArray(Integer[]::new),
        batch.stream().map(EndedVisit::visit).toArray(Long[]::new),
        batch.stream().map(visit -> random.nextLong()).toArray(Long[]::new),
        slots(batch).toArray(Short[]::new));
  }

  /** The slots that hits of these visits can be in, so that no other is looked at. */
  private Set<Short> slots(List<EndedVisit> batch) {
    Instant now = clock.instant();
    Set<Short> slots = new TreeSet<>();
    for (EndedVisit visit : batch) {
      Instant from = visit.began().minus(SLACK);
      Instant longest = visit.began().plus(REACH);
      Instant to = longest.isBefore(now) ? longest : now.plus(SLACK);
      for (Instant at = from; at.isBefore(to); at = at.plus(SLACK)) {
        slots.add((short) Inbox.slot(at));
      }
      slots.add((short) Inbox.slot(to));
    }
    return slots;
  }

  /** The days on which the visits may have begun, wherever their sites are. */
  private static Set<LocalDate> daysAround(List<EndedVisit> batch) {
    Set<LocalDate> days = new TreeSet<>();
    for (EndedVisit visit : batch) {
      LocalDate day = visit.began().atOffset(ZoneOffset.UTC).toLocalDate();
      days.add(day.minusDays(1));
      days.add(day.plusDays(1));
    }
    return days;
  }
}
