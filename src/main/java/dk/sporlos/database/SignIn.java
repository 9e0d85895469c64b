package dk.sporlos.database;

import java.sql.SQLException;

/** Why a server did not let us in, in words. */
final class SignIn {
  private SignIn() {}

  static DatabaseException refused(DatabaseUrl url, SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    String reason =
        switch (state) {
          case "08001", "08004", "08006" ->
              "%s: check that PostgreSQL runs there and can be reached."
                  .formatted(oneLine(failure));
          case "28000", "28P01" ->
              "it refuses user and password: correct them, or let them in (pg_hba.conf).";
          case "3D000" -> "it has no such database: create it (createdb) or correct its name.";
          case "53300" -> "it has no connection left: raise its max_connections.";
          default -> oneLine(failure);
        };
    return new DatabaseException(
        "The database %s cannot be used: %s".formatted(url, reason), failure);
  }

  private static String oneLine(SQLException failure) {
    return String.valueOf(failure.getMessage())
        .strip()
        .replaceAll("\\s+", " ")
        .replaceAll("\\.$", "");
  }
}
