package dk.sporlos.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dk.sporlos.database.DatabaseException;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.Migrator;
import dk.sporlos.transfer.BackupManifest.Part;
import dk.sporlos.transfer.BackupTables.Leaf;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * A copy of the whole database at one instant, beside processes that go on writing. It is a zip
 * with a file per table, in the text format of PostgreSQL's {@code COPY}, so that it can be read
 * back by any version of the server. What is in it and what is not: {@link BackupTables}. Methods
 * block.
 */
public final class Backup {
  private static final int KEY_BYTES = 32;

  /** Bound, not written into the statement, so that no log of statements shows it. */
  private static final String SET_KEY = "select set_config('sporlos.backup_key', ?, true)";

  private static final String INSTALLATION = "select id::text from installation";

  /*
   * A number is its hash with a key that is forgotten with the transaction: as good as random, and
   * the same wherever the number stands, without a list of them.
   */
  private static final String DRAWN_ANEW =
      """
      case when %1$s = 0 then 0 else (
        'x' || left(
          encode(
            sha256(decode(current_setting('sporlos.backup_key'), 'hex') || int8send(%1$s)), 'hex'),
          16))::bit(64)::bigint end
      """
          .replace('\n', ' ')
          .strip();

  /**
   * What was written.
   *
   * @param madeAt up to when hits are in it
   */
  public record Written(Instant madeAt, long rows) {}

  private final DatabaseUrl url;
  private final SecureRandom random;
  private final Clock clock;

  public Backup(DatabaseUrl url, SecureRandom random, Clock clock) {
    this.url = url;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Writes one.
   *
   * @param to not closed
   * @throws DatabaseException if the database cannot be read
   * @throws IOException if it cannot be written there
   */
  public Written write(OutputStream to) throws IOException {
    try (Connection connection = url.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return write(connection, to);
    } catch (SQLException failure) {
      if (failure.getCause() instanceof IOException unwritable) {
        throw unwritable;
      }
      throw new DatabaseException(
          "The database %s could not be read to its end: %s. Try again."
              .formatted(url, failure.getMessage()),
          failure);
    }
  }

  private Written write(Connection connection, OutputStream to) throws SQLException, IOException {
    List<Leaf> leaves = leaves(connection);
    Instant madeAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    drawKey(connection);
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    ZipOutputStream zip = new ZipOutputStream(to, UTF_8);
    List<Part> parts = new ArrayList<>();
    for (Leaf leaf : leaves) {
      zip.putNextEntry(new ZipEntry(Part.file(leaf.name())));
      long rows = copies.copyOut(copyOf(leaf), zip);
      zip.closeEntry();
      parts.add(new Part(leaf.table(), leaf.name(), leaf.columns(), rows));
    }
    String schema = Migrator.stateOf(connection);
    BackupManifest manifest = new BackupManifest(schema, installation(connection), madeAt, parts);
    zip.putNextEntry(new ZipEntry(BackupManifest.FILE));
    zip.write(manifest.toJson().encodePrettily().getBytes(UTF_8));
    zip.finish();
    connection.rollback();
    return new Written(madeAt, parts.stream().mapToLong(Part::rows).sum());
  }

  /**
   * What is to be copied. The inbox's slots are locked, gently, before the transaction sees the
   * database: one that was truncated in between would be empty for it, and its hits in no visit
   * yet.
   */
  private static List<Leaf> leaves(Connection connection) throws SQLException {
    List<Leaf> leaves = BackupTables.of(connection);
    connection.rollback(); // what was seen so far is not what the copies see
    List<String> inbox = leaves.stream().filter(Leaf::isInbox).map(Leaf::name).toList();
    try (Statement statement = connection.createStatement()) {
      statement.execute("lock table %s in access share mode".formatted(BackupTables.quoted(inbox)));
    }
    return leaves;
  }

  private void drawKey(Connection connection) throws SQLException {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    try (PreparedStatement statement = connection.prepareStatement(SET_KEY)) {
      statement.setString(1, HexFormat.of().formatHex(key));
      statement.execute();
    }
  }

  private static String copyOf(Leaf leaf) {
    Set<String> anew = BackupTables.DRAWN_ANEW.getOrDefault(leaf.table(), Set.of());
    String columns =
        leaf.columns().stream()
            .map(
                column ->
                    anew.contains(column)
                        ? DRAWN_ANEW.formatted(BackupTables.quoted(column))
                        : BackupTables.quoted(column))
            .collect(Collectors.joining(", "));
    return "copy (select %s from %s) to stdout"
        .formatted(columns, BackupTables.quoted(leaf.name()));
  }

  private static String installation(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(INSTALLATION)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
