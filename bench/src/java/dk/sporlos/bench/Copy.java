package dk.sporlos.bench;

import dk.sporlos.database.DatabaseUrl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;

/** Puts rows of table {@code hit} in by COPY: the least that a durable row costs. */
final class Copy {
  private static final int ROWS = 20_000;

  private final DatabaseUrl url;
  private final byte[][] lines;

  /** Takes as rows those that are there. */
  Copy(DatabaseUrl url) throws SQLException {
    this.url = url;
    try (Connection connection = connect()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("copy (select * from hit limit " + ROWS + ") to stdout", out);
      this.lines = lines(out.toByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    if (lines.length == 0) {
      throw new IllegalStateException("there are no rows to be copied");
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", url.user());
    properties.setProperty("password", url.password());
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s?sslmode=disable"
            .formatted(url.host(), url.port(), url.database()),
        properties);
  }

  private static byte[][] lines(byte[] text) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        lines.add(Arrays.copyOfRange(text, from, i + 1));
        from = i + 1;
      }
    }
    return lines.toArray(byte[][]::new);
  }

  /** Copies batches of a size over some connections until it is told that it is over. */
  void keepCopying(int connections, int size, AtomicLong durable, BooleanSupplier over) {
    for (int i = 0; i < connections; i++) {
      int first = i * lines.length / connections;
      Thread thread = new Thread(() -> copy(first, size, durable, over));
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void copy(int first, int size, AtomicLong durable, BooleanSupplier over) {
    try (Connection connection = connect()) {
      PGConnection postgresql = connection.unwrap(PGConnection.class);
      int line = first;
      ByteArrayOutputStream batch = new ByteArrayOutputStream();
      while (!over.getAsBoolean()) {
        batch.reset();
        for (int i = 0; i < size; i++) {
          batch.writeBytes(lines[line++ % lines.length]);
        }
        postgresql
            .getCopyAPI()
            .copyIn("copy hit from stdin", new ByteArrayInputStream(batch.toByteArray()));
        durable.addAndGet(size);
      }
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
