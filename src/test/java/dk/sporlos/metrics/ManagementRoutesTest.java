package dk.sporlos.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.http.HttpListener;
import dk.sporlos.metrics.ManagementRoutes.Health;
import dk.sporlos.settings.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementRoutesTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Meters meters = new Meters();
  private volatile Health health = new Health(null, new JsonObject());
  private volatile Doctor.Finding finding;
  private Vertx vertx;
  private int port;

  @BeforeEach
  void listen() {
    vertx = Vertx.vertx();
    Doctor doctor = new Doctor();
    doctor.examineNow("proxies", () -> finding);
    ManagementRoutes routes = new ManagementRoutes(meters, () -> health, doctor);
    port =
        HttpListener.listen(
                vertx, 1, List.of(routes::mount), new Endpoint("127.0.0.1", 0), "--management")
            .await()
            .port();
  }

  @AfterEach
  void close() {
    vertx.close().await();
    meters.close();
  }

  @Test
  void itIsReadyWhileNothingStandsInTheWay() throws Exception {
    HttpResponse<String> answer = get("/health/ready");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.body()).isEqualTo("{\"status\":\"up\"}");
  }

  @Test
  void theDoctorSaysWhatIsWrongAndWhatToDo() throws Exception {
    assertThat(new JsonObject(get("/doctor").body()))
        .isEqualTo(
            new JsonObject(
                """
                {"status": "ok", "checks": [{"check": "proxies", "outcome": "ok"}], "findings": []}
                """));

    finding = new Doctor.Finding("one-address", "It is so.", "Do this.");

    assertThat(new JsonObject(get("/doctor").body()))
        .isEqualTo(
            new JsonObject(
                """
                {"status": "wrong",
                 "checks": [{"check": "proxies", "outcome": "wrong"}],
                 "findings": [{"severity": "wrong", "code": "one-address", "detail": "It is so.",
                   "remedy": "Do this."}]}
                """));
  }

  @Test
  void itIsNotReadyWhileSomethingDoesAndSaysWhat() throws Exception {
    health = Health.down("the disk is nearly full");
    HttpResponse<String> answer = get("/health/ready");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .isEqualTo("{\"status\":\"down\",\"reason\":\"the disk is nearly full\"}");

    health = new Health(null, new JsonObject());
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void itSaysWhatElseIsToBeKnown() throws Exception {
    health = new Health(null, new JsonObject().put("database", "away").put("spool_bytes", 17));

    HttpResponse<String> answer = get("/health/ready");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"status\":\"up\",\"database\":\"away\",\"spool_bytes\":17}");
  }

  @Test
  void itIsAliveAlsoWhileItIsNotReady() throws Exception {
    health = Health.down("starting or stopping");

    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"up\"}");
  }

  @Test
  void metersAreShownAsPrometheusReadsThem() throws Exception {
    meters.gauge("sporlos.test", "A gauge of the test", () -> 7);

    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .contains(
            "# HELP sporlos_test A gauge of the test\n# TYPE sporlos_test gauge\nsporlos_test 7.0\n")
        .contains("jvm_memory_used_bytes", "process_uptime_seconds");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        BodyHandlers.ofString());
  }
}
