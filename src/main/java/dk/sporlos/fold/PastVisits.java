package dk.sporlos.fold;

import dk.sporlos.intake.HitArrays;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.Collection;

/**
 * Writes whole visits of the past straight into the tables, past the inbox; or into temporary ones,
 * where totals are to be made of them and nothing else kept.
 */
public final class PastVisits {

  /*
   * Their numbers are random already, so the row's id is the visit's number. Within a day rows go by
   * id, at random.
   *
   * PostgreSQL does not know how many elements an array has and would join a few rows by loops.
   */
  private static final String NO_LOOPS = "set local enable_nestloop = off";

  private static final String WRITING =
      """
      with gone as materialized (
        select * from %s as hit (%s)
      ),
      folded as materialized (
        select visit as id, * from (%s) as ended
      ),
      said as (
      %s)
      insert into %5$s (id, %6$s, origin)
      select id, %6$s, $21 from folded order by day, id
      """;

  private static final String WRITE = writing("visit", "event");

  /*
   * They go with the transaction. PostgreSQL writes no log of temporary tables, so nothing of a visit
   * outlives it.
   */
  private static final String PASSING =
      """
      create temporary table passing_visit (like visit) on commit drop;
      create temporary table passing_event (like event) on commit drop
      """;

  private static final String WRITE_PASSING = writing("passing_visit", "passing_event");

  private static final String INDEX_PASSING =
      """
      create index on passing_visit (day);
      create index on passing_event (day);
      analyze passing_visit (day);
      analyze passing_event (day)
      """;

  private static final String ALONGSIDE_NO_SEALING =
      "select pg_advisory_xact_lock_shared(" + Fold.SEALING_LOCK + ")";

  private static final String MARK_DUE =
      """
      update sealed_day set due = true
      where site_id = $1 and day = any ($2::date[]) and not exists (
        select from site where id = $1 and sealed_day.day < visits_complete_from)
      """;

  private static final String LOOPS = "set local enable_nestloop = on";

  private PastVisits() {}

  private static String writing(String visits, String events) {
    return WRITING.formatted(
        HitArrays.ROWS,
        HitArrays.COLUMNS,
        VisitSql.of("gone"),
        VisitSql.said(events),
        visits,
        VisitSql.COLUMNS);
  }

  /** Readies a transaction to write visits. */
  public static Future<Void> begin(SqlConnection connection) {
    return connection.query(NO_LOOPS).execute().mapEmpty();
  }

  /** Readies it to write some of which nothing is to be kept but totals. */
  public static Future<Void> beginPassing(SqlConnection connection) {
    return connection.query(PASSING).execute().mapEmpty();
  }

  /**
   * Writes such visits, as {@link #write} does, into {@code passing_visit} and {@code
   * passing_event}.
   */
  public static Future<Integer> writePassing(SqlConnection connection, Tuple hits, int origin) {
    return write(connection, WRITE_PASSING, hits, origin);
  }

  /** Readies what was written so for being read day by day. */
  public static Future<Void> endPassing(SqlConnection connection) {
    return connection.query(LOOPS + ";" + INDEX_PASSING).execute().mapEmpty();
  }

  /**
   * Writes visits; their months have partitions.
   *
   * @param hits all the hits of each, as {@link HitArrays} makes them
   * @param origin number of the import that brings them
   * @return how many rows were written
   */
  public static Future<Integer> write(SqlConnection connection, Tuple hits, int origin) {
    return write(connection, WRITE, hits, origin);
  }

  private static Future<Integer> write(
      SqlConnection connection, String sql, Tuple hits, int origin) {
    return connection.preparedQuery(sql).execute(hits.addInteger(origin)).map(SqlResult::rowCount);
  }

  /**
   * Has the days of visits sealed again that are sealed. The last thing before the commit, for
   * until then no day can be entered as sealed.
   */
  public static Future<Void> markDue(
      SqlConnection connection, SiteId site, Collection<LocalDate> days) {
    Tuple which = Tuple.of(site.value()).addArrayOfLocalDate(days.toArray(LocalDate[]::new));
    return connection
        .query(ALONGSIDE_NO_SEALING)
        .execute()
        .compose(shared -> connection.preparedQuery(MARK_DUE).execute(which))
        .mapEmpty();
  }
}
