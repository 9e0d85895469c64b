package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many of the browsers that first came in a week came again in the weeks after: for each first
 * week of the range, one number for each week since, up to the present. Counted are browsers that
 * keep a cookie and bring it back.
 */
final class Cohorts implements Report {

  private static final List<String> KEYS = List.of("site_id", "date_range");

  private static final String COHORTS =
      """
      select first_week, week, browsers from cohort
      where site_id = $1 and week >= $2 and coalesce(first_week, week) between $2 and $3
      order by first_week, week
      """;

  private final Pool pool;
  private final Clock clock;

  Cohorts(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public Future<JsonObject> about(Site site, JsonObject document) {
    ReportReading.refuseOthers(document, KEYS);
    DateRange range = ReportReading.range(document, DateRange.Named.LAST_91_DAYS);
    return ReportReading.in(
        pool,
        connection ->
            ReportReading.period(connection, site, range, clock, Live.INBOX)
                .compose(period -> answer(connection, site, period)));
  }

  private Future<JsonObject> answer(SqlConnection connection, Site site, Period period) {
    LocalDate thisWeek = monday(LocalDate.ofInstant(clock.instant(), site.zone()));
    Tuple parameters =
        Tuple.of(site.id().value(), monday(period.firstDay()), monday(period.lastDay()));
    return connection
        .preparedQuery(COHORTS)
        .execute(parameters)
        .map(rows -> json(rows, thisWeek).put("meta", meta(rows, period)));
  }

  private static JsonObject json(RowSet<Row> rows, LocalDate thisWeek) {
    Map<LocalDate, Map<LocalDate, Long>> browsersByWeeks = new TreeMap<>();
    for (Row row : rows) {
      LocalDate first = row.getLocalDate("first_week");
      if (first != null) {
        browsersByWeeks
            .computeIfAbsent(first, week -> new TreeMap<>())
            .put(row.getLocalDate("week"), row.getLong("browsers"));
      }
    }
    JsonArray results = new JsonArray();
    browsersByWeeks.forEach(
        (first, browsers) ->
            results.add(
                new JsonObject()
                    .put("week", first.toString())
                    .put("browsers", weekly(first, thisWeek, browsers))));
    return new JsonObject().put("results", results);
  }

  /** One number for each week that has begun. */
  private static JsonArray weekly(
      LocalDate first, LocalDate last, Map<LocalDate, Long> browsersByWeek) {
    JsonArray weekly = new JsonArray();
    for (LocalDate week = first; !week.isAfter(last); week = week.plusWeeks(1)) {
      weekly.add(browsersByWeek.getOrDefault(week, 0L));
    }
    return weekly;
  }

  /** Where too few stood behind a batch to say when they first came, they are in no cohort. */
  private static JsonObject meta(RowSet<Row> rows, Period period) {
    long unknown =
        rows.stream()
            .filter(row -> row.getLocalDate("first_week") == null)
            .mapToLong(row -> row.getLong("browsers"))
            .sum();
    return new JsonObject()
        .put("date_range", period.moments())
        .put("browsers_of_unknown_weeks", unknown);
  }

  private static LocalDate monday(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }
}
