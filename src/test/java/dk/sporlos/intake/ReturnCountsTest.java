package dk.sporlos.intake;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Returns.Return;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TcpProxy;
import dk.sporlos.testing.TestPool;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReturnCountsTest {
  private static final Site SITE =
      new Site(new SiteId(7), "example.com", ZoneId.of("Europe/Copenhagen"), false);
  private static final Site OTHER = new Site(new SiteId(8), "x.dk", ZoneId.of("UTC"), false);
  private static final LocalDate MONDAY = LocalDate.parse("2026-11-23");

  private static DatabaseUrl url;
  private static TestPool database;

  private final MovableClock clock = new MovableClock("2026-11-24T09:00:00Z");
  private ReturnCounts returns;

  @BeforeAll
  static void open() {
    url = TestDatabase.create();
    database = TestPool.of(url);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.pool().query("truncate return_gap, cohort, batch").execute().await();
    returns = counts(database);
  }

  private ReturnCounts counts(TestPool pool) {
    return new ReturnCounts(pool.pool(), clock, id -> id.equals(SITE.id()) ? SITE : OTHER);
  }

  @Test
  void waitUntilTwoBatchesAreFullAndThenWriteTheFirst() {
    count(39, SITE, 1);
    returns.flush().await();
    assertThat(gaps()).isEmpty();

    count(1, SITE, 1);
    returns.flush().await();

    assertThat(gaps()).containsExactly("7 2026-11-24 1 20");
    assertThat(returns.waiting()).isEqualTo(20);
  }

  @Test
  void writeWhatIsLeftOfADayAnHourAfterItsMidnightTogetherWithTheLastFullBatch() {
    count(21, SITE, 1);
    count(2, SITE, null);
    clock.set("2026-11-24T23:59:59Z");
    returns.flush().await();
    assertThat(gaps()).isEmpty();

    clock.move(Duration.ofSeconds(1));
    returns.flush().await();

    assertThat(gaps()).containsExactly("7 2026-11-24 1 21", "7 2026-11-24 null 2");
    assertThat(returns.waiting()).isZero();
  }

  @Test
  void sayTheGapFromTenBrowsersOn() {
    count(10, SITE, 2);
    count(9, OTHER, 2);

    returns.finish().await();

    assertThat(gaps()).containsExactly("7 2026-11-24 2 10", "8 2026-11-24 -1 9");
    assertThat(cohorts()).containsExactly("7 2026-11-16 2026-11-23 10", "8 null 2026-11-23 9");
  }

  @Test
  void countABrowserOnceAWeekInItsCohort() {
    count(10, SITE, 0, MONDAY.plusDays(2));
    count(10, SITE, 1, MONDAY.plusDays(2));
    count(10, SITE, 3, MONDAY.plusDays(2));
    returns.count(new Return(SITE.id(), MONDAY.plusDays(2), null, MONDAY));

    returns.finish().await();

    assertThat(cohorts())
        .containsExactly("7 2026-11-16 2026-11-23 10", "7 2026-11-23 2026-11-23 1");
  }

  @Test
  void countOnceThoughTheAnswerWasLost() throws Throwable {
    try (TcpProxy proxy = new TcpProxy(url.host(), url.port());
        TestPool distant = TestPool.of(withPort(proxy.port()))) {
      returns = counts(distant);
      count(10, SITE, 1);
      returns.finish().await();
      count(12, SITE, 3);
      proxy.loseNextAnswer();
      assertThatThrownBy(() -> returns.finish().await()).isInstanceOf(Exception.class);
      eventually(() -> assertThat(gaps()).hasSize(2));

      eventually(() -> returns.flush().await());
      eventually(() -> returns.flush().await());
    }

    assertThat(gaps()).containsExactly("7 2026-11-24 1 10", "7 2026-11-24 3 12");
  }

  @Test
  void shareNoTransactionWithAnythingButTheNumberOfTheirBatch() {
    count(40, SITE, 1);
    count(40, OTHER, 1);
    returns.flush().await();

    assertThat(
            database
                .pool()
                .query(
                    """
                    select count(*) from (
                      select xmin::text, count(distinct site_id) as sites from return_gap group by 1
                    ) as transaction where sites > 1
                    """)
                .execute()
                .await()
                .iterator()
                .next()
                .getLong(0))
        .isZero();
    assertThat(gaps()).hasSize(2);
  }

  @Test
  void holdNoMoreThanTheirValuesWhileTheDatabaseIsAway() throws Exception {
    try (TcpProxy proxy = new TcpProxy(url.host(), url.port());
        TestPool distant = TestPool.of(withPort(proxy.port()))) {
      returns = counts(distant);
      proxy.loseNextAnswer();
      count(40, SITE, 1);
      assertThatThrownBy(() -> returns.flush().await()).isInstanceOf(Exception.class);

      count(20_000, SITE, 1);

      assertThat(returns.batches()).isLessThanOrEqualTo(4);
      returns.finish().await();
    }

    assertThat(gaps()).containsExactly("7 2026-11-24 1 20040");
  }

  @Test
  void goOnInTheNextProcessWhereTheyWereLeft() throws Exception {
    count(25, SITE, 1);
    count(4, SITE, null);
    count(9, OTHER, 3);
    byte[] left = left();
    returns.handedOver();
    returns.finish().await();
    assertThat(gaps()).isEmpty();

    returns = counts(database);
    returns.memory().read(ByteBuffer.wrap(left)).run();
    assertThat(returns.waiting()).isEqualTo(38);
    count(2, OTHER, 3);
    returns.finish().await();

    assertThat(gaps())
        .containsExactly("7 2026-11-24 1 25", "7 2026-11-24 null 4", "8 2026-11-24 3 11");
    assertThat(cohorts())
        .containsExactly("7 2026-11-23 2026-11-23 4", "8 2026-11-16 2026-11-23 11");
  }

  @Test
  void countOnceThoughTheAnswerWasLostBeforeTheNextProcessTookOver() throws Throwable {
    byte[] left;
    try (TcpProxy proxy = new TcpProxy(url.host(), url.port());
        TestPool distant = TestPool.of(withPort(proxy.port()))) {
      returns = counts(distant);
      count(10, SITE, 1);
      returns.finish().await();
      count(12, SITE, 3);
      proxy.loseNextAnswer();
      assertThatThrownBy(() -> returns.finish().await()).isInstanceOf(Exception.class);
      eventually(() -> assertThat(gaps()).hasSize(2));
      left = left();
    }

    returns = counts(database);
    returns.memory().read(ByteBuffer.wrap(left)).run();
    returns.finish().await();

    assertThat(gaps()).containsExactly("7 2026-11-24 1 10", "7 2026-11-24 3 12");
  }

  @Test
  void takeNothingThatIsCutShort() throws Exception {
    count(9, SITE, 1);
    byte[] left = left();
    returns = counts(database);

    for (int length = 0; length < left.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(left, 0, length);
      assertThatThrownBy(() -> returns.memory().read(cut)).isInstanceOf(RuntimeException.class);
    }

    assertThat(returns.waiting()).isZero();
  }

  private byte[] left() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    returns.memory().writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private void count(int browsers, Site site, Integer gap) {
    count(browsers, site, gap, MONDAY.plusDays(1));
  }

  private void count(int browsers, Site site, Integer gap, LocalDate day) {
    LocalDate last = gap == null ? day : day.minusDays(gap);
    for (int browser = 0; browser < browsers; browser++) {
      LocalDate firstWeek = gap == null ? MONDAY : MONDAY.minusDays(7);
      returns.count(new Return(site.id(), day, gap, Objects.requireNonNull(firstWeek)));
    }
    assertThat(last).isBeforeOrEqualTo(day);
  }

  private static List<String> gaps() {
    return rows("select site_id, day, gap, browsers from return_gap order by 1, 2, 3");
  }

  private static List<String> cohorts() {
    return rows("select site_id, first_week, week, browsers from cohort order by 1, 2, 3");
  }

  private static List<String> rows(String sql) {
    return StreamSupport.stream(database.pool().query(sql).execute().await().spliterator(), false)
        .map(
            row ->
                "%s %s %s %s"
                    .formatted(row.getValue(0), row.getValue(1), row.getValue(2), row.getValue(3)))
        .toList();
  }

  private static DatabaseUrl withPort(int port) {
    return new DatabaseUrl(
        "127.0.0.1", port, url.database(), url.user(), url.password(), url.parameters());
  }
}
