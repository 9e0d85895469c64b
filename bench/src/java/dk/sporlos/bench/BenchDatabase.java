package dk.sporlos.bench;

import dk.sporlos.database.Database;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.EmbeddedServer;
import dk.sporlos.database.Migrator;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Objects;

/**
 * The embedded database as it is in production, started for a benchmark and removed after it, or
 * kept.
 */
final class BenchDatabase implements AutoCloseable {
  private final Path directory;
  private final EmbeddedServer server;
  private final boolean kept;
  private final Vertx vertx = Vertx.vertx();
  private final Database database;

  private BenchDatabase(Path directory, EmbeddedServer server, boolean kept) {
    this.directory = directory;
    this.server = server;
    this.kept = kept;
    this.database = new Database(vertx, server.url());
  }

  static BenchDatabase start(Path directory) throws IOException {
    Directories.remove(directory);
    return open(directory, /* kept= */ false);
  }

  /** The database as an earlier benchmark left it, or a new one; it stays for the next. */
  static BenchDatabase keep(Path directory) {
    return open(directory, /* kept= */ true);
  }

  private static BenchDatabase open(Path directory, boolean kept) {
    EmbeddedServer server = EmbeddedServer.serve(directory, 0);
    new Migrator(server.url()).migrate();
    return new BenchDatabase(directory, server, kept);
  }

  /** Where the server's data are. */
  Path directory() {
    return directory;
  }

  Vertx vertx() {
    return vertx;
  }

  Database database() {
    return database;
  }

  DatabaseUrl url() {
    return server.url();
  }

  SiteId addSite(String domain) {
    return Objects.requireNonNull(
            new SiteStore(database.pool())
                .add(domain, ZoneId.of("Europe/Copenhagen"), false)
                .await())
        .id();
  }

  /** Process number of the server. */
  long postmaster() {
    try {
      return Long.parseLong(
          Files.readAllLines(directory.resolve("postgresql/cluster/postmaster.pid")).get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void execute(String sql) {
    database.pool().query(sql).execute().await();
  }

  @Override
  public void close() throws IOException {
    database.close().await();
    vertx.close().await();
    server.close();
    if (!kept) {
      Directories.remove(directory);
    }
  }
}
