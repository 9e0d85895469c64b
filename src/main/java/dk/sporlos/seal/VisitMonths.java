package dk.sporlos.seal;

import dk.sporlos.database.SqlStates;
import dk.sporlos.site.Audit;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** The monthly partitions of tables {@code visit} and {@code event} of which nothing is kept. */
final class VisitMonths {

  /*
   * A month goes if it is empty, or if it is past what any site keeps and each of its days is sealed:
   * to drop it is cheaper than to delete its rows, and takes those of sites that are no more. Months
   * go in order, up to the first that has to wait, so that totals have no holes.
   *
   * The lock keeps a fold from writing a visit there meanwhile. It is waited for only briefly, since
   * whoever reads visits would queue behind it.
   */
  private static final String PARTITIONS =
      """
      select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
      where inhparent = 'visit'::regclass and relname < $1 order by relname
      """;

  private static final String LOCK =
      "set local lock_timeout = '200ms'; lock table %s, %s in access exclusive mode";

  private static final String HELD =
      """
      select held.site_id, min(held.day) as first, max(held.day) as last, count(*) as rows,
        bool_and(site.id is null or coalesce(held.day < site.visits_complete_from, false)
          or coalesce(not sealed_day.due, false)) as sealed
      from %s as held
      left join site on site.id = held.site_id
      left join sealed_day on sealed_day.site_id = held.site_id and sealed_day.day = held.day
      group by held.site_id
      order by held.site_id
      """;

  private final Pool pool;

  /** What a month holds of a site. */
  private record Held(SiteId site, LocalDate first, LocalDate last, long rows, boolean sealed) {}

  VisitMonths(Pool pool) {
    this.pool = pool;
  }

  /**
   * Drops the months of which nothing is kept.
   *
   * @param recent the first month into which a fold may still write as a matter of course
   * @param kept the first day that any site keeps
   * @return how many visits went
   */
  Future<Long> drop(YearMonth recent, LocalDate kept) {
    return pool.preparedQuery(PARTITIONS)
        .execute(Tuple.of(name(recent)))
        .compose(
            rows -> {
              List<String> partitions = new ArrayList<>();
              rows.forEach(row -> partitions.add(row.getString("relname")));
              return drop(partitions, name(YearMonth.from(kept)));
            });
  }

  private static String name(YearMonth month) {
    return "visit_%d_%02d".formatted(month.getYear(), month.getMonthValue());
  }

  private Future<Long> drop(List<String> partitions, String kept) {
    if (partitions.isEmpty()) {
      return Future.succeededFuture(0L);
    }
    String oldest = partitions.get(0);
    boolean past = oldest.compareTo(kept) < 0;
    return pool.withTransaction(connection -> drop(connection, oldest, past))
        .recover(VisitMonths::leaveIfBusy)
        .compose(
            gone ->
                gone < 0
                    ? Future.succeededFuture(0L)
                    : drop(partitions.subList(1, partitions.size()), kept)
                        .map(more -> gone + more));
  }

  /** How many visits went with it; less than 0 if it stays. */
  private static Future<Long> drop(SqlConnection connection, String partition, boolean past) {
    String events = partition.replace("visit_", "event_");
    return connection
        .query(LOCK.formatted(partition, events))
        .execute()
        .compose(locked -> connection.query(HELD.formatted(partition)).execute())
        .compose(
            rows -> {
              List<Held> held = new ArrayList<>();
              rows.forEach(row -> held.add(held(row)));
              boolean over = held.isEmpty() || (past && held.stream().allMatch(Held::sealed));
              return over ? drop(connection, partition, events, held) : Future.succeededFuture(-1L);
            });
  }

  private static Future<Long> drop(
      SqlConnection connection, String partition, String events, List<Held> held) {
    Future<?> noted = Future.succeededFuture();
    for (Held one : held) {
      noted =
          noted
              .compose(
                  before ->
                      connection
                          .preparedQuery(Retention.RAISE)
                          .execute(Tuple.of(one.site().value(), one.last())))
              .compose(
                  raised ->
                      Audit.add(
                          connection,
                          one.site(),
                          new Audit.Line(
                              Retention.ACTOR,
                              "delete",
                              "visit",
                              one.first(),
                              one.last(),
                              one.rows())));
    }
    long rows = held.stream().mapToLong(Held::rows).sum();
    return noted
        .compose(
            done -> connection.query("drop table %s, %s".formatted(partition, events)).execute())
        .compose(
            gone ->
                Audit.add(
                    connection,
                    SiteId.INSTALLATION,
                    new Audit.Line(Retention.ACTOR, "drop", partition, null, null, rows)))
        .map(rows);
  }

  private static Held held(Row row) {
    return new Held(
        new SiteId(row.getInteger("site_id")),
        row.getLocalDate("first"),
        row.getLocalDate("last"),
        row.getLong("rows"),
        row.getBoolean("sealed"));
  }

  /** A month that somebody holds is left for the next time. */
  private static Future<Long> leaveIfBusy(Throwable failure) {
    return SqlStates.isLockNotAvailable(failure)
        ? Future.succeededFuture(-1L)
        : Future.failedFuture(failure);
  }
}
