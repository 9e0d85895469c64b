package dk.sporlos.http;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.settings.Endpoint;
import dk.sporlos.testing.LogLines;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that fail, over HTTP. */
class FailedRequestsTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final FailedRequests failures = new FailedRequests("a question failed", nanos::get);
  private Vertx vertx;
  private int port;

  @BeforeEach
  void listen() {
    vertx = Vertx.vertx();
    port =
        HttpListener.listen(
                vertx, 1, List.of(this::mount), new Endpoint("127.0.0.1", 0), "--listen")
            .await()
            .port();
  }

  private void mount(Router router) {
    router
        .get("/fails")
        .handler(
            context -> {
              failures.log(context.request(), new IllegalStateException("198.51.100.7"));
              new Problem(503, "busy", "try again").send(context.response());
            });
    router
        .get("/throws")
        .handler(
            context -> {
              throw new IllegalStateException("198.51.100.7");
            });
    router.get("/works").handler(context -> context.response().end("fine"));
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void answerAndLogNameTheSameId() throws Exception {
    try (LogLines log = new LogLines()) {
      HttpResponse<String> answer = get("/fails", true);
      HttpResponse<String> thrown = get("/throws", true);

      String id = answer.headers().firstValue("x-request-id").orElseThrow();
      assertThat(id).matches("[0-9a-f]{16}");
      assertThat(new JsonObject(answer.body()).getString("request")).isEqualTo(id);
      String other = new JsonObject(thrown.body()).getString("request");
      assertThat(thrown.statusCode()).isEqualTo(500);
      assertThat(other).isNotEqualTo(id).matches("[0-9a-f]{16}");
      assertThat(log.lines())
          .noneMatch(line -> line.contains("198.51.100.7"))
          .anyMatch(line -> line.startsWith("a question failed: Ill") && line.contains(id))
          .anyMatch(line -> line.startsWith("a request failed: Ill") && line.contains(other));
    }
  }

  @Test
  void theIdIsNeverTheClients() throws Exception {
    HttpRequest.Builder request =
        request("/fails").header("Authorization", "Bearer x").header("X-Request-Id", "mine");

    assertThat(send(request).headers().firstValue("x-request-id").orElseThrow())
        .isNotEqualTo("mine");
  }

  @Test
  void visitorsAndAnswersThatAreWellHaveNone() throws Exception {
    try (LogLines log = new LogLines()) {
      HttpResponse<String> visitor = get("/fails", false);

      assertThat(visitor.headers().firstValue("x-request-id")).isEmpty();
      assertThat(new JsonObject(visitor.body()).containsKey("request")).isFalse();
      assertThat(log.lines()).hasSize(1).noneMatch(line -> line.contains("request"));
    }
    assertThat(get("/works", true).headers().firstValue("x-request-id")).isEmpty();
  }

  @Test
  void ofManyWithinAMinuteTenAreLoggedAndTheOthersCounted() throws Exception {
    try (LogLines log = new LogLines()) {
      for (int failure = 0; failure < 10; failure++) {
        assertThat(get("/fails", true).headers().firstValue("x-request-id")).isPresent();
      }
      for (int failure = 0; failure < 5; failure++) {
        assertThat(get("/fails", true).headers().firstValue("x-request-id")).isEmpty();
      }
      assertThat(log.lines()).hasSize(10);

      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      assertThat(get("/fails", true).headers().firstValue("x-request-id")).isPresent();

      assertThat(log.lines()).hasSize(11);
      assertThat(log.lines().get(10)).endsWith("; 5 others before");
    }
  }

  private HttpResponse<String> get(String path, boolean withToken) throws Exception {
    HttpRequest.Builder request = request(path);
    return send(withToken ? request.header("Authorization", "Bearer x") : request);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
