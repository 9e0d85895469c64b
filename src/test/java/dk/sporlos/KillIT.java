package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.testing.Jar;
import dk.sporlos.testing.RunningServer;
import dk.sporlos.testing.ServerProcesses;
import dk.sporlos.testing.TestPool;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise that a beacon answered with success is durable, kept by killing. */
class KillIT {
  private static final int SENDERS = 8;
  private static final int KILLS = 3;
  private static final int BEFORE_KILL = 150;

  @TempDir private Path directory;

  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger number = new AtomicInteger();

  @Test
  void everyAcknowledgedHitIsThereAfterTheProcessIsKilledBetweenBeacons() throws Throwable {
    Path data = directory.resolve("data");
    assertThat(Jar.run("site", "add", "example.com", "--data", data.toString()).exitCode())
        .isZero();

    for (int kill = 0; kill < KILLS; kill++) {
      try (RunningServer server = RunningServer.on(data)) {
        sendUntilKilled(server);
      }
    }

    try (RunningServer server = RunningServer.on(data)) {
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS * BEFORE_KILL);
      eventually(() -> assertThat(new HashSet<>(storedPaths(data))).containsAll(acknowledged));
      List<String> stored = storedPaths(data);
      assertThat(sent).containsAll(stored);
      assertThat(stored).doesNotHaveDuplicates();
      assertThat(ServerProcesses.postmasters(data)).hasSize(1);
      assertThat(server.manage("/health/ready").statusCode()).isEqualTo(200);
    }
    assertThat(ServerProcesses.postmasters(data)).isEmpty();
  }

  @Test
  void everyAcknowledgedHitIsThereAfterPostgresqlIsKilledAndItIsStartedAgain() throws Throwable {
    Path data = directory.resolve("data");
    Jar.run("site", "add", "example.com", "--data", data.toString());

    try (RunningServer server = RunningServer.on(data)) {
      ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
      CountDownLatch enough = new CountDownLatch(BEFORE_KILL);
      for (int sender = 0; sender < SENDERS; sender++) {
        senders.execute(() -> send(server, enough));
      }
      assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
      ServerProcesses.postmasters(data).forEach(ProcessHandle::destroyForcibly);
      int before = acknowledged.size();
      eventually(() -> assertThat(acknowledged).hasSizeGreaterThan(before + BEFORE_KILL));
      senders.shutdownNow();
      assertThat(senders.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

      eventually(
          () -> assertThat(server.manage("/health/ready").body()).contains("\"database\":\"up\""));
      // What was taken while PostgreSQL was away comes from the spool.
      eventually(() -> assertThat(new HashSet<>(storedPaths(data))).containsAll(acknowledged));
      assertThat(ServerProcesses.postmasters(data)).hasSize(1);
      assertThat(server.output()).contains("PostgreSQL had died and was started again");
    }
  }

  private void sendUntilKilled(RunningServer server) throws InterruptedException {
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    CountDownLatch enough = new CountDownLatch(BEFORE_KILL);
    for (int sender = 0; sender < SENDERS; sender++) {
      senders.execute(() -> send(server, enough));
    }
    assertThat(enough.await(60, TimeUnit.SECONDS)).as("answers before the kill").isTrue();
    server.kill();
    senders.shutdownNow();
    assertThat(senders.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  private void send(RunningServer server, CountDownLatch enough) {
    while (!Thread.currentThread().isInterrupted()) {
      String path = "/" + number.incrementAndGet();
      sent.add(path);
      try {
        HttpResponse<String> answer =
            server.beacon(
                """
                {"d": "example.com", "n": "pageview", "u": "https://example.com%s"}"""
                    .formatted(path));
        if (answer.statusCode() == 202 && answer.headers().map().get("sporlos-ignored") == null) {
          acknowledged.add(path);
          enough.countDown();
        }
      } catch (IOException killed) {
        return;
      } catch (InterruptedException over) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Paths of the inbox and of visits; nothing is due for folding within this test. */
  private static List<String> storedPaths(Path data) {
    String url = Jar.run("database", "url", "--data", data.toString()).out().strip();
    try (TestPool database = TestPool.of(DatabaseUrl.parse(url))) {
      List<String> paths = new ArrayList<>();
      database
          .pool()
          .query(
              """
              select path from hit join page on page.id = page_id
              union all
              select path from visit, unpack(steps) as step join page on page.id = step.page_id
              """)
          .execute()
          .await()
          .forEach(row -> paths.add(row.getString("path")));
      return paths;
    }
  }
}
