package dk.sporlos.bench;

import static dk.sporlos.bench.Table.figure;

import dk.sporlos.fold.Horizon;
import dk.sporlos.fold.Partitions;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.transfer.ImportRoutes;
import dk.sporlos.transfer.ImportWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How many lines a second are imported, a day of a large site in each request. */
public final class ImportBenchmark {
  private static final String USAGE =
      """
      bench/import: lines a second through POST /api/import/hits, until they are visits, and the
      processor time that each takes; the Java machine's has the client's in it.
      --days 5 requests after the first, a day each   --views 200000 page views a day
      --data target/bench-import
      """;

  private static final double LIMIT = 50_000;

  private ImportBenchmark() {}

  /** See {@link #USAGE}. */
  public static void main(String... arguments) throws IOException, InterruptedException {
    Arguments flags =
        Arguments.parse(
            USAGE,
            Map.of("days", "5", "views", "200000", "data", "target/bench-import"),
            arguments);
    System.out.println(Machine.describe());
    System.out.println(Fsync.measure(Path.of(flags.text("data")).resolveSibling("bench-fsync")));
    try (BenchDatabase database = BenchDatabase.start(Path.of(flags.text("data")))) {
      database.addSite(BenchSite.HOST);
      Site site =
          Objects.requireNonNull(
              new SiteStore(database.database().pool()).find(BenchSite.HOST).await());
      HttpServer server = serve(database, site);
      LocalDate first = LocalDate.now(site.zone()).minusDays(flags.number("days") + 2L);
      YearOfVisits visits = new YearOfVisits(site.id(), site.zone(), /* seed= */ 42);
      Table table =
          new Table(
              "lines", "MB", "seconds", "lines/s", "limit", "ratio", "JVM µs", "PostgreSQL µs");
      long self = ProcessHandle.current().pid();
      byte[] body = {};
      for (int day = 0; day <= flags.number("days"); day++) {
        body = lines(visits, site, first.plusDays(day), flags.number("views"));
        double jvm = Cpu.of(self);
        double postgresql = Cpu.ofTree(database.postmaster());
        long began = System.nanoTime();
        int lines = send(server.actualPort(), body);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (day > 0) {
          table.row(
              figure(lines),
              figure(body.length / 1e6),
              figure(seconds),
              figure(lines / seconds),
              figure(LIMIT),
              figure(lines / seconds / LIMIT),
              figure(1e6 * (Cpu.of(self) - jvm) / lines),
              figure(1e6 * (Cpu.ofTree(database.postmaster()) - postgresql) / lines));
        }
      }
      table.print();
      System.out.printf(
          "Bare loop that splits and parses the last body, one thread: %s lines/s%n",
          figure(bareLinesPerSecond(body)));
      server.close().await();
    }
  }

  /** The best of three. */
  private static double bareLinesPerSecond(byte[] body) {
    double best = 0;
    for (int i = 0; i < 3; i++) {
      long began = System.nanoTime();
      int lines = 0;
      int begin = 0;
      for (int end = 0; end < body.length; end++) {
        if (body[end] == '\n') {
          Json.decodeValue(Buffer.buffer(Arrays.copyOfRange(body, begin, end)));
          begin = end + 1;
          lines++;
        }
      }
      best = Math.max(best, lines / ((System.nanoTime() - began) / 1e9));
    }
    return best;
  }

  private static HttpServer serve(BenchDatabase database, Site site) {
    Pool pool = database.database().openForLongWork("import", 4);
    Router router = Router.router(database.vertx());
    new ImportRoutes(
            database.vertx(),
            (token, domain) -> Future.succeededFuture(site),
            new ImportWriter(
                database.vertx(),
                pool,
                new Partitions(database.database().pool()),
                Horizon.of(Clock.systemUTC()),
                Clock.systemUTC(),
                new SimpleMeterRegistry()),
            Clock.systemUTC(),
            new SecureRandom(),
            connection -> {})
        .mount(router);
    return database
        .vertx()
        .createHttpServer()
        .requestHandler(router)
        .listen(0, "127.0.0.1")
        .await();
  }

  private static int send(int port, byte[] body) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d/api/import/hits".formatted(port));
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer any")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException("an import was refused: " + response.body());
    }
    return new JsonObject(response.body()).getInteger("lines");
  }

  /** A day of visits as another tool would tell it: all that is known in each line. */
  private static byte[] lines(YearOfVisits visits, Site site, LocalDate day, double views) {
    StringBuilder lines = new StringBuilder();
    for (MadeVisit visit : visits.day(day, views)) {
      long began = day.atTime(visit.hour(), 0).atZone(site.zone()).toEpochSecond() + visit.second();
      List<String> client = BenchSite.words("client", visit.client());
      List<String> place = BenchSite.words("place", visit.place());
      for (MadeVisit.Step step : visit.steps()) {
        JsonObject line =
            new JsonObject()
                .put("site", BenchSite.HOST)
                .put("visitor", "v" + visit.visitor())
                .put("at", Instant.ofEpochSecond(began + step.after()).toString())
                .put("url", "https://" + BenchSite.HOST + step.path())
                .put("browser", client.get(0))
                .put("browser_version", client.get(1))
                .put("os", client.get(2))
                .put("device", client.get(4))
                .put("language", client.get(6))
                .put("country", place.get(0))
                .put("region", place.get(1));
        if (step.event() >= 0) {
          line.put("name", BenchSite.EVENTS.get(step.event()))
              .put("props", new JsonObject().put("plan", "yearly"));
        } else {
          line.put("engagement_ms", step.engaged() * 1_000).put("scroll_depth", step.scroll());
        }
        if (visit.referrer() >= 0) {
          line.put("referrer", "https://" + BenchSite.words("referrer", visit.referrer()).get(2));
        }
        lines.append(line.encode()).append('\n');
      }
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }
}
