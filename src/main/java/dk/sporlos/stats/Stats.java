package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers queries from the visits that ended and those still open, in one statement each. */
public final class Stats {

  /** How long one answer may take. */
  static final Duration LONGEST = Duration.ofSeconds(20);

  /*
   * Not compiled: the planner takes a visit to have a thousand steps and would compile nearly every
   * statement by page, which costs more than it gains. Not parallel: where the visitors of a parallel
   * plan outgrow work_mem, PostgreSQL's final hash table can degenerate, and an answer of two seconds
   * takes minutes now and then; the second core is the collector's, anyway.
   */
  private static final String LIMITS =
      "set transaction read only; set local jit = off;"
          + " set local max_parallel_workers_per_gather = 0; set local statement_timeout = %d";

  private static final String FIRST_DAY =
      """
      select least(
        (select min(day) from visit where site_id = $1),
        (select (min(at) at time zone $2::text)::date from hit where site_id = $1),
        (select min(day) from daily where site_id = $1)
      ) as day
      """;

  private static final String KNOWN =
      """
      select (select visits_complete_from from site where id = $1) as complete_from,
        exists (
          select from interruption where site_id = $1 and day between $2 and $3) as interrupted
      """;

  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final Pool pool;
  private final Clock clock;
  private final String limits;

  public Stats(Pool pool, Clock clock) {
    this(pool, clock, LONGEST);
  }

  Stats(Pool pool, Clock clock, Duration longest) {
    this.pool = pool;
    this.clock = clock;
    this.limits = LIMITS.formatted(longest.toMillis());
  }

  /**
   * The answer to a query about a site.
   *
   * <p>Fails with {@link InvalidQueryException} if the query turns out to have no answer, and as
   * the database client does if the database is away or takes too long.
   */
  public Future<Answer> answer(Site site, Query query) {
    return pool.withTransaction(
        connection ->
            connection
                .query(limits)
                .execute()
                .compose(limited -> period(connection, site, query.range()))
                .compose(period -> answer(connection, site, query.over(period), period)));
  }

  private Future<Period> period(SqlConnection connection, Site site, DateRange range) {
    ZonedDateTime now = clock.instant().atZone(site.zone());
    if (range != DateRange.Named.ALL) {
      return Future.succeededFuture(range.at(now, now.toLocalDate()));
    }
    return connection
        .preparedQuery(FIRST_DAY)
        .execute(Tuple.of(site.id().value(), site.zone().getId()))
        .map(rows -> rows.iterator().next().getLocalDate("day"))
        .map(day -> range.at(now, Objects.requireNonNullElse(day, now.toLocalDate())));
  }

  private static Future<Answer> answer(
      SqlConnection connection, Site site, Query query, Period period) {
    List<String> timeLabels =
        query.include().timeLabels()
            ? query.timeDimension().map(period::labels).orElse(null)
            : null;
    return coverage(connection, site, query, period)
        .compose(
            coverage -> {
              QuerySql sql = QuerySql.of(site.id(), query, period, coverage.sources());
              return people(connection, site, query, period)
                  .compose(
                      people ->
                          connection
                              .preparedQuery(sql.text())
                              .execute(sql.parameters())
                              .map(
                                  rows ->
                                      new Answer(
                                          site,
                                          query,
                                          period,
                                          coverage.rows(rows(query, rows), query),
                                          totalRows(query, rows),
                                          timeLabels,
                                          new Answer.Notes(people, coverage.notes()))));
            });
  }

  private static Future<Coverage> coverage(
      SqlConnection connection, Site site, Query query, Period period) {
    return connection
        .preparedQuery(KNOWN)
        .execute(QuerySql.days(site.id(), period))
        .map(
            rows -> {
              Row known = rows.iterator().next();
              Sources sources = Sources.of(site, known.getLocalDate("complete_from"));
              return Coverage.of(site, query, period, sources, known.getBoolean("interrupted"));
            });
  }

  private static Future<@Nullable People> people(
      SqlConnection connection, Site site, Query query, Period period) {
    return query.asksForReturns()
        ? People.of(connection, site, period).map(known -> known)
        : Future.succeededFuture(null);
  }

  private static List<Answer.Row> rows(Query query, RowSet<Row> rows) {
    return rows.stream()
        .filter(row -> !query.include().totalRows() || row.getBoolean("found") != null)
        .map(row -> row(query, row))
        .toList();
  }

  /** Every row tells it, if it was asked for. */
  private static @Nullable Long totalRows(Query query, RowSet<Row> rows) {
    return query.include().totalRows() ? rows.iterator().next().getLong("total_rows") : null;
  }

  private static Answer.Row row(Query query, Row row) {
    List<String> dimensions = new ArrayList<>();
    for (int i = 0; i < query.dimensions().size(); i++) {
      dimensions.add(text(row.getValue("d" + i)));
    }
    List<@Nullable Number> metrics = new ArrayList<>();
    for (int i = 0; i < query.metrics().size(); i++) {
      metrics.add((Number) row.getValue("m" + i));
    }
    return new Answer.Row(dimensions, metrics);
  }

  /** Days, weeks and months are dates; hours have a time of the wall clock. */
  private static String text(Object value) {
    if (value instanceof LocalDate day) {
      return day.toString();
    }
    if (value instanceof LocalDateTime hour) {
      return HOUR.format(hour);
    }
    return (String) value;
  }
}
