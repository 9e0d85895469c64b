package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads figures of a site, all in one transaction. */
final class Reading {

  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  /** Earlier figures of the values of several dimensions may be more than those compared. */
  private static final Query.Paging ALL_ROWS = new Query.Paging(1_000_000, 0);

  private final SqlConnection connection;
  private final Site site;

  Reading(SqlConnection connection, Site site) {
    this.connection = connection;
    this.site = site;
  }

  /** What was read about a period. */
  private record Read(List<Answer.Row> rows, @Nullable Long totalRows, Coverage coverage) {}

  Future<Answer> answer(Plan plan, Period period) {
    Query query = plan.query();
    List<String> timeLabels =
        query.include().timeLabels()
            ? query.timeDimension().map(period::labels).orElse(null)
            : null;
    return read(plan, period, null)
        .compose(
            read ->
                people(query, period, read.coverage().sources())
                    .compose(
                        people ->
                            before(plan, period, read.rows())
                                .map(
                                    before ->
                                        new Answer(
                                            site,
                                            query,
                                            period,
                                            read.rows(),
                                            read.totalRows(),
                                            timeLabels,
                                            before,
                                            new Answer.Notes(people, notes(plan, read))))));
  }

  /**
   * @param only the only rows that are wanted; null for any
   */
  private Future<Read> read(Plan plan, Period period, @Nullable List<Answer.Row> only) {
    Query query = plan.query();
    return coverage(query, period)
        .compose(
            coverage ->
                Lookups.of(connection, site.id(), period, plan.filters())
                    .map(
                        lookups ->
                            QuerySql.of(site.id(), plan, period, coverage.sources(), lookups, only))
                    .compose(sql -> connection.preparedQuery(sql.text()).execute(sql.parameters()))
                    .map(
                        rows ->
                            new Read(
                                coverage.rows(plan.revenue().rows(rows(query, rows), query), query),
                                totalRows(query, rows),
                                coverage)));
  }

  private Future<Coverage> coverage(Query query, Period period) {
    return Days.Known.of(connection, site, period)
        .map(known -> Coverage.of(site, query, period, known));
  }

  private static JsonObject notes(Plan plan, Read read) {
    JsonObject notes = read.coverage().notes();
    JsonObject said = plan.revenue().said();
    if (said != null) {
      JsonObject warnings = notes.getJsonObject("metric_warnings", new JsonObject());
      plan.query().metrics().stream()
          .filter(Metric::ofRevenue)
          .forEach(metric -> warnings.put(metric.word(), said));
      notes.put("metric_warnings", warnings);
    }
    return notes;
  }

  private Future<@Nullable People> people(Query query, Period period, Sources sources) {
    return query.asksForReturns()
        ? People.of(connection, site, period, sources).map(known -> known)
        : Future.succeededFuture(null);
  }

  /** The figures that those of rows are compared with; null if they are not to be. */
  private Future<Answer.@Nullable Before> before(Plan plan, Period period, List<Answer.Row> rows) {
    Comparison comparison = plan.query().include().comparison();
    if (comparison == null) {
      return Future.succeededFuture(null);
    }
    Period earlier = comparison.before(period);
    return read(plan.paged(ALL_ROWS), earlier, rows)
        .map(
            read -> {
              Map<List<String>, Answer.Row> known = new HashMap<>();
              Places then = Places.of(plan.query(), earlier);
              read.rows().forEach(row -> known.put(then.key(row), row));
              Places now = Places.of(plan.query(), period);
              List<Answer.@Nullable Row> matching = new ArrayList<>();
              rows.forEach(row -> matching.add(known.get(now.key(row))));
              return new Answer.Before(earlier, matching);
            });
  }

  /**
   * Moments of a period by their place in it, so that the first day is compared with the first.
   *
   * @param time index of the dimension of time; -1 if there is none
   */
  private record Places(int time, Map<String, Integer> placesByLabel) {
    static Places of(Query query, Period period) {
      Map<String, Integer> places = new HashMap<>();
      query
          .timeDimension()
          .ifPresent(
              time -> period.labels(time).forEach(label -> places.put(label, places.size())));
      return new Places(
          query.timeDimension().map(time -> query.dimensions().indexOf(time)).orElse(-1), places);
    }

    List<String> key(Answer.Row row) {
      if (time < 0) {
        return row.dimensions();
      }
      List<String> key = new ArrayList<>(row.dimensions());
      key.set(time, String.valueOf(placesByLabel.get(key.get(time))));
      return key;
    }
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
