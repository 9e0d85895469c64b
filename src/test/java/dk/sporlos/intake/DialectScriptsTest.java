package dk.sporlos.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.http.HttpListener;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.site.Dialect;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialectScriptsTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Set<Dialect> taken = EnumSet.noneOf(Dialect.class);
  private Vertx vertx;
  private int port;

  @BeforeEach
  void listen() {
    vertx = Vertx.vertx();
    DialectScripts scripts = new DialectScripts(taken::contains);
    port =
        HttpListener.listen(
                vertx, 1, List.of(scripts::mount), new Endpoint("127.0.0.1", 0), "--listen")
            .await()
            .port();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @ParameterizedTest
  @CsvSource({
    "PLAUSIBLE, /js/script.js",
    "PLAUSIBLE, /js/script.hash.outbound-links.js",
    "PLAUSIBLE, /js/plausible.js",
    "PLAUSIBLE, /js/p.js",
    "PLAUSIBLE, /js/pa-Xy_1.js",
    "UMAMI, /script.js",
    "MATOMO, /matomo.js",
    "MATOMO, /piwik.js",
    "GOATCOUNTER, /count.js",
    "GOATCOUNTER, /count.v4.js"
  })
  void areThereWhileASiteTakesTheirDialect(Dialect dialect, String path) throws Exception {
    HttpResponse<String> before = get(path);
    taken.add(dialect);
    HttpResponse<String> after = get(path);

    assertThat(before.statusCode()).isEqualTo(404);
    assertThat(before.headers().firstValue("cache-control")).contains("no-store");
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.body()).contains("document.currentScript");
    assertThat(after.headers().firstValue("access-control-allow-origin")).contains("*");
    assertThat(after.headers().firstValue("cross-origin-resource-policy")).contains("cross-origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/js/other.js", "/js/script.js.map", "/js/..%2Fscript.js", "/js/script"})
  void nothingElseIs(String path) throws Exception {
    taken.addAll(Dialect.OTHERS);

    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void eachIsOfItsOwnDialect() throws Exception {
    taken.addAll(Dialect.OTHERS);

    assertThat(get("/js/script.js").body()).contains("plausible:");
    assertThat(get("/script.js").body()).contains("umami:");
    assertThat(get("/matomo.js").body()).contains("matomo:");
    assertThat(get("/count.js").body()).contains("goatcounter:");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        BodyHandlers.ofString());
  }
}
