package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.testing.Jar;
import dk.sporlos.testing.RunningServer;
import dk.sporlos.testing.ServerProcesses;
import dk.sporlos.testing.TestPool;
import dk.sporlos.testing.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults under load. Each time: what was acknowledged is stored, what is stored was sent, nothing
 * is stored twice, and what was refused is counted.
 */
class FaultIT {
  private static final int SENDERS = 6;
  private static final Duration WHILE = Duration.ofSeconds(3);
  private static final Pattern SPOOLED = Pattern.compile("(?m)^sporlos_spool_bytes (\\S+)$");

  /** A second, and the writing of what was counted in it. */
  private static final Duration LAST_SECOND = Duration.ofSeconds(2);

  @TempDir private Path directory;

  private Path data;

  @BeforeEach
  void addSite() {
    data = directory.resolve("data");
    Jar.run("site", "add", "example.com", "--data", data.toString());
  }

  @Test
  void everythingIsAccountedForWhileTheDatabaseDiesHangsAndTheSpoolFills() throws Throwable {
    try (RunningServer server = RunningServer.on(data, "--spool-size", "1MB")) {
      Traffic traffic = Traffic.to(server, SENDERS, 0);
      try (traffic) {
        goOn();
        ServerProcesses.postmasters(data).forEach(ProcessHandle::destroyForcibly);
        goOn();
        awaitMore(traffic);
        ServerProcesses.pause(data);
        try {
          awaitRefusal(traffic, "spool-full");
        } finally {
          ServerProcesses.resume(data);
        }
        eventually(() -> assertThat(spooledBytes(server)).isZero());
        awaitMore(traffic);
      }
      eventually(() -> assertThat(spooledBytes(server)).isZero());

      assertThat(traffic.unanswered()).isZero();
      assertStored(List.of(traffic));
      assertThat(traffic.refusals())
          .containsKeys(
              "bot",
              "malformed",
              "unknown-site",
              "opted-out",
              "aborted",
              "duplicate",
              "spool-full");
      eventually(() -> assertThat(refusals()).isEqualTo(traffic.refusals()));
    }
  }

  @Test
  void everythingIsAccountedForWhenTheProcessIsKilledTimeAndAgain() throws Throwable {
    List<Traffic> traffics = new ArrayList<>();
    Map<String, Long> atLeast = new TreeMap<>();
    for (int kill = 0; kill < 3; kill++) {
      try (RunningServer server = RunningServer.on(data)) {
        Traffic traffic = Traffic.to(server, SENDERS, kill * 1_000_000);
        traffics.add(traffic);
        try (traffic) {
          awaitMore(traffic);
          goOn();
          boolean withTheDatabase = kill == 1;
          long killed = System.nanoTime();
          if (withTheDatabase) {
            ServerProcesses.postmasters(data).forEach(ProcessHandle::destroyForcibly);
          }
          server.kill();
          refusedBefore(killed, traffic)
              .forEach((reason, count) -> atLeast.merge(reason, count, Long::sum));
        }
      }
    }

    try (RunningServer server = RunningServer.on(data)) {
      eventually(() -> assertThat(spooledBytes(server)).isZero());
      assertStored(traffics);
      assertCounted(atLeast, refusals());
    }
  }

  @Test
  void whatWaitsInTheSpoolOutlivesTheProcess() throws Throwable {
    Traffic traffic;
    Map<String, Long> atLeast;
    try (RunningServer server = RunningServer.on(data)) {
      traffic = Traffic.to(server, SENDERS, 0);
      try (traffic) {
        awaitMore(traffic);
        ServerProcesses.pause(data);
        eventually(() -> assertThat(spooledBytes(server)).isPositive());
        awaitMore(traffic);
        goOn();
        long killed = System.nanoTime();
        server.kill();
        atLeast = refusedBefore(killed, traffic);
      }
    }

    try (RunningServer server = RunningServer.on(data)) {
      eventually(() -> assertThat(spooledBytes(server)).isZero());
      assertStored(List.of(traffic));
      eventually(() -> assertCounted(atLeast, refusals()));
      refusals()
          .forEach(
              (reason, count) ->
                  assertThat(count)
                      .as(reason)
                      .isLessThanOrEqualTo(traffic.refusals().getOrDefault(reason, 0L)));
    }
  }

  /** How many were refused for which reason, but for the last second. */
  private static Map<String, Long> refusedBefore(long killed, Traffic traffic) {
    Map<String, Long> refused = new TreeMap<>();
    traffic.refused().stream()
        .filter(each -> killed - each.nanos() > LAST_SECOND.toNanos())
        .forEach(each -> refused.merge(each.reason(), 1L, Long::sum));
    return refused;
  }

  private static void assertCounted(Map<String, Long> atLeast, Map<String, Long> counted) {
    assertThat(atLeast).isNotEmpty();
    atLeast.forEach(
        (reason, count) ->
            assertThat(counted.getOrDefault(reason, 0L)).as(reason).isGreaterThanOrEqualTo(count));
  }

  private void assertStored(List<Traffic> traffics) {
    List<String> stored = stored();
    assertThat(stored).doesNotHaveDuplicates();
    assertThat(new HashSet<>(stored))
        .containsAll(traffics.stream().flatMap(each -> each.acknowledged().stream()).toList());
    assertThat(new HashSet<>(traffics.stream().flatMap(each -> each.sent().stream()).toList()))
        .containsAll(stored);
  }

  private static void goOn() throws InterruptedException {
    Thread.sleep(WHILE.toMillis());
  }

  private static void awaitMore(Traffic traffic) throws Throwable {
    int before = traffic.acknowledged().size();
    eventually(() -> assertThat(traffic.acknowledged()).hasSizeGreaterThan(before + 200));
  }

  private static void awaitRefusal(Traffic traffic, String reason) throws Throwable {
    eventually(() -> assertThat(traffic.refusals()).containsKey(reason));
  }

  private static double spooledBytes(RunningServer server) throws Exception {
    Matcher matcher = SPOOLED.matcher(server.manage("/metrics").body());
    assertThat(matcher.find()).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  private Map<String, Long> refusals() {
    try (TestPool database = pool()) {
      Map<String, Long> refusals = new TreeMap<>();
      database
          .pool()
          .query("select reason, sum(count)::bigint as count from refusal group by reason")
          .execute()
          .await()
          .forEach(row -> refusals.put(row.getString("reason"), row.getLong("count")));
      return refusals;
    }
  }

  /** Numbers of the inbox and of visits. */
  private List<String> stored() {
    try (TestPool database = pool()) {
      List<String> numbers = new ArrayList<>();
      database
          .pool()
          .query(
              """
              select properties ->> 'number' as number from hit
              union all
              select properties ->> 'number' from event
              """)
          .execute()
          .await()
          .forEach(row -> numbers.add(row.getString("number")));
      return numbers;
    }
  }

  private TestPool pool() {
    return TestPool.of(
        DatabaseUrl.parse(Jar.run("database", "url", "--data", data.toString()).out().strip()));
  }
}
