package dk.sporlos.seal;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Compares totals with what they were computed from: those of days with visits, those of months
 * with days. Totals are computed once more in a transaction that is rolled back.
 */
public final class Check {

  /** Days are skipped that are due, and so known to differ, and those whose visits are gone. */
  private static final String DAYS =
      """
      select day from sealed_day
      join site on site.id = sealed_day.site_id
      where site_id = $1 and not due and day >= coalesce(visits_complete_from, '-infinity'::date)
        and day between $2 and $3
      order by day
      """;

  private static final String MONTHS =
      """
      select month as day from sealed_month
      where site_id = $1 and month between date_trunc('month', $2::date) and $3
        and not exists (
          select from sealed_day
          where sealed_day.site_id = $1 and due and date_trunc('month', day) = month)
      order by month
      """;

  private static final String ONE_SNAPSHOT = "set transaction isolation level repeatable read";

  private static final String KEEP =
      """
      create temporary table kept_totals on commit drop as
      select * from %1$s limit 0;
      """;

  private static final String COPY =
      "insert into kept_totals select * from %1$s where site_id = $1 and %2$s = $2";

  /** A row for each figure of a value that is not what it was. */
  private static final String COMPARE =
      """
      select dimension, value, figure, kept, computed
      from (
        select origin, dimension, value, %3$s
        from kept_totals
        cross join lateral unnest(texts, %4$s) as total (value, %5$s)
        group by 1, 2, 3
      ) as old
      full join (
        select origin, dimension, value, %3$s
        from %1$s
        cross join lateral unnest(texts, %6$s) as total (value, %5$s)
        where site_id = $1 and %2$s = $2
        group by 1, 2, 3
      ) as new using (origin, dimension, value)
      cross join lateral (values %7$s) as compared (figure, kept, computed)
      where kept is distinct from computed
      order by dimension, value collate "C", figure
      limit 1000
      """;

  /**
   * A figure that differs from what it should be.
   *
   * @param table {@code daily} or {@code monthly}
   * @param period the day, or the first of the month
   * @param dimension name of a {@link Sealed}
   * @param kept what is there
   * @param computed what visits or days give
   */
  public record Difference(
      String table,
      LocalDate period,
      String dimension,
      String value,
      String figure,
      BigDecimal kept,
      BigDecimal computed) {}

  private enum Kind {
    DAYS("daily", "day", Check.DAYS),
    MONTHS("monthly", "month", Check.MONTHS);

    private final String table;
    private final String column;
    private final String periods;

    Kind(String table, String column, String periods) {
      this.table = table;
      this.column = column;
      this.periods = periods;
    }

    private String compare() {
      return COMPARE.formatted(
          table,
          column,
          Figure.each(f -> "coalesce(%s, 0) as %s".formatted(f.sumOf("total"), f.column())),
          Figure.each(f -> "kept_totals." + f.column()),
          Figure.each(Figure::column),
          Figure.each(f -> table + "." + f.column()),
          Figure.each(
              f ->
                  "('%1$s', coalesce(old.%1$s, 0)::numeric, coalesce(new.%1$s, 0)::numeric)"
                      .formatted(f.column())));
    }
  }

  private final Pool pool;

  public Check(Pool pool) {
    this.pool = pool;
  }

  /** The differences in a range of days and the months that these touch, day by day. */
  public Future<List<Difference>> differences(Site site, LocalDate from, LocalDate to) {
    return differencesOfDays(site, from, to)
        .compose(
            days -> differences(Kind.MONTHS, site, from, to).map(months -> join(days, months)));
  }

  /** Those of days alone. */
  Future<List<Difference>> differencesOfDays(Site site, LocalDate from, LocalDate to) {
    return differences(Kind.DAYS, site, from, to);
  }

  private Future<List<Difference>> differences(Kind kind, Site site, LocalDate from, LocalDate to) {
    return pool.preparedQuery(kind.periods)
        .execute(Tuple.of(site.id().value(), from, to))
        .compose(
            rows -> {
              Future<List<Difference>> found = Future.succeededFuture(List.of());
              for (LocalDate period : periods(rows)) {
                Tuple which = Tuple.of(site.id().value(), period);
                found =
                    found.compose(
                        before -> differences(kind, which).map(more -> join(before, more)));
              }
              return found;
            });
  }

  private static List<LocalDate> periods(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row -> row.getLocalDate("day"))
        .toList();
  }

  private Future<List<Difference>> differences(Kind kind, Tuple which) {
    return pool.getConnection()
        .compose(
            connection ->
                connection
                    .begin()
                    .compose(
                        transaction ->
                            compare(connection, kind, which).eventually(transaction::rollback))
                    .eventually(connection::close));
  }

  private static Future<List<Difference>> compare(
      SqlConnection connection, Kind kind, Tuple which) {
    return connection
        .query(ONE_SNAPSHOT)
        .execute()
        .compose(set -> connection.query(KEEP.formatted(kind.table)).execute())
        .compose(
            made ->
                connection.preparedQuery(COPY.formatted(kind.table, kind.column)).execute(which))
        .compose(
            copied ->
                kind == Kind.DAYS
                    ? Seal.recompute(connection, which).mapEmpty()
                    : Months.fill(connection, which).mapEmpty())
        .compose(computed -> connection.preparedQuery(kind.compare()).execute(which))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Difference(
                                kind.table,
                                which.getLocalDate(1),
                                name(row.getInteger("dimension")),
                                row.getString("value"),
                                row.getString("figure"),
                                row.getBigDecimal("kept"),
                                row.getBigDecimal("computed")))
                    .toList());
  }

  private static String name(int number) {
    return Arrays.stream(Sealed.values())
        .filter(one -> one.number() == number)
        .map(one -> one.name().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse(Integer.toString(number));
  }

  private static <T> List<T> join(List<T> some, List<T> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }
}
