package dk.sporlos.intake;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Reason;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.spool.CountFile;
import dk.sporlos.testing.LogLines;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TcpProxy;
import dk.sporlos.testing.TestPool;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of refusals that are counted while the database is away. */
class KeptRefusalsTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 2);
  private static final Site SITE =
      new Site(new SiteId(7), "example.com", ZoneId.of("Europe/Copenhagen"), false);

  private static DatabaseUrl url;
  private static TestPool database;
  private static WorkerExecutor worker;

  @TempDir private Path spool;

  private final MovableClock clock = new MovableClock("2026-11-02T12:00:00Z");
  private TcpProxy proxy;
  private TestPool throughProxy;
  private Path file;
  private Refusals refusals;

  @BeforeAll
  static void open() {
    url = TestDatabase.create();
    database = TestPool.of(url);
    worker = database.vertx().createSharedWorkerExecutor("spool", 1);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void start() {
    database.pool().query("truncate refusal").execute().await();
    proxy = new TcpProxy(url.host(), url.port());
    throughProxy =
        TestPool.of(
            new DatabaseUrl(
                "127.0.0.1",
                proxy.port(),
                url.database(),
                url.user(),
                url.password(),
                url.parameters()));
    // The first connection may take longer than counts wait for an answer.
    throughProxy.pool().query("select 1").execute().await();
    file = spool.resolve("refusals.json");
    refusals = process(throughProxy.pool());
    // It looks for a file of its predecessor first, and must not find what a test writes.
    refusals.flush().await();
  }

  @AfterEach
  void stop() {
    proxy.close();
    throughProxy.close();
  }

  @Test
  void outliveTheProcess() throws Throwable {
    proxy.cut();
    refusals.count(SITE, Reason.BOT, "Googlebot");
    assertNotWritten(refusals);
    refusals.count(SITE, Reason.BOT, "Googlebot");
    refusals.count(null, Reason.UNKNOWN_SITE, "");
    assertNotWritten(refusals);

    process(database.pool()).flush().await();

    assertThat(of(SITE.id())).containsExactly(new Refusals.Count("bot", "Googlebot", 2));
    assertThat(of(Refusals.INSTALLATION))
        .containsExactly(new Refusals.Count("unknown-site", "", 1));
    assertThat(spool).isEmptyDirectory();
  }

  @Test
  void countOnceThoughTheAnswerWasLostAndTheProcessKilled() throws Throwable {
    refusals.count(SITE, Reason.BOT, "");
    eventually(() -> refusals.flush().await());
    refusals.count(SITE, Reason.BOT, "");
    proxy.loseNextAnswer();
    assertNotWritten(refusals);
    eventually(() -> assertThat(bots()).isEqualTo(2));
    refusals.count(SITE, Reason.BOT, "");
    proxy.cut();
    assertNotWritten(refusals);

    process(database.pool()).flush().await();

    assertThat(bots()).isEqualTo(3);
  }

  @Test
  void countOnceThoughTheFileIsOlderThanWhatWasWritten() throws Throwable {
    proxy.cut();
    refusals.count(SITE, Reason.BOT, "");
    assertNotWritten(refusals);
    refusals.count(SITE, Reason.BOT, "");
    assertNotWritten(refusals);
    String old = Files.readString(file);
    refusals.count(SITE, Reason.BOT, "");
    proxy.mend();
    eventually(() -> refusals.flush().await());
    assertThat(bots()).isEqualTo(3);

    Files.writeString(file, old);
    process(database.pool()).flush().await();

    assertThat(bots()).isEqualTo(3);
  }

  @Test
  void areKeptBeforeItIsKnownThatADatabaseHangs() throws Throwable {
    refusals.flush().await();
    proxy.pause();
    refusals.count(SITE, Reason.BOT, "");
    long began = System.nanoTime();
    assertNotWritten(refusals);
    assertThat(file).exists();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
    refusals.count(SITE, Reason.BOT, "");
    assertNotWritten(refusals);

    proxy.resume();

    eventually(() -> refusals.flush().await());
    assertThat(bots()).isEqualTo(2);
    assertThat(spool).isEmptyDirectory();
  }

  @Test
  void areWaitedForAtTheEndOfTheProcess() throws Throwable {
    refusals.flush().await();
    proxy.pause();
    refusals.count(SITE, Reason.BOT, "");
    Future<Void> end = refusals.finish();
    eventually(() -> assertThat(file).exists());

    proxy.resume();
    end.await();

    assertThat(bots()).isEqualTo(1);
    assertThat(spool).isEmptyDirectory();
  }

  @Test
  void outliveASecondProcessThatDoesNotFindTheDatabaseEither() throws Throwable {
    proxy.cut();
    refusals.count(SITE, Reason.BOT, "");
    assertNotWritten(refusals);
    Refusals second = process(throughProxy.pool());
    second.count(SITE, Reason.BOT, "");
    assertNotWritten(second);

    process(database.pool()).flush().await();

    assertThat(bots()).isEqualTo(2);
  }

  @Test
  void touchNoDiskWhileAllIsWell() throws Throwable {
    FileTime before = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    Files.setLastModifiedTime(spool, before);

    for (int i = 0; i < 3; i++) {
      refusals.count(SITE, Reason.BOT, "");
      refusals.flush().await();
    }

    assertThat(bots()).isEqualTo(3);
    assertThat(Files.getLastModifiedTime(spool)).isEqualTo(before);
  }

  @Test
  void areForTheOwnerAlone() throws Throwable {
    proxy.cut();
    refusals.count(SITE, Reason.BOT, "");
    assertNotWritten(refusals);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatCannotBeReadIsPutAsideAndSaidOnce() throws Throwable {
    for (String damaged : List.of("[{\"id\": \"", "[{}]", "[{\"counts\": [[7, \"bot\"]]}]")) {
      Files.writeString(file, damaged);
      try (LogLines log = new LogLines()) {
        Refusals next = process(database.pool());
        next.count(SITE, Reason.BOT, "");
        next.flush().await();
        next.flush().await();

        assertThat(log.lines()).filteredOn(line -> line.contains("refusals.json")).hasSize(1);
      }
      assertThat(spool.resolve("refusals.json.damaged")).hasContent(damaged);
      assertThat(file).doesNotExist();
    }
    assertThat(bots()).isEqualTo(3);
  }

  @Test
  void waitInMemoryIfTheDiskDoesNotTakeThem() throws Throwable {
    Files.delete(spool);
    proxy.cut();
    refusals.count(SITE, Reason.BOT, "");
    assertNotWritten(refusals);
    Files.createDirectory(spool);
    assertNotWritten(refusals);
    assertThat(file).exists();
    proxy.mend();

    eventually(() -> refusals.flush().await());

    assertThat(bots()).isEqualTo(1);
    assertThat(spool).isEmptyDirectory();
  }

  private Refusals process(Pool pool) {
    return new Refusals(pool, clock, new CountFile(spool, "refusals.json", worker));
  }

  private static void assertNotWritten(Refusals refusals) {
    assertThatThrownBy(() -> refusals.flush().await()).isInstanceOf(Exception.class);
  }

  private long bots() {
    return of(SITE.id()).stream().mapToLong(Refusals.Count::count).sum();
  }

  private List<Refusals.Count> of(SiteId site) {
    return new Refusals(database.pool(), clock).of(site, MONDAY, MONDAY).await();
  }
}
