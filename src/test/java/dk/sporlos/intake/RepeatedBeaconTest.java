package dk.sporlos.intake;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.door.Hit;
import dk.sporlos.http.HttpListener;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.testing.RunningServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tracker that did not hear the answer sends a beacon again, and it counts once. */
class RepeatedBeaconTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeHitStore store = new FakeHitStore();
  private Vertx vertx;
  private int port;

  @BeforeEach
  void listen() {
    vertx = Vertx.vertx();
    BeaconRoutes routes = TestBeacons.routes(vertx, TestDoor.create(), store, meters);
    port =
        HttpListener.listen(
                vertx, 2, List.of(routes::mount), new Endpoint("127.0.0.1", 0), "--listen")
            .await()
            .port();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void isAnsweredAsADuplicateOnceTheFirstIsStored() throws Throwable {
    store.outcome = Promise.promise();
    CompletableFuture<HttpResponse<String>> first = send("n1");
    eventually(() -> assertThat(store.hits).hasSize(1));

    CompletableFuture<HttpResponse<String>> second = send("n1");
    store.outcome.complete();

    assertThat(answer(first).statusCode()).isEqualTo(202);
    assertThat(answer(first).headers().firstValue("sporlos-ignored")).isEmpty();
    assertThat(answer(second).statusCode()).isEqualTo(202);
    assertThat(answer(second).headers().firstValue("sporlos-ignored")).contains("duplicate");
    assertThat(answer(send("n1")).headers().firstValue("sporlos-ignored")).contains("duplicate");
    assertThat(store.hits).hasSize(1);
    assertThat(
            meters
                .get("sporlos.beacons")
                .tag("dialect", "sporlos")
                .tag("outcome", "refused")
                .tag("reason", "duplicate")
                .counter()
                .count())
        .isEqualTo(2);
  }

  @Test
  void isNoBetterOffThanTheFirst() throws Throwable {
    store.outcome = Promise.promise();
    CompletableFuture<HttpResponse<String>> first = send("n1");
    eventually(() -> assertThat(store.hits).hasSize(1));
    CompletableFuture<HttpResponse<String>> second = send("n1");

    store.outcome.fail(new IllegalStateException());

    assertThat(answer(first).statusCode()).isEqualTo(503);
    assertThat(answer(second).statusCode()).isEqualTo(503);
  }

  @Test
  void countsIfTheFirstWasNotStored() throws Throwable {
    store.outcome = Promise.promise();
    store.outcome.fail(new IllegalStateException());
    assertThat(answer(send("n1")).statusCode()).isEqualTo(503);
    store.outcome = Promise.promise();
    store.outcome.complete();

    HttpResponse<String> again = answer(send("n1"));

    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(again.headers().firstValue("sporlos-ignored")).isEmpty();
  }

  @Test
  void saysWhatIsKnownOfTheVisitIfTheFirstWasNotStored() throws Throwable {
    store.outcome = Promise.promise();
    store.outcome.fail(new IllegalStateException());
    answer(send("n1"));
    store.outcome = Promise.promise();
    store.outcome.complete();

    answer(send("n1"));
    answer(send("n2"));

    assertThat(store.hits)
        .hasSize(3)
        .extracting(Hit::visit)
        .containsOnly(store.hits.get(0).visit());
    assertThat(store.hits.get(1).attributes())
        .isNotNull()
        .isEqualTo(store.hits.get(0).attributes());
    assertThat(store.hits.get(2).attributes()).isNull();
  }

  private CompletableFuture<HttpResponse<String>> send(String nonce) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/b"))
            .header("User-Agent", RunningServer.BROWSER)
            .header("Accept-Language", "da")
            .POST(
                BodyPublishers.ofString(
                    """
                    {"d": "example.com", "u": "https://example.com/", "k": "%s"}"""
                        .formatted(nonce)))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> answer(CompletableFuture<HttpResponse<String>> sent)
      throws Exception {
    return sent.get(10, TimeUnit.SECONDS);
  }
}
