package dk.sporlos.database;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Databases for tests. {@code -Dtest.database=postgresql://user:password@host/database} names a
 * server on which to create them; without it one is started, once for a test run, with the same
 * code as in production but without waiting for the disk. {@code KEEPDB=1} in the environment keeps
 * what is otherwise removed at the end. On a server that has Citus, tables are spread.
 */
public final class TestDatabase {

  /*
   * A copy of a migrated database takes a thirtieth of a second, much less than migrating one. The
   * server is stopped by a shutdown hook, so that it lasts for all test classes of the run.
   */
  private static final boolean KEEP = "1".equals(System.getenv("KEEPDB"));
  private static final String PREFIX = "sporlos_test_%d_".formatted(ProcessHandle.current().pid());
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Deque<String> CREATED = new ArrayDeque<>();
  private static @Nullable DatabaseUrl server;
  private static @Nullable DatabaseUrl template;

  private TestDatabase() {}

  /** A database with all tables and no rows, for the caller alone. */
  public static synchronized DatabaseUrl create() {
    if (isCluster()) {
      return createOnCluster();
    }
    if (template == null) {
      template = create("template", "template0");
      new Migrator(template).migrate();
    }
    return create(Integer.toString(CREATED.size()), template.database());
  }

  /** Whether the server that was named has Citus. */
  private static boolean isCluster() {
    return !Sql.texts(server(), "select 1 from pg_available_extensions where name = 'citus'")
        .isEmpty();
  }

  /*
   * Citus is at work in each of its databases, so that none can be copied. Its nodes are of one
   * database: here there is one node, the server itself.
   */
  private static DatabaseUrl createOnCluster() {
    DatabaseUrl url = createEmpty();
    Sql.execute(url, "create extension citus");
    Sql.execute(
        url, "select citus_set_coordinator_host('localhost', current_setting('port')::int)");
    new Migrator(url).migrate();
    new Distribution(url).distribute();
    return url;
  }

  /** A database without tables, for the caller alone. */
  public static synchronized DatabaseUrl createEmpty() {
    return create(Integer.toString(CREATED.size()), "template0");
  }

  private static DatabaseUrl create(String suffix, String original) {
    String name = PREFIX + suffix;
    Sql.execute(server(), "create database %s template %s".formatted(name, original));
    CREATED.push(name);
    return server().withDatabase(name);
  }

  private static DatabaseUrl server() {
    if (server == null) {
      Statements.record();
      String given = System.getProperty("test.database", "");
      server = given.startsWith("postgres") ? given(given) : started();
    }
    return server;
  }

  private static DatabaseUrl given(String uri) {
    DatabaseUrl parsed = DatabaseUrl.parse(uri);
    if (!KEEP) {
      atTheEnd(
          () ->
              CREATED.forEach(
                  name -> Sql.execute(parsed, "drop database %s with (force)".formatted(name))));
    }
    return parsed;
  }

  private static DatabaseUrl started() {
    Path directory = TestDirectories.withBinaries("databases");
    EmbeddedServer started =
        EmbeddedServer.open(
            directory,
            /* port= */ 0,
            DirectoryLock.Role.SERVE,
            new EmbeddedServer.Surroundings(
                Launcher.ofThisUser(), new SecureRandom(), PATIENCE, /* durable= */ false));
    atTheEnd(
        () -> {
          started.close();
          if (KEEP) {
            System.err.printf(
                "Kept databases %s…: java -jar target/sporlos.jar serve --data %s%n",
                PREFIX, directory);
          } else {
            Directories.remove(directory);
          }
        });
    return started.url();
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void atTheEnd(Task task) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    task.run();
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                }));
  }
}
