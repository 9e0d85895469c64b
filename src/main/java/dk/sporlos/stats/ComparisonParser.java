package dk.sporlos.stats;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a query wants to be compared with. */
final class ComparisonParser {
  private ComparisonParser() {}

  static Comparison parse(Place place, @Nullable Object value) {
    JsonObject object = place.object(value);
    QueryParser.refuseOthers(place, object, List.of("mode", "date_range", "match_day_of_week"));
    Comparison.Mode mode = mode(place, object);
    if (mode != Comparison.Mode.CUSTOM && object.containsKey("date_range")) {
      throw place.at("date_range").refusal("Only mode `custom` has a date range.");
    }
    return new Comparison(
        mode,
        mode == Comparison.Mode.CUSTOM ? days(place.at("date_range"), object) : null,
        place.flag(object, "match_day_of_week"));
  }

  private static Comparison.Mode mode(Place place, JsonObject object) {
    if (!object.containsKey("mode")) {
      throw place.refusal("Required property mode was not present.");
    }
    Object word = object.getValue("mode");
    return Arrays.stream(Comparison.Mode.values())
        .filter(mode -> mode.word().equals(word))
        .findAny()
        .orElseThrow(() -> place.at("mode").refusal("Invalid mode " + Place.shown(word)));
  }

  private static DateRange.Days days(Place place, JsonObject object) {
    Object value = object.getValue("date_range");
    if (DateRangeParser.parse(place, value) instanceof DateRange.Days days) {
      return days;
    }
    throw place.refusal("Invalid date range " + Place.shown(value) + ": write two days.");
  }
}
