package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableTest {

  private static final Site SITE =
      new Site(new SiteId(1), "example.com", ZoneId.of("Europe/Copenhagen"), false);
  private static final Period WEEK =
      Period.ofDays(LocalDate.of(2024, 9, 4), LocalDate.of(2024, 9, 10), SITE.zone());

  @Test
  void setsPagesWithTheirFiguresInColumns() {
    Answer answer =
        answer(
            Table.query("page", "7d"),
            row("/", 12_345, 13_000, 1_234_567, 45, 83),
            row("/blåbær/🍓", 2, 2, 3, null, null),
            row("/a", 1, 1, 1, 0, 3_725));

    assertThat(Table.render(answer))
        .isEqualTo(
            """
            example.com, 2024-09-04 to 2024-09-10 (Europe/Copenhagen)

            Page       Visitors  Visits  Page views  Bounced  Duration
            /            12,345  13,000   1,234,567     45 %    1m 23s
            /blåbær/🍓         2       2           3        –         –
            /a                1       1           1      0 %    1h 02m
            """);
  }

  @Test
  void setsHoursWithoutTheirSeconds() {
    Answer answer =
        answer(Table.query("hour", "day"), row("2024-09-04 13:00:00", 1, 1, 2, 2.0, 0, 9));

    assertThat(Table.render(answer))
        .isEqualTo(
            """
            example.com, 2024-09-04 to 2024-09-10 (Europe/Copenhagen)

            Hour              Visitors  Visits  Page views  Per visit  Bounced  Duration
            2024-09-04 13:00         1       1           2       2.00      0 %        9s
            """);
  }

  @Test
  void cutsLongPathsAndDefusesControlCharacters() {
    Answer answer =
        answer(
            Table.query("page", "7d"),
            row("/" + "x".repeat(80), 1, 1, 1, 0, 0),
            row("/\u001b[31m\u202egnp", 1, 1, 1, 0, 0));

    assertThat(Table.render(answer))
        .contains("\n/" + "x".repeat(58) + "…  ")
        .contains("\n/\uFFFD[31m\uFFFDgnp ")
        .doesNotContain("\u001b", "\u202e");
  }

  @Test
  void saysHowManyPagesAreLeftOut() {
    Answer answer = answer(Table.query("page", "7d"), 1_235, row("/", 1, 1, 1, 0, 0));

    assertThat(Table.render(answer)).endsWith("\n… and 1,234 more\n");
  }

  @Test
  void saysWhatToDoWhenNothingIsCounted() {
    assertThat(Table.render(answer(Table.query("day", "7d"))))
        .isEqualTo(
            """
            example.com, 2024-09-04 to 2024-09-10 (Europe/Copenhagen)

            Nothing has been counted in this time. Open a page that has the snippet, and its visit is here.
            """);
  }

  @Test
  void knowsEveryDimensionAndRangeThatItNames() {
    for (String by : Table.dimensions()) {
      for (String last : Table.ranges()) {
        assertThat(Table.query(by, last).dimensions()).hasSize(1);
      }
    }
  }

  @Test
  void namesTheWordsThatItKnows() {
    assertThatThrownBy(() -> Table.query("colour", "7d"))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessage(
            "--by colour is not known."
                + " Use one of: page, host, entry, exit, hour, day, week, month.");
    assertThatThrownBy(() -> Table.query("page", "8d"))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessage(
            "--last 8d is not known."
                + " Use one of: day, 24h, 7d, 28d, 30d, 90d, 91d, month, 6mo, 12mo, year, all.");
  }

  private static Answer.Row row(String dimension, @Nullable Number... metrics) {
    return new Answer.Row(List.of(dimension), Arrays.asList(metrics));
  }

  private static Answer answer(Query query, Answer.Row... rows) {
    return answer(query, rows.length, rows);
  }

  private static Answer answer(Query query, long totalRows, Answer.Row... rows) {
    return new Answer(
        SITE, query, WEEK, List.of(rows), totalRows, null, null, Answer.Notes.NOTHING);
  }
}
