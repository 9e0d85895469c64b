package dk.sporlos.http;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.settings.Endpoint;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptRoutesTest {
  private static final Path BUILT = Path.of("tracker-js", "dist");

  private final HttpClient client = HttpClient.newHttpClient();
  private Vertx vertx;
  private int port;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    port =
        HttpListener.listen(
                vertx,
                1,
                List.of(new ScriptRoutes()::mount),
                new Endpoint("127.0.0.1", 0),
                "--listen")
            .await()
            .port();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /** Whatever the tracker's build made, but for what is served at other products' addresses. */
  static List<String> built() throws IOException {
    try (Stream<Path> files = Files.walk(BUILT)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> BUILT.relativize(file).toString().replace('\\', '/'))
          .filter(file -> !file.startsWith("dialects/"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("built")
  void whatWasBuiltIsServedToEveryOriginAndNeverWithACookie(String name) throws Exception {
    HttpResponse<String> answer = get("/" + name);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(Files.readString(BUILT.resolve(name)));
    assertThat(answer.headers().firstValue("content-type"))
        .contains("text/javascript; charset=utf-8");
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
    assertThat(answer.headers().firstValue("cross-origin-resource-policy"))
        .contains("cross-origin");
    assertThat(answer.headers().firstValue("cache-control")).contains("public, max-age=86400");
    assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
  }

  @ParameterizedTest
  @MethodSource("built")
  void whatABrowserHasIsNotSentAgain(String name) throws Exception {
    String tag = get("/" + name).headers().firstValue("etag").orElseThrow();

    HttpResponse<String> again = send(request("/" + name).header("If-None-Match", tag));
    HttpResponse<String> other = send(request("/" + name).header("If-None-Match", "\"other\""));

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().map()).doesNotContainKey("set-cookie");
    assertThat(other.statusCode()).isEqualTo(200);
  }

  @Test
  void everyConsentPlatformIsAmongThem() throws IOException {
    assertThat(built())
        .containsExactly(
            "consent/cookiebot.js",
            "consent/cookieinformation.js",
            "consent/google.js",
            "consent/usercentrics.js",
            "extras.js",
            "rest.js",
            "s.js",
            "vitals.js");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vitals", "dialects/plausible", "dialects/matomo"})
  void whatIsTheSameForAllSitesReportsToWhereTheSnippetSays(String name) throws IOException {
    assertThat(Files.readString(BUILT.resolve(name + ".js"))).contains("?.beacon??\"b\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/consent",
        "/consent/",
        "/consent/other.js",
        "/consent/../../../V001__schema.sql",
        "/consent/%2e%2e/s.js%00",
        "/choose",
        "/s.js.map"
      })
  void nothingElseIs(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void nothingCanBePostedThere() throws Exception {
    HttpResponse<String> answer =
        send(request("/consent/google.js").method("POST", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
