package dk.sporlos.intake;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Reason;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TcpProxy;
import dk.sporlos.testing.TestPool;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 2);
  private static final LocalDate TUESDAY = LocalDate.of(2026, 11, 3);
  private static final Site SITE =
      new Site(new SiteId(7), "example.com", ZoneId.of("Europe/Copenhagen"), false);

  private static DatabaseUrl url;
  private static TestPool database;

  private final MovableClock clock = new MovableClock("2026-11-02T12:00:00Z");
  private Refusals refusals;

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
    database.pool().query("truncate refusal").execute().await();
    refusals = new Refusals(database.pool(), clock);
  }

  @Test
  void addUpOverFlushes() {
    refusals.count(SITE, Reason.BOT, "");
    refusals.flush().await();
    refusals.count(SITE, Reason.BOT, "");
    refusals.count(SITE, Reason.PREFETCH, "");
    refusals.flush().await();
    refusals.flush().await();

    assertThat(of(SITE.id(), MONDAY))
        .containsExactly(new Refusals.Count("bot", "", 2), new Refusals.Count("prefetch", "", 1));
  }

  @Test
  void tellsTheDetailsOfAReasonApart() throws Exception {
    refusals.count(SITE, Reason.BOT, "Googlebot");
    refusals.count(SITE, Reason.BOT, "Bingbot");
    refusals.count(SITE, Reason.BOT, "Googlebot");

    refusals.flush().await();

    assertThat(of(SITE.id(), MONDAY))
        .containsExactly(
            new Refusals.Count("bot", "Googlebot", 2), new Refusals.Count("bot", "Bingbot", 1));
  }

  @Test
  void belongToTheDayOfTheirSite() {
    clock.set("2026-11-02T23:30:00Z");
    refusals.count(SITE, Reason.BOT, "");
    refusals.count(null, Reason.UNKNOWN_SITE, "");
    refusals.flush().await();

    assertThat(of(SITE.id(), TUESDAY)).containsExactly(new Refusals.Count("bot", "", 1));
    assertThat(of(new SiteId(0), MONDAY))
        .containsExactly(new Refusals.Count("unknown-site", "", 1));
  }

  @Test
  void waitForADatabaseThatIsAway() {
    refusals.count(SITE, Reason.BOT, "");
    database.pool().query("alter table refusal rename to hidden").execute().await();
    try {
      assertThatThrownBy(() -> refusals.flush().await()).isInstanceOf(Exception.class);
    } finally {
      database.pool().query("alter table hidden rename to refusal").execute().await();
    }

    refusals.flush().await();

    assertThat(of(SITE.id(), MONDAY)).containsExactly(new Refusals.Count("bot", "", 1));
  }

  @Test
  void countOnceThoughTheAnswerWasLost() throws Throwable {
    TcpProxy proxy = new TcpProxy(url.host(), url.port());
    try (TestPool throughProxy = TestPool.of(withPort(proxy.port()))) {
      Refusals distant = new Refusals(throughProxy.pool(), clock);
      distant.count(SITE, Reason.BOT, "");
      distant.flush().await();
      distant.count(SITE, Reason.BOT, "");
      proxy.loseNextAnswer();
      assertThatThrownBy(() -> distant.flush().await()).isInstanceOf(Exception.class);
      eventually(
          () ->
              assertThat(of(SITE.id(), MONDAY)).containsExactly(new Refusals.Count("bot", "", 2)));

      distant.count(SITE, Reason.BOT, "");
      distant.flush().await();

      assertThat(of(SITE.id(), MONDAY)).containsExactly(new Refusals.Count("bot", "", 3));
    } finally {
      proxy.close();
    }
  }

  private static DatabaseUrl withPort(int port) {
    return new DatabaseUrl(
        "127.0.0.1", port, url.database(), url.user(), url.password(), url.parameters());
  }

  @Test
  void areCountedExactlyByManyThreadsWhileTheyAreFlushed() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int thread = 0; thread < 4; thread++) {
      threads.execute(
          () -> {
            for (int i = 0; i < 10_000; i++) {
              refusals.count(SITE, Reason.BOT, "");
            }
          });
    }
    threads.shutdown();
    while (!threads.awaitTermination(5, TimeUnit.MILLISECONDS)) {
      refusals.flush().await();
    }
    refusals.flush().await();

    assertThat(of(SITE.id(), MONDAY)).containsExactly(new Refusals.Count("bot", "", 40_000));
  }

  private List<Refusals.Count> of(SiteId site, LocalDate day) {
    return refusals.of(site, day, day).await();
  }
}
