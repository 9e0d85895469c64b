package dk.sporlos.stats;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which metrics, dimensions and filters go together. */
final class Rules {
  private Rules() {}

  /**
   * Refuses a question that has no answer.
   *
   * @throws InvalidQueryException worded as the Plausible Stats API words it
   */
  static void check(Query query) {
    check(query, query.filter());
  }

  /**
   * The same once segments are known.
   *
   * @param filter of the query, with or without segments replaced
   */
  static void check(Query query, Filter filter) {
    VitalsRules.check(query, filter);
    for (Metric metric : query.metrics()) {
      if (metric.ofConversions() || metric.ofRevenue()) {
        refuseUnlessAbout(query, filter, metric, Dimension.EVENT_GOAL);
      }
      if (metric.ofReading()) {
        checkReading(query, filter, metric);
      }
      if (metric == Metric.VIEWS_PER_VISIT) {
        checkViewsPerVisit(query, filter);
      }
    }
    checkWholeVisits(query);
    if (query.include().timeLabels() && query.dimensions().stream().noneMatch(Attribute::ofTime)) {
      throw new InvalidQueryException("Invalid include.time_labels: requires a time dimension.");
    }
  }

  private static void refuseUnlessAbout(
      Query query, Filter filter, Metric metric, Dimension dimension) {
    if (!query.dimensions().contains(dimension) && !isFiltered(filter, dimension)) {
      throw new InvalidQueryException(
          "Metric `%s` can only be queried with %s filters or dimensions."
              .formatted(metric.word(), dimension.word()));
    }
  }

  /** A segment may ask about anything. */
  private static boolean isFiltered(Filter filter, Dimension dimension) {
    return filter.asksAbout(dimension)
        || filter instanceof Filter.InSegment
        || filter.parts().stream().anyMatch(part -> isFiltered(part, dimension));
  }

  private static void checkReading(Query query, Filter filter, Metric metric) {
    refuseUnlessAbout(query, filter, metric, Dimension.EVENT_PAGE);
    for (Dimension other : List.of(Dimension.EVENT_GOAL, Dimension.EVENT_NAME)) {
      if (filter.asksAbout(other) || query.dimensions().contains(other)) {
        throw new InvalidQueryException(
            "Metric `%s` cannot be queried when filtering by `%s`."
                .formatted(metric.word(), other.word()));
      }
    }
  }

  private static void checkViewsPerVisit(Query query, Filter filter) {
    if (filter.asksAbout(Dimension.EVENT_PAGE)) {
      throw new InvalidQueryException(
          "Metric `views_per_visit` cannot be queried with a filter on `event:page`.");
    }
    if (query.dimensions().stream().anyMatch(Attribute::ofSteps)) {
      throw new InvalidQueryException(
          "Metric `views_per_visit` cannot be queried with `dimensions`.");
    }
  }

  /** By page and host they are of the visits that began there; other steps begin no visit. */
  private static void checkWholeVisits(Query query) {
    List<Attribute> ofEvents =
        query.dimensions().stream()
            .filter(Attribute::ofSteps)
            .filter(Predicate.not(Rules::isOfPages))
            .toList();
    List<Metric> ofVisits = query.metrics().stream().filter(Metric::ofWholeVisits).toList();
    if (!ofEvents.isEmpty() && !ofVisits.isEmpty()) {
      throw new InvalidQueryException(
          "Session metric(s) `%s` cannot be queried along with event dimension(s) `%s`"
              .formatted(words(ofVisits), words(ofEvents)));
    }
  }

  /** Whether it is an attribute of pages rather than of what is done on them. */
  static boolean isOfPages(Attribute attribute) {
    return attribute == Dimension.EVENT_PAGE || attribute == Dimension.EVENT_HOSTNAME;
  }

  private static String words(List<? extends Column> columns) {
    return columns.stream().map(Column::word).collect(Collectors.joining(", "));
  }
}
