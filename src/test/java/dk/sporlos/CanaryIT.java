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
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
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

  /** No shorter piece of what is handed over is looked for: it could be elsewhere by chance. */
  private static final int PIECE = 24;

  @TempDir private static Path prepared;
  @TempDir private Path directory;

  private final Random random = new Random(20261126);
  private final Canaries canaries = new Canaries();
  private final StringBuilder heard = new StringBuilder();
  private final AtomicInteger heardOfLoad = new AtomicInteger();
  private String cookieName = "";

  /** One start makes a database for all tests, which takes longer than to copy its files. */
  @BeforeAll
  static void prepare() {
    Path data = prepared.resolve("data");
    assertThat(Jar.run("site", "add", "example.com", "--data", data.toString()).exitCode())
        .isZero();
  }

  @Test
  void nothingIsLeftAfterAStopUnderLoad() throws Throwable {
    Path data = copy();
    RunningServer server = talkative(data);
    sendAll(server);
    assertThatCommandsSayNothing(data);
    Thread load = new Thread(() -> sendUntilItEnds(server));
    load.start();
    eventually(() -> assertThat(heardOfLoad).hasValueGreaterThan(20));
    server.terminate();
    assertThat(server.exitCode()).isZero();
    load.join();

    assertThatNothingIsLeft(data, server);
    assertThatMemoryIsHandedOverInMemory(data);
  }

  @Test
  void nothingIsLeftAfterPostgresqlAndThenTheProcessAreKilledUnderLoad() throws Throwable {
    Path data = copy();
    RunningServer server = talkative(data);
    Thread load = new Thread(() -> sendUntilItEnds(server));
    load.start();
    eventually(() -> assertThat(heardOfLoad).hasValueGreaterThan(20));
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
    assertThatMemoryIsHandedOverInMemory(data);
  }

  @Test
  void itSpeaksToItsDatabaseAndToThoseWhoAskAndToNobodyElse() throws Exception {
    assumeThat(Peers.areKnown()).isTrue();
    Path data = copy();
    try (RunningServer server = talkative(data)) {
      Set<Peers.Peer> peers = new HashSet<>();
      Thread load = new Thread(() -> sendUntilItEnds(server));
      load.start();
      int database = databasePort(data);
      for (int look = 0; look < 40; look++) {
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

  private Path copy() throws IOException {
    Path data = directory.resolve("data");
    try (Stream<Path> files = Files.walk(prepared.resolve("data"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file,
            data.resolve(prepared.resolve("data").relativize(file)),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return data;
  }

  private RunningServer talkative(Path data) throws Exception {
    String everything =
        Files.readString(LOG_SETTINGS)
            .replace("\"INFO\"", "\"TRACE\"")
            .replace("\"WARN\"", "\"TRACE\"");
    Path log = Files.writeString(directory.resolve("logback.xml"), everything);
    RunningServer server =
        RunningServer.start(
            List.of("-Dlogback.configurationFile=" + log),
            data,
            "--trusted-proxies",
            "127.0.0.1/32",
            "--rate-limit",
            "30");
    cookieName = cookieName(server);
    return server;
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
      // Less than is announced.
      RawHttp.abandon(
          server.address().getPort(),
          requests(visitor).get(0).replace("Content-Length: ", "Content-Length: 9"));
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
        heardOfLoad.incrementAndGet();
      }
    } catch (IOException killed) {
      // that is how it ends
    }
  }

  /** Whole ones, and such as break in every way that a request can break. */
  private List<String> requests(CanaryVisitor visitor) {
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

  private String request(CanaryVisitor visitor, String target, String body) {
    StringBuilder request =
        new StringBuilder("POST " + target + " HTTP/1.1\r\nHost: localhost\r\n");
    String[] headers = visitor.headers(cookieName, LocalDate.now(ZoneOffset.UTC).minusDays(1));
    for (int header = 0; header < headers.length; header += 2) {
      request.append(headers[header]).append(": ").append(headers[header + 1]).append("\r\n");
    }
    int length = body.getBytes(StandardCharsets.ISO_8859_1).length;
    return request + "Connection: close\r\nContent-Length: " + length + "\r\n\r\n" + body;
  }

  /** The name of the site's cookie, and one that was given, which is looked for like the rest. */
  private String cookieName(RunningServer server) throws Exception {
    String agreeing = "{\"d\": \"example.com\", \"u\": \"https://example.com/\", \"c\": 1}";
    HttpResponse<String> answer = server.beacon(agreeing);
    String cookie = answer.headers().firstValue("set-cookie").orElseThrow().replaceAll(";.*", "");
    canaries.addText("a cookie that was given", cookie.substring(cookie.lastIndexOf('.') + 1));
    return cookie.substring(0, cookie.indexOf('='));
  }

  private void assertThatCommandsSayNothing(Path data) {
    for (String command : List.of("stats", "refusals", "cleaned")) {
      Jar.Outcome outcome = Jar.run(command, "example.com", "--data", data.toString());
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      assertThat(canaries.in(outcome.out() + outcome.err())).isEmpty();
    }
  }

  /**
   * The file for the next process holds keys of days, what they make of senders, and numbers of
   * visits. It lies on a file system that is in memory; no piece of it is on the disk.
   */
  private void assertThatMemoryIsHandedOverInMemory(Path data) throws IOException {
    String own = System.getenv("XDG_RUNTIME_DIR");
    List<Path> places =
        Stream.of(own, "/dev/shm").filter(place -> place != null).map(Path::of).toList();
    Path base = HandOverPlace.firstInMemory(places);
    assumeThat(base).isNotNull();
    Path file = HandOverPlace.in(Objects.requireNonNull(base), data.resolve("spool")).file();
    byte[] bytes = Files.readAllBytes(file);
    Canaries pieces = new Canaries();
    int count = 0;
    for (int from = 0; from + PIECE <= bytes.length; from++) {
      byte[] piece = Arrays.copyOfRange(bytes, from, from + PIECE);
      if (isVaried(piece)) {
        pieces.addBytes("a piece of what is handed over", piece);
        count++;
      }
    }

    assertThat(Files.getFileStore(file).type()).isIn("tmpfs", "ramfs");
    assertThat(canaries.under(file)).isEmpty();
    assertThat(count).isGreaterThan(100);
    assertThat(pieces.under(data)).isEmpty();
    assertThat(pieces.under(file)).isNotEmpty();
    Files.delete(file);
    Files.delete(file.getParent());
  }

  private static boolean isVaried(byte[] piece) {
    BitSet values = new BitSet();
    for (byte one : piece) {
      values.set(one & 0xff);
    }
    return values.cardinality() > PIECE * 2 / 3;
  }

  private void assertThatNothingIsLeft(Path data, RunningServer server) {
    assertThat(heard()).contains(" 202 ", " 400 ", " 404 ", " 413 ", " 414 ", " 429 ", " 431 ");
    // The log is told to say everything; what libraries would say of requests is held back.
    assertThat(server.output()).contains("DEBUG");
    assertThat(canaries.under(data)).isEmpty();
    assertThat(canaries.in(server.output())).isEmpty();
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
