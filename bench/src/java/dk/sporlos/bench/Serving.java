package dk.sporlos.bench;

import dk.sporlos.database.Database;
import dk.sporlos.database.EmbeddedServer;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.RunningServer;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jar as a process that serves, with its embedded database and some sites. */
final class Serving implements AutoCloseable {
  private static final String COUNT = "select count(*) from hit where site_id = any ($1::int[])";
  private static final List<String> SITES =
      List.of(
          "first.example", "second.example", "third.example", "fourth.example", "fifth.example");

  private final RunningServer server;
  private final Vertx vertx = Vertx.vertx();
  private final Database database;
  private final List<SiteId> sites = new ArrayList<>();
  private final History history;
  private final long postmaster;

  private Serving(RunningServer server, Path data) {
    this.server = server;
    this.database = new Database(vertx, EmbeddedServer.locate(data).url());
    this.postmaster = postmaster(data);
    SITES.forEach(domain -> sites.add(add(domain)));
    this.history = new History(database.pool(), database.open("fold", 2), add("history.example"));
  }

  static Serving start(Path jar, Path data, List<String> options) {
    return new Serving(
        RunningServer.start(jar, options, data, "--trusted-proxies", "127.0.0.1/32"), data);
  }

  private SiteId add(String domain) {
    SiteStore store = new SiteStore(database.pool());
    Site added = store.add(domain, ZoneId.of("Europe/Copenhagen"), false).await();
    return Objects.requireNonNullElseGet(
            added, () -> Objects.requireNonNull(store.find(domain).await()))
        .id();
  }

  private static long postmaster(Path data) {
    try {
      return Long.parseLong(
          Files.readAllLines(data.resolve("postgresql/cluster/postmaster.pid")).get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> domains() {
    return SITES;
  }

  History history() {
    return history;
  }

  Vertx vertx() {
    return vertx;
  }

  int port() {
    return server.address().getPort();
  }

  long pid() {
    return server.pid();
  }

  long postmaster() {
    return postmaster;
  }

  /** How many hits of the sites that beacons are sent for are in the inbox. */
  long stored() {
    return database
        .pool()
        .preparedQuery(COUNT)
        .execute(Tuple.of(sites.stream().map(SiteId::value).toArray(Integer[]::new)))
        .await()
        .iterator()
        .next()
        .getLong(0);
  }

  /** The sum of a metric over those of its series whose labels have a text. */
  double metric(String name, String label) {
    try {
      Matcher matcher =
          Pattern.compile("(?m)^" + name + "(\\{\\S*\\})? (\\S+)$")
              .matcher(server.manage("/metrics").body());
      double sum = 0;
      while (matcher.find()) {
        if (String.valueOf(matcher.group(1)).contains(label)) {
          sum += Double.parseDouble(matcher.group(2));
        }
      }
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    database.close().await();
    vertx.close().await();
    server.close();
  }
}
