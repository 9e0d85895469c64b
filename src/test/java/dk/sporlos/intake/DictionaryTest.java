package dk.sporlos.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Cache;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.SiteId;
import dk.sporlos.testing.Eventually;
import dk.sporlos.testing.LogLines;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DictionaryTest {
  private static TestPool database;

  private final MovableClock clock = new MovableClock("2026-11-02T23:00:00Z");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.pool().query("truncate page, campaign").execute().await();
  }

  @Test
  void cachesLongTextsInNoMoreMemoryThanShortOnes() {
    Dictionary pages = dictionary(DictionaryTable.PAGE, 1_000_000, 0);

    for (int batch = 0; batch < 10; batch++) {
      pages.numbers(longPaths(batch)).await();
    }

    Cache<?, ?> cache = pages.cache();
    cache.cleanUp();
    assertThat(cache.estimatedSize()).isBetween(1_000L, 9_000L);
  }

  @Test
  void givesEachEntryItsNumberInItsPlaceAndNoneNull() {
    Dictionary pages = dictionary(DictionaryTable.PAGE, 10, 10);

    Integer[] first =
        pages.numbers(Arrays.asList(page("/a"), null, page("/b"), page("/a"))).await();
    Integer[] second = pages.numbers(Arrays.asList(page("/b"), page("/c"), page("/a"))).await();

    assertThat(first).doesNotContain(0).hasSize(4);
    assertThat(first[1]).isNull();
    assertThat(first[0]).isEqualTo(first[3]).isEqualTo(second[2]).isNotEqualTo(first[2]);
    assertThat(second[0]).isEqualTo(first[2]);
    assertThat(pages()).containsExactly("example.com /a", "example.com /b", "example.com /c");
  }

  @Test
  void keepsWhatIsNewBeyondTheShareOfTheDayAsOther() {
    Dictionary pages = dictionary(DictionaryTable.PAGE, 2, 10);

    pages.numbers(List.of(page("/a"), page("/b"))).await();
    Integer[] later =
        pages.numbers(List.of(page("/c"), page("/a"), page("/d"), page("/b"))).await();

    assertThat(later[0]).isNotNull().isEqualTo(later[2]);
    assertThat(later[1]).isNotEqualTo(later[3]);
    assertThat(pages()).containsExactly("example.com (other)", "example.com /a", "example.com /b");
    assertThat(refused("page")).isEqualTo(2);
  }

  @Test
  void keepsNoMoreHostsThanThereMayBeStandIns() {
    Dictionary pages = dictionary(DictionaryTable.PAGE, 0, 1);

    Integer[] numbers =
        pages
            .numbers(
                List.of(
                    entry(1, "a.example.com", "/"),
                    entry(1, "b.example.com", "/"),
                    entry(1, "c.example.com", "/"),
                    entry(1, "a.example.com", "/again")))
            .await();

    assertThat(numbers).doesNotContainNull();
    assertThat(numbers[0]).isEqualTo(numbers[3]);
    assertThat(numbers[1]).isEqualTo(numbers[2]);
    assertThat(pages()).containsExactly("(other) (other)", "a.example.com (other)");
    assertThat(pages.numbers(List.of(entry(1, "d.example.com", "/"))).await()[0])
        .isEqualTo(numbers[1]);
  }

  @Test
  void countsEachSiteAndDayByItself() {
    Dictionary pages = dictionary(DictionaryTable.PAGE, 1, 0);

    pages.numbers(List.of(entry(1, "a", "/1"), entry(1, "a", "/2"), entry(2, "a", "/3"))).await();
    assertThat(pages()).containsExactly("(other) (other)", "a /1", "a /3");
    clock.move(Duration.ofHours(1));
    pages.numbers(List.of(entry(1, "a", "/2"))).await();

    assertThat(pages()).containsExactly("(other) (other)", "a /1", "a /2", "a /3");
  }

  @Test
  void letsAnEntryThatIsThereAlreadyTakeNoShare() {
    dictionary(DictionaryTable.PAGE, 10, 0).numbers(List.of(page("/a"), page("/b"))).await();
    Dictionary another = dictionary(DictionaryTable.PAGE, 1, 0);

    another.numbers(List.of(page("/a"), page("/b"), page("/c"))).await();

    assertThat(pages()).hasSize(3).contains("example.com /c");
  }

  @Test
  void whatCouldNotBeInsertedTakesNoShareHoweverOftenItIsTried() {
    Dictionary pages = dictionary(DictionaryTable.PAGE, 2, 0);
    run("create function refuse() returns trigger language plpgsql as $$ begin raise; end $$");
    run("create trigger readonly before insert on page execute function refuse()");
    try {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> pages.numbers(List.of(page("/a"), page("/b"))).await())
            .isInstanceOf(PgException.class);
      }
    } finally {
      run("drop function refuse cascade");
    }

    pages.numbers(List.of(page("/a"), page("/b"), page("/c"))).await();

    assertThat(pages()).containsExactly("(other) (other)", "example.com /a", "example.com /b");
  }

  @Test
  void keepsNothingOfACampaignThatIsTooMuch() {
    Dictionary campaigns = dictionary(DictionaryTable.CAMPAIGN, 0, 10);

    campaigns.numbers(List.of(entry(1, "source", "medium", "name", "content", "term"))).await();

    assertThat(rows("select concat_ws(' ', source, medium, name, content, term) from campaign"))
        .containsExactly("(other) (other) (other) (other) (other)");
  }

  @Test
  void saysOnceADayWhichSiteHasHadItsShare() {
    Dictionary pages = dictionary(DictionaryTable.PAGE, 1, 10);

    try (LogLines log = new LogLines()) {
      for (int i = 0; i < 5; i++) {
        pages.numbers(List.of(entry(7, "a", "/secret" + i))).await();
      }
      assertThat(log.lines())
          .containsExactly(
              "site 7 has had 1 new rows of table page today; what else is new is kept as (other)");
      clock.move(Duration.ofDays(1));
      pages.numbers(List.of(entry(7, "a", "/x"), entry(7, "a", "/y"))).await();
      assertThat(log.lines()).hasSize(2);
    }
  }

  @Test
  void takesTheMarkOffWhatItReads() {
    Integer[] first = pages(10).numbers(List.of(page("/a"), page("/b"))).await();
    run("update page set unused_since = now() where path <> '/b'");
    run("insert into page values (1, 1, 'example.com', '/c', now())");

    Integer[] again = pages(10).numbers(List.of(page("/b"), page("/a"))).await();

    assertThat(again).containsExactly(first[1], first[0]);
    assertThat(rows("select path from page where unused_since is not null")).containsExactly("/c");
  }

  @Test
  void givesAnotherNumberToWhatIsDeletedWhileItIsRead() throws Throwable {
    Integer[] first = pages(10).numbers(List.of(page("/a"), page("/b"))).await();
    run("update page set unused_since = now()");
    SqlConnection retention = database.pool().getConnection().await();
    Transaction deletion = retention.begin().await();
    retention.query("delete from page where path = '/a'").execute().await();

    Future<Integer[]> read = pages(10).numbers(List.of(page("/a"), page("/b")));
    Eventually.eventually(
        () ->
            assertThat(
                    rows(
                        "select query from pg_stat_activity"
                            + " where datname = current_database() and wait_event_type = 'Lock'"))
                .hasSize(1));
    deletion.commit().await();
    retention.close().await();

    Integer[] again = read.await();
    assertThat(again[1]).isEqualTo(first[1]);
    assertThat(again[0]).isNotEqualTo(first[0]);
    assertThat(rows("select path from page where id = " + again[0])).containsExactly("/a");
  }

  @Test
  void holdsANumberForAnHourAlsoWhereTheMachineSlept() {
    Dictionary pages = pages(10);
    Integer[] first = pages.numbers(List.of(page("/a"))).await();
    run("delete from page");

    clock.move(Duration.ofMinutes(59));
    assertThat(pages.numbers(List.of(page("/a"))).await()).isEqualTo(first);
    clock.move(Duration.ofMinutes(2));
    Integer[] later = pages.numbers(List.of(page("/a"))).await();

    assertThat(rows("select path from page where id = " + later[0])).containsExactly("/a");
  }

  private Dictionary pages(int perDay) {
    return dictionary(DictionaryTable.PAGE, perDay, 0);
  }

  private Dictionary dictionary(DictionaryTable table, int perDay, int standIns) {
    return new Dictionary(
        new DictionaryRows(database.pool(), new Random(), table),
        table,
        new NewEntries(table, perDay, standIns, clock, meters),
        ElapsedTime.of(clock));
  }

  private static Dictionary.Entry page(String path) {
    return entry(1, "example.com", path);
  }

  private static Dictionary.Entry entry(int site, String... content) {
    return new Dictionary.Entry(new SiteId(site), List.of(content));
  }

  private static List<Dictionary.Entry> longPaths(int batch) {
    return IntStream.range(0, 1_000)
        .mapToObj(i -> page("/%d/%d/".formatted(batch, i) + "x".repeat(1_900)))
        .toList();
  }

  private double refused(String dictionary) {
    return meters.get("sporlos.dictionary.refused").tag("dictionary", dictionary).counter().count();
  }

  private static List<String> pages() {
    return rows(
        "select host || ' ' || path from page order by (host || ' ' || path) collate \"C\"");
  }

  private static void run(String statement) {
    database.pool().query(statement).execute().await();
  }

  private static List<String> rows(String sql) {
    List<String> rows = new ArrayList<>();
    database.pool().query(sql).execute().await().forEach(row -> rows.add(row.getString(0)));
    return rows;
  }
}
