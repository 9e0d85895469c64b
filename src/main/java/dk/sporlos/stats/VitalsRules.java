package dk.sporlos.stats;

import java.util.EnumSet;
import java.util.Set;

/** What can be asked of vitals, of which only day, page and class of device are known. */
final class VitalsRules {
  private static final Set<Dimension> KNOWN =
      EnumSet.of(Dimension.EVENT_PAGE, Dimension.EVENT_HOSTNAME, Dimension.VISIT_DEVICE);

  private static final Set<Dimension> TIMES =
      EnumSet.of(Dimension.TIME, Dimension.TIME_DAY, Dimension.TIME_WEEK, Dimension.TIME_MONTH);

  private VitalsRules() {}

  /**
   * Refuses a question about vitals that has no answer.
   *
   * @param filter of the query, with or without segments replaced
   */
  static void check(Query query, Filter filter) {
    if (!query.asksForVitals()) {
      return;
    }
    for (Metric metric : query.metrics()) {
      if (!metric.ofVitals()) {
        throw new InvalidQueryException(
            "Metric `%s` cannot be queried along with web vitals, which belong to no visit."
                .formatted(metric.word()));
      }
    }
    for (Attribute dimension : query.dimensions()) {
      if (!isKnown(dimension) && !isTime(dimension)) {
        throw refusal("dimension", dimension);
      }
    }
    checkFilter(filter);
  }

  private static void checkFilter(Filter filter) {
    if (filter instanceof Filter.Compare comparison && !isKnown(comparison.attribute())) {
      throw refusal("filter", comparison.attribute());
    }
    if (filter instanceof Filter.HasDone) {
      throw new InvalidQueryException(
          "Web vitals belong to no visit, so no filter can ask what else was done in it.");
    }
    if (filter instanceof Filter.Scrolled) {
      throw refusal("filter", Dimension.EVENT_GOAL);
    }
    filter.parts().forEach(VitalsRules::checkFilter);
  }

  private static InvalidQueryException refusal(String what, Attribute attribute) {
    return new InvalidQueryException(
        "Web vitals cannot be queried with %s `%s`. Known of them are `event:page`, `event:hostname`, `visit:device` and, by dimension, `time:day`, `time:week`, `time:month`."
            .formatted(what, attribute.word()));
  }

  private static boolean isKnown(Attribute attribute) {
    return attribute instanceof Dimension dimension && KNOWN.contains(dimension);
  }

  private static boolean isTime(Attribute attribute) {
    return attribute instanceof Dimension dimension && TIMES.contains(dimension);
  }

  /** Refuses a period that does not consist of days. */
  static void check(Query query, Period period) {
    if (query.asksForVitals() && !period.isOfWholeDays()) {
      throw new InvalidQueryException("Web vitals can only be queried over whole days.");
    }
  }
}
