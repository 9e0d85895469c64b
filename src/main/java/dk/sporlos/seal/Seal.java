package dk.sporlos.seal;

import dk.sporlos.fold.Fold;
import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.PagePattern;
import dk.sporlos.site.Recognising;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes the totals of a day, whole, from its visits: table {@code daily}. */
public final class Seal {

  /*
   * A fold into a sealed day marks it due in the transaction of the fold. Two steps keep a fold from
   * slipping in between: first the day is entered as due, while no fold is under way; then the
   * totals are computed in a transaction that holds the day's row, so that a fold of that day waits,
   * and marks it due again. The same transaction shuffles the day's visits: what is sealed is shuffled.
   */
  private static final String ENTER =
      """
      insert into sealed_day (site_id, day, due) values ($1, $2, true)
      on conflict (site_id, day) do nothing
      """;

  private static final String NO_FOLD = "select pg_advisory_xact_lock(%d)";

  /*
   * One snapshot for all totals of a day: a hit that arrives meanwhile is in none of them, stays, and
   * is found to be late.
   */
  private static final String ONE_SNAPSHOT = "set transaction isolation level repeatable read";

  private static final String IS_GONE =
      "select exists (select from site where id = $1 and $2::date < visits_complete_from)";

  private static final String HOLD =
      "update sealed_day set due = false where site_id = $1 and day = $2";

  /*
   * Totals of imports without visits stay. A month that holds the day is no longer the sum of its
   * days, and is taken for one again when it has been summed.
   */
  private static final String EMPTY =
      """
      delete from daily
      where site_id = $1 and day = $2
        and (origin = 0 or origin in (select origin from sealing_visit))
      """;

  private static final String BREAK_MONTH =
      "delete from sealed_month where site_id = $1 and month = date_trunc('month', $2::date)";

  /** A hash of a day's visits is worth its memory: this is for seconds and for one at a time. */
  private static final String ROOM =
      "set local work_mem = '64MB'; set local jit = off;"
          + " set local max_parallel_workers_per_gather = 0";

  /*
   * What was sealed goes in the same transaction; what arrives for the day later is late. An index
   * leads there: site and visit, which is 0.
   */
  private static final String FORGET_HITS =
      """
      delete from hit
      where site_id = $1 and visit = 0 and slot = 8
        and (at at time zone (select timezone from site where id = $1))::date = $2
      """;

  private static final String RAISE =
      """
      update site set visits_complete_from = greatest(visits_complete_from, $2::date + 1)
      where id = $1
      """;

  private final Pool pool;

  public Seal(Pool pool) {
    this.pool = pool;
  }

  /**
   * Seals a day of a site, again if it was before; a day whose visits are gone stays as it is.
   *
   * @return how many rows of totals it has
   */
  Future<Integer> seal(Site site, LocalDate day) {
    Tuple which = Tuple.of(site.id().value(), day);
    return pool.withTransaction(
            connection ->
                connection
                    .query(NO_FOLD.formatted(Fold.SEALING_LOCK))
                    .execute()
                    .compose(alone -> connection.preparedQuery(ENTER).execute(which)))
        .compose(entered -> pool.withTransaction(connection -> compute(connection, site, which)));
  }

  private static Future<Integer> compute(SqlConnection connection, Site site, Tuple which) {
    return connection
        .query(ONE_SNAPSHOT)
        .execute()
        .compose(set -> connection.preparedQuery(HOLD).execute(which))
        .compose(held -> connection.preparedQuery(IS_GONE).execute(which))
        .compose(
            rows ->
                rows.iterator().next().getBoolean(0)
                    ? Future.succeededFuture(0)
                    : replace(connection, site, which));
  }

  private static Future<Integer> replace(SqlConnection connection, Site site, Tuple which) {
    return Shuffle.shuffle(connection, which)
        .compose(shuffled -> recompute(connection, which))
        .compose(
            rows ->
                breakMonth(connection, which)
                    .compose(broken -> forgetHits(connection, site, which))
                    .map(rows));
  }

  /**
   * Computes the totals of a day, whatever they were before.
   *
   * @param which site and day
   * @return how many rows of totals it has
   */
  static Future<Integer> recompute(SqlConnection connection, Tuple which) {
    return gather(connection, DaySql.From.KEPT, which)
        .compose(gathered -> connection.preparedQuery(EMPTY).execute(which))
        .compose(emptied -> fill(connection, which));
  }

  /**
   * Adds totals of a day that are made of passing visits.
   *
   * @param which site and day
   * @return how many rows
   */
  static Future<Integer> add(SqlConnection connection, Tuple which) {
    return gather(connection, DaySql.From.PASSING, which)
        .compose(gathered -> fill(connection, which))
        .compose(rows -> connection.query(DaySql.NO_TABLES).execute().map(rows));
  }

  /** Has the month summed again that has a day. */
  static Future<?> breakMonth(SqlConnection connection, Tuple which) {
    return connection.preparedQuery(BREAK_MONTH).execute(which);
  }

  /** Reads what happened on the day into the temporary tables. */
  private static Future<?> gather(SqlConnection connection, DaySql.From from, Tuple which) {
    return connection
        .query(ROOM)
        .execute()
        .compose(set -> connection.query(DaySql.TABLES).execute())
        .compose(made -> connection.preparedQuery(from.visits()).execute(which))
        .compose(read -> connection.query(DaySql.ANALYZE_VISITS).execute())
        .compose(known -> connection.preparedQuery(from.steps()).execute(which))
        .compose(read -> connection.preparedQuery(DaySql.PAGES).execute(site(which)))
        .compose(read -> connection.query(DaySql.ANALYZE_STEPS).execute())
        .compose(known -> Goals.all(connection, new SiteId(which.getInteger(0))))
        .compose(goals -> findPages(connection, goals));
  }

  private static Future<?> findPages(SqlConnection connection, List<Goal> goals) {
    List<Long> numbers = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    for (Goal goal : goals) {
      PagePattern page = page(goal.condition());
      if (page != null) {
        numbers.add(goal.id());
        paths.add(page.regex());
      }
    }
    return numbers.isEmpty()
        ? Future.succeededFuture()
        : connection
            .preparedQuery(DaySql.GOAL_PAGES)
            .execute(
                Tuple.tuple()
                    .addArrayOfLong(numbers.toArray(Long[]::new))
                    .addArrayOfString(paths.toArray(String[]::new)));
  }

  private static @Nullable PagePattern page(Condition condition) {
    if (condition instanceof Condition.PageViewed viewed) {
      return viewed.page();
    }
    return condition instanceof Condition.PageScrolled scrolled ? scrolled.page() : null;
  }

  private static Future<Integer> fill(SqlConnection connection, Tuple which) {
    Future<Integer> rows = Future.succeededFuture(0);
    for (Sealed.Of of : Sealed.Of.values()) {
      rows =
          rows.compose(
              before ->
                  connection
                      .preparedQuery(DaySql.fill(of))
                      .execute(which)
                      .map(SqlResult::rowCount)
                      .map(count -> before + count));
    }
    return rows;
  }

  private static Tuple site(Tuple which) {
    return Tuple.of(which.getInteger(0));
  }

  private static Future<?> forgetHits(SqlConnection connection, Site site, Tuple which) {
    return site.privacy().recognising() == Recognising.NONE
        ? connection
            .preparedQuery(FORGET_HITS)
            .execute(which)
            .compose(gone -> connection.preparedQuery(RAISE).execute(which))
        : Future.succeededFuture();
  }
}
