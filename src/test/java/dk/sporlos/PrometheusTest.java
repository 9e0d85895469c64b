package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.Grafana;
import dk.sporlos.testing.Prometheus;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.RunningServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Prometheus and its promtool make of the page of metrics. */
class PrometheusTest {
  @TempDir private static Path directory;
  private static RunningApplication application;
  private static Prometheus prometheus;
  private static String page;

  private static final Pattern METRIC =
      Pattern.compile("\\b(sporlos|cache|vertx|jvm|process)_\\w+");

  @BeforeAll
  static void start() throws Throwable {
    DatabaseUrl url = TestDatabase.create();
    application = RunningApplication.on(url, Clock.systemUTC(), new SecureRandom());
    assertThat(beacon("unknown.example")).isEqualTo(202);
    assertThat(application.get("/some/path/that/is/not").statusCode()).isEqualTo(404);
    System.gc(); // so that there has been a pause, of which one hears later
    eventually(
        () -> {
          page = application.manage("/metrics");
          assertThat(page).contains("jvm_gc_pause_seconds_sum");
        });
    prometheus =
        Prometheus.scraping(
            application.managementPort(), Files.createDirectory(directory.resolve("prometheus")));
  }

  @AfterAll
  static void stop() {
    prometheus.close();
    application.close();
  }

  @Test
  void promtoolFindsNothingToSayAboutThePage() throws Exception {
    Path file = Files.writeString(directory.resolve("page"), page);
    assertThat(promtool(file, "check", "metrics")).isEmpty();
  }

  @Test
  void alertsFireWhenTheyShouldAndNoOther() throws Exception {
    Files.writeString(directory.resolve("alerts.yaml"), Grafana.alertsAsPrometheusHasThem());
    Path test = directory.resolve("alerts.test.yaml");
    Files.copy(Path.of("src/test/resources/dk/sporlos/alerts.test.yaml"), test);

    assertThat(promtool(test, "test", "rules", test.toString())).contains("SUCCESS");
  }

  @Test
  void prometheusScrapesBeaconsAndRequests() throws Throwable {
    eventually(() -> assertThat(value("up")).isEqualTo("1"));

    assertThat(value("sporlos_beacons_total{dialect='sporlos',reason='unknown-site'}"))
        .isEqualTo("1");
    assertThat(value("sporlos_http_requests_seconds_count{method='POST',route='/b',status='2xx'}"))
        .isEqualTo("1");
    assertThat(value("sum(sporlos_http_requests_seconds_bucket{route='/b',le='10.0'})"))
        .isEqualTo("1");
    assertThat(value("sporlos_http_requests_seconds_count{route='other',status='4xx'}"))
        .isEqualTo("1");
    assertThat(value("sporlos_http_requests_active")).isEqualTo("0");
    assertThat(value("sum(sporlos_eventloop_lag_seconds_count) > bool 0")).isEqualTo("1");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dk.sporlos.testing.Grafana#promql")
  void aQueryOfTheDashboardsIsUnderstoodAndNamesMetricsThatThereAre(Grafana.Query query)
      throws Throwable {
    String expanded = query.text();

    eventually(
        () -> assertThat(prometheus.query(expanded).getString("status")).isEqualTo("success"));

    assertThat(METRIC.matcher(expanded).results().map(MatchResult::group))
        .allSatisfy(
            metric -> assertThat(page).containsPattern("(?m)^%s(\\{.*})? ".formatted(metric)));
  }

  /** What it says; fails if it finds fault. */
  private static String promtool(Path input, String... words) throws Exception {
    Path said = directory.resolve("said");
    Process promtool =
        new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(words)).toList())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(promtool.waitFor()).as(Files.readString(said)).isZero();
    return Files.readString(said);
  }

  private static int beacon(String site) throws IOException, InterruptedException {
    return application
        .send(
            application
                .request("/b")
                .header("User-Agent", RunningServer.BROWSER)
                .POST(
                    BodyPublishers.ofString(
                        new JsonObject()
                            .put("d", site)
                            .put("u", "https://%s/".formatted(site))
                            .encode())))
        .statusCode();
  }

  /** The value of the only sample that a query answers with; else what it answers. */
  private static String value(String promql) throws InterruptedException {
    JsonObject answer = prometheus.query(promql);
    JsonArray found = answer.getJsonObject("data", new JsonObject()).getJsonArray("result");
    return found != null && found.size() == 1
        ? found.getJsonObject(0).getJsonArray("value").getString(1)
        : answer.encode();
  }
}
