package dk.sporlos.transfer;

import dk.sporlos.database.DatabaseException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * What a backup says of itself, in the file {@link #FILE} of the zip.
 *
 * @param schema number of the last migration of the tables that it was made of
 * @param installation that it was made of, see table {@code installation}
 * @param madeAt up to when hits are in it
 * @param parts what is in it, in the order in which it has to be read back
 */
record BackupManifest(String schema, String installation, Instant madeAt, List<Part> parts) {
  static final String FILE = "manifest.json";

  /** Raised when a reader of the last one would misread the next. */
  private static final int FORMAT = 1;

  BackupManifest {
    parts = List.copyOf(parts);
  }

  /**
   * The rows of a table, or of a partition of one.
   *
   * @param name of the partition, and of the file of the zip
   */
  record Part(String table, String name, List<String> columns, long rows) {
    Part {
      columns = List.copyOf(columns);
    }

    String file() {
      return file(name);
    }

    static String file(String name) {
      return "tables/" + name + ".copy";
    }
  }

  JsonObject toJson() {
    JsonArray tables = new JsonArray();
    for (Part part : parts) {
      tables.add(
          new JsonObject()
              .put("table", part.table())
              .put("name", part.name())
              .put("columns", new JsonArray(part.columns()))
              .put("rows", part.rows()));
    }
    return new JsonObject()
        .put("format", FORMAT)
        .put("schema", schema)
        .put("installation", installation)
        .put("made_at", madeAt.toString())
        .put("tables", tables);
  }

  /**
   * Reads one.
   *
   * @throws DatabaseException if the text is none, or of a later format
   */
  static BackupManifest parse(String text) {
    try {
      JsonObject json = new JsonObject(text);
      if (json.getInteger("format") != FORMAT) {
        throw new DatabaseException(
            "The backup was made by a newer version of Sporløs: restore it with that version or a later one.");
      }
      List<Part> parts =
          json.getJsonArray("tables").stream().map(table -> part((JsonObject) table)).toList();
      return new BackupManifest(
          json.getString("schema"),
          json.getString("installation"),
          Instant.parse(json.getString("made_at")),
          parts);
    } catch (DecodeException | ClassCastException | NullPointerException | DateTimeException e) {
      throw new DatabaseException(
          "The file is no backup, or a damaged one: its %s cannot be read. Restore another."
              .formatted(FILE),
          e);
    }
  }

  private static Part part(JsonObject table) {
    return new Part(
        table.getString("table"),
        table.getString("name"),
        table.getJsonArray("columns").stream().map(String.class::cast).toList(),
        table.getLong("rows"));
  }
}
