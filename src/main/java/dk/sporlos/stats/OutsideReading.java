package dk.sporlos.stats;

import dk.sporlos.goal.Goal;
import dk.sporlos.seal.Figure;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowStream;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads figures of a site for an outsider, all in one transaction. */
final class OutsideReading {

  /** So few cells are rounded at a time that nobody else waits for the thread. */
  private static final int CELLS_AT_A_TIME = 500;

  private final SqlConnection connection;
  private final Site site;
  private final Filter.All segment;
  private final Definitions definitions;
  private final Rounding rounding;
  private final LocalDate today;
  private final CellName.Within names;

  /**
   * @param segment what is counted
   */
  OutsideReading(
      SqlConnection connection,
      Site site,
      Filter.All segment,
      Definitions definitions,
      Rounding rounding,
      LocalDate today) {
    this.connection = connection;
    this.site = site;
    this.segment = segment;
    this.definitions = definitions;
    this.rounding = rounding;
    this.today = today;
    this.names = new CellName.Within(site, segment);
  }

  /** What was read about a period: all rows in their order, and what is said of them. */
  private record Read(List<Answer.Row> rows, JsonObject notes, @Nullable LocalDate dataFrom) {}

  /**
   * @param query with a bucket for its time and an order, see {@link Query#over(Period)}
   */
  Future<Answer> answer(Query query, Period period) {
    List<String> timeLabels =
        query.include().timeLabels()
            ? query.timeDimension().map(period::labels).orElse(null)
            : null;
    return read(query, period)
        .compose(
            read -> {
              List<Answer.Row> page = page(query, read.rows());
              return before(query, period, page)
                  .map(
                      before ->
                          new Answer(
                              site,
                              query,
                              period,
                              page,
                              query.include().totalRows() ? (long) read.rows().size() : null,
                              timeLabels,
                              before,
                              new Answer.Notes(null, read.notes())));
            });
  }

  private static List<Answer.Row> page(Query query, List<Answer.Row> rows) {
    Query.Paging paging = query.paging();
    return rows.stream().skip(paging.offset()).limit(paging.limit()).toList();
  }

  private Future<Answer.@Nullable Before> before(
      Query query, Period period, List<Answer.Row> rows) {
    Comparison comparison = query.include().comparison();
    if (comparison == null) {
      return Future.succeededFuture(null);
    }
    Period earlier = comparison.before(period);
    return read(query, earlier)
        .map(
            read -> {
              TimePlaces then = TimePlaces.of(query, earlier);
              Map<List<String>, Answer.Row> known = new HashMap<>();
              read.rows().forEach(row -> known.put(then.key(row), row));
              TimePlaces now = TimePlaces.of(query, period);
              List<Answer.@Nullable Row> matching = new ArrayList<>();
              rows.forEach(row -> matching.add(known.get(now.key(row))));
              return Answer.Before.of(earlier, matching, read.dataFrom());
            })
        .recover(
            failure ->
                failure instanceof DeletedVisitsException
                    ? Future.succeededFuture(Answer.Before.unknown(earlier))
                    : Future.failedFuture(failure));
  }

  private Future<Read> read(Query query, Period period) {
    return Days.Known.of(connection, site, period).compose(known -> read(query, period, known));
  }

  private Future<Read> read(Query query, Period period, Days.Known known) {
    RoundedSums sums = new RoundedSums(rounding);
    Attribute by = query.dimensions().stream().findFirst().orElse(null);
    Query cells = byDay(query, by == null || by.ofTime() ? List.of() : List.of(canonical(by)));
    FinishedDays days = FinishedDays.of(site, cells, period, known, today);
    Coverage coverage = Coverage.ofOutsiders(site, query, known, days.dataFrom());
    return each(
            byDay(query, List.of()),
            period,
            days,
            row -> sums.addWhole(CellSql.day(row), names.whole(), CellSql.figures(row)))
        .compose(wholes -> parts(by, cells, period, days, sums))
        .map(
            counted ->
                new Read(
                    coverage.rows(rows(query, by, sums), query),
                    notes(coverage.notes()),
                    days.dataFrom()));
  }

  private JsonObject notes(JsonObject notes) {
    return notes.put("rounded_to", site.privacy().rounding());
  }

  /** Adds up what the rows are told apart by. */
  private Future<Void> parts(
      @Nullable Attribute by, Query cells, Period period, FinishedDays days, RoundedSums sums) {
    if (by == null) {
      return Future.succeededFuture();
    }
    if (by.ofTime()) {
      sums.days().forEach(day -> sums.addWholeTo(bucket((Dimension) by, day), day));
      return Future.succeededFuture();
    }
    Attribute read = canonical(by);
    Map<String, CellName> goals =
        definitions.goals().stream()
            .collect(Collectors.toMap(Goal::name, names::part, (one, other) -> one));
    Function<String, CellName> name =
        read == Dimension.EVENT_GOAL
            ? goal -> Objects.requireNonNull(goals.get(goal), "a goal of the site")
            : value -> names.part(read, value);
    return each(
        cells,
        period,
        days,
        row -> {
          String value = row.getString("d1");
          sums.addPart(value, CellSql.day(row), name.apply(value), CellSql.figures(row));
        });
  }

  private static String bucket(Dimension time, LocalDate day) {
    return switch (time) {
      case TIME_WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toString();
      case TIME_MONTH -> day.withDayOfMonth(1).toString();
      default -> day.toString();
    };
  }

  /* Of what goes by two names the cells would else be rounded twice. */
  /** The dimension that holds the same values, perhaps as codes. */
  private static Attribute canonical(Attribute attribute) {
    if (attribute == Dimension.VISIT_COUNTRY_NAME) {
      return Dimension.VISIT_COUNTRY;
    }
    if (attribute == Dimension.VISIT_REGION_NAME) {
      return Dimension.VISIT_REGION;
    }
    return attribute == Dimension.VISIT_CITY_NAME ? Dimension.VISIT_CITY : attribute;
  }

  /** The question whose answers are cells: by day and whatever else, of the segment. */
  private Query byDay(Query query, List<Attribute> more) {
    List<Attribute> dimensions = new ArrayList<>(List.of(Dimension.TIME_DAY));
    dimensions.addAll(more);
    Set<Metric> metrics = new LinkedHashSet<>();
    for (Metric metric : query.metrics()) {
      switch (metric) {
        case VIEWS_PER_VISIT -> metrics.addAll(List.of(Metric.PAGEVIEWS, Metric.VISITS));
        case PERCENTAGE, CONVERSION_RATE -> metrics.add(Metric.VISITORS);
        case SCROLL_DEPTH, TIME_ON_PAGE -> metrics.add(more.isEmpty() ? Metric.VISITS : metric);
        default -> metrics.add(metric);
      }
    }
    return new Query(
        List.copyOf(metrics),
        query.range(),
        segment,
        dimensions,
        List.of(),
        Query.Include.NOTHING,
        Query.Paging.EVERYTHING);
  }

  private Future<Void> each(Query cells, Period period, FinishedDays days, Consumer<Row> consumer) {
    Plan plan = Plan.of(cells, definitions);
    return Lookups.of(connection, site.id(), period, Live.NONE, plan.filters())
        .map(lookups -> CellSql.of(site.id(), plan, period, days.sources(), lookups))
        .compose(sql -> each(sql, consumer));
  }

  private Future<Void> each(CellSql sql, Consumer<Row> consumer) {
    return connection
        .prepare(sql.text())
        .compose(
            prepared -> {
              Promise<Void> read = Promise.promise();
              RowStream<Row> rows = prepared.createStream(CELLS_AT_A_TIME, sql.parameters());
              rows.exceptionHandler(read::tryFail)
                  .endHandler(end -> read.tryComplete())
                  .handler(
                      row -> {
                        try {
                          consumer.accept(row);
                        } catch (RuntimeException fault) {
                          read.tryFail(fault);
                        }
                      });
              return read.future().eventually(prepared::close);
            });
  }

  private static List<Answer.Row> rows(Query query, @Nullable Attribute by, RoundedSums sums) {
    boolean byPage = by != null && Rules.isOfPages(by);
    RoundedMetrics metrics = new RoundedMetrics(byPage, sums.whole());
    if (by == null) {
      return List.of(new Answer.Row(List.of(), metrics.of(query.metrics(), sums.whole())));
    }
    Set<Figure> figures = Outsiders.figures(query.metrics(), byPage);
    List<Answer.Row> rows = new ArrayList<>();
    sums.shown(figures)
        .forEach(
            (value, sum) ->
                rows.add(
                    new Answer.Row(List.of(shown(by, value)), metrics.of(query.metrics(), sum))));
    rows.sort(order(query));
    return rows;
  }

  private static String shown(Attribute by, String value) {
    return by == Dimension.VISIT_COUNTRY_NAME ? Parameters.countryName(value) : value;
  }

  /** The order asked for, then that of the values' bytes; what has no figure is last. */
  private static Comparator<Answer.Row> order(Query query) {
    Comparator<Answer.Row> byValue =
        Comparator.comparing(
            row -> row.dimensions().get(0).getBytes(StandardCharsets.UTF_8),
            Arrays::compareUnsigned);
    Comparator<Answer.Row> order = Comparator.comparing(row -> 0);
    for (Order asked : query.order()) {
      boolean down = asked.direction() == Order.Direction.DESC;
      Comparator<Answer.Row> next;
      if (asked.by() instanceof Metric metric) {
        int place = query.metrics().indexOf(metric);
        Comparator<Double> byFigure =
            down ? Comparator.<Double>reverseOrder() : Comparator.<Double>naturalOrder();
        next =
            Comparator.comparing(
                row -> figure(row.metrics().get(place)), Comparator.nullsLast(byFigure));
      } else {
        next = down ? byValue.reversed() : byValue;
      }
      order = order.thenComparing(next);
    }
    return order.thenComparing(byValue);
  }

  private static @Nullable Double figure(@Nullable Number figure) {
    return figure == null ? null : figure.doubleValue();
  }
}
