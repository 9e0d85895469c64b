package dk.sporlos.cli;

import dk.sporlos.database.Database;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.EmbeddedServer;
import dk.sporlos.database.Installation;
import dk.sporlos.database.Migrator;
import dk.sporlos.settings.Settings;
import dk.sporlos.site.Audit;
import dk.sporlos.site.Domain;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The database as a command uses it, beside a running server or without one: tables migrated,
 * closed again at the command's end.
 */
final class DataAccess implements AutoCloseable {
  /** As the audit names whoever is at the command line. */
  static final String ACTOR = "command line";

  private static final int PATIENCE_SECONDS = 60;

  private final @Nullable EmbeddedServer embedded;
  private final Vertx vertx = Vertx.vertx();
  private final DatabaseUrl url;
  private final Database database;

  private DataAccess(@Nullable EmbeddedServer embedded, DatabaseUrl url, @Nullable Path directory) {
    this.embedded = embedded;
    this.url = url;
    if (directory != null) {
      new Installation(url, directory, /* accepted= */ null).check();
    }
    new Migrator(url).migrate();
    this.database = new Database(vertx, url);
  }

  /** Opens the database that the settings name. */
  static DataAccess open(Settings settings) {
    DatabaseUrl own = settings.find(Options.DATABASE);
    if (own != null) {
      // Without --data nobody said that the directory at hand is of this database.
      Path said = settings.isSaid(Options.DATA) ? settings.get(Options.DATA) : null;
      return new DataAccess(null, own, said);
    }
    EmbeddedServer embedded =
        EmbeddedServer.command(settings.get(Options.DATA), settings.get(Options.DATABASE_PORT));
    try {
      return new DataAccess(embedded, embedded.url(), settings.get(Options.DATA));
    } catch (RuntimeException failure) {
      embedded.close();
      throw failure;
    }
  }

  DatabaseUrl url() {
    return url;
  }

  Pool pool() {
    return database.pool();
  }

  Vertx vertx() {
    return vertx;
  }

  /** For work of any length, see {@link Database#openForLongWork}; wait for it as long. */
  Pool poolForLongWork(String name) {
    return database.openForLongWork(name, 1);
  }

  /**
   * The site that a person named.
   *
   * @throws UserException if there is none
   */
  Site site(String domain) {
    String name = Arguments.checked(() -> Domain.parse(domain));
    Site site = await(new SiteStore(pool()).find(name));
    if (site == null) {
      throw new UserException(name + " is not registered; add it: sporlos site add " + name);
    }
    return site;
  }

  /** What the future succeeds with; a command has nothing else to do meanwhile. */
  <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException slow) {
      throw new UserException(
          "the database did not answer within " + PATIENCE_SECONDS + " s; try again later");
    }
  }

  /**
   * Writes into the audit what was done from the command line.
   *
   * @param site that it is about, or {@link SiteId#INSTALLATION}
   */
  void audit(SiteId site, String action, String what) {
    await(Audit.add(pool(), site, new Audit.Line(ACTOR, action, what, null, null, 1)));
  }

  /** The same, however long it takes. */
  static <T> T awaitLong(Future<T> future) {
    return future.await();
  }

  @Override
  public void close() {
    try {
      // One after the other: a future of this Vert.x tells nobody anything once it is closed.
      await(database.close());
      await(vertx.close());
    } finally {
      if (embedded != null) {
        embedded.close();
      }
    }
  }
}
