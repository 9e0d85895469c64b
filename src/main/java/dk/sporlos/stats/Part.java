package dk.sporlos.stats;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is added up.
 *
 * @param name what the expressions are called after {@code seen} and {@code tally}
 * @param filter in terms of visits and steps
 */
record Part(String name, List<Attribute> dimensions, Filter filter, List<Metric> metrics) {
  boolean ofSteps() {
    return filter.ofSteps() || dimensions.stream().anyMatch(Attribute::ofSteps);
  }

  /** Whether what is asked about is pages, so that a visit counts that viewed one. */
  boolean ofPagesAlone() {
    return ofSteps()
        && dimensions.stream().filter(Attribute::ofSteps).allMatch(Rules::isOfPages)
        && filter.ofPagesAlone();
  }

  boolean needsVisitors() {
    return metrics.stream().anyMatch(Metric::needsVisitors);
  }

  boolean ofReading() {
    return metrics.stream().anyMatch(Metric::ofReading);
  }

  boolean ofRevenue() {
    return metrics.stream().anyMatch(Metric::ofRevenue);
  }

  Set<Dimension.Of> kinds() {
    Set<Dimension.Of> kinds = EnumSet.noneOf(Dimension.Of.class);
    for (Attribute attribute : dimensions) {
      if (attribute instanceof Dimension dimension) {
        kinds.add(dimension.of());
      }
    }
    return kinds;
  }
}
