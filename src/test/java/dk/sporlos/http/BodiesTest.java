package dk.sporlos.http;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.settings.Endpoint;
import dk.sporlos.testing.RawHttp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BodiesTest {
  private static final int LIMIT = 10;

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final BodyBudget budget = new BodyBudget(20, new SimpleMeterRegistry());
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

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void mount(Router router) {
    router.post("/").handler(this::read);
  }

  private void read(RoutingContext context) {
    Bodies.read(context.request(), LIMIT, budget)
        .onComplete(
            body -> seen.add("body " + body),
            failure -> seen.add(failure.getClass().getSimpleName()))
        .onComplete(outcome -> context.response().end());
  }

  @Test
  void aBodyIsReadWhateverItsTypeSays() throws Exception {
    RawHttp.exchange(port, request("Content-Length: 5\r\nContent-Type: image/png", "hello"));
    RawHttp.exchange(port, request("Content-Length: 0", ""));
    RawHttp.exchange(
        port, request("Transfer-Encoding: chunked", "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"));

    assertThat(seen).containsExactly("body hello", "body ", "body hello");
  }

  @Test
  void aBodyMayHaveTheLimitAndNotAByteMore() throws Exception {
    RawHttp.exchange(port, request("Content-Length: 10", "x".repeat(10)));
    RawHttp.exchange(port, request("Content-Length: 11", "x".repeat(11)));
    RawHttp.exchange(
        port, request("Transfer-Encoding: chunked", "8\r\nxxxxxxxx\r\n8\r\nxxxxxxxx\r\n0\r\n\r\n"));

    assertThat(seen).containsExactly("body xxxxxxxxxx", "TooLargeException", "TooLargeException");
  }

  @Test
  void whoSendsTooMuchStillReadsTheAnswer() throws Exception {
    String answer =
        RawHttp.exchange(port, request("Content-Length: 2000000", "x".repeat(2_000_000)));

    assertThat(answer).startsWith("HTTP/1.1 200 ");
    assertThat(seen).containsExactly("TooLargeException");
  }

  @Test
  void aBodyThatEndsEarlyIsAborted() throws Throwable {
    RawHttp.abandon(port, request("Content-Length: 9", "hel"));

    eventually(() -> assertThat(seen).containsExactly("AbortedException"));
  }

  @Test
  void bodiesThatAreNotWholeShareABudgetWhichTheyGiveBack() throws Throwable {
    try (Socket one = RawHttp.open(port, request("Content-Length: 10", "x".repeat(9)));
        Socket other = RawHttp.open(port, request("Content-Length: 10", "y".repeat(9)))) {
      eventually(() -> assertThat(budget.taken()).isEqualTo(18));

      RawHttp.exchange(port, request("Content-Length: 3", "zzz"));
      assertThat(seen).containsExactly("OverBudgetException");

      RawHttp.send(one, "x");
      eventually(() -> assertThat(seen).contains("body xxxxxxxxxx"));
      RawHttp.exchange(port, request("Content-Length: 3", "zzz"));
      assertThat(seen).endsWith("body zzz");
      other.shutdownOutput();
      eventually(() -> assertThat(seen).endsWith("AbortedException"));
    }

    assertThat(budget.taken()).isZero();
  }

  private static String request(String headers, String body) {
    return "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n\r\n" + body;
  }
}
