package dk.sporlos.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.http.HttpListener.ListenException;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.testing.LogLines;
import dk.sporlos.testing.RawHttp;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {
  private static final Endpoint ANY = new Endpoint("127.0.0.1", 0);

  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--listen", "--management"})
  void listenersOnPortsThatTheSystemChoseNeverAnswerForEachOther(String settingOfTheOther)
      throws IOException {
    int one = listen(2, "--listen", List.of(route("/one")));
    int other = listen(2, settingOfTheOther, List.of(route("/other")));

    assertThat(one).isPositive().isNotEqualTo(other);
    for (int connection = 0; connection < 10; connection++) {
      assertThat(get(one, "/one")).startsWith("HTTP/1.1 200 ");
      assertThat(get(one, "/other")).startsWith("HTTP/1.1 404 ");
      assertThat(get(other, "/other")).startsWith("HTTP/1.1 200 ");
      assertThat(get(other, "/one")).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void aPortInUseIsNamedTogetherWithTheSettingThatChoosesAnother() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Endpoint endpoint = new Endpoint("127.0.0.1", taken.getLocalPort());

      assertThatThrownBy(
              () ->
                  HttpListener.listen(vertx, 2, List.of(route("/")), endpoint, "--management")
                      .await())
          .isInstanceOf(ListenException.class)
          .hasMessage(
              "cannot listen on %s, which may be in use; choose another with --management, as in"
                  + " --management 127.0.0.1:9090",
              endpoint);
    }
  }

  @Test
  void aListenerThatIsClosedFreesItsPort() {
    HttpListener listener =
        HttpListener.listen(vertx, 2, List.of(route("/")), ANY, "--listen").await();
    listener.close().await();

    Endpoint same = new Endpoint("127.0.0.1", listener.port());

    assertThat(HttpListener.listen(vertx, 1, List.of(route("/")), same, "--listen").await().port())
        .isEqualTo(listener.port());
  }

  @Test
  void whatIsNotThereOrFailsIsAProblem() throws IOException {
    int port =
        listen(
            1,
            "--listen",
            List.of(
                route("/there"),
                router ->
                    router
                        .get("/fails")
                        .handler(
                            context -> {
                              context.response().putHeader("Cache-Control", "public, max-age=9");
                              throw new IllegalStateException("the message holds a secret");
                            })));

    assertThatItIsProblem(get(port, "/nowhere"), 404, "not-found");
    assertThatItIsProblem(
        RawHttp.exchange(port, "DELETE /there HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
        405,
        "method-not-allowed");
    try (LogLines log = new LogLines()) {
      assertThatItIsProblem(get(port, "/fails"), 500, "internal");
      assertThat(get(port, "/fails"))
          .contains("x-content-type-options: nosniff\r\n", "cache-control: no-store\r\n");
      assertThat(log.lines()).noneMatch(line -> line.contains("secret"));
    }
    assertThatItIsProblem(get(port, "/%zz"), 400, "bad-request");
  }

  @Test
  void aHeadIsAnsweredWithoutABody() throws IOException {
    int port = listen(1, "--listen", List.of(route("/there")));

    for (String path : List.of("/there", "/nowhere")) {
      String answer =
          RawHttp.exchange(
              port, "HEAD " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(answer).matches("(?s)HTTP/1\\.1 40[45] .*\r\n\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
      })
  void whatIsNoHttpIsRefusedInSilence(String nonsense) throws IOException {
    int port = listen(1, "--listen", List.of(route("/there")));

    try (LogLines log = new LogLines()) {
      assertThat(RawHttp.exchange(port, nonsense)).matches("(?s)HTTP/\\S+ (4|501).*");
      assertThat(log.lines()).isEmpty();
    }

    assertThat(get(port, "/there")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aBodyThatIsNoHttpEndsItsConnectionInSilence() throws IOException {
    int port = listen(1, "--listen", List.of(route("/there")));

    try (LogLines log = new LogLines()) {
      String answer =
          RawHttp.exchange(
              port, "POST /there HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
      assertThat(answer).matches("(?s)(HTTP/1\\.1 4.*)?");
      assertThat(log.lines()).isEmpty();
    }

    assertThat(get(port, "/there")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void headersThatAreTooLargeAreRefusedInSilence() throws IOException {
    int port = listen(1, "--listen", List.of(route("/there")));

    try (LogLines log = new LogLines()) {
      assertThat(
              RawHttp.exchange(
                  port, "GET /there HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n"))
          .matches("(?s)HTTP/1\\.1 (400|431) .*");
      assertThat(log.lines()).isEmpty();
    }
  }

  private int listen(int instances, String setting, List<Consumer<Router>> features) {
    return HttpListener.listen(vertx, instances, features, ANY, setting).await().port();
  }

  private static Consumer<Router> route(String path) {
    return router -> router.get(path).handler(context -> context.response().end(path));
  }

  private static String get(int port, String path) throws IOException {
    return RawHttp.exchange(
        port, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }

  private static void assertThatItIsProblem(String answer, int status, String code) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("content-type: application/problem+json\r\n");
    JsonObject problem = new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    assertThat(problem.getString("type")).isEqualTo("urn:sporlos:" + code);
    assertThat(problem.getString("title")).isEqualTo(code);
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("detail")).isNotBlank();
    assertThat(problem.fieldNames()).containsExactly("type", "title", "status", "detail");
  }
}
