package dk.sporlos.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A question about a site's visits.
 *
 * @param dimensions what rows are told apart by; none gives a single row of totals
 * @param order what rows are ordered by; empty for the order that suits the dimensions
 */
public record Query(
    List<Metric> metrics,
    DateRange range,
    List<Dimension> dimensions,
    List<Order> order,
    Include include,
    Paging paging) {

  public Query {
    metrics = List.copyOf(metrics);
    dimensions = List.copyOf(dimensions);
    order = List.copyOf(order);
  }

  /** What an answer carries besides its rows. */
  public record Include(boolean imports, boolean timeLabels, boolean totalRows) {
    static final Include NOTHING = new Include(false, false, false);
  }

  /** Which of the rows are wanted. */
  public record Paging(int limit, long offset) {
    static final int MOST = 10_000;
    static final Paging EVERYTHING = new Paging(MOST, 0);
  }

  /** The same question with what its period decides filled in: bucket of time and order. */
  Query over(Period period) {
    List<Dimension> exact = dimensions.stream().map(d -> exact(d, period)).toList();
    refuseReturnsUnlessByDay(exact, period);
    List<Order> orders =
        order.stream()
            .map(
                o -> o.by() instanceof Dimension d ? new Order(exact(d, period), o.direction()) : o)
            .toList();
    return new Query(
        metrics, range, exact, orders.isEmpty() ? usualOrder(exact) : orders, include, paging);
  }

  /** Whether a figure is asked for that counters of whole days alone know. */
  boolean asksForReturns() {
    return metrics.stream().anyMatch(Metric::ofReturns);
  }

  private void refuseReturnsUnlessByDay(List<Dimension> exact, Period period) {
    boolean byDay =
        exact.stream()
            .allMatch(dimension -> dimension.ofTime() && dimension != Dimension.TIME_HOUR);
    for (Metric metric : metrics) {
      if (metric.ofReturns() && !(byDay && exact.size() <= 1 && period.isOfWholeDays())) {
        throw new InvalidQueryException(
            "Metric `%s` can only be queried over whole days, without filters, and with no dimension or one of `time:day`, `time:week`, `time:month`."
                .formatted(metric.word()));
      }
    }
  }

  private static Dimension exact(Dimension dimension, Period period) {
    return dimension == Dimension.TIME ? period.bucket() : dimension;
  }

  private List<Order> usualOrder(List<Dimension> exact) {
    List<Order> usual = new ArrayList<>();
    firstOfTime(exact).ifPresent(time -> usual.add(new Order(time, Order.Direction.ASC)));
    usual.add(new Order(metrics.get(0), Order.Direction.DESC));
    return usual;
  }

  Optional<Dimension> timeDimension() {
    return firstOfTime(dimensions);
  }

  private static Optional<Dimension> firstOfTime(List<Dimension> dimensions) {
    return dimensions.stream().filter(Dimension::ofTime).findFirst();
  }
}
