package dk.sporlos.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.pattern.ValidatePattern;
import org.postgresql.ds.PGSimpleDataSource;

/** Brings the tables of a database to the state that this version of Sporløs works with. */
public final class Migrator {
  static final int OLDEST_SERVER = 15;

  /** Once a second: a second process waits that long for the first to finish. */
  private static final int LOCK_RETRIES = 600;

  /** After a change that gave up waiting for a table; see afterConnect__lock_timeout.sql. */
  private static final Duration LOCK_PAUSE = Duration.ofMillis(500);

  private static final int LOCK_ATTEMPTS = 120;

  private static final String HISTORY = "schema_history";

  static final String STATE =
      "select version from %s where success and version is not null order by installed_rank desc limit 1"
          .formatted(HISTORY);

  /** The driver's own log. What is in it is thrown as well. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  private final DatabaseUrl url;

  public Migrator(DatabaseUrl url) {
    this.url = url;
  }

  /**
   * Applies what is missing, and returns when it is done. Blocks: not to be called on an event
   * loop. Several processes may do this at once.
   *
   * @return the state of the tables, as {@link #stateOf} gives it
   * @throws DatabaseException if the database cannot be reached or is not Sporløs's, or if a newer
   *     version has already changed it
   */
  public String migrate() {
    migrate(MigrationVersion.LATEST);
    try (Connection connection = url.dataSource().getConnection()) {
      return stateOf(connection);
    } catch (SQLException e) {
      throw SignIn.refused(url, e);
    }
  }

  /**
   * Applies what is missing up to an earlier state, as a backup of it needs.
   *
   * @param state as {@link #stateOf} gives it
   * @throws DatabaseException as {@link #migrate}, and if this version does not know the state
   */
  public void migrateTo(String state) {
    migrate(MigrationVersion.fromVersion(state));
  }

  /** The states that tables can be in, the oldest first, as {@link #migrateTo} takes them. */
  static List<String> states(DatabaseUrl url) {
    return Arrays.stream(flyway(url.dataSource(), MigrationVersion.LATEST).info().all())
        .map(MigrationInfo::getVersion)
        .filter(version -> version != null)
        .map(MigrationVersion::getVersion)
        .toList();
  }

  /** Number of the last migration that a database went through. */
  public static String stateOf(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(STATE)) {
      result.next();
      return result.getString(1);
    }
  }

  private void migrate(MigrationVersion target) {
    DRIVER.setLevel(Level.OFF);
    PGSimpleDataSource source = url.dataSource();
    refuseUnfitServer(source);
    Flyway latest = flyway(source, MigrationVersion.LATEST);
    if (!target.equals(MigrationVersion.LATEST) && !knows(latest, target)) {
      throw new DatabaseException(
          "This version of Sporløs does not know tables of state %s: use the version that made them, or a later one."
              .formatted(target));
    }
    try {
      migrate(flyway(source, target), LOCK_ATTEMPTS);
    } catch (FlywayException e) {
      throw explained(latest, e);
    }
  }

  /** What was applied before an attempt failed stays applied. */
  private static void migrate(Flyway flyway, int attempts) {
    for (int left = attempts - 1; ; left--) {
      try {
        flyway.migrate();
        return;
      } catch (FlywayException failure) {
        if (left == 0 || !SqlStates.isLockNotAvailable(failure)) {
          throw failure;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOCK_PAUSE.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DatabaseException("Interrupted while tables were brought up to date.", interrupted);
    }
  }

  private static Flyway flyway(PGSimpleDataSource source, MigrationVersion target) {
    return Flyway.configure()
        .target(target)
        .dataSource(source)
        .loggers(FlywayLog.Creator.class.getName())
        .locations("classpath:db/migration")
        .table(HISTORY)
        .failOnMissingLocations(true)
        .ignoreMigrationPatterns(new ValidatePattern[0])
        .lockRetryCount(LOCK_RETRIES)
        .load();
  }

  private static boolean knows(Flyway flyway, MigrationVersion version) {
    return Arrays.stream(flyway.info().all())
        .anyMatch(known -> version.equals(known.getVersion()) && known.getScript() != null);
  }

  private void refuseUnfitServer(PGSimpleDataSource source) {
    try (Connection connection = source.getConnection()) {
      refuseOtherEncoding(connection);
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < OLDEST_SERVER) {
        throw new DatabaseException(
            "The server of %s is PostgreSQL %d: Sporløs needs %d or newer."
                .formatted(url, version, OLDEST_SERVER));
      }
    } catch (SQLException e) {
      throw SignIn.refused(url, e);
    }
  }

  /** A path of which one letter has no place in the encoding would keep its whole batch out. */
  private void refuseOtherEncoding(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("show server_encoding")) {
      result.next();
      String encoding = result.getString(1);
      if (!encoding.equals("UTF8")) {
        throw new DatabaseException(
            "The database %s is encoded as %s: create one with createdb --encoding=UTF8 --template=template0."
                .formatted(url, encoding));
      }
    }
  }

  private DatabaseException explained(Flyway flyway, FlywayException failure) {
    boolean newer =
        Arrays.stream(flyway.info().all())
            .map(MigrationInfo::getState)
            .anyMatch(MigrationState.FUTURE_SUCCESS::equals);
    if (newer) {
      return new DatabaseException(
          "The database %s was written by a newer version of Sporløs: start that version or a later one."
              .formatted(url));
    }
    String message = String.valueOf(failure.getMessage());
    if (message.startsWith("Found non-empty schema")) {
      return new DatabaseException(
          "The database %s holds tables that are not Sporløs's: create an empty database for it."
              .formatted(url));
    }
    return new DatabaseException(
        "The tables of %s could not be brought up to date: %s"
            .formatted(url, message.strip().replaceAll("\\s+", " ")),
        failure);
  }
}
