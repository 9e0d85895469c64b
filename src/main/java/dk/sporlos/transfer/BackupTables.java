package dk.sporlos.transfer;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a database goes into a backup. A table that is new goes in unless it is named here as one
 * that stays out, so that none is forgotten.
 */
final class BackupTables {

  /**
   * What must not come back, or means nothing elsewhere: whoever was signed in or had a link to
   * sign in, processes that ran, roles of the database, hits set aside (their numbers cannot be
   * drawn anew), and the number of the tables' state, which the backup says itself.
   */
  static final Set<String> LEFT_OUT =
      Set.of(
          "session",
          "opened_link",
          "account_link",
          "node",
          "grafana_role",
          "set_aside",
          "schema_history");

  /**
   * Columns with numbers that a running process knows by a visitor's browser. They are drawn anew,
   * the same everywhere within one backup, so that none of its rows is found by those of the
   * database.
   */
  static final Map<String, Set<String>> DRAWN_ANEW =
      Map.of("hit", Set.of("visit", "visitor"), "visit", Set.of("visitor"));

  /** Those that are emptied while they are full of rows; a backup has to be ahead of that. */
  private static final String INBOX = "hit";

  private static final String LEAVES =
      """
      select coalesce(parent.relname, leaf.relname), leaf.relname,
        array(
          select attname::text from pg_attribute
          where attrelid = leaf.oid and attnum > 0 and not attisdropped and attgenerated = ''
          order by attname)
      from pg_class as leaf
      left join pg_inherits on inhrelid = leaf.oid
      left join pg_class as parent on parent.oid = inhparent
      where leaf.relnamespace = current_schema()::regnamespace
        and leaf.relkind = 'r' and leaf.relpersistence = 'p'
      order by 1, 2
      """;

  private static final String REFERENCES =
      """
      select referring.relname, referred.relname
      from pg_constraint
      join pg_class as referring on referring.oid = conrelid
      join pg_class as referred on referred.oid = confrelid
      where contype = 'f' and conrelid <> confrelid
        and connamespace = current_schema()::regnamespace
      """;

  /**
   * A table, or a partition of one.
   *
   * @param table of which it holds rows
   * @param name its own; the table's if it is no partition
   * @param columns all but those that are computed
   */
  record Leaf(String table, String name, List<String> columns) {
    Leaf {
      columns = List.copyOf(columns);
    }

    boolean isInbox() {
      return table.equals(INBOX);
    }
  }

  private BackupTables() {}

  /** All that goes into a backup, in an order in which no row comes before one it refers to. */
  static List<Leaf> of(Connection connection) throws SQLException {
    Map<String, List<Leaf>> leaves = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LEAVES)) {
      while (rows.next()) {
        String table = rows.getString(1);
        if (!LEFT_OUT.contains(table)) {
          leaves
              .computeIfAbsent(table, none -> new ArrayList<>())
              .add(new Leaf(table, rows.getString(2), texts(rows.getArray(3))));
        }
      }
    }
    return ordered(leaves, references(connection));
  }

  private static List<Leaf> ordered(
      Map<String, List<Leaf>> leaves, Map<String, Set<String>> references) {
    List<Leaf> ordered = new ArrayList<>();
    Set<String> done = new HashSet<>();
    while (done.size() < leaves.size()) {
      List<String> next =
          leaves.keySet().stream()
              .filter(table -> !done.contains(table))
              .filter(table -> done.containsAll(references.getOrDefault(table, Set.of())))
              .toList();
      if (next.isEmpty()) {
        throw new IllegalStateException("tables refer to each other in a circle: " + references);
      }
      next.forEach(table -> ordered.addAll(leaves.getOrDefault(table, List.of())));
      done.addAll(next);
    }
    return List.copyOf(ordered);
  }

  private static Map<String, Set<String>> references(Connection connection) throws SQLException {
    Map<String, Set<String>> references = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(REFERENCES)) {
      while (rows.next()) {
        references
            .computeIfAbsent(rows.getString(1), none -> new HashSet<>())
            .add(rows.getString(2));
      }
    }
    return references;
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  /** Names as SQL takes them, whatever they are. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The same for several, separated by commas. */
  static String quoted(Collection<String> names) {
    return String.join(", ", names.stream().map(BackupTables::quoted).toList());
  }
}
