package dk.sporlos.testing;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;

/** All rows of all tables as text, as a backup would hold them. */
public final class Dump {
  private static final String TABLES =
      """
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')
      """;

  private Dump() {}

  /** Reads everything that a database holds. */
  public static String of(Pool pool) {
    StringBuilder dump = new StringBuilder();
    for (Row table : pool.query(TABLES).execute().await()) {
      String name = table.getString("name");
      pool.query("select held::text as line from " + name + " as held")
          .execute()
          .await()
          .forEach(row -> dump.append(name).append(' ').append(row.getString("line")).append('\n'));
    }
    return dump.toString();
  }
}
