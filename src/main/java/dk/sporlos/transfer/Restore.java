package dk.sporlos.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dk.sporlos.database.DatabaseException;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.Migrator;
import dk.sporlos.fold.Partitions;
import dk.sporlos.transfer.BackupManifest.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Reads a {@link Backup} back into an empty database: tables are made as they were when it was
 * written, filled in one transaction, and then brought up to date. Methods block.
 */
public final class Restore implements AutoCloseable {
  private static final Pattern MONTH = Pattern.compile("visit_(\\d{4})_(\\d{2})");

  private static final String IN_USE =
      "select exists (select from site) or exists (select from account)";

  /** A process beside this one, if it has given a sign of life lately. */
  private static final String SERVED =
      "select exists (select from node where seen_at > now() - interval '2 minutes')";

  private static final String HAS = "select to_regclass('%s') is not null";

  /** Next numbers follow those that are taken. */
  private static final String SEQUENCES =
      """
      select format(
        'select setval(%L, greatest(1, coalesce(max(%I), 0)), max(%I) is not null) from %I',
        pg_get_serial_sequence(quote_ident(relname), attname), attname, attname, relname)
      from pg_attribute join pg_class on pg_class.oid = attrelid
      where relnamespace = current_schema()::regnamespace and attidentity <> ''
        and relkind in ('r', 'p') and not relispartition
      """;

  private final Path file;
  private final ZipFile zip;
  private final BackupManifest manifest;

  /**
   * Opens a backup.
   *
   * @throws DatabaseException if the file is none
   */
  public Restore(Path file) {
    this.file = file;
    try {
      this.zip = new ZipFile(file.toFile(), UTF_8);
    } catch (IOException unreadable) {
      throw new DatabaseException(
          "%s cannot be read as a backup (%s): name a file that `sporlos backup` wrote, whole."
              .formatted(file, unreadable.getMessage()),
          unreadable);
    }
    try {
      this.manifest = BackupManifest.parse(manifestText());
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  private String manifestText() {
    try (InputStream text = entry(BackupManifest.FILE)) {
      return new String(text.readAllBytes(), UTF_8);
    } catch (IOException damaged) {
      throw damaged(BackupManifest.FILE, damaged);
    }
  }

  /** The installation that the backup was made of. */
  public String installation() {
    return manifest.installation();
  }

  /** Up to when hits are in it. */
  public Instant madeAt() {
    return manifest.madeAt();
  }

  /**
   * Fills a database.
   *
   * @return how many rows
   * @throws DatabaseException if it is in use already, if the backup is damaged, or of a newer
   *     version; nothing is in the database then that was not before, but for empty tables
   */
  public long into(DatabaseUrl url) {
    refuseUsed(url);
    Migrator migrator = new Migrator(url);
    migrator.migrateTo(manifest.schema());
    long rows = fill(url);
    migrator.migrate();
    return rows;
  }

  private void refuseUsed(DatabaseUrl url) {
    try (Connection connection = url.dataSource().getConnection()) {
      if (has(connection, "site") && has(connection, "account") && is(connection, IN_USE)) {
        throw new DatabaseException(
            "The database %s holds sites or accounts: a backup is restored into an empty database or directory. Name another with --data or --database."
                .formatted(url));
      }
      if (has(connection, "node") && is(connection, SERVED)) {
        throw new DatabaseException(
            "The database %s is served by a process that runs: stop it, wait for two minutes if it was killed, and restore again."
                .formatted(url));
      }
    } catch (SQLException failure) {
      throw new DatabaseException(
          "The database %s cannot be used: %s".formatted(url, failure.getMessage()), failure);
    }
  }

  private long fill(DatabaseUrl url) {
    try (Connection connection = url.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      makeMonths(connection);
      empty(connection);
      CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
      long rows = 0;
      for (Part part : manifest.parts()) {
        rows += fill(copies, part);
      }
      continueNumbers(connection);
      connection.commit();
      return rows;
    } catch (SQLException failure) {
      throw new DatabaseException(
          "%s could not be restored into %s: %s. Nothing was."
              .formatted(file, url, failure.getMessage()),
          failure);
    }
  }

  private void makeMonths(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Part part : manifest.parts()) {
        Matcher month = MONTH.matcher(part.name());
        if (month.matches()) {
          statement.execute(
              Partitions.creating(
                  YearMonth.of(
                      Integer.parseInt(month.group(1)), Integer.parseInt(month.group(2)))));
        }
      }
    }
  }

  /** Some tables have rows from the moment they are made. */
  private void empty(Connection connection) throws SQLException {
    Set<String> tables = new LinkedHashSet<>();
    manifest.parts().forEach(part -> tables.add(part.table()));
    try (Statement statement = connection.createStatement()) {
      statement.execute("truncate " + BackupTables.quoted(tables) + " cascade");
    }
  }

  private long fill(CopyManager copies, Part part) throws SQLException {
    String statement =
        "copy %s (%s) from stdin"
            .formatted(BackupTables.quoted(part.table()), BackupTables.quoted(part.columns()));
    try (InputStream rows = entry(part.file())) {
      long count = copies.copyIn(statement, rows);
      if (count != part.rows()) {
        throw new DatabaseException(
            "%s is damaged: it has %d rows of %s and says %d. Nothing was restored; take another."
                .formatted(file, count, part.name(), part.rows()));
      }
      return count;
    } catch (IOException damaged) {
      throw damaged(part.file(), damaged);
    }
  }

  private InputStream entry(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("it is not there");
    }
    return zip.getInputStream(entry);
  }

  private DatabaseException damaged(String part, IOException failure) {
    return new DatabaseException(
        "%s is no backup, or a damaged one: %s in it cannot be read (%s). Nothing was restored; take another."
            .formatted(file, part, failure.getMessage()),
        failure);
  }

  private static void continueNumbers(Connection connection) throws SQLException {
    try (Statement outer = connection.createStatement();
        Statement inner = connection.createStatement();
        ResultSet statements = outer.executeQuery(SEQUENCES)) {
      while (statements.next()) {
        inner.execute(statements.getString(1));
      }
    }
  }

  private static boolean has(Connection connection, String table) throws SQLException {
    return is(connection, HAS.formatted(table));
  }

  private static boolean is(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(question)) {
      return result.next() && result.getBoolean(1);
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException nothingToLose) {
      // It was only read.
    }
  }
}
