package dk.sporlos.database;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which installation a database holds, and which one a directory of data is of. Methods block.
 *
 * <p>Whoever starts over a database without accounts is shown the way to make the first one. That a
 * database was emptied, restored without its rows or mistaken for another must not look like that.
 * So a mark is left in the directory, and a database that does not fit it is refused.
 */
public final class Installation {
  private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

  /** The file of the mark. */
  static final String MARK = "installation";

  private static final String ID = "id";
  private static final String SET_UP = "set-up";

  private static final String TABLES =
      "select to_regclass('installation') is not null, to_regclass('site') is not null,"
          + " to_regclass('account') is not null";

  private static final String ID_IN_DATABASE = "select id from installation";

  private static final String IN_USE =
      "select exists (select from site) or exists (select from account)";

  /** Databases that were made before accounts were have sites alone. */
  private static final String IN_USE_WITHOUT_ACCOUNTS = "select exists (select from site)";

  /**
   * What a database holds.
   *
   * @param id null if it is of no installation yet, or of one that is older than these numbers
   * @param setUp whether it has a site or an account
   */
  private record Found(@Nullable String id, boolean setUp) {}

  private final DatabaseUrl url;
  private final Path mark;
  private final @Nullable String accepted;
  private volatile @Nullable Found noted;

  /**
   * @param directory where the mark is
   * @param accepted number of the installation whose loss the operator accepts; null for none
   */
  public Installation(DatabaseUrl url, Path directory, @Nullable String accepted) {
    this.url = url;
    this.mark = directory.resolve(MARK);
    this.accepted = accepted;
  }

  /**
   * Sees that the database is the one that the directory knows. To be called before tables are
   * made.
   *
   * @throws DatabaseException if it is not, with the remedy
   */
  public void check() {
    Found known = read();
    if (known == null || !known.setUp() || String.valueOf(known.id()).equals(accepted)) {
      return;
    }
    Found found = ask();
    boolean older = found.id() == null && found.setUp();
    if (older || (found.setUp() && String.valueOf(found.id()).equals(known.id()))) {
      return;
    }
    throw new DatabaseException(
        "The database %s %s, but %s says that it belongs to installation %s, which has been set up. Restore a backup, or name the right database or --data; to begin anew and leave what was there, start once with --accept-empty-database %s."
            .formatted(
                url,
                found.setUp()
                    ? "is of installation " + found.id()
                    : "has neither sites nor accounts",
                mark,
                known.id(),
                known.id()));
  }

  /** Leaves the mark, once tables are made, and again when the first site or account is. */
  public void note() {
    Found before = noted;
    if (before != null && before.setUp()) {
      return;
    }
    Found found = ask();
    if (found.equals(before)) {
      return;
    }
    try {
      Files.createDirectories(
          mark.toAbsolutePath().getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      OwnerOnlyFile.write(
          mark,
          "# Which installation this directory is of, so that an emptied database is noticed.\n"
              + "%s=%s\n%s=%s\n".formatted(ID, found.id(), SET_UP, found.setUp() ? "yes" : "no"));
      noted = found;
    } catch (IOException failure) {
      LOG.warn(
          "{} cannot be written ({}): that the database is emptied would not be noticed",
          mark,
          DataDirectory.reason(failure));
      noted = new Found(found.id(), true); // said once
    }
  }

  private @Nullable Found read() {
    try {
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(mark)));
      String id = properties.getProperty(ID);
      if (id != null) {
        return new Found(id, properties.getProperty(SET_UP, "").equals("yes"));
      }
    } catch (NoSuchFileException none) {
      return null;
    } catch (IOException | IllegalArgumentException unreadable) {
      // Said below, as of one that says nothing.
    }
    throw new DatabaseException(
        "%s cannot be read: restore it, or remove it if you know that the database is the right one."
            .formatted(mark));
  }

  private Found ask() {
    try (Connection connection = url.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      boolean numbered;
      boolean withSites;
      boolean withAccounts;
      try (ResultSet tables = statement.executeQuery(TABLES)) {
        tables.next();
        numbered = tables.getBoolean(1);
        withSites = tables.getBoolean(2);
        withAccounts = tables.getBoolean(3);
      }
      String inUse = withAccounts ? IN_USE : IN_USE_WITHOUT_ACCOUNTS;
      return new Found(
          numbered ? text(statement, ID_IN_DATABASE) : null,
          withSites && "t".equals(text(statement, inUse)));
    } catch (SQLException failure) {
      throw SignIn.refused(url, failure);
    }
  }

  private static @Nullable String text(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : null;
    }
  }
}
