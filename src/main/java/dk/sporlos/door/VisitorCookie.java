package dk.sporlos.door;

import dk.sporlos.site.CookieLife;
import dk.sporlos.site.Privacy;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the cookie of a site says, in words that a person can read: {@code 1.<ISO week of the first
 * visit>.<date of the last visit>.<number>}, in the site's zone.
 *
 * @param firstWeek the Monday of the week of the first visit
 * @param lastVisit the day to which the last visit belongs
 * @param number random, new on each day of a visit
 */
record VisitorCookie(LocalDate firstWeek, LocalDate lastVisit, String number) {

  /** How many random bytes a number has. */
  static final int NUMBER_BYTES = 16;

  private static final Pattern VALUE =
      Pattern.compile(
          "1\\.([0-9]{4}-W[0-9]{2})\\.([0-9]{4}-[0-9]{2}-[0-9]{2})\\.([A-Za-z0-9_-]{22})");

  VisitorCookie {
    Objects.requireNonNull(firstWeek, "firstWeek");
    Objects.requireNonNull(lastVisit, "lastVisit");
    Objects.requireNonNull(number, "number");
  }

  /** The cookie of a browser whose first visit belongs to a day. */
  static VisitorCookie first(LocalDate day, String number) {
    return new VisitorCookie(mondayOf(day), day, number);
  }

  /** The same browser's cookie once a visit of another day has begun. */
  VisitorCookie renewed(LocalDate day, String other) {
    return new VisitorCookie(firstWeek, day, other);
  }

  /** Reads a value; null if it is none that was ever given out. */
  static @Nullable VisitorCookie parse(String value) {
    Matcher parts = VALUE.matcher(value);
    if (!parts.matches()) {
      return null;
    }
    try {
      LocalDate firstWeek = LocalDate.parse(parts.group(1) + "-1", DateTimeFormatter.ISO_WEEK_DATE);
      LocalDate lastVisit = LocalDate.parse(parts.group(2));
      return lastVisit.isBefore(firstWeek)
          ? null
          : new VisitorCookie(firstWeek, lastVisit, parts.group(3));
    } catch (DateTimeException noDate) {
      return null;
    }
  }

  /** The Monday of the week of a day. */
  static LocalDate mondayOf(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  String value() {
    return String.format(
        Locale.ROOT,
        "1.%04d-W%02d.%s.%s",
        firstWeek.get(IsoFields.WEEK_BASED_YEAR),
        firstWeek.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
        lastVisit,
        number);
  }

  /** Whether it may still be in use on a day, whatever the browser thinks. */
  boolean isValidOn(LocalDate today, Privacy privacy) {
    return !lastVisit.isAfter(today)
        && today.isBefore(cap())
        && (privacy.cookieLife() == CookieLife.FIXED
            || !today.isAfter(lastVisit.plusDays(privacy.cookieDays())));
  }

  /** The day on which it ends, whatever the visits. */
  LocalDate cap() {
    return firstWeek.plusMonths(Privacy.COOKIE_MONTHS);
  }

  /** How long a browser shall keep it from now on. */
  Duration maxAge(Instant now, ZoneId zone, Privacy privacy) {
    Duration toCap = Duration.between(now, cap().atStartOfDay(zone).toInstant());
    Duration sliding = Duration.ofDays(privacy.cookieDays());
    boolean slides = privacy.cookieLife() == CookieLife.SLIDING && sliding.compareTo(toCap) < 0;
    return slides ? sliding : toCap;
  }

  /** What recognition is keyed by: cannot be the traits of a sender, which begin with a number. */
  byte[] traits() {
    return ("c" + number).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "VisitorCookie";
  }
}
