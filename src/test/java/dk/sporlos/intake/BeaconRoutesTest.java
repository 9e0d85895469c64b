package dk.sporlos.intake;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.door.Reason;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.http.HttpListener;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.testing.LogLines;
import dk.sporlos.testing.RawHttp;
import dk.sporlos.testing.RunningServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a tracker gets, over HTTP, from a collector whose store does as the test says. */
class BeaconRoutesTest {
  private static final String VIEW = "{\"d\": \"example.com\", \"u\": \"https://example.com/\"}";

  /** What is counted is not written in these tests. */
  private static final Pool NO_POOL = null;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeHitStore store = new FakeHitStore();
  private volatile Reason obstacle;
  private Vertx vertx;
  private int port;

  @BeforeEach
  void listen() {
    vertx = Vertx.vertx();
    port = listen(100);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private int listen(int capacity) {
    BeaconRoutes routes =
        new BeaconRoutes(
            TestDoor.create(),
            new Reception(
                vertx,
                new Intake(
                    vertx, store, new Intake.Bounds(capacity, 1_000_000), () -> obstacle, meters),
                new Refusals(NO_POOL, Clock.systemUTC()),
                new Cleanings(NO_POOL, Clock.systemUTC(), meters),
                meters),
            new BodyBudget(1_000_000, meters));
    return HttpListener.listen(
            vertx, 1, List.of(routes::mount), new Endpoint("127.0.0.1", 0), "--listen")
        .await()
        .port();
  }

  @Test
  void aBeaconIsAnsweredAfterItsWriteAndNotBefore() throws Throwable {
    store.outcome = Promise.promise();

    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(post(VIEW), BodyHandlers.ofString());
    eventually(() -> assertThat(store.hits).hasSize(1));
    assertThat(answer).isNotDone();
    assertThat(beacons("stored", "")).isZero();

    store.outcome.complete();
    assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
    assertThat(answer.get().body()).isEmpty();
    assertThat(answer.get().headers().firstValue("sporlos-ignored")).isEmpty();
    assertThat(answer.get().headers().firstValue("cache-control")).contains("no-store");
    assertThat(beacons("stored", "")).isEqualTo(1);
  }

  @Test
  void aStoreThatFailsMakesTheTrackerTryLater() throws Exception {
    store.outcome = failed("the message holds 198.51.100.7");

    try (LogLines log = new LogLines()) {
      HttpResponse<String> answer = send(post(VIEW));

      assertThatItIsProblem(answer, 503, Reason.UNAVAILABLE);
      assertThat(answer.headers().firstValue("retry-after")).contains("5");
      assertThat(log.lines()).anyMatch(line -> line.startsWith("a beacon was not stored: "));
      assertThat(log.lines()).noneMatch(line -> line.contains("198.51.100.7"));
    }
    assertThat(beacons("stored", "")).isZero();

    store.outcome = Promise.promise();
    store.outcome.complete();
    assertThat(send(post(VIEW)).statusCode()).isEqualTo(202);
  }

  @Test
  void aStoreThatThrowsIsAStoreThatFails() throws Exception {
    store.outcome = null;

    assertThatItIsProblem(send(post(VIEW)), 503, Reason.UNAVAILABLE);
  }

  @Test
  void aHitThatCanNeverBeStoredDoesNotCountAndIsNotAskedForAgain() throws Exception {
    store.setAside = Set.of(0);

    HttpResponse<String> answer = send(post(VIEW));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("sporlos-ignored")).contains("set-aside");
    assertThat(beacons("stored", "")).isZero();
    assertThat(beacons("refused", "set-aside")).isEqualTo(1);
  }

  @Test
  void whileTheDiskIsNearlyFullTheTrackerIsToldToWait() throws Exception {
    obstacle = Reason.STORAGE_FULL;

    HttpResponse<String> answer = send(post(VIEW));

    assertThatItIsProblem(answer, 503, Reason.STORAGE_FULL);
    assertThat(answer.headers().firstValue("retry-after")).contains("60");
  }

  @Test
  void whatExceedsTheCapacityIsTurnedAwayAndTheRestIsKept() throws Throwable {
    port = listen(1);
    store.outcome = Promise.promise();
    CompletableFuture<HttpResponse<String>> held =
        client.sendAsync(post(VIEW), BodyHandlers.ofString());
    eventually(() -> assertThat(store.hits).hasSize(1));

    HttpResponse<String> turnedAway = send(post(VIEW));

    assertThatItIsProblem(turnedAway, 503, Reason.OVERLOADED);
    assertThat(turnedAway.headers().firstValue("retry-after")).contains("1");
    store.outcome.complete();
    assertThat(held.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource({
    "User-Agent, curl/8.5.0, bot",
    "Sec-Purpose, prefetch;prerender, prefetch",
    "Sec-GPC, 1, opted-out"
  })
  void aBeaconThatDoesNotCountIsTakenAndToldWhy(String header, String value, String reason)
      throws Exception {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(address("/b"))
                .header("User-Agent", RunningServer.BROWSER)
                .header("Accept-Language", "da")
                .setHeader(header, value)
                .POST(BodyPublishers.ofString(VIEW))
                .build());

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("sporlos-ignored")).contains(reason);
    assertThat(answer.headers().firstValue("access-control-expose-headers"))
        .contains("Sporlos-Ignored, Sporlos-Cleaned, Retry-After");
    assertThat(beacons("refused", reason)).isEqualTo(1);
    assertThat(beacons("stored", "")).isZero();
    assertThat(store.hits).isEmpty();
  }

  @Test
  void whatWasLeftOutOfABeaconIsToldByKind() throws Exception {
    store.outcome = Promise.promise();
    store.outcome.complete();

    HttpResponse<String> answer =
        send(
            post(
                "{\"d\": \"example.com\", \"u\": \"https://example.com/kim@example.dk\","
                    + " \"p\": {\"user_name\": \"kim\"}}"));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("sporlos-cleaned")).contains("email, property");
    assertThat(meters.get("sporlos.cleaned").tag("kind", "property").counter().count())
        .isEqualTo(1);
    assertThat(send(post(VIEW)).headers().firstValue("sporlos-cleaned")).isEmpty();
  }

  @Test
  void anEngagementWithoutAVisitIsToldSo() throws Exception {
    HttpResponse<String> answer =
        send(
            post(
                "{\"d\": \"example.com\", \"u\": \"https://example.com/\", \"n\": \"engagement\","
                    + " \"e\": 5000}"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(beacons("refused", "no-open-visit")).isEqualTo(1);
  }

  @Test
  void aBeaconThatCannotBeReadIsToldWhatIsWrong() throws Exception {
    assertThatItIsProblem(send(post("{\"d\":")), 400, Reason.MALFORMED);
    assertThatItIsProblem(send(get("/b.gif?d=example.com")), 400, Reason.MALFORMED);
    assertThatItIsProblem(send(post("")), 400, Reason.MALFORMED);
    assertThat(beacons("refused", "malformed")).isEqualTo(3);
  }

  @Test
  void aBodyAsLongAsAllowedIsReadAndOneByteMoreIsNot() throws Exception {
    int limit = 64 * 1024;
    assertThat(send(post(VIEW + " ".repeat(limit - VIEW.length()))).statusCode()).isEqualTo(202);

    HttpResponse<String> answer = send(post(VIEW + " ".repeat(limit - VIEW.length() + 1)));

    assertThatItIsProblem(answer, 413, Reason.TOO_LARGE);
    assertThat(beacons("refused", "too-large")).isEqualTo(1);
  }

  @Test
  void aBodyCutShortIsCountedAsAborted() throws Throwable {
    RawHttp.abandon(
        port, "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"d\": \"example.com\"");

    eventually(() -> assertThat(beacons("refused", "aborted")).isEqualTo(1));
    assertThat(send(post(VIEW)).statusCode()).isEqualTo(202);
  }

  @Test
  void aTrackerThatLeavesBeforeTheAnswerIsCountedAllTheSame() throws Throwable {
    store.outcome = Promise.promise();
    RawHttp.abandon(
        port,
        "POST /b HTTP/1.1\r\nHost: x\r\nUser-Agent: %s\r\nAccept-Language: da\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(RunningServer.BROWSER, VIEW.length(), VIEW));
    eventually(() -> assertThat(store.hits).hasSize(1));

    try (LogLines log = new LogLines()) {
      store.outcome.complete();

      eventually(() -> assertThat(beacons("stored", "")).isEqualTo(1));
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void anyOriginMayAskFirstAndSend() throws Exception {
    HttpResponse<String> asked =
        send(
            HttpRequest.newBuilder(address("/b"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://example.com")
                .header("Access-Control-Request-Method", "POST")
                .build());

    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(asked.headers().firstValue("access-control-allow-origin")).contains("*");
    assertThat(asked.headers().firstValue("access-control-allow-methods")).contains("POST");
    assertThat(asked.headers().firstValue("access-control-allow-headers")).contains("Content-Type");
    assertThat(asked.headers().firstValue("access-control-max-age")).isPresent();
    assertThat(send(post(VIEW)).headers().firstValue("access-control-allow-origin")).contains("*");
    assertThat(send(post("{")).headers().firstValue("access-control-allow-origin")).contains("*");
  }

  @Test
  void anImageIsAnsweredAsOneAlsoWhenItDoesNotCount() throws Exception {
    String page = "u=https%3A%2F%2Fexample.com%2F";
    HttpResponse<byte[]> counted = image("/b.gif?d=example.com&" + page);
    HttpResponse<byte[]> ignored = image("/b.gif?d=other.example&" + page);

    assertThat(counted.statusCode()).isEqualTo(202);
    assertThat(ignored.headers().firstValue("sporlos-ignored")).contains("unknown-site");
    assertThat(List.of(counted, ignored))
        .allSatisfy(
            answer -> {
              assertThat(answer.headers().firstValue("content-type")).contains("image/gif");
              assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
              assertThat(answer.body())
                  .startsWith("GIF89a".getBytes(StandardCharsets.US_ASCII))
                  .hasSize(43);
            });
    assertThat(store.hits).hasSize(1);
  }

  @Test
  void everyReasonHasItsCounterFromTheBeginning() {
    for (Reason reason : Reason.values()) {
      assertThat(beacons("refused", reason.label())).isZero();
    }
  }

  private void assertThatItIsProblem(HttpResponse<String> answer, int status, Reason reason) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
    assertThat(new JsonObject(answer.body()).getString("title")).isEqualTo(reason.label());
    assertThat(beacons("refused", reason.label())).isPositive();
  }

  private double beacons(String outcome, String reason) {
    return meters
        .get("sporlos.beacons")
        .tag("dialect", "sporlos")
        .tag("outcome", outcome)
        .tag("reason", reason)
        .counter()
        .count();
  }

  private HttpRequest post(String body) {
    return HttpRequest.newBuilder(address("/b"))
        .header("User-Agent", RunningServer.BROWSER)
        .header("Accept-Language", "da")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(address(path))
        .header("User-Agent", RunningServer.BROWSER)
        .header("Accept-Language", "da")
        .build();
  }

  private HttpResponse<byte[]> image(String path) throws Exception {
    return client.send(get(path), BodyHandlers.ofByteArray());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static Promise<Void> failed(String message) {
    Promise<Void> outcome = Promise.promise();
    outcome.fail(new IllegalStateException(message));
    return outcome;
  }
}
