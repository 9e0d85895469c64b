package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateRangeTest {

  private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");
  private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");
  private static final ZonedDateTime NOW =
      ZonedDateTime.parse("2024-09-10T14:20:30+02:00[Europe/Copenhagen]");
  private static final LocalDate BEGAN = LocalDate.of(2023, 5, 17);

  @ParameterizedTest
  @CsvSource({
    "day, 2024-09-10T00:00:00+02:00, 2024-09-10T23:59:59+02:00",
    "24h, 2024-09-09T14:00:00+02:00, 2024-09-10T14:59:59+02:00",
    "7d, 2024-09-04T00:00:00+02:00, 2024-09-10T23:59:59+02:00",
    "28d, 2024-08-14T00:00:00+02:00, 2024-09-10T23:59:59+02:00",
    "30d, 2024-08-12T00:00:00+02:00, 2024-09-10T23:59:59+02:00",
    "91d, 2024-06-12T00:00:00+02:00, 2024-09-10T23:59:59+02:00",
    "month, 2024-09-01T00:00:00+02:00, 2024-09-30T23:59:59+02:00",
    "6mo, 2024-04-01T00:00:00+02:00, 2024-09-30T23:59:59+02:00",
    "12mo, 2023-10-01T00:00:00+02:00, 2024-09-30T23:59:59+02:00",
    "year, 2024-01-01T00:00:00+01:00, 2024-12-31T23:59:59+01:00",
    "all, 2023-05-17T00:00:00+02:00, 2024-09-10T23:59:59+02:00"
  })
  void namesMeanDaysOfTheSitesCalendar(String name, String first, String last) {
    Period period = named(name).at(NOW, BEGAN);

    assertThat(period.moments()).containsExactly(first, last);
  }

  @Test
  void allOfASiteWithoutVisitsIsToday() {
    Period period = DateRange.Named.ALL.at(NOW, LocalDate.of(2024, 9, 11));

    assertThat(period.moments())
        .containsExactly("2024-09-10T00:00:00+02:00", "2024-09-10T23:59:59+02:00");
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Copenhagen, 2024-01-01T12:10:00Z, 2024-01-01T12:10:00Z, 2024-01-01T13:00:00+01:00, 2024-01-01T13:59:59+01:00",
    "Asia/Kolkata, 2024-01-01T12:10:00Z, 2024-01-01T12:40:00Z, 2024-01-01T17:00:00+05:30, 2024-01-01T18:59:59+05:30",
    "Asia/Kathmandu, 2024-01-01T12:10:00Z, 2024-01-01T12:20:00Z, 2024-01-01T17:00:00+05:45, 2024-01-01T18:59:59+05:45",
    "Europe/Copenhagen, 2024-10-27T00:30:00Z, 2024-10-27T00:30:00Z, 2024-10-27T02:00:00+02:00, 2024-10-27T02:59:59+02:00",
    "Europe/Copenhagen, 2024-10-27T01:30:00Z, 2024-10-27T01:30:00Z, 2024-10-27T02:00:00+01:00, 2024-10-27T02:59:59+01:00",
    "Australia/Lord_Howe, 2024-04-06T15:10:00Z, 2024-04-06T15:10:00Z, 2024-04-07T01:30:00+10:30, 2024-04-07T01:59:59+10:30",
    "Australia/Lord_Howe, 2024-10-05T15:40:00Z, 2024-10-05T15:40:00Z, 2024-10-06T02:30:00+11:00, 2024-10-06T02:59:59+11:00"
  })
  void momentsAreWidenedToWholeHoursOfTheClock(
      ZoneId zone, Instant first, Instant last, String from, String to) {
    Period period = new DateRange.Moments(first, last).at(NOW.withZoneSameInstant(zone), BEGAN);

    assertThat(period.moments()).containsExactly(from, to);
  }

  @ParameterizedTest
  @CsvSource({
    "day, time:hour",
    "24h, time:hour",
    "7d, time:day",
    "91d, time:day",
    "month, time:day",
    "6mo, time:month",
    "year, time:month"
  })
  void timeIsDividedToSuitTheRange(String name, String bucket) {
    assertThat(named(name).at(NOW, BEGAN).bucket().word()).isEqualTo(bucket);
  }

  @Test
  void aLongDayIsStillDividedIntoHours() {
    assertThat(days("2024-10-27", "2024-10-27", COPENHAGEN).bucket())
        .isEqualTo(Dimension.TIME_HOUR);
    assertThat(days("2024-10-27", "2024-10-28", COPENHAGEN).bucket()).isEqualTo(Dimension.TIME_DAY);
  }

  @Test
  void labelsDaysWeeksAndMonthsByTheirFirstDay() {
    Period period = days("2024-09-28", "2024-10-08", COPENHAGEN);

    assertThat(period.labels(Dimension.TIME_DAY))
        .hasSize(11)
        .startsWith("2024-09-28", "2024-09-29");
    assertThat(period.labels(Dimension.TIME_WEEK))
        .containsExactly("2024-09-23", "2024-09-30", "2024-10-07");
    assertThat(period.labels(Dimension.TIME_MONTH)).containsExactly("2024-09-01", "2024-10-01");
  }

  @Test
  void labelsTheHoursThatTheClockShowsOnceEach() {
    List<String> spring = days("2024-03-31", "2024-03-31", COPENHAGEN).labels(Dimension.TIME_HOUR);
    List<String> autumn = days("2024-10-27", "2024-10-27", COPENHAGEN).labels(Dimension.TIME_HOUR);
    List<String> halfHour = days("2024-10-06", "2024-10-06", LORD_HOWE).labels(Dimension.TIME_HOUR);

    assertThat(spring)
        .hasSize(23)
        .startsWith("2024-03-31 00:00:00", "2024-03-31 01:00:00", "2024-03-31 03:00:00");
    assertThat(autumn).hasSize(24).endsWith("2024-10-27 23:00:00");
    assertThat(halfHour)
        .hasSize(24)
        .startsWith("2024-10-06 00:00:00", "2024-10-06 01:00:00", "2024-10-06 02:00:00");
  }

  @Test
  void refusesMoreLabelsThanAnybodyReads() {
    Period century = days("1925-01-01", "2024-12-31", COPENHAGEN);

    assertThat(century.labels(Dimension.TIME_MONTH)).hasSize(1200);
    assertThatThrownBy(() -> century.labels(Dimension.TIME_HOUR))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessage(
            "#/include/time_labels: The range has more than 10,000 time labels."
                + " Ask for a shorter range or a longer time dimension.");
  }

  private static DateRange named(String name) {
    return Objects.requireNonNull(DateRange.Named.named(name));
  }

  private static Period days(String first, String last, ZoneId zone) {
    return Period.ofDays(LocalDate.parse(first), LocalDate.parse(last), zone);
  }
}
