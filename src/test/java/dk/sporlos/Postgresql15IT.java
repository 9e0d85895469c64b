package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.testing.DebianPostgresql;
import dk.sporlos.testing.Jar;
import dk.sporlos.testing.RunningServer;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The oldest PostgreSQL that is taken, from beacon to figures, and the way from there into the
 * PostgreSQL that is in the jar, which is also the way from one of its major versions to the next.
 */
class Postgresql15IT {
  private static final String VERSION =
      "select current_setting('server_version_num')::bigint / 10000";
  private static final String SEALED_VIEWS =
      "select coalesce(sum(figure), 0) from daily, unnest(views) as figure where dimension = 0";

  @TempDir private Path directory;

  private DebianPostgresql server;
  private DatabaseUrl url;

  @BeforeEach
  void start() throws Exception {
    server = DebianPostgresql.start(Files.createDirectories(directory.resolve("postgresql")));
    url = server.create("sporlos");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void figuresComeAboutOnItAndAreTheSameInThePostgresqlOfTheJar() throws Throwable {
    assertThat(command("site", "add", "example.com")).contains("example.com");
    String token = command("token", "create", "--site", "example.com", "--scope", "stats").strip();
    try (RunningServer collector = collector()) {
      send(collector, "/a", "/a", "/b");
    }
    change("update hit set at = at - interval '48 hours'");
    try (RunningServer collector = collector()) {
      eventually(() -> assertThat(answer(url, "select count(*) from hit")).isZero());
      assertThat(answer(url, "select sum(views) from visit")).isEqualTo(3);
      command("seal", "--site", "example.com", "--from", daysAgo(3), "--to", daysAgo(1));
      assertThat(answer(url, SEALED_VIEWS)).isEqualTo(3);
      send(collector, "/c");
      eventually(() -> assertThat(views(collector, token)).isEqualTo(4));
    }
    String figures = command("stats", "example.com");
    assertThat(figures).contains("/a", "/b", "/c");
    assertThat(answer(url, VERSION)).isEqualTo(15);

    String file = directory.resolve("backup.zip").toString();
    command("backup", file);
    DatabaseUrl again = server.create("again");
    run("restore", file, "--database", again.uri());
    assertThat(run("stats", "example.com", "--database", again.uri())).startsWith(figures);

    String embedded = directory.resolve("embedded").toString();
    run("restore", file, "--data", embedded);
    assertThat(run("stats", "example.com", "--data", embedded)).startsWith(figures);
    try (RunningServer collector = RunningServer.on(Path.of(embedded))) {
      DatabaseUrl own = DatabaseUrl.parse(run("database", "url", "--data", embedded).strip());
      assertThat(answer(own, VERSION)).isGreaterThanOrEqualTo(18);
      assertThat(views(collector, token)).isEqualTo(4);
      send(collector, "/d");
      eventually(() -> assertThat(views(collector, token)).isEqualTo(5));
    }
  }

  private RunningServer collector() {
    return RunningServer.on(directory.resolve("data"), "--database", url.uri());
  }

  private static void send(RunningServer collector, String... paths) throws Exception {
    for (String path : paths) {
      String beacon =
          "{\"d\":\"example.com\",\"n\":\"pageview\",\"u\":\"https://example.com%s\"}"
              .formatted(path);
      assertThat(collector.beacon(beacon).statusCode()).isEqualTo(202);
    }
  }

  private static int views(RunningServer collector, String token) throws Exception {
    JsonArray results =
        new JsonObject(
                collector
                    .query(
                        token,
                        """
                        {"site_id": "example.com", "metrics": ["pageviews"], "date_range": "7d",
                         "include": {"imports": false}}""")
                    .body())
            .getJsonArray("results");
    return results.getJsonObject(0).getJsonArray("metrics").getInteger(0);
  }

  private static String daysAgo(int days) {
    return LocalDate.now(ZoneOffset.UTC).minusDays(days).toString();
  }

  private String command(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--database";
    all[words.length + 1] = url.uri();
    return run(all);
  }

  private static String run(String... words) {
    Jar.Outcome outcome = Jar.run(words);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome.out();
  }

  private void change(String sql) {
    try (TestPool database = TestPool.of(url)) {
      database.pool().query(sql).execute().await();
    }
  }

  private static long answer(DatabaseUrl url, String sql) {
    try (TestPool database = TestPool.of(url)) {
      return database.pool().query(sql).execute().await().iterator().next().getLong(0);
    }
  }
}
