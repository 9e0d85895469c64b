package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.account.Scope;
import dk.sporlos.account.Tokens;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.intake.Refusals;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.RunningServer;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The path of a beacon from the request to the figure, with a clock that the test moves. */
class ApplicationTest {
  private static final String BY_PAGE =
      """
      {"site_id": "example.com", "date_range": "all", "metrics": ["visitors", "visits", "pageviews"],
       "dimensions": ["event:page"], "order_by": [["event:page", "asc"]]}""";

  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-02T10:00:00Z"));
  private TestPool database;
  private RunningApplication application;
  private Site site;
  private String token;

  @BeforeEach
  void start() {
    DatabaseUrl url = TestDatabase.create();
    database = TestPool.of(url);
    site =
        new SiteStore(database.pool())
            .add("example.com", ZoneId.of("Europe/Copenhagen"), false)
            .await();
    token =
        new Tokens(database.pool(), Clock.systemUTC(), new SecureRandom())
            .create(Tokens.Terms.of(site.id(), Set.of(Scope.STATS)))
            .await();
    application = RunningApplication.on(url, clock, new SecureRandom());
  }

  @AfterEach
  void stop() {
    application.close();
    database.close();
  }

  @Test
  void aVisitIsCountedWhileItIsOpenAndTheSameOnceItIsFolded() throws Throwable {
    view("198.51.100.7", "/");
    clock.move(Duration.ofMinutes(2));
    view("198.51.100.7", "/prices");
    view("203.0.113.9", "/");
    List<String> expected = List.of("[/] [2,2,2]", "[/prices] [1,1,1]");
    assertThat(figures(BY_PAGE)).isEqualTo(expected);
    assertThat(rows("visit")).isZero();

    passUntilFolded(Duration.ofMinutes(31), 2);

    assertThat(rows("hit")).isZero();
    assertThat(figures(BY_PAGE)).isEqualTo(expected);
  }

  @Test
  void neighboursBehindOneCutAddressLookAlikeUnlessTheirBrowsersDiffer() throws Throwable {
    view("198.51.100.7", "/");
    view("198.51.100.8", "/");
    send("198.51.100.8", "{\"d\": \"example.com\", \"u\": \"https://example.com/\"}", "da");

    assertThat(figures(BY_PAGE)).containsExactly("[/] [2,2,3]");
  }

  @Test
  void aVisitorOfTheSameDayIsOneVisitorWithTwoVisitsAndOfAnotherDayAnother() throws Throwable {
    view("198.51.100.7", "/");
    clock.move(Duration.ofHours(2));
    view("198.51.100.7", "/");
    assertThat(figures(BY_PAGE)).containsExactly("[/] [1,2,2]");

    clock.move(Duration.ofDays(1));
    view("198.51.100.7", "/");

    assertThat(figures(BY_PAGE)).containsExactly("[/] [2,3,3]");
  }

  @Test
  void aBeaconThatDoesNotCountIsToldWhyAndCountedUnderItsReason() throws Throwable {
    HttpResponse<String> answer =
        send("198.51.100.7", "{\"d\": \"nowhere.example\", \"u\": \"https://x.example/\"}", "en");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Sporlos-Ignored")).contains("unknown-site");
    assertThat(application.manage("/metrics"))
        .contains(
            "sporlos_beacons_total{dialect=\"sporlos\",outcome=\"refused\",reason=\"unknown-site\"} 1.0");
    assertThat(rows("hit")).isZero();
  }

  @Test
  void theOwnerSeesWhatWasNotCountedAndWhy() throws Throwable {
    String engagement =
        """
        {"d": "example.com", "u": "https://example.com/", "n": "engagement", "e": 1000}""";
    send("198.51.100.7", engagement, "en");
    send("198.51.100.7", engagement, "en");
    send("198.51.100.7", "{", "en");
    Refusals refusals = new Refusals(database.pool(), clock);
    LocalDate day = LocalDate.of(2026, 11, 2);

    eventually(
        () -> {
          assertThat(refusals.of(site.id(), day, day).await())
              .containsExactly(new Refusals.Count("no-open-visit", "", 2));
          assertThat(refusals.of(new SiteId(0), day, day).await())
              .containsExactly(new Refusals.Count("malformed", "", 1));
        });
  }

  @Test
  void aSenderThatAsksFirstWhetherToSendIsToldToGoOn() throws Throwable {
    HttpRequest.Builder beacon =
        application
            .request("/b")
            .header("User-Agent", RunningServer.BROWSER)
            .header("Accept-Language", "da")
            .expectContinue(true)
            .POST(
                BodyPublishers.ofString(
                    "{\"d\": \"example.com\", \"u\": \"https://example.com/\"}"));

    assertThat(application.send(beacon).statusCode()).isEqualTo(202);
    assertThat(rows("hit")).isEqualTo(1);
  }

  @Test
  void theScriptCanBeLookedForWithoutBeingFetched() throws Throwable {
    HttpResponse<String> answer =
        application.send(application.request("/s.js").method("HEAD", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void aPageWithoutScriptIsCountedByAnImage() throws Throwable {
    HttpResponse<String> answer =
        application.send(
            application
                .request("/b.gif?d=example.com&u=https%3A%2F%2Fexample.com%2Fplain")
                .header("User-Agent", RunningServer.BROWSER)
                .header("Accept-Language", "da"));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("content-type")).contains("image/gif");
    assertThat(answer.body()).startsWith("GIF");
    assertThat(figures(BY_PAGE)).containsExactly("[/plain] [1,1,1]");
  }

  @Test
  void aSiteThatIsAddedLaterCountsAtOnce() throws Throwable {
    send("198.51.100.7", "{\"d\": \"late.example\", \"u\": \"https://late.example/\"}", "en");
    new SiteStore(database.pool()).add("late.example", ZoneId.of("UTC"), false).await();
    clock.move(Duration.ofSeconds(2));

    HttpResponse<String> answer =
        send("198.51.100.7", "{\"d\": \"late.example\", \"u\": \"https://late.example/\"}", "en");

    assertThat(answer.headers().firstValue("Sporlos-Ignored")).isEmpty();
    assertThat(rows("hit")).isEqualTo(1);
  }

  @Test
  void figuresAreForThoseWithATokenOfTheSite() throws Throwable {
    assertThat(query(BY_PAGE, "sporlos_wrong").statusCode()).isEqualTo(401);
    assertThat(query(BY_PAGE.replace("example.com", "other.example"), token).statusCode())
        .isEqualTo(401);
    assertThat(query(BY_PAGE, token).statusCode()).isEqualTo(200);
  }

  @Test
  void theTrackerIsServedToAnyOriginAndRevalidatedCheaply() throws Throwable {
    HttpResponse<String> script = application.get("/s.js");
    String tag = script.headers().firstValue("etag").orElseThrow();
    HttpResponse<String> again =
        application.send(application.request("/s.js").header("If-None-Match", tag));

    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/javascript");
    assertThat(script.headers().firstValue("access-control-allow-origin")).contains("*");
    assertThat(script.body()).contains("dataset");
    assertThat(again.statusCode()).isEqualTo(304);
  }

  @Test
  void managementAndBeaconsHaveListenersOfTheirOwn() throws Throwable {
    assertThat(application.manage("/health/ready"))
        .isEqualTo("{\"status\":\"up\",\"database\":\"up\",\"spool_bytes\":0}");
    for (String route : application.managementRoutes()) {
      String path = route.substring(route.indexOf(' ') + 1);
      assertThat(application.askManagement(path).statusCode()).as(path).isEqualTo(200);
      assertThat(application.get(path).statusCode()).as(path).isEqualTo(404);
      assertThat(application.get(path + "/").statusCode()).as(path).isEqualTo(404);
      assertThat(application.get("/x/.." + path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(application.manage("/s.js")).contains("not-found");
    assertThat(application.manage("/metrics"))
        .contains(
            "sporlos_commit_seconds_bucket",
            "sporlos_batch_hits_bucket",
            "sporlos_inbox_rows",
            "sporlos_fold_lag_seconds",
            "jvm_memory_used_bytes",
            "vertx_pool_in_use{pool_name=\"intake\"");
  }

  private void passUntilFolded(Duration time, long visits) throws Throwable {
    clock.move(time);
    // The door sees the visits end, then they rest a minute for hits that are being committed.
    eventually(
        () -> {
          clock.move(Duration.ofSeconds(10));
          assertThat(rows("visit")).isEqualTo(visits);
        });
  }

  private void view(String from, String path) throws Exception {
    HttpResponse<String> answer =
        send(
            from,
            "{\"d\": \"example.com\", \"n\": \"pageview\", \"u\": \"https://example.com%s\"}"
                .formatted(path),
            "en");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Sporlos-Ignored")).isEmpty();
  }

  private HttpResponse<String> send(String from, String beacon, String language) throws Exception {
    return application.send(
        application
            .request("/b")
            .header("User-Agent", RunningServer.BROWSER)
            .header("Accept-Language", language)
            .header("X-Forwarded-For", from)
            .POST(BodyPublishers.ofString(beacon)));
  }

  private List<String> figures(String query) throws Exception {
    HttpResponse<String> answer = query(query, token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonArray results = new JsonObject(answer.body()).getJsonArray("results");
    return results.stream()
        .map(JsonObject.class::cast)
        .map(
            row ->
                row.getJsonArray("dimensions").getList()
                    + " "
                    + row.getJsonArray("metrics").encode())
        .toList();
  }

  private HttpResponse<String> query(String query, String secret) throws Exception {
    return application.send(
        application
            .request("/api/v2/query")
            .header("Authorization", "Bearer " + secret)
            .POST(BodyPublishers.ofString(query)));
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
