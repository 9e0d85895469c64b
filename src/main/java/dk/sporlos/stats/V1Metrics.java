package dk.sporlos.stats;

import io.vertx.core.json.JsonArray;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The metrics of the Stats API v1, and which of them go with which filters and properties. */
final class V1Metrics {

  private static final String GOAL = "event:goal";
  private static final String PAGE = "event:page";
  private static final String NAME = "event:name";

  private final Set<String> filtered = new HashSet<>();
  private final @Nullable String property;

  private V1Metrics(JsonArray filters, @Nullable String property) {
    for (int i = 0; i < filters.size(); i++) {
      filtered.add(filters.getJsonArray(i).getString(1));
    }
    this.property = property;
  }

  /**
   * Metrics as a question names them, with commas between.
   *
   * @param filters of the question, see {@link V1Filters}
   * @param property that rows are told apart by; null if there are none
   * @throws InvalidQueryException if one of them cannot be given
   */
  static List<String> parse(String text, JsonArray filters, @Nullable String property) {
    List<String> metrics = List.of(text.split(",", -1));
    if (new HashSet<>(metrics).size() < metrics.size()) {
      throw new InvalidQueryException("Metrics cannot be queried multiple times.");
    }
    V1Metrics known = new V1Metrics(filters, property);
    metrics.forEach(known::check);
    return metrics;
  }

  private void check(String metric) {
    switch (metric) {
      case "visitors", "pageviews", "events" -> {}
      case "visits", "bounce_rate", "visit_duration" -> checkOfVisits(metric);
      case "views_per_visit" -> checkViewsPerVisit(metric);
      case "conversion_rate" -> checkConversionRate(metric);
      case "time_on_page" -> checkTimeOnPage(metric);
      default ->
          throw new InvalidQueryException(
              "The metric `%s` is not recognized. Please use some of `visitors`, `visits`, `pageviews`, `views_per_visit`, `bounce_rate`, `visit_duration`, `events`, `conversion_rate`, `time_on_page`."
                  .formatted(V1Filters.shown(metric)));
    }
  }

  private void checkOfVisits(String metric) {
    if (property != null && isOfEvents(property)) {
      throw new InvalidQueryException(
          "Session metric `%s` cannot be queried for breakdown by `%s`."
              .formatted(metric, V1Filters.shown(property)));
    }
    for (String filter : filtered) {
      if (isOfEvents(filter)) {
        throw new InvalidQueryException(
            "Session metric `%s` cannot be queried when using a filter on `%s`."
                .formatted(metric, V1Filters.shown(filter)));
      }
    }
  }

  private void checkViewsPerVisit(String metric) {
    if (filtered.contains(PAGE)) {
      throw new InvalidQueryException(
          "Metric `%s` cannot be queried with a filter on `event:page`.".formatted(metric));
    }
    if (property != null) {
      throw new InvalidQueryException(
          "Metric `%s` is not supported in breakdown queries.".formatted(metric));
    }
    checkOfVisits(metric);
  }

  private void checkConversionRate(String metric) {
    if (!GOAL.equals(property) && !filtered.contains(GOAL)) {
      throw new InvalidQueryException(
          "Metric `%s` can only be queried in a goal breakdown or with a goal filter"
              .formatted(metric));
    }
  }

  private void checkTimeOnPage(String metric) {
    for (String event : List.of(GOAL, NAME)) {
      if (filtered.contains(event)) {
        throw new InvalidQueryException(
            "Metric `%s` cannot be queried when filtering by `%s`".formatted(metric, event));
      }
    }
    if (property != null && !property.equals(PAGE)) {
      throw new InvalidQueryException(
          "Metric `%s` is not supported in breakdown queries (except `event:page` breakdown)"
              .formatted(metric));
    }
    if (property == null && !filtered.contains(PAGE)) {
      throw new InvalidQueryException(
          "Metric `%s` can only be queried in a page breakdown or with a page filter."
              .formatted(metric));
    }
  }

  /** Whether it tells single events of one visit apart, so that no visit belongs to it. */
  private static boolean isOfEvents(String property) {
    return property.equals(GOAL) || property.equals(NAME) || property.startsWith("event:props:");
  }
}
