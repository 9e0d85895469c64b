package dk.sporlos.stats;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The time that a query asks about. */
public sealed interface DateRange {

  /**
   * What it means at a site now.
   *
   * @param now in the site's zone
   * @param began day of the site's first visit; today if there is none
   */
  Period at(ZonedDateTime now, LocalDate began);

  /*
   * The reference says of a range of days that it is "relative to today" and its examples include
   * today, so ours do: who has just embedded the snippet asks for 7d and sees the visit. Ranges end
   * with the day, month or year that is under way.
   */
  /** A range that has a name in the query language, relative to now. */
  enum Named implements DateRange {
    DAY("day"),
    LAST_24_HOURS("24h"),
    LAST_7_DAYS("7d"),
    LAST_28_DAYS("28d"),
    LAST_30_DAYS("30d"),
    LAST_90_DAYS("90d"),
    LAST_91_DAYS("91d"),
    MONTH("month"),
    LAST_6_MONTHS("6mo"),
    LAST_12_MONTHS("12mo"),
    YEAR("year"),
    ALL("all");

    private final String word;

    Named(String word) {
      this.word = word;
    }

    static @Nullable Named named(String word) {
      return Arrays.stream(values())
          .filter(range -> range.word.equals(word))
          .findAny()
          .orElse(null);
    }

    static List<String> words() {
      return Arrays.stream(values()).map(range -> range.word).toList();
    }

    @Override
    public Period at(ZonedDateTime now, LocalDate began) {
      LocalDate today = now.toLocalDate();
      return switch (this) {
        case DAY -> days(now, today, today);
        case LAST_24_HOURS ->
            Period.ofMoments(
                now.toInstant().minus(24, ChronoUnit.HOURS), now.toInstant(), now.getZone());
        case LAST_7_DAYS -> days(now, today.minusDays(6), today);
        case LAST_28_DAYS -> days(now, today.minusDays(27), today);
        case LAST_30_DAYS -> days(now, today.minusDays(29), today);
        case LAST_90_DAYS -> days(now, today.minusDays(89), today);
        case LAST_91_DAYS -> days(now, today.minusDays(90), today);
        case MONTH -> months(now, 1);
        case LAST_6_MONTHS -> months(now, 6);
        case LAST_12_MONTHS -> months(now, 12);
        case YEAR -> days(now, today.withDayOfYear(1), today.withDayOfYear(today.lengthOfYear()));
        case ALL -> days(now, began.isBefore(today) ? began : today, today);
      };
    }

    private static Period months(ZonedDateTime now, int count) {
      LocalDate today = now.toLocalDate();
      return days(
          now,
          today.minusMonths(count - 1L).withDayOfMonth(1),
          today.withDayOfMonth(today.lengthOfMonth()));
    }

    private static Period days(ZonedDateTime now, LocalDate first, LocalDate last) {
      return Period.ofDays(first, last, now.getZone());
    }
  }

  /** Whole days, the last one included. */
  record Days(LocalDate first, LocalDate last) implements DateRange {
    @Override
    public Period at(ZonedDateTime now, LocalDate began) {
      return Period.ofDays(first, last, now.getZone());
    }
  }

  /** From one moment to another, widened to whole hours of the site's clock. */
  record Moments(Instant first, Instant last) implements DateRange {
    @Override
    public Period at(ZonedDateTime now, LocalDate began) {
      return Period.ofMoments(first, last, now.getZone());
    }
  }
}
