package dk.sporlos.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question about a site's visits.
 *
 * @param filter what counts, as it was asked for
 * @param dimensions what rows are told apart by; none gives a single row of totals
 * @param order what rows are ordered by; empty for the order that suits the dimensions
 */
public record Query(
    List<Metric> metrics,
    DateRange range,
    Filter.All filter,
    List<Attribute> dimensions,
    List<Order> order,
    Include include,
    Paging paging) {

  public Query {
    metrics = List.copyOf(metrics);
    dimensions = List.copyOf(dimensions);
    order = List.copyOf(order);
  }

  /** A question about everything. */
  public Query(
      List<Metric> metrics,
      DateRange range,
      List<? extends Attribute> dimensions,
      List<Order> order,
      Include include,
      Paging paging) {
    this(metrics, range, Filter.All.NOTHING, List.copyOf(dimensions), order, include, paging);
  }

  /**
   * What an answer carries besides its rows.
   *
   * @param comparison the period that figures are compared with; null if with none
   */
  public record Include(
      boolean imports, boolean timeLabels, boolean totalRows, @Nullable Comparison comparison) {
    static final Include NOTHING = new Include(false, false, false);

    Include(boolean imports, boolean timeLabels, boolean totalRows) {
      this(imports, timeLabels, totalRows, null);
    }
  }

  /** Which of the rows are wanted. */
  public record Paging(int limit, long offset) {
    static final int MOST = 10_000;
    static final Paging EVERYTHING = new Paging(MOST, 0);
  }

  /** The same question with what its period decides filled in: bucket of time and order. */
  Query over(Period period) {
    List<Attribute> exact = dimensions.stream().map(d -> exact(d, period)).toList();
    refuseReturnsUnlessByDay(exact, period);
    VitalsRules.check(this, period);
    List<Order> orders =
        order.stream()
            .map(
                o -> o.by() instanceof Attribute a ? new Order(exact(a, period), o.direction()) : o)
            .toList();
    return new Query(
        metrics,
        range,
        filter,
        exact,
        orders.isEmpty() ? usualOrder(exact) : orders,
        include,
        paging);
  }

  /** Whether a figure is asked for that counters of whole days alone know. */
  boolean asksForReturns() {
    return metrics.stream().anyMatch(Metric::ofReturns);
  }

  /** Whether it is about how pages loaded, reacted and held still, and not about visits. */
  boolean asksForVitals() {
    return metrics.stream().anyMatch(Metric::ofVitals);
  }

  private void refuseReturnsUnlessByDay(List<Attribute> exact, Period period) {
    boolean byDay =
        filter.parts().isEmpty()
            && exact.stream()
                .allMatch(dimension -> dimension.ofTime() && dimension != Dimension.TIME_HOUR);
    for (Metric metric : metrics) {
      if (metric.ofReturns() && !(byDay && exact.size() <= 1 && period.isOfWholeDays())) {
        throw new InvalidQueryException(
            "Metric `%s` can only be queried over whole days, without filters, and with no dimension or one of `time:day`, `time:week`, `time:month`."
                .formatted(metric.word()));
      }
    }
  }

  private Attribute exact(Attribute dimension, Period period) {
    if (dimension != Dimension.TIME) {
      return dimension;
    }
    Dimension bucket = period.bucket();
    return bucket == Dimension.TIME_HOUR && asksForVitals() ? Dimension.TIME_DAY : bucket;
  }

  private List<Order> usualOrder(List<Attribute> exact) {
    List<Order> usual = new ArrayList<>();
    firstOfTime(exact).ifPresent(time -> usual.add(new Order(time, Order.Direction.ASC)));
    usual.add(new Order(metrics.get(0), Order.Direction.DESC));
    return usual;
  }

  Optional<Dimension> timeDimension() {
    return firstOfTime(dimensions);
  }

  private static Optional<Dimension> firstOfTime(List<Attribute> dimensions) {
    return dimensions.stream().filter(Attribute::ofTime).map(Dimension.class::cast).findFirst();
  }
}
