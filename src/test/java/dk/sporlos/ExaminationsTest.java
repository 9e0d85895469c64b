package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.metrics.Diagnosis;
import dk.sporlos.metrics.Diagnosis.Check;
import dk.sporlos.metrics.Diagnosis.Outcome;
import dk.sporlos.metrics.Doctor.Finding;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.RunningServer;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor finds in a process whose surroundings are broken one after the other. */
class ExaminationsTest {

  /** A test's server does not wait for its disk; a test's machine is not ours to set up. */
  private static final List<String> OF_TESTS =
      List.of("fsync", "full-page-writes", "synchronous-commit", "core-dumps", "unsaid");

  @TempDir private Path directory;

  private DatabaseUrl url;
  private TestPool database;
  private RunningApplication application;

  @BeforeEach
  void prepare() {
    url = TestDatabase.create();
    database = TestPool.of(url);
    new SiteStore(database.pool()).add("example.com", ZoneId.of("UTC"), false).await();
  }

  @AfterEach
  void stop() {
    if (application != null) {
      application.close();
    }
    database.close();
  }

  @Test
  void aProcessThatIsWellHasNoFindingAndSaysWhatWasExamined() throws Throwable {
    start(Clock.systemUTC(), 0);

    eventually(
        () -> {
          Diagnosis diagnosis = diagnosis();
          assertThat(codes(diagnosis)).isEmpty();
          assertThat(diagnosis.checks())
              .extracting(Check::name)
              .containsExactlyInAnyOrder(
                  "database",
                  "memory-dumps",
                  "largest-sender",
                  "proxies",
                  "places",
                  "disk",
                  "spool-files",
                  "database-settings",
                  "migrations",
                  "clocks",
                  "partitions",
                  "nodes",
                  "spool",
                  "seals",
                  "privacy",
                  "keys");
          assertThat(diagnosis.checks())
              .extracting(Check::outcome)
              .doesNotContain(Outcome.FAILED, Outcome.SKIPPED);
        });
  }

  @Test
  void monthsAndSlotsThatAreGoneAreMissed() throws Throwable {
    start(Clock.systemUTC(), 0);
    eventually(() -> assertThat(codes(diagnosis())).isEmpty());
    YearMonth next = YearMonth.now(ZoneOffset.UTC).plusMonths(1);
    String visits = "visit_%d_%02d".formatted(next.getYear(), next.getMonthValue());

    run("alter table visit detach partition " + visits);
    run("alter table hit detach partition hit_3");

    assertThat(finding("partitions-missing").detail()).contains(visits, "hit_3");
  }

  @Test
  void connectionsThatOurPoolsHaveNoRoomForAreFound() throws Throwable {
    run("alter database %s connection limit 32".formatted(url.database()));
    start(Clock.systemUTC(), 0);

    assertThat(finding("max-connections").detail())
        .startsWith("PostgreSQL allows 32 connections; 1 processes may need ");
  }

  @Test
  void tablesOfAnotherStateAreNoticed() throws Throwable {
    start(Clock.systemUTC(), 0);

    run(
        """
        insert into schema_history (installed_rank, version, description, type, script, checksum,
          installed_by, execution_time, success)
        select max(installed_rank) + 1, '9001', 'of the future', 'SQL', 'V9001.sql', 1, 'x', 1, true
        from schema_history
        """);
    assertThat(finding("schema-newer").detail()).contains("9001");

    run("delete from schema_history where installed_rank >= 3");
    assertThat(finding("schema-older").detail()).contains("another than at its start");
  }

  @Test
  void clocksThatAreApartAreNoticed() throws Throwable {
    start(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2)), 0);

    assertThat(finding("clocks-apart").detail()).contains("seconds apart");
  }

  @Test
  void aDiskThatIsNearlyFullIsSaidBeforeAndWhenNothingIsTakenAnyMore() throws Throwable {
    start(Clock.systemUTC(), directory.toFile().getUsableSpace() / 4 * 3);
    assertThat(finding("disk-low").remedy()).contains("--data");
    application.close();

    start(Clock.systemUTC(), Long.MAX_VALUE);
    assertThat(finding("disk-short").detail()).contains("No beacon is taken");
  }

  @Test
  void totalsThatAreNotWhatVisitsGiveAreFound() throws Throwable {
    start(Clock.systemUTC(), 0);
    eventually(() -> assertThat(codes(diagnosis())).isEmpty());

    run(
        """
        insert into visit (id, visitor, hour, site_id, day, entry_page, views, events, seconds,
          bounced, steps)
        select 1, 1, current_date, 1, current_date, 2, 1, 0, 0, true, '\\x0000000000000000'
        """);
    run("insert into sealed_day (site_id, day, due) values (1, current_date, false)");

    assertThat(finding("seals-differ").detail())
        .startsWith("Of example.com, ")
        .contains(" totals are not what its visits give.");
    assertThat(finding("seals-differ").remedy()).contains("sporlos seal --site example.com");
    assertThat(database.pool().query("select from daily").execute().await().size()).isZero();
  }

  @Test
  void memoryThatWasLostTodayIsNoted() throws Throwable {
    start(Clock.systemUTC(), 0);

    run("insert into interruption (site_id, day) values (1, current_date)");

    assertThat(finding("memory-lost").detail()).contains("on 1 sites");
  }

  @Test
  void policyAndLogOfTheDatabaseAreExaminedToo() throws Throwable {
    run("alter database %s set log_statement = 'all'".formatted(url.database()));
    start(Clock.systemUTC(), 0);

    assertThat(finding("unsaid").detail()).contains("example.com: its policy has gaps");
    assertThat(finding("log-statement").detail()).contains("logs statements with values");
  }

  @Test
  void proxiesThatDoNotSayForWhomAreFound() throws Throwable {
    start(Clock.systemUTC(), 0);

    for (int view = 0; view < 300; view++) {
      assertThat(view(view).statusCode()).isEqualTo(202);
    }

    assertThat(finding("forwarding-missing").remedy()).contains("X-Forwarded-For");
  }

  private HttpResponse<String> view(int number) throws Exception {
    return application.send(
        application
            .request("/b")
            .header("User-Agent", RunningServer.BROWSER)
            .header("Accept-Language", "da")
            .POST(
                BodyPublishers.ofString(
                    "{\"d\": \"example.com\", \"u\": \"https://example.com/%d\"}"
                        .formatted(number))));
  }

  private void start(Clock clock, long reserve) {
    application =
        RunningApplication.on(
            url,
            new Application.Storage(
                null, "test", directory.resolve("spool"), 1_000_000, List.of(directory), reserve),
            clock,
            new SecureRandom());
  }

  /** What is found under a code; a machine that is busy may need to be asked again. */
  private Finding finding(String code) throws Throwable {
    List<Finding> found = new ArrayList<>();
    eventually(
        () -> {
          Diagnosis diagnosis = diagnosis();
          diagnosis.findings().stream().filter(one -> one.code().equals(code)).forEach(found::add);
          assertThat(found).as(diagnosis.toString()).isNotEmpty();
        });
    return found.get(0);
  }

  private Diagnosis diagnosis() throws IOException, InterruptedException {
    return Diagnosis.of(new JsonObject(application.manage("/doctor")));
  }

  private static List<String> codes(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .map(Finding::code)
        .filter(code -> !OF_TESTS.contains(code))
        .toList();
  }

  private void run(String statement) {
    database.pool().query(statement).execute().await();
  }
}
