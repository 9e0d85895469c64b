package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.testing.Canaries;
import dk.sporlos.testing.CanaryVisitor;
import dk.sporlos.testing.Jar;
import dk.sporlos.testing.Peers;
import dk.sporlos.testing.RawHttp;
import dk.sporlos.testing.RunningServer;
import dk.sporlos.testing.ServerProcesses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process as users start it, its log at its most talkative (what is shipped as off stays off,
 * for Vert.x's router logs the targets of requests): nothing of those who send is on its disk or in
 * what it prints, whatever they send and however it ends.
 */
class CanaryIT {
  private static final int VISITORS = 100;
  private static final Path LOG_SETTINGS = Path.of("src/main/resources/logback.xml");

  @TempDir private Path directory;

  private final Random random = new Random(20261126);
  private final Canaries canaries = new Canaries();
  private final StringBuilder heard = new StringBuilder();

  @Test
  void nothingIsLeftAfterAStop() throws Exception {
    Path data = prepare();
    RunningServer server = talkative(data);
    sendAll(server);
    server.close();

    assertThatNothingIsLeft(data, server);
  }

  @Test
  void nothingIsLeftAfterPostgresqlAndThenTheProcessAreKilledUnderLoad() throws Throwable {
    Path data = prepare();
    RunningServer server = talkative(data);
    Thread load = new Thread(() -> sendUntilItEnds(server));
    load.start();
    eventually(() -> assertThat(heard()).contains(" 202 "));
    ServerProcesses.postmasters(data).forEach(ProcessHandle::destroyForcibly);
    sendAll(server);
    server.kill();
    load.join();

    assertThatNothingIsLeft(data, server);
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.matches("core(\\.\\d+)?|hs_err_pid.*|.*\\.hprof"));
    }
    RunningServer next = talkative(data);
    next.close();
    assertThatNothingIsLeft(data, next);
  }

  @Test
  void itSpeaksToItsDatabaseAndToThoseWhoAskAndToNobodyElse() throws Exception {
    assumeThat(Peers.areKnown()).isTrue();
    Path data = prepare();
    try (RunningServer server = talkative(data)) {
      Set<Peers.Peer> peers = new HashSet<>();
      Thread load = new Thread(() -> sendUntilItEnds(server));
      load.start();
      int database = databasePort(data);
      for (int look = 0; look < 200; look++) {
        peers.addAll(Peers.of(server.pid()));
      }
      load.interrupt();
      load.join();

      assertThat(peers).anyMatch(peer -> peer.port() == database);
      assertThat(peers)
          .allMatch(
              peer ->
                  peer.port() == database
                      || peer.localPort() == server.address().getPort()
                      || peer.localPort() == server.management().getPort());
    }
    assertThatAConnectionIsSeen();
  }

  /** The control. */
  private static void assertThatAConnectionIsSeen() throws Exception {
    try (ServerSocket elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(elsewhere.getInetAddress(), elsewhere.getLocalPort())) {
      assertThat(Peers.of(ProcessHandle.current().pid()))
          .anyMatch(
              peer ->
                  peer.port() == elsewhere.getLocalPort()
                      && peer.localPort() == socket.getLocalPort());
    }
  }

  private Path prepare() {
    Path data = directory.resolve("data");
    assertThat(Jar.run("site", "add", "example.com", "--data", data.toString()).exitCode())
        .isZero();
    return data;
  }

  private RunningServer talkative(Path data) throws Exception {
    String everything =
        Files.readString(LOG_SETTINGS)
            .replace("\"INFO\"", "\"TRACE\"")
            .replace("\"WARN\"", "\"TRACE\"");
    Path log = Files.writeString(directory.resolve("logback.xml"), everything);
    return RunningServer.start(
        List.of("-Dlogback.configurationFile=" + log),
        data,
        "--trusted-proxies",
        "127.0.0.1/32",
        "--rate-limit",
        "30");
  }

  private void sendAll(RunningServer server) throws Exception {
    for (int number = 0; number < VISITORS; number++) {
      CanaryVisitor visitor = CanaryVisitor.number(number, random);
      synchronized (canaries) {
        visitor.plant(canaries);
      }
      for (String request : requests(visitor)) {
        hear(RawHttp.exchange(server.address().getPort(), request));
      }
      // More than the rate limit lets through: the answer is 429.
      if (number == 0) {
        for (int again = 0; again < 40; again++) {
          hear(RawHttp.exchange(server.address().getPort(), requests(visitor).get(0)));
        }
      }
    }
  }

  private void sendUntilItEnds(RunningServer server) {
    try {
      for (int number = 1_000; number < 5_000 && !Thread.interrupted(); number++) {
        CanaryVisitor visitor = CanaryVisitor.number(number, new Random(number));
        synchronized (canaries) {
          visitor.plant(canaries);
        }
        hear(RawHttp.exchange(server.address().getPort(), requests(visitor).get(0)));
      }
    } catch (IOException killed) {
      // that is how it ends
    }
  }

  /** Whole ones, and such as break in every way that a request can break. */
  private static List<String> requests(CanaryVisitor visitor) {
    List<String> requests = new ArrayList<>();
    visitor.bodies("example.com").forEach(body -> requests.add(request(visitor, "/b", body)));
    String view = visitor.view("example.com");
    requests.add(
        request(visitor, "/b", view + ", \"x\": \"" + visitor.token().repeat(5_000) + "\"}"));
    requests.add(
        request(visitor, "/b", view + ", \"x\": \"\u00ff\u00fe" + visitor.token() + "\"}"));
    requests.add(request(visitor, "/" + visitor.token() + "?email=" + visitor.email(), ""));
    requests.add(request(visitor, "/b?" + visitor.token().repeat(1_000), view));
    requests.add(
        "POST /b\u0001" + visitor.token() + " HTTP/1.1\r\n" + visitor.email() + "\r\n\r\n");
    requests.add(
        request(visitor, "/b", view + "}")
            .replace("\r\n\r\n", "\r\nX-Large: " + visitor.token().repeat(1_000) + "\r\n\r\n"));
    requests.add(
        request(visitor, "/api/v2/query", "{\"site_id\": \"" + visitor.token() + "\"}")
            .replace("\r\n\r\n", "\r\nAuthorization: Bearer " + visitor.token() + "\r\n\r\n"));
    return requests;
  }

  private static String request(CanaryVisitor visitor, String target, String body) {
    StringBuilder request =
        new StringBuilder("POST " + target + " HTTP/1.1\r\nHost: localhost\r\n");
    String[] headers = visitor.headers();
    for (int header = 0; header < headers.length; header += 2) {
      request.append(headers[header]).append(": ").append(headers[header + 1]).append("\r\n");
    }
    int length = body.getBytes(StandardCharsets.ISO_8859_1).length;
    return request + "Connection: close\r\nContent-Length: " + length + "\r\n\r\n" + body;
  }

  private void assertThatNothingIsLeft(Path data, RunningServer server) {
    assertThat(heard()).contains(" 202 ", " 400 ", " 404 ", " 413 ", " 414 ", " 429 ", " 431 ");
    assertThat(server.output()).contains("TRACE").contains("DEBUG");
    assertThat(canaries.under(data)).isEmpty();
    assertThat(canaries.in(server.output())).isEmpty();
    for (String command : List.of("stats", "refusals", "cleaned")) {
      Jar.Outcome outcome = Jar.run(command, "example.com", "--data", data.toString());
      assertThat(canaries.in(outcome.out() + outcome.err())).isEmpty();
    }
    assertThat(canaries.in("a leak: " + CanaryVisitor.number(0, new Random(20261126)).email()))
        .isNotEmpty();
  }

  private synchronized void hear(String answer) {
    heard.append(answer).append('\n');
  }

  private synchronized String heard() {
    return heard.toString();
  }

  private static int databasePort(Path data) {
    String url = Jar.run("database", "url", "--data", data.toString()).out().strip();
    return DatabaseUrl.parse(url).port();
  }
}
