package dk.sporlos.stats;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
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

  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final List<TestVisit> visits;
  private final ZoneId zone;

  Oracle(List<TestVisit> visits, ZoneId zone) {
    this.visits = visits;
    this.zone = zone;
  }

  /** What a query with its order and buckets filled in is answered with. */
  List<Answer.Row> answer(Query query) {
    Map<List<String>, List<Seen>> groups = new LinkedHashMap<>();
    if (query.dimensions().isEmpty()) {
      groups.put(List.of(), new ArrayList<>());
    }
    for (TestVisit visit : visits) {
      if (isWithin(visit, query.range())) {
        for (Map.Entry<List<String>, Seen> seen : seen(visit, query.dimensions()).entrySet()) {
          groups.computeIfAbsent(seen.getKey(), key -> new ArrayList<>()).add(seen.getValue());
        }
      }
    }
    return groups.entrySet().stream()
        .map(group -> new Answer.Row(group.getKey(), figures(group.getValue(), query.metrics())))
        .sorted(order(query))
        .skip(query.paging().offset())
        .limit(query.paging().limit())
        .toList();
  }

  /** A visit, and what of it belongs to one value of the dimensions. */
  private record Seen(TestVisit visit, List<TestVisit.Step> steps, boolean entered) {}

  private Map<List<String>, Seen> seen(TestVisit visit, List<Dimension> dimensions) {
    Map<List<String>, List<TestVisit.Step>> steps = new LinkedHashMap<>();
    for (TestVisit.Step step : visit.steps()) {
      List<String> values = values(visit, step, dimensions);
      if (values != null) {
        steps.computeIfAbsent(values, key -> new ArrayList<>()).add(step);
      }
    }
    boolean bySteps = dimensions.stream().anyMatch(Dimension::ofSteps);
    TestVisit.Step entry = entry(visit);
    Map<List<String>, Seen> seen = new LinkedHashMap<>();
    steps.forEach(
        (values, taken) -> {
          boolean viewed = taken.stream().anyMatch(TestVisit.Step::isView);
          if (viewed || !bySteps) {
            boolean entered =
                !bySteps || (entry != null && values.equals(values(visit, entry, dimensions)));
            seen.put(values, new Seen(visit, taken, entered));
          }
        });
    return seen;
  }

  /** The values of the dimensions for a step; null if one of them has none. */
  private @Nullable List<String> values(
      TestVisit visit, TestVisit.Step step, List<Dimension> dimensions) {
    List<String> values = new ArrayList<>();
    for (Dimension dimension : dimensions) {
      String value = value(visit, step, dimension);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return values;
  }

  private @Nullable String value(TestVisit visit, TestVisit.Step step, Dimension dimension) {
    LocalDateTime began = LocalDateTime.ofInstant(visit.began(), zone);
    LocalDate day = began.toLocalDate();
    TestVisit.Step entry = entry(visit);
    TestVisit.Step exit = exit(visit);
    return switch (dimension) {
      case EVENT_PAGE -> step.path();
      case EVENT_HOSTNAME -> step.host();
      case VISIT_ENTRY_PAGE -> entry == null ? null : entry.path();
      case VISIT_EXIT_PAGE -> exit == null ? null : exit.path();
      case TIME -> throw new IllegalArgumentException("not a bucket");
      case TIME_HOUR -> HOUR.format(began.truncatedTo(ChronoUnit.HOURS));
      case TIME_DAY -> day.toString();
      case TIME_WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toString();
      case TIME_MONTH -> day.with(TemporalAdjusters.firstDayOfMonth()).toString();
    };
  }

  private static TestVisit.@Nullable Step entry(TestVisit visit) {
    return visit.steps().stream().filter(TestVisit.Step::isView).findFirst().orElse(null);
  }

  private static TestVisit.@Nullable Step exit(TestVisit visit) {
    return visit.steps().stream()
        .filter(TestVisit.Step::isView)
        .reduce((first, second) -> second)
        .orElse(null);
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

  private static List<@Nullable Number> figures(List<Seen> group, List<Metric> metrics) {
    List<@Nullable Number> figures = new ArrayList<>();
    metrics.forEach(metric -> figures.add(figure(group, metric)));
    return figures;
  }

  private static @Nullable Number figure(List<Seen> group, Metric metric) {
    List<Seen> entered = group.stream().filter(Seen::entered).toList();
    return switch (metric) {
      case VISITORS ->
          (long) new HashSet<>(group.stream().map(s -> s.visit().visitor()).toList()).size();
      case VISITS -> (long) group.size();
      case PAGEVIEWS -> steps(group, TestVisit.Step::isView);
      case EVENTS -> steps(group, step -> true);
      case VIEWS_PER_VISIT ->
          group.isEmpty()
              ? 0.0
              : quotient(steps(group, TestVisit.Step::isView), group.size(), 2).doubleValue();
      case CONSENT_SHARE -> 0.0;
      case PEOPLE, NEW_VISITORS -> throw new IllegalArgumentException(metric.word());
      case BOUNCE_RATE ->
          average(group, entered, 100 * entered.stream().filter(s -> bounced(s.visit())).count());
      case VISIT_DURATION ->
          average(group, entered, entered.stream().mapToLong(s -> seconds(s.visit())).sum());
    };
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
