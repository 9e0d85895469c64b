package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.testing.DebianPostgresql;
import dk.sporlos.testing.FreePorts;
import dk.sporlos.testing.Haproxy;
import dk.sporlos.testing.Jar;
import dk.sporlos.testing.PlacedClient;
import dk.sporlos.testing.RunningServer;
import dk.sporlos.testing.Snippets;
import dk.sporlos.testing.TestPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes on one database, behind HAProxy as {@code docs/operations.md} configures it,
 * while visitors of sixty networks come again and again.
 */
class NodesIT {
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final int VISITORS = 60;
  private static final int SENDERS = 3;
  private static final int ATTEMPTS = 20;
  private static final Pattern STORED =
      Pattern.compile("(?m)^sporlos_beacons_total\\{[^}]*outcome=\"stored\"[^}]*\\} (\\S+)$");

  @TempDir private Path directory;

  private DebianPostgresql postgresql;
  private DatabaseUrl url;
  private TestPool database;
  private final int[] ports = {FreePorts.pair(), FreePorts.pair(), FreePorts.pair()};
  private final int port = FreePorts.pair();
  private final List<RunningServer> nodes = new ArrayList<>();
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicInteger sentAgain = new AtomicInteger();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
  private Haproxy balancer;
  private volatile boolean over;

  @BeforeEach
  void start() throws Throwable {
    Path ofDatabase = Files.createDirectories(directory.resolve("postgresql"));
    // Three processes have some forty connections each, and those of one that was killed linger.
    postgresql = DebianPostgresql.start(ofDatabase, "max_connections=200");
    url = postgresql.create("sporlos");
    database = TestPool.of(url);
    Jar.run("site", "add", "example.com", "--database", url.uri());
    for (int node = 0; node < NAMES.size(); node++) {
      nodes.add(start(node));
    }
    balancer = Haproxy.start(directory, configuration(), port);
    eventually(() -> assertThat(send(0)).isEqualTo(202));
    acknowledged.add("/0");
    for (int sender = 0; sender < SENDERS; sender++) {
      senders.execute(this::send);
    }
    for (RunningServer node : nodes) {
      awaitMore(node);
    }
  }

  @AfterEach
  void stop() throws IOException {
    over = true;
    senders.shutdownNow();
    if (balancer != null) {
      balancer.close();
    }
    nodes.forEach(RunningServer::close);
    if (database != null) {
      database.close();
    }
    if (postgresql != null) {
      postgresql.close();
    }
  }

  @Test
  void nothingIsLostWhileEachNodeIsStoppedAndStartedAgain() throws Throwable {
    for (int node = 0; node < NAMES.size(); node++) {
      RunningServer old = nodes.get(node);
      old.terminate();
      assertThat(old.exitCode()).as(old.output()).isIn(0, 143);
      awaitMore(nodes.get((node + 1) % NAMES.size()));
      nodes.set(node, start(node));
      awaitMore(nodes.get(node));
    }
    finish();

    assertThatAllIsStored();
    assertThat(answer("select count(*) from interruption")).isZero();
    nodes.forEach(node -> assertThat(node.log()).doesNotContain("ERROR"));
  }

  @Test
  void nothingThatWasAnsweredIsLostWhenANodeIsKilled() throws Throwable {
    nodes.get(1).kill();
    awaitMore(nodes.get(0));
    awaitMore(nodes.get(2));
    int whileAway = number.get();
    eventually(() -> assertThat(number).hasValueGreaterThan(whileAway + 2 * VISITORS));
    nodes.set(1, start(1));
    awaitMore(nodes.get(1));
    finish();

    assertThatAllIsStored();
    assertThat(answer("select count(*) from interruption")).isEqualTo(1);
  }

  /**
   * A beacon that got no answer is sent again with its number, as the tracker does; another node
   * does not know the number, so that such a one may be stored twice.
   */
  private void assertThatAllIsStored() {
    System.out.printf("%d views, %d of them sent again%n", acknowledged.size(), sentAgain.get());
    assertThat(failures).isEmpty();
    assertThat(answer("select count(distinct path) from hit join page on page.id = page_id"))
        .isEqualTo(acknowledged.size());
    assertThat(answer("select count(*) from hit"))
        .isBetween((long) acknowledged.size(), (long) acknowledged.size() + sentAgain.get());
    assertThat(acknowledged).hasSizeGreaterThan(4 * VISITORS);
    assertThat(sentAgain).hasValueLessThan(acknowledged.size() / 10);
  }

  private RunningServer start(int node) {
    return RunningServer.beside(
        ports[node],
        directory.resolve(NAMES.get(node)),
        "--database",
        url.uri(),
        "--node-name",
        NAMES.get(node),
        "--trusted-proxies",
        "127.0.0.1/32",
        "--rate-limit-exempt",
        "0.0.0.0/0",
        "--drain-delay",
        "4");
  }

  private String configuration() throws IOException {
    String shown = Snippets.of("haproxy").replace("bind :80\n", "bind 127.0.0.1:" + port + "\n");
    for (int node = 0; node < NAMES.size(); node++) {
      shown =
          shown.replaceFirst(
              "server %s \\S+ check port \\d+".formatted(NAMES.get(node)),
              "server %s 127.0.0.1:%d check port %d"
                  .formatted(NAMES.get(node), ports[node], ports[node] + 1));
    }
    assertThat(shown).contains("127.0.0.1:" + ports[0], "127.0.0.1:" + ports[2]);
    return shown;
  }

  /** Waits until the balancer sends visitors to a node, and it stores what they send. */
  private static void awaitMore(RunningServer node) throws Throwable {
    double before = stored(node);
    eventually(() -> assertThat(stored(node)).isGreaterThan(before + 2));
  }

  private static double stored(RunningServer node) throws IOException, InterruptedException {
    Matcher matcher = STORED.matcher(node.manage("/metrics").body());
    double sum = 0;
    while (matcher.find()) {
      sum += Double.parseDouble(matcher.group(1));
    }
    return sum;
  }

  private void finish() throws InterruptedException {
    over = true;
    senders.shutdown();
    assertThat(senders.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
  }

  private void send() {
    while (!over) {
      int view = number.incrementAndGet();
      try {
        if (sendUntilAnswered(view)) {
          acknowledged.add("/" + view);
        } else {
          failures.add(view + " got no answer");
        }
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean sendUntilAnswered(int view) throws InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) {
        sentAgain.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(500);
      }
      try {
        if (send(view) == 202) {
          return true;
        }
      } catch (IOException noAnswer) {
        // Then again, as the tracker does.
      }
    }
    return false;
  }

  private int send(int view) throws IOException {
    return PlacedClient.post(
        view % VISITORS,
        port,
        "/b",
        "{\"d\": \"example.com\", \"u\": \"https://example.com/%d\", \"k\": \"k%d\"}"
            .formatted(view, view));
  }

  private long answer(String sql) {
    return database.pool().query(sql).execute().await().iterator().next().getLong(0);
  }
}
