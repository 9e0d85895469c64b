package dk.sporlos.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Single statements for tests, each over a connection of its own. */
final class Sql {
  private Sql() {}

  static void execute(DatabaseUrl url, String statement) {
    try (Connection connection = url.dataSource().getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  /** The first column of all rows. */
  static List<String> texts(DatabaseUrl url, String query) {
    try (Connection connection = url.dataSource().getConnection();
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  /** The first column of the first row. */
  static String text(DatabaseUrl url, String query) {
    return texts(url, query).get(0);
  }
}
