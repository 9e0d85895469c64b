package dk.sporlos.seal;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.StreamSupport;

/** Sums finished months from the totals of their days: table {@code monthly}. */
final class Months {

  /*
   * A month is whole once each of its days is sealed, from the first that the site has. A day whose
   * visits are gone stays as it is, due or not, or not even entered.
   */
  private static final String WHOLE =
      """
      select month
      from (
        select date_trunc('month', day)::date as month, visits_complete_from,
          count(*) filter (where not is_gone) as days, bool_or(due and not is_gone) as due
        from sealed_day
        join site on site.id = sealed_day.site_id
        cross join lateral (
          values (coalesce(day < visits_complete_from, false))) as known (is_gone)
        where site_id = $1
        group by 1, 2
      ) as sealed
      where not due
        and days = greatest(0, (month + interval '1 month')::date
          - greatest(month, visits_complete_from,
              (select min(day) from sealed_day where site_id = $1)))
        and not exists (
          select from sealed_month where site_id = $1 and sealed_month.month = sealed.month)
      order by month
      """;

  private static final String EMPTY = "delete from monthly where site_id = $1 and month = $2";

  private static final String FILL =
      Layout.insert(
          "monthly",
          "month",
          """
          select origin, dimension, value, %s
          from daily
          cross join lateral unnest(texts, %s) as total (value, %s)
          where site_id = $1 and day >= $2::date and day < $2::date + interval '1 month'
          group by origin, dimension, value
          """
              .formatted(
                  Figure.each(f -> "coalesce(%s, 0) as %s".formatted(f.sumOf("total"), f.column())),
                  Figure.each(f -> "daily." + f.column()),
                  Figure.each(Figure::column)));

  private static final String ENTER =
      "insert into sealed_month (site_id, month) values ($1, $2) on conflict do nothing";

  private final Pool pool;

  Months(Pool pool) {
    this.pool = pool;
  }

  /**
   * Sums the months of a site that are whole and not summed yet. No day of it may be sealed
   * meanwhile.
   *
   * @return how many there were
   */
  Future<Integer> run(Site site) {
    return pool.preparedQuery(WHOLE)
        .execute(Tuple.of(site.id().value()))
        .compose(
            rows -> {
              List<LocalDate> months =
                  StreamSupport.stream(rows.spliterator(), false)
                      .map(row -> row.getLocalDate("month"))
                      .toList();
              Future<?> done = Future.succeededFuture();
              for (LocalDate month : months) {
                Tuple which = Tuple.of(site.id().value(), month);
                done = done.compose(before -> pool.withTransaction(c -> sum(c, which)));
              }
              return done.map(months.size());
            });
  }

  private static Future<?> sum(SqlConnection connection, Tuple which) {
    return fill(connection, which)
        .compose(filled -> connection.preparedQuery(ENTER).execute(which));
  }

  /** Computes a month's totals, whatever they were before. */
  static Future<?> fill(SqlConnection connection, Tuple which) {
    return connection
        .preparedQuery(EMPTY)
        .execute(which)
        .compose(emptied -> connection.preparedQuery(FILL).execute(which));
  }
}
