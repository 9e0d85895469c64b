package dk.sporlos.stats;

import io.vertx.core.json.JsonArray;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the time that a query asks about: a name, two days, or two moments with their offsets. */
final class DateRangeParser {

  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern MOMENT =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})");
  private static final Year FIRST_YEAR = Year.of(1900);
  private static final Year LAST_YEAR = Year.of(2999);

  private DateRangeParser() {}

  static DateRange parse(Place place, @Nullable Object value) {
    if (value instanceof String word) {
      DateRange named = DateRange.Named.named(word);
      if (named != null) {
        return named;
      }
    }
    if (value instanceof JsonArray pair
        && pair.size() == 2
        && pair.getValue(0) instanceof String first
        && pair.getValue(1) instanceof String last) {
      if (DAY.matcher(first).matches() && DAY.matcher(last).matches()) {
        return days(place, value, first, last);
      }
      if (MOMENT.matcher(first).matches() && MOMENT.matcher(last).matches()) {
        return moments(place, value, first, last);
      }
    }
    throw place.refusal("Invalid date range " + Place.shown(value));
  }

  private static DateRange days(Place place, Object value, String from, String to) {
    try {
      LocalDate first = LocalDate.parse(from);
      LocalDate last = LocalDate.parse(to);
      refuseStrange(place, value, first.isAfter(last), first, last);
      return new DateRange.Days(first, last);
    } catch (DateTimeException e) {
      throw place.refusal("Invalid date range " + Place.shown(value));
    }
  }

  private static DateRange moments(Place place, Object value, String from, String to) {
    try {
      OffsetDateTime first = OffsetDateTime.parse(from);
      OffsetDateTime last = OffsetDateTime.parse(to);
      refuseStrange(place, value, first.isAfter(last), first.toLocalDate(), last.toLocalDate());
      return new DateRange.Moments(Instant.from(first), Instant.from(last));
    } catch (DateTimeException e) {
      throw place.refusal("Invalid date range " + Place.shown(value));
    }
  }

  private static void refuseStrange(
      Place place, Object value, boolean backwards, LocalDate first, LocalDate last) {
    if (backwards) {
      throw place.refusal(
          "Invalid date range " + Place.shown(value) + ": it ends before it begins.");
    }
    if (first.getYear() < FIRST_YEAR.getValue() || last.getYear() > LAST_YEAR.getValue()) {
      throw place.refusal(
          "Invalid date range %s: years lie between %s and %s."
              .formatted(Place.shown(value), FIRST_YEAR, LAST_YEAR));
    }
  }
}
