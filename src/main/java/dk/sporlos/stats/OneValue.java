package dk.sporlos.stats;

import dk.sporlos.seal.Sealed;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter that lets one value of a dimension count, as answers show it, and nothing else matter:
 * totals have figures of it.
 */
record OneValue(Dimension dimension, String value) {

  /** Figures that totals of any dimension have as visits have them. */
  private static final Set<Metric> ALIKE =
      EnumSet.of(Metric.VISITORS, Metric.VISITS, Metric.PAGEVIEWS, Metric.EVENTS);

  /** Totals of pages have these of visits that began there, filters of all that viewed them. */
  private static final Set<Metric> OF_WHOLE_VISITS =
      EnumSet.of(
          Metric.VIEWS_PER_VISIT, Metric.BOUNCE_RATE, Metric.VISIT_DURATION, Metric.CONSENT_SHARE);

  /*
   * Anyone may name a campaign as answers name what has none, and then two totals have that name: a
   * visitor may be in both.
   */
  private static final Set<String> NAMES_OF_NONE = Set.of("", "(not set)", "Direct / None");

  /** The filter, if it is one of these; else null. */
  static @Nullable OneValue of(Filter filter) {
    if (filter instanceof Filter.All all && all.parts().size() == 1) {
      return of(all.parts().get(0));
    }
    return filter instanceof Filter.Compare comparison
            && comparison.operator() == Operator.IS
            && !comparison.negated()
            && comparison.caseSensitive()
            && comparison.clauses().size() == 1
            && comparison.attribute() instanceof Dimension dimension
            && Totals.texts(dimension) != null
            && !NAMES_OF_NONE.contains(comparison.clauses().get(0))
        ? new OneValue(dimension, comparison.clauses().get(0))
        : null;
  }

  /** What its totals are under. */
  Sealed sealed() {
    return Objects.requireNonNull(Totals.texts(dimension), "not of totals");
  }

  /** Whether its totals have a figure. */
  boolean has(Metric metric) {
    return ALIKE.contains(metric) || (!dimension.ofSteps() && OF_WHOLE_VISITS.contains(metric));
  }
}
