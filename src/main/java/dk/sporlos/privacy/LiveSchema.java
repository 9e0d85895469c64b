package dk.sporlos.privacy;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.Set;
import java.util.TreeSet;

/** The columns that a database really has. */
public final class LiveSchema {

  /* Partitions are not tables of their own. */
  private static final String COLUMNS =
      """
      select format('%s.%s', relname, attname) as name
      from pg_class as c join pg_attribute on attrelid = c.oid and attnum > 0 and not attisdropped
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      """;

  private LiveSchema() {}

  /** Every column, as {@code table.column}. */
  public static Future<Set<String>> columns(Pool pool) {
    return pool.query(COLUMNS)
        .execute()
        .map(
            rows -> {
              Set<String> columns = new TreeSet<>();
              rows.forEach(row -> columns.add(row.getString("name")));
              return columns;
            });
  }
}
