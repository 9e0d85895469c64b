package dk.sporlos.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dk.sporlos.http.HttpListener;
import dk.sporlos.settings.Endpoint;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardRoutesTest {
  private static final Path BUILT = Path.of("dashboard", "dist");

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
                List.of(new DashboardRoutes()::mount),
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
  void theRootLeadsToTheSites() throws Exception {
    HttpResponse<byte[]> answer = get("/");

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("location")).contains("/sites");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/sites",
        "/sites/",
        "/sites/example.com",
        "/sites/example.com/settings/goals",
        "/people",
        "/groups"
      })
  void onePageIsEverywhereAndNamesTheFilesOfItsVersion(String path) throws Exception {
    assumeBuilt();

    HttpResponse<byte[]> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(Files.readAllBytes(BUILT.resolve("index.html")));
    assertThat(answer.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(answer.headers().firstValue("cache-control")).contains("no-cache");
    assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
  }

  @Test
  void thePageMayLoadNothingFromElsewhereAndRunNoInlineScript() throws Exception {
    assumeBuilt();

    HttpResponse<byte[]> answer = get("/sites");

    assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("cross-origin-opener-policy")).contains("same-origin");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .doesNotContain("<style")
        .doesNotContain(" style=")
        .doesNotContainPattern("<script(?![^>]* src=\"/app/)");
  }

  @Test
  void filesAreKeptForGoodAndSentCompressedToThoseWhoTakeThem() throws Exception {
    assumeBuilt();
    for (String name : Files.readAllLines(BUILT.resolve("files.txt"))) {
      HttpResponse<byte[]> plain = get("/app/" + name);
      HttpResponse<byte[]> packed =
          send(request("/app/" + name).header("accept-encoding", "br, gzip"));

      assertThat(plain.statusCode()).as(name).isEqualTo(200);
      assertThat(plain.body()).isEqualTo(Files.readAllBytes(BUILT.resolve("app").resolve(name)));
      assertThat(plain.headers().map()).doesNotContainKey("content-encoding");
      assertThat(packed.headers().firstValue("content-encoding")).as(name).contains("gzip");
      assertThat(packed.body())
          .isEqualTo(Files.readAllBytes(BUILT.resolve("app").resolve(name + ".gz")));
      assertThat(packed.headers().firstValue("vary")).contains("accept-encoding");
      assertThat(packed.headers().firstValue("cache-control"))
          .contains("public, max-age=31536000, immutable");
      assertThat(packed.headers().firstValue("x-content-type-options")).contains("nosniff");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip;q=0", "br", "gzip;q=0.0, br", "notgzip"})
  void whoDoesNotTakeCompressedFilesGetsThemPlain(String accepted) throws Exception {
    assumeBuilt();
    String name = Files.readAllLines(BUILT.resolve("files.txt")).get(0);

    HttpResponse<byte[]> answer = send(request("/app/" + name).header("accept-encoding", accepted));

    assertThat(answer.headers().map()).doesNotContainKey("content-encoding");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/app/index-00000000.js",
        "/app/",
        "/app/..%2findex.html",
        "/app/%2e%2e/index.html",
        "/app/files.txt"
      })
  void nothingElseIsServed(String path) throws Exception {
    HttpResponse<byte[]> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("cache-control").orElse("")).doesNotContain("immutable");
  }

  @Test
  void othersThanReadersAreRefused() throws Exception {
    HttpResponse<byte[]> answer = send(request("/sites").POST(BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(405);
  }

  private static void assumeBuilt() {
    assumeThat(BUILT.resolve("index.html"))
        .as("the dashboard is built: npm ci && npm run build in dashboard/")
        .exists();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }
}
