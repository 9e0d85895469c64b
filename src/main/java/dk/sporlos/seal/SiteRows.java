package dk.sporlos.seal;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Deletes the rows that tables have of a site, a batch after the other, each by itself. */
final class SiteRows {

  /** Enough to be quick, few enough to hold nobody up. */
  static final int BATCH = 20_000;

  /** Every table with rows of sites, whoever made it; of a partitioned one its partitions. */
  private static final String TABLES =
      """
      select format('%I', part.relname) as name, coalesce(parent.relname, part.relname) as whole
      from pg_class as part
      join pg_attribute on attrelid = part.oid and attname = 'site_id' and not attisdropped
      left join pg_inherits on inhrelid = part.oid
      left join pg_class as parent on parent.oid = inhparent
      where part.relnamespace = 'public'::regnamespace and part.relkind = 'r'
      order by part.relname
      """;

  /** Names of tables come from PostgreSQL's own catalog, quoted by it. */
  private static final String DELETE =
      "delete from %1$s where ctid = any (array("
          + "select ctid from %1$s where site_id = $1 limit $2))";

  private final int batch;

  SiteRows(int batch) {
    this.batch = batch;
  }

  /**
   * Deletes what is there of sites.
   *
   * @param tables which by name; of a partitioned one the name of the whole
   * @return how many rows
   */
  Future<Long> delete(SqlConnection connection, List<Integer> sites, Predicate<String> tables) {
    return connection
        .query(TABLES)
        .execute()
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .filter(row -> tables.test(row.getString("whole")))
                    .map(row -> row.getString("name"))
                    .toList())
        .compose(
            names -> {
              Future<Long> deleted = Future.succeededFuture(0L);
              for (String name : names) {
                for (int site : sites) {
                  deleted =
                      deleted.compose(
                          before -> delete(connection, DELETE.formatted(name), site, before));
                }
              }
              return deleted;
            });
  }

  private Future<Long> delete(SqlConnection connection, String sql, int site, long before) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(site, batch))
        .compose(
            deleted -> {
              long all = before + deleted.rowCount();
              return deleted.rowCount() < batch
                  ? Future.succeededFuture(all)
                  : delete(connection, sql, site, all);
            });
  }
}
