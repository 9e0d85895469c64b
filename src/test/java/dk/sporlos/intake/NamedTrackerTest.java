package dk.sporlos.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.http.HttpListener;
import dk.sporlos.http.ScriptRoutes;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.testing.RunningServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedTrackerTest {
  private static final String VIEW = "{\"d\": \"example.com\", \"u\": \"https://example.com/\"}";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeHitStore store = new FakeHitStore();
  private Vertx vertx;
  private int port;

  @BeforeEach
  void listen() {
    vertx = Vertx.vertx();
    BeaconRoutes beacons = TestBeacons.routes(vertx, TestDoor.create(), store, meters);
    NamedTracker named = new NamedTracker("hits"::equals, beacons);
    port =
        HttpListener.listen(
                vertx,
                1,
                List.of(named::mount, beacons::mount, new ScriptRoutes()::mount),
                new Endpoint("127.0.0.1", 0),
                "--listen")
            .await()
            .port();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void theScriptReportsBesideItselfUnderItsNameAndIsOtherwiseTheSame() throws Exception {
    HttpResponse<String> named = send("GET", "/hits.js");

    assertThat(named.statusCode()).isEqualTo(200);
    assertThat(named.headers().firstValue("access-control-allow-origin")).contains("*");
    assertThat(named.body()).contains("new URL(\"hits\",").doesNotContain("(\"b\",");
    assertThat(named.body().replace("(\"hits\",", "(\"b\","))
        .isEqualTo(send("GET", "/s.js").body());
    byte[] digest =
        MessageDigest.getInstance("SHA-384").digest(named.body().getBytes(StandardCharsets.UTF_8));
    assertThat(ScriptRoutes.integrityOfNamed("hits"))
        .isEqualTo("sha384-" + Base64.getEncoder().encodeToString(digest));
  }

  @ParameterizedTest
  @CsvSource({"POST, /hits, 202", "OPTIONS, /hits, 204", "HEAD, /hits.gif, 200"})
  void beaconsAreAnsweredAsUnderTheUsualName(String method, String path, int status)
      throws Exception {
    HttpResponse<String> named = send(method, path);
    HttpResponse<String> usual = send(method, path.replace("hits", "b"));

    assertThat(named.statusCode()).isEqualTo(usual.statusCode()).isEqualTo(status);
    assertThat(named.headers().map()).isEqualTo(usual.headers().map());
    assertThat(store.hits).hasSize(method.equals("POST") ? 2 : 0);
  }

  @Test
  void aPictureCounts() throws Exception {
    HttpResponse<String> answer = send("GET", "/hits.gif?d=example.com&u=https://example.com/");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(store.hits).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /hits, 404",
    "PUT, /hits, 404",
    "POST, /hits.js, 404",
    "GET, /others.js, 404",
    "POST, /others, 404",
    "POST, /hits/b, 404",
    "GET, /b, 405",
    "POST, /s.js, 405"
  })
  void whatNoSiteChoseIsAnsweredAsIfThereWereNoNames(String method, String path, int status)
      throws Exception {
    assertThat(send(method, path).statusCode()).isEqualTo(status);
    assertThat(store.hits).isEmpty();
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("User-Agent", RunningServer.BROWSER)
            .header("Accept-Language", "da")
            .method(
                method,
                method.equals("POST") ? BodyPublishers.ofString(VIEW) : BodyPublishers.noBody())
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
