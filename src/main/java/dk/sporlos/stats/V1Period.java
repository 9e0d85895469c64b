package dk.sporlos.stats;

import io.vertx.core.json.JsonArray;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The days that a question of the Stats API v1 is about.
 *
 * @param last included
 * @param interval what a row of a series is about, unless the question says: hour, day or month
 */
record V1Period(LocalDate first, LocalDate last, String interval) {

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final String NO_RANGE =
      "The `date` parameter is required when using a custom period.";
  private static final String BAD_RANGE =
      "Invalid format for `date` parameter. When using a custom period, please include two ISO-8601"
          + " formatted dates joined by a comma.";

  /**
   * @param word name of the period; null for the usual one
   * @param date what it is relative to, or both ends of a custom one; null for today
   * @param today at the site
   * @throws InvalidQueryException if one of them is wrong
   */
  static V1Period of(@Nullable String word, @Nullable String date, LocalDate today) {
    String period = word == null ? "30d" : word;
    if (period.equals("custom")) {
      return custom(date);
    }
    return relative(period, date == null ? today : day(date));
  }

  private static V1Period relative(String period, LocalDate day) {
    LocalDate month = day.withDayOfMonth(1);
    LocalDate monthEnd = day.withDayOfMonth(day.lengthOfMonth());
    return switch (period) {
      case "day" -> new V1Period(day, day, "hour");
      case "7d" -> new V1Period(day.minusDays(6), day, "day");
      case "30d" -> new V1Period(day.minusDays(29), day, "day");
      case "month" -> new V1Period(month, monthEnd, "day");
      case "6mo" -> new V1Period(month.minusMonths(5), monthEnd, "month");
      case "12mo" -> new V1Period(month.minusMonths(11), monthEnd, "month");
      default ->
          throw new InvalidQueryException(
              "Error parsing `period` parameter: invalid period `%s`. Please use one of `day`, `7d`, `30d`, `month`, `6mo`, `12mo`, `custom`."
                  .formatted(V1Filters.shown(period)));
    };
  }

  private static LocalDate day(String date) {
    LocalDate day = date(date);
    if (day == null) {
      throw new InvalidQueryException(
          "Error parsing `date` parameter: invalid_format. Please specify a valid date in ISO-8601 format.");
    }
    return day;
  }

  /** Null if it is none, or of a year that needs more than four digits. */
  private static @Nullable LocalDate date(String text) {
    if (!DATE.matcher(text).matches()) {
      return null;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static V1Period custom(@Nullable String date) {
    if (date == null) {
      throw new InvalidQueryException(NO_RANGE);
    }
    String[] ends = date.split(",", -1);
    LocalDate first = date(ends[0].strip());
    LocalDate last = date(ends[ends.length - 1].strip());
    if (ends.length != 2 || first == null || last == null) {
      throw new InvalidQueryException(BAD_RANGE);
    }
    return new V1Period(first, last, "day");
  }

  /** As many days, just before. */
  V1Period previous() {
    long days = ChronoUnit.DAYS.between(first, last) + 1;
    return new V1Period(first.minusDays(days), first.minusDays(1), interval);
  }

  /** As the query language writes a range of days. */
  JsonArray range() {
    return new JsonArray().add(first.toString()).add(last.toString());
  }
}
