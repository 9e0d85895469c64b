package dk.sporlos.http;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.settings.Endpoint;
import dk.sporlos.testing.RawHttp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients get that send slowly, too much, too often, or two things at once. */
class ListenerLimitsTest {
  private static final int MOST_CONNECTIONS = 5;
  private static final String GET = "GET /there HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final Duration MOMENT = Duration.ofMillis(400);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<UnreadableRequest> unreadable = new CopyOnWriteArrayList<>();
  private final Promise<Void> release = Promise.promise();
  private Vertx vertx;
  private HttpListener listener;

  @BeforeEach
  void listen() {
    vertx = Vertx.vertx();
    Connections connections =
        new Connections(
            new Connections.Limits(MOST_CONNECTIONS, MOMENT, MOMENT.multipliedBy(3), MOMENT),
            meters);
    listener =
        HttpListener.listen(
                vertx,
                1,
                List.of(ListenerLimitsTest.this::mount),
                new Endpoint("127.0.0.1", 0),
                "--listen",
                new Gate(connections, connection -> {}, unreadable::add))
            .await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void mount(Router router) {
    router.get("/there").handler(context -> context.response().end("here"));
    router
        .get("/waits")
        .handler(context -> release.future().onComplete(now -> context.response().end("here")));
    router
        .post("/there")
        .handler(
            context ->
                Bodies.read(context.request(), 1_000_000, new BodyBudget(1_000_000, meters))
                    .onSuccess(body -> context.response().end("read " + body.length())));
  }

  @Test
  void aHeadThatIsTrickledIsCutOff() throws Exception {
    assertThatItIsCutOff("GET /there HTTP/1.1\r\nHost: x\r\nX: ");
    assertThat(closed("slow-request")).isEqualTo(1);
  }

  @Test
  void aBodyThatIsTrickledIsCutOff() throws Exception {
    assertThatItIsCutOff("POST /there HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
    assertThat(closed("slow-body")).isEqualTo(1);
  }

  @Test
  void theHeadOfASecondRequestThatIsTrickledIsCutOff() throws Exception {
    assertThatItIsCutOff(GET + "GET /there HTTP/1.1\r\nHost: x\r\nX: ");
    assertThat(closed("slow-request")).isEqualTo(1);
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() throws Exception {
    try (Socket silent = RawHttp.open(listener.port(), "")) {
      assertThat(RawHttp.isClosedInSilence(silent)).isTrue();
    }
  }

  @Test
  void anAnswerThatTakesItsTimeIsWaitedFor() throws Exception {
    try (Socket patient = RawHttp.open(listener.port(), "GET /waits HTTP/1.1\r\nHost: x\r\n\r\n")) {
      assertThat(RawHttp.staysQuiet(patient, MOMENT.multipliedBy(5))).isTrue();
      release.complete();
      assertThat(RawHttp.head(patient)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aConnectionThatGoesOnAskingIsKept() throws Exception {
    try (Socket busy = RawHttp.open(listener.port(), GET)) {
      for (int request = 0; request < 10; request++) {
        assertThat(RawHttp.head(busy)).startsWith("HTTP/1.1 200 ");
        assertThat(busy.getInputStream().readNBytes(4)).hasSize(4);
        assertThat(RawHttp.staysQuiet(busy, MOMENT.dividedBy(2))).isTrue();
        RawHttp.send(busy, GET);
      }
      assertThat(RawHttp.head(busy)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void noMoreConnectionsAreOpenThanMayBe() throws Throwable {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < MOST_CONNECTIONS; i++) {
      Socket socket = RawHttp.open(listener.port(), GET);
      assertThat(RawHttp.head(socket)).startsWith("HTTP/1.1 200 ");
      open.add(socket);
    }
    assertThat(meters.get("sporlos.connections.open").gauge().value()).isEqualTo(MOST_CONNECTIONS);

    try (Socket excess = RawHttp.open(listener.port(), "")) {
      assertThat(RawHttp.isClosedInSilence(excess)).isTrue();
    }
    assertThat(closed("too-many")).isEqualTo(1);

    for (Socket socket : open) {
      socket.close();
    }
    eventually(() -> assertThat(meters.get("sporlos.connections.open").gauge().value()).isZero());
    try (Socket next = RawHttp.open(listener.port(), GET)) {
      assertThat(RawHttp.head(next)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aThousandRequestsAtOnceAreAnsweredInTheirOrder() throws Exception {
    String requests = GET.repeat(999) + GET.replace("Host", "Connection: close\r\nHost");

    String answers = RawHttp.exchange(listener.port(), requests);

    assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(1_001);
  }

  @Test
  void aLengthSaidInTwoWaysIsRefusedAndTheConnectionClosed() throws Exception {
    String smuggled =
        "POST /there HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "0\r\n\r\n"
            + GET;

    String answer = RawHttp.exchange(listener.port(), smuggled);

    assertThatItIsProblem(answer, 400, "bad-request");
    assertThat(answer).doesNotContain("200 OK");
    assertThat(unreadable).hasSize(1);
    assertThat(unreadable.get(0).path()).isEqualTo("/there");
  }

  @ParameterizedTest
  @CsvSource({"9000, 10, 414, line-too-long", "10, 17000, 431, headers-too-large"})
  void whatIsTooLongIsRefusedAsAProblemThatAPageMayRead(
      int line, int header, int status, String code) throws Exception {
    String answer =
        RawHttp.exchange(
            listener.port(),
            "GET /there?%s HTTP/1.1\r\nHost: x\r\nX: %s\r\n\r\n"
                .formatted("l".repeat(line), "h".repeat(header)));

    assertThatItIsProblem(answer, status, code);
    assertThat(answer).containsIgnoringCase("access-control-allow-origin: *");
    assertThat(unreadable.get(0).problem().status()).isEqualTo(status);
    assertThat(unreadable.get(0).path()).isEqualTo(status == 414 ? null : "/there");
  }

  @Test
  void anAddressOfEightKilobytesIsRead() throws Exception {
    String line = "GET /there?" + "l".repeat(8_000) + " HTTP/1.1\r\nHost: x\r\n";

    assertThat(RawHttp.exchange(listener.port(), line + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void whoAsksByAnotherMethodIsToldWhichWouldDo() throws Exception {
    String answer =
        RawHttp.exchange(
            listener.port(), "DELETE /there HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThatItIsProblem(answer, 405, "method-not-allowed");
    assertThat(answer).containsIgnoringCase("allow: get, post\r\n");
  }

  @Test
  void aListenerThatStopsAnswersWhatIsUnderWayAndSaysThatItIsTheLast() throws Throwable {
    try (Socket waiting = RawHttp.open(listener.port(), "GET /waits HTTP/1.1\r\nHost: x\r\n\r\n");
        Socket idle = RawHttp.open(listener.port(), GET)) {
      assertThat(RawHttp.head(idle)).startsWith("HTTP/1.1 200 ");
      assertThat(idle.getInputStream().readNBytes(4)).hasSize(4);

      var closed = listener.close(Duration.ofSeconds(10));
      assertThat(RawHttp.isClosedInSilence(idle)).isTrue();
      assertThat(closed.isComplete()).isFalse();
      release.complete();

      assertThat(RawHttp.head(waiting))
          .startsWith("HTTP/1.1 200 ")
          .containsIgnoringCase("connection: close");
      closed.await(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aListenerThatStopsWaitsNoLongerThanItMay() throws Exception {
    try (Socket waiting = RawHttp.open(listener.port(), "GET /waits HTTP/1.1\r\nHost: x\r\n\r\n")) {
      assertThat(RawHttp.staysQuiet(waiting, Duration.ofMillis(50))).isTrue();

      listener.close(Duration.ofMillis(300)).await(5, TimeUnit.SECONDS);

      assertThat(RawHttp.isClosedInSilence(waiting)).isTrue();
    }
  }

  private void assertThatItIsCutOff(String begin) throws Exception {
    try (Socket socket = RawHttp.open(listener.port(), begin)) {
      if (begin.startsWith(GET)) {
        assertThat(RawHttp.head(socket)).startsWith("HTTP/1.1 200 ");
        assertThat(socket.getInputStream().readNBytes(4)).hasSize(4);
      }
      int bytes = 0;
      while (RawHttp.staysQuiet(socket, Duration.ofMillis(20))) {
        RawHttp.send(socket, "x");
        assertThat(bytes++).as("bytes that may be trickled").isLessThan(500);
      }
      assertThat(bytes).isPositive();
    }
  }

  private double closed(String reason) {
    return meters.get("sporlos.connections.closed").tag("reason", reason).counter().count();
  }

  private static void assertThatItIsProblem(String answer, int status, String code)
      throws IOException {
    assertThat(answer)
        .matches("(?s)HTTP/1\\.[01] " + status + " .*")
        .contains("content-type: application/problem+json\r\n");
    JsonObject problem = new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    assertThat(problem.getString("title")).isEqualTo(code);
  }
}
