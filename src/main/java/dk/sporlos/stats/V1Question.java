package dk.sporlos.stats;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A question of the Stats API v1.
 *
 * @param filters as the query language writes them
 * @param imports whether imported figures are to be included
 */
record V1Question(V1Period period, JsonArray filters, List<String> metrics, boolean imports) {

  private static final int USUAL_ROWS = 100;
  private static final int MOST_ROWS = 1000;

  V1Question {
    metrics = List.copyOf(metrics);
  }

  /**
   * Reads a question from the parameters of a request.
   *
   * @param today at the site
   * @param property that rows are told apart by; null if there are none
   * @throws InvalidQueryException if one of them is wrong
   */
  static V1Question of(MultiMap parameters, LocalDate today, @Nullable String property) {
    V1Period period = V1Period.of(parameters.get("period"), parameters.get("date"), today);
    JsonArray filters = V1Filters.parse(parameter(parameters, "filters", ""));
    List<String> metrics =
        V1Metrics.parse(parameter(parameters, "metrics", "visitors"), filters, property);
    return new V1Question(
        period, filters, metrics, parameter(parameters, "with_imported", "").equals("true"));
  }

  /** The property that rows are to be told apart by. */
  static String property(MultiMap parameters) {
    String property = parameters.get("property");
    if (property == null) {
      throw new InvalidQueryException(
          "The `property` parameter is required. Please provide at least one property to show a breakdown by.");
    }
    if (!V1Filters.isProperty(property)) {
      throw new InvalidQueryException(
          "Invalid property '%s'. Please provide a valid property for the breakdown endpoint."
              .formatted(V1Filters.shown(property)));
    }
    return property;
  }

  /** The dimension whose values are the moments of a series. */
  String timeDimension(MultiMap parameters) {
    String interval = parameters.get("interval");
    if (interval == null) {
      return "time:" + period.interval();
    }
    return switch (interval) {
      case "day", "date" -> "time:day";
      case "month" -> "time:month";
      default ->
          throw new InvalidQueryException(
              "Error parsing `interval` parameter: invalid interval `%s`. Valid intervals are `day`, `month`"
                  .formatted(V1Filters.shown(interval)));
    };
  }

  /** The rows that are asked for, as the query language writes it. */
  static JsonObject paging(MultiMap parameters) {
    long limit =
        number(
            parameter(parameters, "limit", String.valueOf(USUAL_ROWS)),
            MOST_ROWS,
            "Please provide limit as a number between 1 and " + MOST_ROWS + ".");
    long page =
        number(
            parameter(parameters, "page", "1"),
            Integer.MAX_VALUE / MOST_ROWS,
            "Please provide page as a positive number.");
    return new JsonObject().put("limit", limit).put("offset", limit * (page - 1));
  }

  private static long number(String text, long most, String otherwise) {
    if (!text.matches("\\d{1,9}") || Long.parseLong(text) < 1 || Long.parseLong(text) > most) {
      throw new InvalidQueryException(otherwise);
    }
    return Long.parseLong(text);
  }

  private static String parameter(MultiMap parameters, String name, String ifLeftOut) {
    return Objects.requireNonNullElse(parameters.get(name), ifLeftOut);
  }

  /** The same question in the query language, with one row of totals. */
  JsonObject document(String domain) {
    return document(domain, period);
  }

  /** The same question about another period. */
  JsonObject document(String domain, V1Period about) {
    JsonObject document =
        new JsonObject()
            .put("site_id", domain)
            .put("metrics", new JsonArray(metrics))
            .put("date_range", about.range())
            .put("filters", filters.copy());
    if (imports) {
      document.put("include", new JsonObject().put("imports", true));
    }
    return document;
  }
}
