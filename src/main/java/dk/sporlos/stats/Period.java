package dk.sporlos.stats;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The time that an answer covers: whole hours of a zone's wall clock.
 *
 * @param from its first instant
 * @param to the first instant after it
 */
public record Period(Instant from, Instant to, ZoneId zone) {

  private static final int MOST_LABELS = 10_000;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  static Period ofDays(LocalDate first, LocalDate last, ZoneId zone) {
    return new Period(
        first.atStartOfDay(zone).toInstant(),
        last.plusDays(1).atStartOfDay(zone).toInstant(),
        zone);
  }

  /** Widened to whole hours; both instants are within it. */
  static Period ofMoments(Instant first, Instant last, ZoneId zone) {
    return new Period(LocalHour.of(first, zone).start(), LocalHour.of(last, zone).end(), zone);
  }

  /** The hours between its ends moved on the wall clock. */
  Period moved(UnaryOperator<ZonedDateTime> move) {
    return new Period(
        move.apply(from.atZone(zone)).toInstant(), move.apply(to.atZone(zone)).toInstant(), zone);
  }

  boolean isOfWholeDays() {
    return from.equals(firstDay().atStartOfDay(zone).toInstant())
        && to.equals(lastDay().plusDays(1).atStartOfDay(zone).toInstant());
  }

  LocalDate firstDay() {
    return LocalDate.ofInstant(from, zone);
  }

  LocalDate lastDay() {
    return LocalDate.ofInstant(lastSecond(), zone);
  }

  /** The first value of column {@code visit.hour} that belongs to it. */
  Instant firstHour() {
    return LocalHour.of(from, zone).key();
  }

  /** The last value of column {@code visit.hour} that belongs to it. */
  Instant lastHour() {
    return LocalHour.of(lastSecond(), zone).key();
  }

  private Instant lastSecond() {
    return to.minusSeconds(1);
  }

  /** Its first and its last second, as the query language writes them. */
  List<String> moments() {
    return List.of(
        MOMENT.format(ZonedDateTime.ofInstant(from, zone)),
        MOMENT.format(ZonedDateTime.ofInstant(lastSecond(), zone)));
  }

  /** What {@link Dimension#TIME} stands for: hours for a day, days up to a quarter, months. */
  Dimension bucket() {
    Duration length = Duration.between(from, to);
    if (length.compareTo(Duration.ofHours(26)) <= 0) {
      return Dimension.TIME_HOUR;
    }
    return length.compareTo(Duration.ofDays(93)) <= 0 ? Dimension.TIME_DAY : Dimension.TIME_MONTH;
  }

  /**
   * All values that a dimension of time can have within it, in order.
   *
   * @throws InvalidQueryException if there are too many
   */
  List<String> labels(Dimension time) {
    return switch (time) {
      case TIME_HOUR -> hours();
      case TIME_WEEK ->
          days(
              firstDay().minusDays(firstDay().getDayOfWeek().getValue() - 1L), d -> d.plusWeeks(1));
      case TIME_MONTH -> days(firstDay().withDayOfMonth(1), d -> d.plusMonths(1));
      default -> days(firstDay(), d -> d.plusDays(1));
    };
  }

  private List<String> hours() {
    Set<String> labels = new LinkedHashSet<>();
    Instant next = from;
    while (next.isBefore(to)) {
      LocalHour hour = LocalHour.of(next, zone);
      labels.add(HOUR.format(hour.label()));
      refuseTooMany(labels.size());
      next = hour.end();
    }
    return List.copyOf(labels);
  }

  private List<String> days(LocalDate first, UnaryOperator<LocalDate> step) {
    List<String> labels = new ArrayList<>();
    for (LocalDate day = first; !day.isAfter(lastDay()); day = step.apply(day)) {
      labels.add(day.toString());
      refuseTooMany(labels.size());
    }
    return List.copyOf(labels);
  }

  private static void refuseTooMany(int labels) {
    if (labels > MOST_LABELS) {
      throw new InvalidQueryException(
          "#/include/time_labels: The range has more than 10,000 time labels. Ask for a shorter"
              + " range or a longer time dimension.");
    }
  }
}
