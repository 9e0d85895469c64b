package dk.sporlos.seal;

import dk.sporlos.fold.Fold;
import dk.sporlos.site.Recognising;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;

/** Computes the totals of a day, whole, from its visits: table {@code daily}. */
public final class Seal {

  /*
   * A fold into a sealed day marks it due in the transaction of the fold. Two steps keep a fold from
   * slipping in between: first the day is entered as due, while no fold is under way; then the
   * totals are computed in a transaction that holds the day's row, so that a fold of that day waits,
   * and marks it due again.
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

  private static final String EMPTY =
      "delete from daily where site_id = $1 and day = $2 and origin = 0";

  private static final String FILL =
      """
      insert into daily (site_id, day, origin, dimension, part, texts, visitors, cookieless, visits,
        consented, views, actions, entries, bounces, seconds)
      select $1, $2, 0, $3, part, array_agg(value order by place),
        array_agg(visitors order by place), array_agg(cookieless order by place),
        array_agg(visits order by place), array_agg(consented order by place),
        array_agg(views order by place), array_agg(actions order by place),
        array_agg(entries order by place), array_agg(bounces order by place),
        array_agg(seconds order by place)
      from (
        select *, (place > 100)::int as part
        from (
          select *, row_number() over (order by views desc, actions desc, value collate "C") as place
          from (
            select value, sum(visitors)::int as visitors, sum(cookieless)::int as cookieless,
              sum(visits)::int as visits, sum(consented)::int as consented, sum(views)::int as views,
              sum(actions)::int as actions, sum(entries)::int as entries,
              sum(bounces)::int as bounces, sum(seconds)::bigint as seconds
            from (
              select value, count(*) as visitors, count(*) filter (where consented = 0) as cookieless,
                sum(visits) as visits, sum(consented) as consented, sum(views) as views,
                sum(actions) as actions, sum(entries) as entries, sum(bounces) as bounces,
                sum(seconds) as seconds
              from (
                select value, visitor, count(*) as visits,
                  count(*) filter (where by_cookie) as consented, sum(views) as views,
                  sum(actions) as actions, count(*) filter (where entered) as entries,
                  count(*) filter (where entered and bounced) as bounces,
                  coalesce(sum(seconds) filter (where entered), 0) as seconds
                from (
                  %s
                ) as visited
                group by value, visitor
              ) as by_visitor
              group by value
              %s
            ) as parts
            group by value
          ) as totals
        ) as placed
      ) as parted
      group by part
      """;

  private static final String OF_HITS =
      """
      union all
              select value, null, null, null, null, sum(views), sum(actions), null, null, null
              from (
                %s
              ) as unjoined
              group by value
      """;

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
                    : fill(connection, site, which));
  }

  private static Future<Integer> fill(SqlConnection connection, Site site, Tuple which) {
    boolean visitless = site.privacy().recognising() == Recognising.NONE;
    Future<Integer> rows = connection.preparedQuery(EMPTY).execute(which).map(0);
    for (Sealed dimension : Sealed.values()) {
      Tuple parameters = Tuple.of(which.getValue(0), which.getValue(1), (short) dimension.number());
      rows =
          rows.compose(
              before ->
                  connection
                      .preparedQuery(fill(dimension))
                      .execute(parameters)
                      .map(SqlResult::rowCount)
                      .map(count -> before + count));
    }
    return visitless
        ? rows.compose(
            count ->
                connection
                    .preparedQuery(FORGET_HITS)
                    .execute(which)
                    .compose(gone -> connection.preparedQuery(RAISE).execute(which))
                    .map(count))
        : rows;
  }

  static String fill(Sealed dimension) {
    String hits = dimension.ofHits();
    return FILL.formatted(dimension.ofVisits(), hits.isEmpty() ? "" : OF_HITS.formatted(hits));
  }
}
