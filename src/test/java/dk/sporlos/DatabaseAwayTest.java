package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.account.Scope;
import dk.sporlos.account.Tokens;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Hit;
import dk.sporlos.intake.Refusals;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import dk.sporlos.spool.Batch;
import dk.sporlos.spool.Spool;
import dk.sporlos.testing.Canaries;
import dk.sporlos.testing.CanaryVisitor;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.RunningServer;
import dk.sporlos.testing.TcpProxy;
import dk.sporlos.testing.TestPool;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector does while its database is away, over HTTP. */
class DatabaseAwayTest {
  private static final String ADDRESS = "198.51.100.7";

  @TempDir private Path directory;

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private TestPool database;
  private TcpProxy proxy;
  private DatabaseUrl throughProxy;
  private String token;
  private String cookieName;
  private RunningApplication application;

  @BeforeEach
  void prepare() {
    DatabaseUrl url = TestDatabase.create();
    database = TestPool.of(url);
    Site site =
        Objects.requireNonNull(
            new SiteStore(database.pool())
                .add("example.com", ZoneId.of("Europe/Copenhagen"), false)
                .await());
    cookieName = "sporlos-" + site.publicId();
    token =
        new Tokens(database.pool(), Clock.systemUTC(), new SecureRandom())
            .create(Tokens.Terms.of(site.id(), Set.of(Scope.STATS)))
            .await();
    proxy = new TcpProxy(url.host(), url.port());
    throughProxy =
        new DatabaseUrl(
            "127.0.0.1",
            proxy.port(),
            url.database(),
            url.user(),
            url.password(),
            url.parameters());
  }

  @AfterEach
  void stop() {
    if (application != null) {
      application.close();
    }
    proxy.close();
    database.close();
  }

  @Test
  void beaconsAreTakenAndCountedOnceItIsBack() throws Throwable {
    start(1_000_000, 0);
    assertThat(view("/before").statusCode()).isEqualTo(202);
    assertThat(ready().body()).contains("\"database\":\"up\"");
    proxy.cut();

    assertThat(view("/during").statusCode()).isEqualTo(202);
    assertThat(view("/during").statusCode()).isEqualTo(202);

    assertThat(ready().statusCode()).isEqualTo(200);
    assertThat(ready().body()).contains("\"database\":\"away\"").doesNotContain("spool_bytes\":0");
    assertThat(application.manage("/metrics"))
        .contains("sporlos_database_up 0.0", "sporlos_spool_batches 2.0");
    assertThat(application.manage("/doctor")).contains("database-away");
    proxy.mend();
    eventually(() -> assertThat(rows("hit")).isEqualTo(3));
    eventually(() -> assertThat(ready().body()).contains("\"database\":\"up\""));
    assertThat(application.manage("/metrics"))
        .contains("sporlos_database_up 1.0", "sporlos_spool_batches 0.0");
    assertThat(view("/after").statusCode()).isEqualTo(202);
    assertThat(rows("hit")).isEqualTo(4);
  }

  @Test
  void thatItIsAwayShowsWithoutABeacon() throws Throwable {
    start(1_000_000, 0);
    proxy.cut();

    eventually(() -> assertThat(ready().body()).contains("\"database\":\"away\""));

    proxy.mend();
    eventually(() -> assertThat(ready().body()).contains("\"database\":\"up\""));
  }

  @Test
  void queriesAreToldToComeAgain() throws Throwable {
    start(1_000_000, 0);
    assertThat(query().statusCode()).isEqualTo(200);
    proxy.cut();
    assertThatQueryIsToldToComeAgain();
    proxy.mend();
    eventually(() -> assertThat(query().statusCode()).isEqualTo(200));

    proxy.pause();
    assertThatQueryIsToldToComeAgain();
  }

  @Test
  void whatWasRefusedMeanwhileIsCountedOnceItIsBack() throws Throwable {
    start(1_000_000, 0);
    view("/before");
    proxy.pause();
    clock.move(Duration.ofSeconds(2));
    send("{\"d\": \"example.com\", \"u\": \"https://example.com/\", \"n\": \"engagement\"", "x");
    HttpResponse<String> unknown =
        send("{\"d\": \"nowhere.example\", \"u\": \"https://nowhere.example/\"}", "x");
    assertThat(unknown.statusCode()).isEqualTo(503);

    proxy.resume();

    Refusals refusals = new Refusals(database.pool(), clock);
    LocalDate day = LocalDate.of(2026, 11, 2);
    eventually(
        () ->
            assertThat(refusals.of(new SiteId(0), day, day).await())
                .containsExactlyInAnyOrder(
                    new Refusals.Count("malformed", "", 1),
                    new Refusals.Count("unavailable", "", 1)));
  }

  @Test
  void aStopLeavesWhatWaitsAndTheNextStartBringsIt() throws Throwable {
    start(1_000_000, 0);
    view("/before");
    proxy.cut();
    assertThat(view("/during").statusCode()).isEqualTo(202);
    application.close();
    application = null;
    assertThat(rows("hit")).isEqualTo(1);
    assertThat(rows("node")).isEqualTo(1);

    proxy.mend();
    start(1_000_000, 0);
    eventually(() -> assertThat(rows("hit")).isEqualTo(2));

    application.close();
    application = null;
    assertThat(rows("node")).isZero();
  }

  @Test
  void aStopLeavesWhatWasRefusedAndTheNextStartCountsIt() throws Throwable {
    start(1_000_000, 0);
    view("/before");
    proxy.cut();
    assertThat(send("{", "x").statusCode()).isEqualTo(400);
    application.close();
    application = null;

    proxy.mend();
    start(1_000_000, 0);

    Refusals refusals = new Refusals(database.pool(), clock);
    LocalDate day = LocalDate.of(2026, 11, 2);
    eventually(
        () ->
            assertThat(refusals.of(new SiteId(0), day, day).await())
                .containsExactly(new Refusals.Count("malformed", "", 1)));
  }

  @Test
  void aStopEndsAlsoWhileTheDatabaseHangs() throws Throwable {
    start(1_000_000, 0);
    view("/before");
    proxy.pause();
    assertThat(view("/during").statusCode()).isEqualTo(202);

    long began = System.nanoTime();
    application.close();
    application = null;

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(25));
    proxy.resume();
    start(1_000_000, 0);
    eventually(() -> assertThat(rows("hit")).isEqualTo(2));
  }

  @Test
  void aFullSpoolIsSaidAndMakesItNotReady() throws Throwable {
    start(100, 0);
    view("/before");
    proxy.cut();
    view("/outcome/unknown");

    HttpResponse<String> refused = view("/too/much");

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("spool-full");
    assertThat(refused.headers().firstValue("retry-after")).contains("60");
    assertThat(ready().statusCode()).isEqualTo(503);
    assertThat(ready().body()).contains("the database is away and the spool is full");
    proxy.mend();
    eventually(() -> assertThat(ready().statusCode()).isEqualTo(200));
    assertThat(rows("hit")).isEqualTo(2);
  }

  @Test
  void aDiskThatIsNearlyFullIsSaidAndMakesItNotReady() throws Throwable {
    start(1_000_000, Long.MAX_VALUE);

    HttpResponse<String> refused = view("/");

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("storage-full");
    assertThat(ready().statusCode()).isEqualTo(503);
    assertThat(ready().body()).contains("the disk is nearly full");
    assertThat(application.manage("/metrics")).contains("sporlos_disk_short 1.0");
  }

  @Test
  void theSpoolHoldsTheHitsAndNothingOfTheirSenders() throws Throwable {
    start(1_000_000, 0);
    view("/before");
    proxy.cut();
    Random random = new Random(20261126);
    Canaries canaries = new Canaries();
    for (int number = 0; number < 50; number++) {
      CanaryVisitor visitor = CanaryVisitor.number(number, random);
      visitor.plant(canaries);
      String body = visitor.view("example.com") + "}";
      HttpRequest.Builder request =
          application.request("/b").headers(visitor.headers(cookieName, LocalDate.of(2026, 11, 1)));
      assertThat(application.send(request.POST(BodyPublishers.ofString(body))).statusCode())
          .isEqualTo(202);
    }
    application.close();
    application = null;

    List<Hit> hits = new ArrayList<>();
    assertThat(canaries.under(directory)).isEmpty();
    try (Spool spool = Spool.open(directory.resolve("spool"), 1_000_000)) {
      for (Batch batch = spool.oldest(); batch != null; batch = spool.oldest()) {
        hits.addAll(batch.hits());
        spool.stored();
      }
    }
    assertThat(hits).hasSize(50).filteredOn(Hit::byCookie).hasSize(26);
    assertThat(canaries.in(hits.toString())).isEmpty();
    Files.writeString(
        directory.resolve("leak"), CanaryVisitor.number(0, new Random(20261126)).cookie());
    assertThat(canaries.under(directory)).isNotEmpty();
  }

  private void assertThatQueryIsToldToComeAgain() throws Exception {
    HttpResponse<String> answer = query();
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).contains("5");
    assertThat(answer.body()).contains("error");
  }

  private void start(long spoolBytes, long reserve) {
    application =
        RunningApplication.on(
            throughProxy,
            new Application.Storage(
                null, "test", directory.resolve("spool"), spoolBytes, List.of(directory), reserve),
            clock,
            new SecureRandom());
  }

  private HttpResponse<String> ready() throws Exception {
    return application.askManagement("/health/ready");
  }

  private HttpResponse<String> view(String path) throws Exception {
    return send(
        "{\"d\": \"example.com\", \"u\": \"https://example.com%s\"}".formatted(path),
        "__Host-sporlos=c00kie");
  }

  private HttpResponse<String> send(String beacon, String cookie) throws Exception {
    return application.send(
        application
            .request("/b")
            .header("User-Agent", RunningServer.BROWSER)
            .header("Accept-Language", "da")
            .header("Cookie", cookie)
            .header("X-Forwarded-For", ADDRESS)
            .POST(BodyPublishers.ofString(beacon)));
  }

  private HttpResponse<String> query() throws Exception {
    return application.send(
        application
            .request("/api/v2/query")
            .header("Authorization", "Bearer " + token)
            .POST(
                BodyPublishers.ofString(
                    """
                    {"site_id": "example.com", "date_range": "all", "metrics": ["visitors"]}""")));
  }

  private long rows(String table) {
    return database
        .pool()
        .query("select count(*) from " + table)
        .execute()
        .await()
        .iterator()
        .next()
        .getLong(0);
  }
}
