package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.Database;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.EmbeddedServer;
import dk.sporlos.database.Migrator;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers of PostgreSQL, of which one follows the other by streaming replication. */
class StreamingReplicaTest {
  private static final String QUESTION =
      "{\"site_id\":\"any\",\"metrics\":[\"pageviews\"],\"date_range\":\"all\"}";
  private static final String SIGN =
      "insert into node (id, name, started_at, seen_at) values"
          + " ('00000000-0000-0000-0000-000000000001', 'one', now(), now())"
          + " on conflict (id) do update set seen_at = excluded.seen_at";

  @TempDir Path directory;

  @Test
  void figuresAreReadFromTheReplicaAsItFollowsAndFromTheDatabaseOnceItIsAway() throws IOException {
    Vertx vertx = Vertx.vertx();
    try (EmbeddedServer first = EmbeddedServer.serve(directory.resolve("first"), 0)) {
      new Migrator(first.url()).migrate();
      Database database = new Database(vertx, first.url());
      Pool pool = database.pool();
      Site site = Objects.requireNonNull(add(pool));
      EmbeddedServer second = follower(first, pool);
      SimpleMeterRegistry meters = new SimpleMeterRegistry();
      Reads reads =
          new Reads(
              pool, database.open(second.url(), "replica", 2), null, Clock.systemUTC(), meters);
      Stats stats = new Stats(pool, reads, Clock.systemUTC(), meters);

      pool.query(
              "insert into page (site_id, id, host, path) values (1, 1, 'a.dk', '/');"
                  + " insert into hit (site_id, slot, visit, visitor, at, step, kind, page_id,"
                  + " engaged_ms, interactive, by_cookie)"
                  + " values (1, 1, 1, 1, now(), 0, 0, 1, 0, true, false)")
          .execute()
          .await();
      pool.query(SIGN).execute().await();
      until(
          () -> counted(meters, "used") > 0 && views(ask(stats, site)) == 1,
          () -> ask(stats, site));

      assertThat(Instant.parse(ask(stats, site).getJsonObject("meta").getString("data_to")))
          .isBetween(Instant.now().minusSeconds(60), Instant.now());

      second.close();

      JsonObject answer = ask(stats, site);
      assertThat(views(answer)).isEqualTo(1);
      assertThat(answer.getJsonObject("meta").containsKey("data_to")).isFalse();
      database.close().await();
    }
    vertx.close().await();
  }

  private static Site add(Pool pool) {
    return new SiteStore(pool).add("a.dk", ZoneId.of("UTC"), false).await();
  }

  /** A server that begins with what another has and follows it. */
  private EmbeddedServer follower(EmbeddedServer first, Pool pool) throws IOException {
    Path from = directory.resolve("first");
    Path to = directory.resolve("second");
    SqlConnection connection = pool.getConnection().await();
    connection.query("select pg_backup_start('second', true)").execute().await();
    copy(from, to);
    String label =
        connection
            .query("select labelfile from pg_backup_stop(false)")
            .execute()
            .await()
            .iterator()
            .next()
            .getString(0);
    connection.close().await();
    Path cluster = to.resolve("postgresql/cluster");
    // what the first wrote meanwhile is there until it is asked for: a few segments are kept
    Files.writeString(cluster.resolve("backup_label"), label);
    Files.createFile(cluster.resolve("standby.signal"));
    DatabaseUrl url = first.url();
    Files.writeString(
        cluster.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=%s port=%d user=%s password=%s'%n"
            .formatted(url.host(), url.port(), url.user(), url.password()),
        StandardOpenOption.APPEND);
    return EmbeddedServer.serve(to, 0);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (!name.equals("postmaster.pid") && !name.equals("lock") && !name.equals("port")) {
          Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
      }
    }
  }

  private static JsonObject ask(Stats stats, Site site) {
    return TestQueries.answer(stats, site, QUESTION);
  }

  private static long views(JsonObject answer) {
    return answer.getJsonArray("results").getJsonObject(0).getJsonArray("metrics").getLong(0);
  }

  private static double counted(SimpleMeterRegistry meters, String outcome) {
    return meters.get("sporlos.replica.questions").tag("outcome", outcome).counter().count();
  }

  private static void until(BooleanSupplier reached, Runnable meanwhile) {
    long began = System.nanoTime();
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime() - began).isLessThan(Duration.ofSeconds(60).toNanos());
      meanwhile.run();
    }
  }
}
