package dk.sporlos.stats;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers of the query language in the shapes of the Stats API v1. */
final class V1Answers {

  private static final String NOT_IMPORTED =
      "Imported stats are not included in the results because query parameters are not supported.";

  private V1Answers() {}

  /**
   * Totals, and how much they changed.
   *
   * @param before the answer about the period before; null if not asked for
   */
  static JsonObject aggregate(
      List<String> metrics, JsonObject answer, @Nullable JsonObject before) {
    JsonObject results = new JsonObject();
    for (int i = 0; i < metrics.size(); i++) {
      Object value = figures(answer, 0).getValue(i);
      JsonObject figure = new JsonObject().put("value", value);
      if (before != null) {
        Object earlier = figures(before, 0).getValue(i);
        figure
            .put("change", change(metrics.get(i), earlier, value))
            .put("comparison_value", earlier);
      }
      results.put(metrics.get(i), figure);
    }
    return warned(new JsonObject().put("results", results), answer);
  }

  /** A row for each moment of the period, also for those in which nothing happened. */
  static JsonObject timeseries(List<String> metrics, JsonObject answer) {
    Map<String, JsonArray> figuresByMoment = new HashMap<>();
    JsonArray rows = answer.getJsonArray("results");
    for (int i = 0; i < rows.size(); i++) {
      figuresByMoment.put(dimension(rows.getJsonObject(i)), figures(answer, i));
    }
    JsonArray results = new JsonArray();
    for (Object moment : answer.getJsonObject("meta").getJsonArray("time_labels")) {
      JsonObject row = new JsonObject().put("date", moment);
      JsonArray figures = figuresByMoment.get((String) moment);
      for (int i = 0; i < metrics.size(); i++) {
        row.put(metrics.get(i), figures == null ? none(metrics.get(i)) : figures.getValue(i));
      }
      results.add(row);
    }
    return warned(new JsonObject().put("results", results), answer);
  }

  /** A row for each value of a property, which goes by its name without {@code visit:} and such. */
  static JsonObject breakdown(String property, List<String> metrics, JsonObject answer) {
    String key = property.replaceFirst("^(event:props:|event:|visit:)", "");
    JsonArray results = new JsonArray();
    JsonArray rows = answer.getJsonArray("results");
    for (int i = 0; i < rows.size(); i++) {
      JsonObject row = new JsonObject();
      for (int j = 0; j < metrics.size(); j++) {
        row.put(metrics.get(j), figures(answer, i).getValue(j));
      }
      results.add(row.put(key, dimension(rows.getJsonObject(i))));
    }
    return warned(new JsonObject().put("results", results), answer);
  }

  private static JsonObject warned(JsonObject json, JsonObject answer) {
    String skipped = answer.getJsonObject("meta").getString("imports_skip_reason");
    return "unsupported_query".equals(skipped) ? json.put("warning", NOT_IMPORTED) : json;
  }

  private static JsonArray figures(JsonObject answer, int row) {
    return answer.getJsonArray("results").getJsonObject(row).getJsonArray("metrics");
  }

  private static String dimension(JsonObject row) {
    return row.getJsonArray("dimensions").getString(0);
  }

  /** What a moment has in which nothing happened: an average of nothing is none. */
  private static @Nullable Number none(String metric) {
    return switch (metric) {
      case "bounce_rate", "visit_duration", "time_on_page" -> null;
      case "views_per_visit", "conversion_rate" -> 0.0;
      default -> 0;
    };
  }

  /**
   * Whole percent; for what is a percentage itself, the difference of the two. Null where one of
   * the figures is missing.
   */
  private static @Nullable Number change(
      String metric, @Nullable Object before, @Nullable Object now) {
    if (!(before instanceof Number earlier && now instanceof Number later)) {
      return null;
    }
    double difference = later.doubleValue() - earlier.doubleValue();
    return switch (metric) {
      case "bounce_rate" -> earlier.doubleValue() == 0 ? null : Math.round(difference);
      case "conversion_rate" -> Math.round(difference * 10) / 10.0;
      default -> percent(difference, earlier.doubleValue());
    };
  }

  private static long percent(double difference, double before) {
    if (before == 0) {
      return difference == 0 ? 0 : 100;
    }
    return Math.round(100 * difference / before);
  }
}
