package dk.sporlos.stats;

import dk.sporlos.goal.Goal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries from visits as they are told, slowly and plainly, by the definitions in words: no
 * SQL, no folding, no cleverness about time.
 */
final class Oracle {

  private final List<TestVisit> visits;
  private final ZoneId zone;
  private final List<Goal> goals;
  private final OracleValues values;

  Oracle(List<TestVisit> visits, ZoneId zone, List<Goal> goals) {
    this.visits = visits;
    this.zone = zone;
    this.goals = goals;
    this.values = new OracleValues(zone, goals);
  }

  /** What a query with its order and buckets filled in is answered with. */
  List<Answer.Row> answer(Query query) {
    Map<List<String>, List<Seen>> groups =
        groups(query.range(), query.dimensions(), query.filter(), query.filter());
    return groups.entrySet().stream()
        .map(
            group ->
                new Answer.Row(group.getKey(), figures(query, group.getKey(), group.getValue())))
        .sorted(order(query))
        .skip(query.paging().offset())
        .limit(query.paging().limit())
        .toList();
  }

  /** A visit, and what of it belongs to one value of the dimensions. */
  private record Seen(TestVisit visit, List<TestVisit.Step> steps, boolean entered) {}

  /**
   * @param named the filter that names the goals that rows of goals are about
   */
  private Map<List<String>, List<Seen>> groups(
      DateRange range, List<Attribute> dimensions, Filter filter, Filter named) {
    Map<List<String>, List<Seen>> groups = new LinkedHashMap<>();
    if (dimensions.isEmpty()) {
      groups.put(List.of(), new ArrayList<>());
    }
    for (TestVisit visit : visits) {
      if (isWithin(visit, range)) {
        seen(visit, dimensions, filter, named)
            .forEach(
                (values, seen) ->
                    groups.computeIfAbsent(values, key -> new ArrayList<>()).add(seen));
      }
    }
    return groups;
  }

  private Map<List<String>, Seen> seen(
      TestVisit visit, List<Attribute> dimensions, Filter filter, Filter named) {
    Map<List<String>, List<TestVisit.Step>> steps = new LinkedHashMap<>();
    for (TestVisit.Step step : visit.steps()) {
      if (values.holds(filter, visit, step)) {
        for (List<String> row : values.values(visit, step, dimensions, named)) {
          steps.computeIfAbsent(row, key -> new ArrayList<>()).add(step);
        }
      }
    }
    List<Attribute> asked = new ArrayList<>(dimensions);
    boolean scrolled = addAttributes(filter, asked);
    List<Attribute> ofSteps = asked.stream().filter(Attribute::ofSteps).toList();
    boolean pagesAlone =
        !scrolled
            && !ofSteps.isEmpty()
            && ofSteps.stream()
                .allMatch(a -> a == Dimension.EVENT_PAGE || a == Dimension.EVENT_HOSTNAME);
    Map<List<String>, Seen> seen = new LinkedHashMap<>();
    steps.forEach(
        (values, taken) -> {
          if (!pagesAlone || taken.stream().anyMatch(TestVisit.Step::isView)) {
            seen.put(values, new Seen(visit, taken, entered(visit, dimensions, values)));
          }
        });
    return seen;
  }

  /** Whether the visit began on the page and host of a row. */
  private boolean entered(TestVisit visit, List<Attribute> dimensions, List<String> values) {
    TestVisit.Step entry = OracleValues.entry(visit);
    for (int i = 0; i < dimensions.size(); i++) {
      if (dimensions.get(i) == Dimension.EVENT_PAGE
          && (entry == null || !entry.path().equals(values.get(i)))) {
        return false;
      }
      if (dimensions.get(i) == Dimension.EVENT_HOSTNAME
          && (entry == null || !entry.host().equals(values.get(i)))) {
        return false;
      }
    }
    return true;
  }

  /** Adds what a filter asks about, elsewhere in a visit apart; says whether that is scrolling. */
  private static boolean addAttributes(Filter filter, List<Attribute> attributes) {
    if (filter instanceof Filter.Compare comparison) {
      attributes.add(comparison.attribute());
    }
    boolean scrolled = filter instanceof Filter.Scrolled;
    if (!(filter instanceof Filter.HasDone)) {
      for (Filter part : filter.parts()) {
        scrolled |= addAttributes(part, attributes);
      }
    }
    return scrolled;
  }

  private boolean isWithin(TestVisit visit, DateRange range) {
    if (range instanceof DateRange.Days days) {
      LocalDate day = LocalDate.ofInstant(visit.began(), zone);
      return !day.isBefore(days.first()) && !day.isAfter(days.last());
    }
    DateRange.Moments moments = (DateRange.Moments) range;
    Instant first = lastMinuteOfSameHour(visit.began(), -1);
    Instant last = lastMinuteOfSameHour(visit.began(), 1);
    return first.isBefore(moments.last().plusSeconds(1))
        && last.plusSeconds(60).isAfter(moments.first());
  }

  /** Walks from minute to minute while the clock shows the same hour and is not changed. */
  private Instant lastMinuteOfSameHour(Instant instant, int direction) {
    Instant minute = instant.truncatedTo(ChronoUnit.MINUTES);
    while (hour(minute.plusSeconds(60L * direction)).equals(hour(minute))) {
      minute = minute.plusSeconds(60L * direction);
    }
    return minute;
  }

  private List<Object> hour(Instant instant) {
    ZoneOffset offset = zone.getRules().getOffset(instant);
    return List.of(offset, LocalDateTime.ofInstant(instant, offset).truncatedTo(ChronoUnit.HOURS));
  }

  private List<@Nullable Number> figures(Query query, List<String> values, List<Seen> group) {
    List<@Nullable Number> figures = new ArrayList<>();
    query.metrics().forEach(metric -> figures.add(figure(query, values, group, metric)));
    return figures;
  }

  private @Nullable Number figure(
      Query query, List<String> values, List<Seen> group, Metric metric) {
    List<Seen> entered = group.stream().filter(Seen::entered).toList();
    return switch (metric) {
      case VISITORS -> visitors(group);
      case VISITS -> (long) group.size();
      case PAGEVIEWS -> steps(group, TestVisit.Step::isView);
      case EVENTS -> steps(group, step -> true);
      case VIEWS_PER_VISIT ->
          group.isEmpty()
              ? 0.0
              : quotient(steps(group, TestVisit.Step::isView), group.size(), 2).doubleValue();
      case CONSENT_SHARE -> 0.0;
      case BOUNCE_RATE ->
          average(group, entered, 100 * entered.stream().filter(s -> bounced(s.visit())).count());
      case VISIT_DURATION ->
          average(group, entered, entered.stream().mapToLong(s -> seconds(s.visit())).sum());
      case PERCENTAGE ->
          share(
              group, groups(query.range(), List.of(), everyone(query), query.filter()), List.of());
      case CONVERSION_RATE ->
          share(
              group, groups(query.range(), List.of(), possible(query), query.filter()), List.of());
      case GROUP_CONVERSION_RATE -> groupShare(query, values, group);
      case SCROLL_DEPTH -> scrollDepth(group);
      case TIME_ON_PAGE -> timeOnPage(group);
      default -> throw new IllegalArgumentException(metric.word());
    };
  }

  private static long visitors(List<Seen> group) {
    return group.stream().map(seen -> seen.visit().visitor()).distinct().count();
  }

  private static double share(
      List<Seen> group, Map<List<String>, List<Seen>> whole, List<String> values) {
    long all = visitors(whole.getOrDefault(values, List.of()));
    return all == 0 ? 0.0 : quotient(100 * visitors(group), all, 2).doubleValue();
  }

  /** Where rows are about goals, everyone is who reached one. */
  private Filter everyone(Query query) {
    if (!query.dimensions().contains(Dimension.EVENT_GOAL)) {
      return query.filter();
    }
    List<String> names =
        goals.stream()
            .map(Goal::name)
            .filter(name -> OracleValues.isNamed(name, query.filter()))
            .toList();
    return new Filter.All(List.of(query.filter(), Filter.Compare.is(Dimension.EVENT_GOAL, names)));
  }

  private static Filter possible(Query query) {
    return new Filter.All(
        OracleValues.flat(query.filter()).filter(part -> !isAboutConversions(part)).toList());
  }

  private static boolean isAboutConversions(Filter part) {
    List<Filter.Compare> comparisons = part.comparisons().toList();
    return !comparisons.isEmpty()
        && comparisons.stream()
            .allMatch(
                c -> c.attribute() == Dimension.EVENT_GOAL || c.attribute() instanceof Property);
  }

  private double groupShare(Query query, List<String> values, List<Seen> group) {
    List<Attribute> dimensions = new ArrayList<>();
    List<String> peers = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Attribute dimension = query.dimensions().get(i);
      if (dimension != Dimension.EVENT_GOAL && !(dimension instanceof Property)) {
        dimensions.add(dimension);
        peers.add(values.get(i));
      }
    }
    return share(group, groups(query.range(), dimensions, possible(query), query.filter()), peers);
  }

  private static @Nullable Number scrollDepth(List<Seen> group) {
    Map<List<Object>, Integer> deepest = new HashMap<>();
    for (Seen seen : group) {
      for (TestVisit.Step step : seen.steps()) {
        Integer scroll = step.reading().scroll();
        if (step.isView() && scroll != null) {
          deepest.merge(List.of(seen.visit().visitor(), step.path()), scroll, Math::max);
        }
      }
    }
    long sum = deepest.values().stream().mapToLong(scroll -> scroll).sum();
    return deepest.isEmpty() ? null : quotient(sum, deepest.size(), 0).longValue();
  }

  private static @Nullable Number timeOnPage(List<Seen> group) {
    long sum = 0;
    long timed = 0;
    for (Seen seen : group) {
      List<TestVisit.Step> views = seen.steps().stream().filter(TestVisit.Step::isView).toList();
      sum += views.stream().mapToLong(step -> step.reading().seconds()).sum();
      timed += views.stream().map(TestVisit.Step::path).distinct().count();
    }
    return timed == 0 ? null : quotient(sum, timed, 0).longValue();
  }

  private static @Nullable Number average(List<Seen> group, List<Seen> entered, long sum) {
    if (group.isEmpty()) {
      return 0L;
    }
    return entered.isEmpty() ? null : quotient(sum, entered.size(), 0).longValue();
  }

  private static BigDecimal quotient(long sum, long count, int decimals) {
    return BigDecimal.valueOf(sum)
        .divide(BigDecimal.valueOf(count), decimals, RoundingMode.HALF_UP);
  }

  private static long steps(List<Seen> group, Predicate<TestVisit.Step> which) {
    return group.stream().flatMap(s -> s.steps().stream()).filter(which).count();
  }

  private static boolean bounced(TestVisit visit) {
    return visit.steps().stream().filter(TestVisit.Step::interactive).count() <= 1;
  }

  private static long seconds(TestVisit visit) {
    return visit.steps().get(visit.steps().size() - 1).after();
  }

  /** The order asked for, nulls last; what is equal by the dimensions. */
  private static Comparator<Answer.Row> order(Query query) {
    Comparator<Answer.Row> comparator = Comparator.comparing(row -> 0);
    for (Order order : query.order()) {
      comparator = comparator.thenComparing(order(query, order));
    }
    return comparator.thenComparing(row -> String.join("\n", row.dimensions()));
  }

  private static Comparator<Answer.Row> order(Query query, Order order) {
    boolean descending = order.direction() == Order.Direction.DESC;
    if (order.by() instanceof Metric metric) {
      int index = query.metrics().indexOf(metric);
      Comparator<Double> upOrDown =
          descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
      return Comparator.comparing(
          row -> {
            Number figure = row.metrics().get(index);
            return figure == null ? null : figure.doubleValue();
          },
          Comparator.nullsLast(upOrDown));
    }
    int index = query.dimensions().indexOf(order.by());
    Comparator<String> upOrDown =
        descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    return Comparator.comparing(row -> row.dimensions().get(index), upOrDown);
  }
}
