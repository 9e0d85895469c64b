package dk.sporlos.fold;

import dk.sporlos.door.EndedVisit;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
   * of unknown outcome may be tried again, and two processes may be handed the same visit.
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
      )
      insert into visit (id, visitor, hour, site_id, day, entry_page, exit_page, views, events,
        seconds, bounced, steps)
      select id, visitor, hour, site_id, day, entry_page, exit_page, views, events, seconds, bounced,
        steps
      from ended join (%s) as folded using (site_id, visit)
      order by id
      """
          .formatted(VisitSql.of("gone"));

  /** Longer than any visit may last and stay open, shorter than a turn of the slots. */
  private static final Duration REACH = Duration.ofHours(6);

  /** How far a hit's time may lie before the visit's beginning: a beacon may be sent again late. */
  private static final Duration SLACK = Duration.ofMinutes(15);

  private static final String ORPHANS =
      """
      select site_id, visit, min(at) as began from hit
      group by site_id, visit
      having max(at) < $1
      limit $2
      """;

  private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(7310002)";

  /** How long a visit is idle before a process that did not see it end may fold it. */
  static final Duration ORPHANED = Duration.ofMinutes(40);

  static final int MAX_BATCH = 2_000;

  private final Pool pool;
  private final Partitions partitions;
  private final RandomGenerator random;
  private final Clock clock;

  public Fold(Pool pool, Partitions partitions, RandomGenerator random, Clock clock) {
    this.pool = pool;
    this.partitions = partitions;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Folds visits that ended.
   *
   * @return how many rows were written; fewer than visits where hits were gone or none was a step
   */
  public Future<Integer> fold(Collection<EndedVisit> visits) {
    List<EndedVisit> batch = List.copyOf(visits);
    return batch.isEmpty()
        ? Future.succeededFuture(0)
        : pool.withTransaction(connection -> fold(connection, batch));
  }

  /**
   * Folds the visits that no living process will hand over, one process at a time.
   *
   * @return how many visits were found
   */
  public Future<Integer> sweep() {
    return pool.withTransaction(this::sweepBatch)
        .compose(
            found ->
                found < MAX_BATCH
                    ? Future.succeededFuture(found)
                    : sweep().map(more -> found + more));
  }

  private Future<Integer> sweepBatch(SqlConnection connection) {
    return connection
        .query(TRY_LOCK)
        .execute()
        .compose(
            rows ->
                rows.iterator().next().getBoolean(0)
                    ? orphans(connection)
                    : Future.succeededFuture(List.<EndedVisit>of()))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(0)
                    : fold(connection, found).map(found.size()));
  }

  private Future<List<EndedVisit>> orphans(SqlConnection connection) {
    Instant idleSince = clock.instant().minus(ORPHANED);
    return connection
        .preparedQuery(ORPHANS)
        .execute(Tuple.of(idleSince.atOffset(ZoneOffset.UTC), MAX_BATCH))
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

  private Future<Integer> fold(SqlConnection connection, List<EndedVisit> batch) {
    return partitions
        .ensure(daysAround(batch))
        .compose(ready -> connection.preparedQuery(FOLD).execute(parameters(batch)))
        .map(SqlResult::rowCount);
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
