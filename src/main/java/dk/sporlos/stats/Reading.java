package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads figures of a site, all in one transaction. */
final class Reading {

  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  /** Earlier figures of the values of several dimensions may be more than those compared. */
  private static final Query.Paging ALL_ROWS = new Query.Paging(1_000_000, 0);

  private final Reads.Source source;
  private final SqlConnection connection;
  private final Site site;
  private final Finished finished;
  private final Duration longest;

  /**
   * @param longest how long the answer may take
   */
  Reading(Reads.Source source, Site site, Finished finished, Duration longest) {
    this.source = source;
    this.connection = source.connection();
    this.site = site;
    this.finished = finished;
    this.longest = longest;
  }

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
    if (plan.query().asksForVitals()) {
      return vitals(plan, period, only);
    }
    return Days.Known.of(connection, site, period)
        .compose(
            known -> {
              Coverage coverage = Coverage.of(site, plan.query(), period, known);
              if (!known.areSealed(period)) {
                return live(coverage).compose(with -> read(plan, period, only, with));
              }
              return plan.query().asksForReturns()
                  ? read(plan, period, only, coverage)
                  : finished.read(
                      new Finished.Question(site, plan, period, only, known.stamp()),
                      () -> read(plan, period, only, coverage));
            });
  }

  private Future<Read> vitals(Plan plan, Period period, @Nullable List<Answer.Row> only) {
    Query query = plan.query();
    Filter pages = VitalsSql.pages(plan.filter());
    return Lookups.of(connection, site.id(), period, Live.NONE, pages)
        .compose(lookups -> execute(VitalsSql.of(site.id(), plan, period, lookups, only)))
        .map(rows -> new Read(rows(query, rows), totalRows(query, rows), Coverage.OF_VITALS));
  }

  /** The same with visits that may go on, if visits are read. */
  private Future<Coverage> live(Coverage coverage) {
    return coverage.sources().ofVisits()
        ? source.live(site.id()).map(coverage::with)
        : Future.succeededFuture(coverage);
  }

  private Future<Read> read(
      Plan plan, Period period, @Nullable List<Answer.Row> only, Coverage coverage) {
    Query query = plan.query();
    Sources sources = coverage.sources();
    return refuseIfHopeless(plan, period, sources)
        .compose(
            passed -> Lookups.of(connection, site.id(), period, sources.live(), plan.filters()))
        .compose(
            lookups ->
                rows(
                    sources,
                    Heads.of(query, sources, only),
                    these -> QuerySql.of(site.id(), plan, period, these, lookups, only)))
        .map(
            rows ->
                new Read(
                    coverage.rows(plan.revenue().rows(rows(query, rows), query), query),
                    totalRows(query, rows),
                    coverage));
  }

  private Future<?> refuseIfHopeless(Plan plan, Period period, Sources sources) {
    return sources.days() != null
        ? Future.succeededFuture()
        : Cost.of(connection, site, plan, period)
            .map(
                cost -> {
                  cost.refuseIfHopeless(period, longest);
                  return cost;
                });
  }

  /** From the heads of totals, unless these are not enough. */
  private Future<RowSet<Row>> rows(
      Sources sources, @Nullable Heads heads, Function<Sources, QuerySql> asking) {
    return heads == null
        ? execute(asking.apply(sources))
        : execute(asking.apply(sources.headsAlone(heads)))
            .compose(
                rows ->
                    rows.iterator().next().getBoolean("certain")
                        ? Future.succeededFuture(rows)
                        : execute(asking.apply(sources)));
  }

  private Future<RowSet<Row>> execute(QuerySql sql) {
    return connection.preparedQuery(sql.text()).execute(sql.parameters());
  }

  private JsonObject notes(Plan plan, Read read) {
    JsonObject notes = source.noteTo(read.coverage().notes());
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
              TimePlaces then = TimePlaces.of(plan.query(), earlier);
              read.rows().forEach(row -> known.put(then.key(row), row));
              TimePlaces now = TimePlaces.of(plan.query(), period);
              List<Answer.@Nullable Row> matching = new ArrayList<>();
              rows.forEach(row -> matching.add(known.get(now.key(row))));
              return Answer.Before.of(earlier, matching, read.coverage().dataFrom());
            })
        .recover(
            failure ->
                failure instanceof DeletedVisitsException
                    ? Future.succeededFuture(Answer.Before.unknown(earlier))
                    : Future.failedFuture(failure));
  }

  private static List<Answer.Row> rows(Query query, RowSet<Row> rows) {
    return rows.stream()
        .filter(row -> !query.include().totalRows() || row.getBoolean("found") != null)
        .filter(row -> row.getColumnIndex("place") < 0 || row.getLong("place") != null)
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
