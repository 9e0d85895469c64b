package dk.sporlos.stats;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How figures differ from those of an earlier time. */
final class Change {
  private Change() {}

  /** The change of each figure of a row. */
  static JsonArray of(Query query, Answer.Row before, Answer.Row now) {
    JsonArray changes = new JsonArray();
    for (int i = 0; i < query.metrics().size(); i++) {
      changes.add(of(query.metrics().get(i), before.metrics().get(i), now.metrics().get(i)));
    }
    return changes;
  }

  /**
   * Whole percent; for what is a percentage itself, the difference of the two. Null where one of
   * the figures is missing.
   */
  static @Nullable Number of(Metric metric, @Nullable Number before, @Nullable Number now) {
    if (before == null || now == null) {
      return null;
    }
    double difference = now.doubleValue() - before.doubleValue();
    return switch (metric) {
      case BOUNCE_RATE, SCROLL_DEPTH -> Math.round(difference);
      case PERCENTAGE, CONVERSION_RATE, GROUP_CONVERSION_RATE, CONSENT_SHARE ->
          Math.round(difference * 10) / 10.0;
      default -> percent(difference, before.doubleValue());
    };
  }

  private static long percent(double difference, double before) {
    if (before == 0) {
      return difference == 0 ? 0 : 100;
    }
    return Math.round(100 * difference / before);
  }

  /** The row that stands for one that is not there: counts are 0, averages are missing. */
  static Answer.Row nothing(Query query, Answer.Row now) {
    List<@Nullable Number> figures = new ArrayList<>();
    for (Metric metric : query.metrics()) {
      figures.add(metric.isOfSomething() ? null : 0);
    }
    return new Answer.Row(now.dimensions(), figures, now.currency())
        .inCurrency(query, now.currency());
  }
}
