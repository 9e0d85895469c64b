package dk.sporlos.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.bench.Questions.Question;
import dk.sporlos.database.Database;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.AddressSimulation;
import dk.sporlos.door.DoorBenchmark;
import dk.sporlos.door.Verdict;
import dk.sporlos.fold.Partitions;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import dk.sporlos.stats.Reads;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The benchmarks do what they say; how fast is none of a test's business. */
final class BenchmarksTest {
  private final DatabaseUrl url = TestDatabase.create();

  @Test
  void beaconsOfTheLoadGeneratorCount() throws Exception {
    try (TestPool pool = TestPool.of(url)) {
      add(pool, "first.example");
      add(pool, "second.example");
      try (RunningApplication application =
          RunningApplication.on(url, Clock.systemUTC(), new SecureRandom())) {
        LoadGenerator.Outcome outcome =
            LoadGenerator.run(
                "--port", Integer.toString(application.port()),
                "--sites", "first.example,second.example",
                "--connections", "8",
                "--rate", "500",
                "--warm-up", "0",
                "--seconds", "1");

        assertThat(outcome.sent()).isPositive();
        assertThat(outcome.accepted()).isGreaterThan(outcome.sent() * 95 / 100);
        assertThat(count(pool, "hit")).isEqualTo(outcome.accepted());
      }
    }
  }

  @Test
  void endedVisitsOfTheHistoryAreFolded() {
    try (TestPool pool = TestPool.of(url)) {
      Site site = add(pool, "history.example");
      try (Closing closing = new Closing(new Database(pool.vertx(), url))) {
        History history = new History(pool.pool(), closing.database().open("fold", 2), site.id());
        history.addEnded(500);
        history.addOpen(250);
        assertThat(count(pool, "hit")).isEqualTo(750);

        history.fold(500).await();

        assertThat(history.folded()).isEqualTo(500);
        assertThat(history.left()).isZero();
        assertThat(count(pool, "hit")).isEqualTo(250);
        assertThat(count(pool, "visit")).isEqualTo(100);
      }
    }
  }

  @Test
  void theDoorAcceptsWhatItsBenchmarkSends() {
    DoorBenchmark benchmark = new DoorBenchmark();

    assertThat(IntStream.range(0, 1_000).mapToObj(turn -> benchmark.judge()))
        .filteredOn(verdict -> !(verdict instanceof Verdict.Accepted))
        .hasSizeLessThan(20);
  }

  @Test
  void theSimulationOfAddressesFindsFewerByTheCutOne() {
    AddressSimulation.Figures figures = AddressSimulation.ofTown(1_000);

    assertThat(figures.browsers()).isEqualTo(1_000);
    assertThat(figures.cut()).isLessThan(figures.full());
    assertThat(figures.full()).isBetween(900L, 1_000L);
    assertThat(AddressSimulation.ofTown(1_000)).isEqualTo(figures);
  }

  @Test
  void theGeneratorFillsAYearWithVisitsOfKnownPages() throws Exception {
    try (TestPool pool = TestPool.of(url)) {
      Site site = add(pool, "year.example");
      LocalDate from = LocalDate.of(2026, 10, 20);
      new Partitions(pool.pool()).ensure(from, from.plusDays(20)).await();
      BenchSite.fill(pool.pool(), site.id());

      long views =
          new YearOfVisits(site.id(), site.zone(), /* seed= */ 7).copy(url, from, 20, 2_000);

      assertThat(views).isBetween(1_600L, 2_400L);
      assertThat(
              count(
                  pool,
                  "visit cross join unpack(steps) join page on page.id = page_id"
                      + " and page.site_id = visit.site_id where name_id is null"))
          .isEqualTo(views)
          .isEqualTo(number(pool, "select sum(views) from visit"));
      assertThat(number(pool, "select count(distinct day) from visit")).isEqualTo(20);
      assertThat(number(pool, "select count(*) from event where revenue > 0")).isPositive();
    }
  }

  @Test
  void theGeneratorDrawsTheSameVisitsFromTheSameSeed() {
    LocalDate day = LocalDate.of(2026, 10, 20);
    SiteId site = new SiteId(1);

    assertThat(new YearOfVisits(site, ZoneOffset.UTC, 7).day(day, 200))
        .isEqualTo(new YearOfVisits(site, ZoneOffset.UTC, 7).day(day, 200))
        .isNotEqualTo(new YearOfVisits(site, ZoneOffset.UTC, 8).day(day, 200));
  }

  @Test
  void theQuestionsOfTheBenchmarkAreAskedAndTimed() throws Exception {
    try (TestPool pool = TestPool.of(url)) {
      Site site = add(pool, BenchSite.HOST);
      try (Questioner questioner =
          new Questioner(pool.vertx(), pool.pool(), new Reads(pool.pool()), site)) {
        Question totals =
            Questions.about(LocalDate.of(2026, 10, 20), 30, List.of()).stream()
                .filter(question -> question.name().endsWith("totals"))
                .findAny()
                .orElseThrow();

        assertThat(questioner.ask(totals)).isPositive();
      }
    }
  }

  private record Closing(Database database) implements AutoCloseable {
    @Override
    public void close() {
      database.close().await();
    }
  }

  private static Site add(TestPool pool, String domain) {
    return Objects.requireNonNull(
        new SiteStore(pool.pool()).add(domain, ZoneOffset.UTC, false).await());
  }

  private static long count(TestPool pool, String table) {
    return number(pool, "select count(*) from " + table);
  }

  private static long number(TestPool pool, String sql) {
    return pool.pool().query(sql).execute().await().iterator().next().getLong(0);
  }
}
