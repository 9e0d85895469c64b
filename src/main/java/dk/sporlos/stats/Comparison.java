package dk.sporlos.stats;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The earlier time that figures are compared with.
 *
 * @param custom the days of {@link Mode#CUSTOM}; else null
 * @param matchDayOfWeek whether it begins with the same day of the week
 */
public record Comparison(Mode mode, DateRange.@Nullable Days custom, boolean matchDayOfWeek) {

  private static final long WEEKS_OF_YEAR = 52;

  /** Which time that is. */
  public enum Mode {
    /** As many days, right before. */
    PREVIOUS_PERIOD,
    /** The same dates, a year before. */
    YEAR_OVER_YEAR,
    CUSTOM;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The period that a period is compared with.
   *
   * @param period that the question is about; hours are compared with hours
   */
  Period before(Period period) {
    if (custom != null) {
      return Period.ofDays(custom.first(), custom.last(), period.zone());
    }
    if (mode == Mode.YEAR_OVER_YEAR) {
      return matchDayOfWeek
          ? period.moved(moment -> moment.minusWeeks(WEEKS_OF_YEAR))
          : period.moved(moment -> moment.minusYears(1));
    }
    long days = ChronoUnit.DAYS.between(period.firstDay(), period.lastDay()) + 1;
    long back = matchDayOfWeek ? 7 * ((days + 6) / 7) : days;
    return period.moved(moment -> moment.minusDays(back));
  }

  JsonObject json() {
    JsonObject json = new JsonObject().put("mode", mode.word());
    if (custom != null) {
      json.put(
          "date_range",
          new JsonArray(List.of(custom.first().toString(), custom.last().toString())));
    }
    return matchDayOfWeek ? json.put("match_day_of_week", true) : json;
  }
}
