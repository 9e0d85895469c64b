package dk.sporlos.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Trace;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.spool.CountFile;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleaningsTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 2);
  private static final Site SITE =
      new Site(new SiteId(7), "example.com", ZoneId.of("Europe/Copenhagen"), false);

  private static TestPool database;

  private final MovableClock clock = new MovableClock("2026-11-02T12:00:00Z");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Cleanings cleanings;

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
    database.pool().query("truncate cleaned").execute().await();
    cleanings = new Cleanings(database.pool(), clock, meters);
  }

  @Test
  void addUpOverFlushes() {
    cleanings.count(SITE, Map.of(Trace.EMAIL, 2, Trace.CPR, 1));
    cleanings.flush().await();
    cleanings.count(SITE, Map.of(Trace.EMAIL, 1));
    cleanings.count(SITE, Map.of());
    cleanings.flush().await();
    cleanings.flush().await();

    assertThat(of(MONDAY))
        .containsExactly(new Cleanings.Count("email", 3), new Cleanings.Count("cpr", 1));
    assertThat(meters.get("sporlos.cleaned").tag("kind", "email").counter().count()).isEqualTo(3);
  }

  @Test
  void belongToTheDayOfTheirSite() {
    clock.set("2026-11-02T23:30:00Z");
    cleanings.count(SITE, Map.of(Trace.PHONE, 1));
    cleanings.flush().await();

    assertThat(of(MONDAY)).isEmpty();
    assertThat(of(MONDAY.plusDays(1))).containsExactly(new Cleanings.Count("phone", 1));
  }

  @Test
  void waitForADatabaseThatIsAway() {
    cleanings.count(SITE, Map.of(Trace.CARD, 1));
    database.pool().query("alter table cleaned rename to hidden").execute().await();
    try {
      assertThatThrownBy(() -> cleanings.flush().await()).isInstanceOf(Exception.class);
    } finally {
      database.pool().query("alter table hidden rename to cleaned").execute().await();
    }

    cleanings.flush().await();

    assertThat(of(MONDAY)).containsExactly(new Cleanings.Count("card", 1));
  }

  @Test
  void outliveTheProcessWhileTheDatabaseIsAway(@TempDir Path spool) {
    WorkerExecutor worker = database.vertx().createSharedWorkerExecutor("spool", 1);
    CountFile file = new CountFile(spool, "cleanings.json", worker);
    Cleanings killed = new Cleanings(database.pool(), clock, meters, file);
    killed.count(SITE, Map.of(Trace.CARD, 2, Trace.PROPERTY, 1));
    database.pool().query("alter table cleaned rename to hidden").execute().await();
    try {
      assertThatThrownBy(() -> killed.flush().await()).isInstanceOf(Exception.class);
    } finally {
      database.pool().query("alter table hidden rename to cleaned").execute().await();
    }

    new Cleanings(database.pool(), clock, meters, file).flush().await();

    assertThat(of(MONDAY))
        .containsExactly(new Cleanings.Count("card", 2), new Cleanings.Count("property", 1));
    assertThat(spool).isEmptyDirectory();
  }

  private static List<Cleanings.Count> of(LocalDate day) {
    return Cleanings.of(database.pool(), SITE.id(), day, day).await();
  }
}
