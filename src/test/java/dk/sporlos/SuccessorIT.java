package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.FreePorts;
import dk.sporlos.testing.Jar;
import dk.sporlos.testing.RawHttp;
import dk.sporlos.testing.RunningServer;
import dk.sporlos.testing.TestCertificate;
import dk.sporlos.testing.TestPool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is replaced while visitors come: both on one port, over PostgreSQL of one's own.
 */
class SuccessorIT {
  private static final int VISITORS = 1_000;
  private static final int SENDERS = 4;

  @TempDir private Path directory;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(30))
          .build();
  private final DatabaseUrl url = TestDatabase.create();
  private final TestPool database = TestPool.of(url);
  private final int port = FreePorts.pair();
  private final AtomicInteger number = new AtomicInteger();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sentAgain = new AtomicInteger();
  private final AtomicLong longestNanos = new AtomicLong();
  private volatile boolean over;

  @BeforeEach
  void addSite() {
    Jar.run("site", "add", "example.com", "--database", url.uri());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void nobodyIsLostOrCountedTwiceWhenTwoProcessesAreReplacedWhileAThousandVisitorsComeAgain()
      throws Throwable {
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);

    try (RunningServer first = start()) {
      for (int sender = 0; sender < SENDERS; sender++) {
        senders.execute(this::send);
      }
      awaitViews(2 * VISITORS);
      try (RunningServer second = start()) {
        assertThat(first.exitCode()).as(first.output()).isZero();
        awaitViews(number.get() + VISITORS);
        try (RunningServer third = start()) {
          assertThat(second.exitCode()).as(second.output()).isZero();
          awaitViews(number.get() + VISITORS);
          over = true;
          senders.shutdown();
          assertThat(senders.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
          assertThat(third.output()).doesNotContain("WARN");
        }
      }
    }

    System.out.printf(
        "%d views over two replacements, %d sent again, slowest answer %d ms%n",
        number.get(), sentAgain.get(), longestNanos.get() / 1_000_000);
    assertThat(failures).isEmpty();
    assertThat(sentAgain).hasValueLessThan(2 * SENDERS);
    assertThat(answer("select count(distinct visitor) from hit")).isEqualTo(VISITORS);
    assertThat(answer("select count(distinct visit) from hit")).isEqualTo(VISITORS);
    assertThat(answer("select count(distinct path) from hit join page on page.id = page_id"))
        .isEqualTo(acknowledged.size());
    assertThat(answer("select count(*) from hit")).isEqualTo(acknowledged.size());
    assertThat(answer("select count(*) from interruption")).isZero();
  }

  @Test
  void whoeverAsksIsToldThatTheProcessIsReadyAllTheTimeWhileItIsReplaced() throws Throwable {
    ExecutorService asking = Executors.newSingleThreadExecutor();
    try (RunningServer first = start()) {
      asking.execute(this::askWhetherItIsReady);
      eventually(() -> assertThat(number).hasValueGreaterThan(10));
      try (RunningServer second = start()) {
        assertThat(first.exitCode()).as(first.output()).isZero();
        int soFar = number.get();
        eventually(() -> assertThat(number).hasValueGreaterThan(soFar + 10));
        over = true;
        asking.shutdown();
        assertThat(asking.awaitTermination(60, TimeUnit.SECONDS)).as(second.output()).isTrue();
      }
    }
    assertThat(failures).isEmpty();
  }

  private void askWhetherItIsReady() {
    while (!over) {
      try {
        String answer =
            RawHttp.exchange(
                port + 1, "GET /health/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        if (!answer.startsWith("HTTP/1.1 200 ")) {
          failures.add(answer);
        }
        number.incrementAndGet();
      } catch (IOException failure) {
        failures.add(failure.toString());
      }
    }
  }

  @Test
  void aSuccessorSpeaksTlsOnTheSamePortWithTheCertificateOfItsStart() throws Throwable {
    X509Certificate old = TestCertificate.write(directory, "EC", 0, 30);
    String[] files = {
      "--tls-certificate",
      directory.resolve("tls.crt").toString(),
      "--tls-key",
      directory.resolve("tls.key").toString()
    };

    try (RunningServer first = start(files)) {
      assertThat(first.address().getScheme()).isEqualTo("https");
      assertThat(statusByTls(old)).isEqualTo(200);
      X509Certificate renewed = TestCertificate.write(directory, "EC", 0, 60);
      try (RunningServer second = start(files)) {
        assertThat(first.exitCode()).as(first.output()).isZero();
        assertThat(statusByTls(renewed)).isEqualTo(200);
        assertThatThrownBy(() -> statusByTls(old)).isInstanceOf(SSLHandshakeException.class);
        assertThat(second.output()).doesNotContain("WARN");
      }
    }
  }

  @Test
  void aSuccessorWithoutItsCertificateLeavesItsPredecessorAlone() throws Throwable {
    try (RunningServer running = start()) {
      Jar.Outcome outcome =
          Jar.run(
              Map.of(),
              "serve",
              "--data",
              directory.resolve("data").toString(),
              "--database",
              url.uri(),
              "--tls-certificate",
              "absent.crt",
              "--tls-key",
              "absent.key");

      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.err()).contains("--tls-certificate", "absent.crt").doesNotContain("\tat ");
      assertThat(view(1)).isEqualTo(202);
      assertThat(running.manage("/health/ready").statusCode()).isEqualTo(200);
    }
  }

  private int statusByTls(X509Certificate believed) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(TestCertificate.trusting(believed))
        .build()
        .send(
            HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/s.js")).build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void aSuccessorThatCannotStartLeavesItsPredecessorAlone() throws Throwable {
    try (RunningServer running = start()) {
      Jar.Outcome outcome =
          Jar.run(
              Map.of(),
              "serve",
              "--data",
              directory.resolve("data").toString(),
              "--database",
              url.uri().replace(url.database(), "absent"));

      assertThat(outcome.exitCode()).isNotZero();
      assertThat(view(1)).isEqualTo(202);
      assertThat(running.manage("/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whoSucceedsAProcessThatIsKilledBeginsWithoutMemoryAndSaysSo() throws Throwable {
    try (RunningServer first = start()) {
      assertThat(view(1)).isEqualTo(202);
      first.kill();
    }

    try (RunningServer second = start()) {
      assertThat(view(1)).isEqualTo(202);
      assertThat(answer("select count(*) from interruption")).isEqualTo(1);
      assertThat(second.output()).doesNotContain("cannot be replaced");
    }
  }

  private RunningServer start(String... more) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--database",
                url.uri(),
                "--trusted-proxies",
                "127.0.0.0/8",
                "--rate-limit-exempt",
                "0.0.0.0/0"));
    flags.addAll(List.of(more));
    return RunningServer.beside(port, directory.resolve("data"), flags.toArray(String[]::new));
  }

  private void awaitViews(int count) throws Throwable {
    eventually(() -> assertThat(number).hasValueGreaterThan(count));
  }

  private void send() {
    while (!over) {
      int next = number.incrementAndGet();
      long began = System.nanoTime();
      try {
        int status = viewOnceOrTwice(next);
        if (status == 202) {
          acknowledged.add("/" + next);
        } else {
          failures.add(next + ": " + status);
        }
      } catch (IOException failure) {
        failures.add(next + ": " + failure);
      } catch (InterruptedException stopped) {
        return;
      }
      longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
    }
  }

  /**
   * A connection that was kept may be closed just as the next request is sent on it. Browsers send
   * it again, and the number of the beacon keeps it from counting twice.
   */
  private int viewOnceOrTwice(int view) throws IOException, InterruptedException {
    try {
      return view(view);
    } catch (IOException noAnswer) {
      sentAgain.incrementAndGet();
      return view(view);
    }
  }

  /** A view by one of the visitors, each of whom an address of their own tells from the others. */
  private int view(int view) throws IOException, InterruptedException {
    int visitor = view % VISITORS;
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/b"))
                .timeout(Duration.ofSeconds(60))
                .header("User-Agent", RunningServer.BROWSER)
                .header("Accept-Language", "da")
                .header("X-Forwarded-For", "10.%d.%d.1".formatted(visitor / 250, visitor % 250))
                .POST(
                    BodyPublishers.ofString(
                        "{\"d\": \"example.com\", \"u\": \"https://example.com/%d\", \"k\": \"k%d\"}"
                            .formatted(view, view)))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private long answer(String sql) {
    return database.pool().query(sql).execute().await().iterator().next().getLong(0);
  }
}
