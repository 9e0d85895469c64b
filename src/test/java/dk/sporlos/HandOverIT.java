package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.testing.Jar;
import dk.sporlos.testing.RunningServer;
import dk.sporlos.testing.TestPool;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new process knows of the visitors of the one before it. */
class HandOverIT {
  private static final int VISITORS = 1_000;
  private static final String[] PROXIED = {"--trusted-proxies", "127.0.0.0/8"};

  @TempDir private Path directory;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void aThousandVisitorsAreAThousandAfterARestartWithTrafficRunning() throws Throwable {
    Path data = directory.resolve("data");
    Jar.run("site", "add", "example.com", "--data", data.toString());
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    ExecutorService traffic = Executors.newFixedThreadPool(2);

    try (RunningServer server = RunningServer.on(data, PROXIED)) {
      visitAll(server, "first");
      for (int sender = 0; sender < 2; sender++) {
        int from = 5_000 + 1_000 * sender;
        traffic.execute(() -> send(server, from, acknowledged));
      }
      eventually(() -> assertThat(acknowledged).hasSizeGreaterThan(50));
      server.terminate();
      assertThat(server.exitCode()).isZero();
    }
    traffic.shutdown();
    assertThat(traffic.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    try (RunningServer server = RunningServer.on(data, PROXIED)) {
      visitAll(server, "second");

      assertThat(
              answer(
                  data,
                  "select count(distinct visitor) from hit where page_id in"
                      + " (select id from page where path in ('/first', '/second'))"))
          .isEqualTo(VISITORS);
      assertThat(
              answer(
                  data,
                  "select count(distinct visit) from hit where page_id in"
                      + " (select id from page where path in ('/first', '/second'))"))
          .isEqualTo(VISITORS);
      assertThat(
              answer(
                  data,
                  "select count(distinct path) from hit join page on page.id = page_id"
                      + " where path like '/running/%'"))
          .isGreaterThanOrEqualTo(acknowledged.size());
      assertThat(answer(data, "select count(*) from interruption")).isZero();
    }
  }

  @Test
  void afterAKillTheDayIsMarkedAndAnswersSaySo() throws Throwable {
    Path data = directory.resolve("data");
    Jar.run("site", "add", "example.com", "--data", data.toString());
    try (RunningServer server = RunningServer.on(data, PROXIED)) {
      visit(server, 1, "before");
      server.kill();
    }

    try (RunningServer server = RunningServer.on(data, PROXIED)) {
      visit(server, 1, "after");

      assertThat(answer(data, "select count(*) from interruption")).isEqualTo(1);
      assertThat(answer(data, "select count(distinct visitor) from hit")).isEqualTo(2);
      assertThat(Jar.run("stats", "example.com", "--data", data.toString()).out())
          .contains("a process lost its memory");
    }
  }

  private void visitAll(RunningServer server, String page) throws Exception {
    for (int visitor = 0; visitor < VISITORS; visitor++) {
      assertThat(visit(server, visitor, page)).isEqualTo(202);
    }
  }

  private void send(RunningServer server, int from, Set<String> acknowledged) {
    for (int number = from; ; number++) {
      try {
        if (visit(server, number, "running/" + number) == 202) {
          acknowledged.add("/running/" + number);
        }
      } catch (IOException stopped) {
        return;
      } catch (InterruptedException over) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** A view of somebody whom an address of their own tells from everybody else. */
  private int visit(RunningServer server, int visitor, String page)
      throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(server.address().resolve("/b"))
                .header("User-Agent", RunningServer.BROWSER)
                .header("Accept-Language", "da")
                .header("X-Forwarded-For", "10.%d.%d.1".formatted(visitor / 250, visitor % 250))
                .POST(
                    BodyPublishers.ofString(
                        "{\"d\": \"example.com\", \"u\": \"https://example.com/%s\"}"
                            .formatted(page)))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private static long answer(Path data, String sql) {
    String url = Jar.run("database", "url", "--data", data.toString()).out().strip();
    try (TestPool database = TestPool.of(DatabaseUrl.parse(url))) {
      return database.pool().query(sql).execute().await().iterator().next().getLong(0);
    }
  }
}
