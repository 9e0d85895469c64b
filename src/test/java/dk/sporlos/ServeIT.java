package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.metrics.JsonLines;
import dk.sporlos.testing.Jar;
import dk.sporlos.testing.RunningServer;
import dk.sporlos.testing.ServerProcesses;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as an operator meets it. */
class ServeIT {
  private static final String BEACON =
      "{\"d\": \"example.com\", \"n\": \"pageview\", \"u\": \"https://example.com/a\"}";
  private static final String QUERY =
      "{\"site_id\": \"example.com\", \"metrics\": [\"pageviews\"], \"date_range\": \"7d\"}";

  @TempDir private Path directory;

  @Test
  void commandsWorkWithoutAServerBesideOneAndAfterItsStop() throws Exception {
    String data = directory.resolve("data").toString();

    assertThat(Jar.run("site", "add", "example.com", "--data", data).exitCode()).isZero();
    String token;
    try (RunningServer server = RunningServer.on(Path.of(data))) {
      assertThat(Jar.run("site", "add", "other.example", "--data", data).exitCode()).isZero();
      token =
          Jar.run("token", "create", "--site", "example.com", "--scope", "stats", "--data", data)
              .out()
              .strip();
      assertThat(server.beacon(BEACON).statusCode()).isEqualTo(202);
      assertThat(server.query(token, QUERY).body()).contains("\"metrics\":[1]");
      assertThat(Jar.run("stats", "example.com", "--data", data).out()).contains("/a");
      assertThat(server.manage("/health/ready").statusCode()).isEqualTo(200);
    }

    assertThat(Jar.run("site", "list", "--data", data).out())
        .contains("example.com\tUTC")
        .contains("other.example\tUTC");
    assertThat(Jar.run("stats", "example.com", "--by", "day", "--data", data).out()).contains("1");
    try (RunningServer server = RunningServer.on(Path.of(data))) {
      assertThat(server.query(token, QUERY).body()).contains("\"metrics\":[1]");
    }
  }

  @Test
  void theLogIsJsonWhereThatIsSaid() throws Throwable {
    Path networks = Files.writeString(directory.resolve("networks"), "192.0.2.0/24\n");
    String log;
    try (RunningServer server =
        RunningServer.on(
            directory.resolve("data"),
            "--log-format",
            "json",
            "--data-centres",
            networks.toString())) {
      eventually(() -> assertThat(server.log()).contains("1 networks"));
      Files.writeString(networks, "no network\n");
      eventually(() -> assertThat(server.log()).contains("what was read before holds"));
      log = server.log();
    }

    assertThat(log.lines().map(JsonObject::new))
        .allSatisfy(line -> assertThat(JsonLines.FIELDS).containsAll(line.fieldNames()))
        .extracting(line -> line.getString("level"))
        .contains("INFO", "WARN");
  }

  @Test
  void tracesAreSentByTheJarToo() throws Exception {
    List<Integer> received = new CopyOnWriteArrayList<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          received.add(exchange.getRequestBody().readAllBytes().length);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try {
      String where = "http://127.0.0.1:" + collector.getAddress().getPort();
      try (RunningServer server = RunningServer.on(directory.resolve("data"), "--traces", where)) {
        assertThat(server.query("none", QUERY).statusCode()).isEqualTo(401);
      }
      assertThat(received).isNotEmpty().allMatch(bytes -> bytes > 50);
    } finally {
      collector.stop(0);
    }
  }

  @Test
  void theDoctorFindsNothingWrongWithAServerThatHasJustStarted() throws Exception {
    Path data = directory.resolve("data");
    try (RunningServer server = RunningServer.on(data)) {
      String management = "127.0.0.1:" + server.management().getPort();

      Jar.Outcome outcome = Jar.run("doctor", "--json", "--management", management);

      JsonObject answer = new JsonObject(outcome.out());
      assertThat(answer.getJsonArray("findings").encode())
          .doesNotContain("check-failed", "fsync", "partitions", "schema", "log-", "max-conn");
      assertThat(answer.getJsonArray("checks").encode())
          .contains("{\"check\":\"database-settings\",\"outcome\":\"ok\"}");
    }
    assertThat(Jar.run("doctor", "--management", "127.0.0.1:1").exitCode()).isEqualTo(3);
  }

  @Test
  void theUrlOfTheDatabaseIsWhatPsqlTakes() throws Exception {
    Path data = directory.resolve("data");
    try (RunningServer server = RunningServer.on(data)) {
      Jar.Outcome outcome = Jar.run("database", "url", "--data", data.toString());
      String url = outcome.out().strip();

      assertThat(outcome.exitCode()).isZero();
      assertThat(server.output()).doesNotContain(DatabaseUrl.parse(url).password());
      Process psql =
          new ProcessBuilder("psql", url, "-Atc", "select count(*) from site")
              .redirectErrorStream(true)
              .start();
      assertThat(new String(psql.getInputStream().readAllBytes(), UTF_8)).isEqualTo("0\n");
    }
  }

  @Test
  void aDatabaseOfOnesOwnServesAsWell() throws Exception {
    String url = TestDatabase.create().uri();
    assertThat(Jar.run("site", "add", "example.com", "--database", url).exitCode()).isZero();

    try (RunningServer server = RunningServer.on(directory.resolve("unused"), "--database", url)) {
      assertThat(server.beacon(BEACON).statusCode()).isEqualTo(202);
      assertThat(Jar.run("stats", "example.com", "--database", url).out()).contains("/a");
    }
    assertThat(directory.resolve("unused").toFile().list())
        .containsExactlyInAnyOrder("spool", "installation");
  }

  @Test
  void servesOnWhenTheTempDirectoryIsEmptied() throws Exception {
    Path temp = Files.createDirectory(directory.resolve("temp"));
    Path data = directory.resolve("data");
    Jar.run("site", "add", "example.com", "--data", data.toString());

    try (RunningServer server = RunningServer.start(List.of("-Djava.io.tmpdir=" + temp), data)) {
      assertThat(server.beacon(BEACON).statusCode()).isEqualTo(202);
      remove(temp);

      assertThat(server.beacon(BEACON.replace("/a", "/b")).statusCode()).isEqualTo(202);
      assertThat(server.manage("/health/ready").statusCode()).isEqualTo(200);
      assertThat(server.manage("/metrics").statusCode()).isEqualTo(200);
    }
    assertThat(Jar.run("stats", "example.com", "--data", data.toString()).out()).contains("/b");
  }

  @Test
  void takesBeaconsWhileItsDatabaseHangsAndCountsThemWhenItIsBack() throws Throwable {
    Path data = directory.resolve("data");
    Jar.run("site", "add", "example.com", "--data", data.toString());
    try (RunningServer server = RunningServer.on(data)) {
      assertThat(server.beacon(BEACON).statusCode()).isEqualTo(202);
      ServerProcesses.pause(data);
      try {
        assertThat(server.beacon(BEACON.replace("/a", "/b")).statusCode()).isEqualTo(202);
        assertThat(server.manage("/health/ready").statusCode()).isEqualTo(200);
        assertThat(server.manage("/health/ready").body()).contains("\"database\":\"away\"");
      } finally {
        ServerProcesses.resume(data);
      }

      eventually(
          () ->
              assertThat(server.manage("/health/ready").body())
                  .contains("\"database\":\"up\"", "\"spool_bytes\":0"));
      assertThat(server.beacon(BEACON.replace("/a", "/c")).statusCode()).isEqualTo(202);
    }
    assertThat(Jar.run("stats", "example.com", "--by", "page", "--data", data.toString()).out())
        .contains("/b", "/c");
  }

  @Test
  void theDemoShowsFiguresAtOnce() throws Throwable {
    Path data = directory.resolve("data");
    try (RunningServer demo = RunningServer.demo(data)) {
      assertThat(demo.output()).contains("demo data");
      eventually(
          () ->
              assertThat(
                      Jar.run(
                              "stats",
                              "demo.example",
                              "--by",
                              "day",
                              "--last",
                              "91d",
                              "--data",
                              data.toString())
                          .out()
                          .lines()
                          .filter(line -> line.startsWith("20")))
                  .hasSize(90));
      assertThat(Jar.run("site", "list", "--data", data.toString()).out())
          .contains("demo.example\tEurope/Copenhagen\tdk\tdemo data");
    }
  }

  private static void remove(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
