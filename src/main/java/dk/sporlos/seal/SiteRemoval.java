package dk.sporlos.seal;

import dk.sporlos.site.Audit;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Removes sites with all that is kept of them. The site itself goes at once, so that nothing more
 * is counted; the rest is deleted in batches, and looked for again for some days, since hits may
 * still be on their way.
 */
public final class SiteRemoval {

  /** Longer than a spool is expected to wait. */
  private static final int DAYS = 7;

  private static final String REMOVE = "delete from site where id = $1";

  private static final String REMEMBER =
      "insert into removed_site (site_id, day) values ($1, $2) on conflict do nothing";

  private static final String REMOVED = "select site_id from removed_site order by site_id";

  private static final String FORGET = "delete from removed_site where day < $1";

  /** Of the table that says which sites were removed the rows stay for some days. */
  private static final String REMOVALS = "removed_site";

  /** One process at a time does it; the others have nothing to wait for. */
  private static final String TRY_LOCK = "select pg_try_advisory_lock(7310058)";

  private static final String UNLOCK = "select pg_advisory_unlock(7310058)";

  private final Pool pool;
  private final Clock clock;
  private final SiteRows rows;

  public SiteRemoval(Pool pool, Clock clock) {
    this(pool, clock, SiteRows.BATCH);
  }

  SiteRemoval(Pool pool, Clock clock, int batch) {
    this.pool = pool;
    this.clock = clock;
    this.rows = new SiteRows(batch);
  }

  /**
   * Removes a site. What is kept of it goes with the next {@link #sweep}.
   *
   * @param actor who does it, as the audit names them
   * @return whether it was there
   */
  public Future<Boolean> remove(Site site, String actor) {
    int id = site.id().value();
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery(REMOVE)
                .execute(Tuple.of(id))
                .compose(
                    removed ->
                        removed.rowCount() == 0
                            ? Future.succeededFuture(false)
                            : connection
                                .preparedQuery(REMEMBER)
                                .execute(Tuple.of(id, today()))
                                .compose(
                                    remembered ->
                                        Audit.add(
                                            connection,
                                            SiteId.INSTALLATION,
                                            new Audit.Line(
                                                actor, "delete", "site " + id, null, null, 1)))
                                .map(true)));
  }

  /**
   * Deletes what is there of sites that were removed: a batch after the other, each by itself, on
   * one connection.
   */
  public Future<Void> sweep() {
    return pool.withConnection(
        connection ->
            connection
                .query(TRY_LOCK)
                .execute()
                .compose(
                    rows ->
                        rows.iterator().next().getBoolean(0)
                            ? sweepAll(connection)
                                .eventually(() -> connection.query(UNLOCK).execute())
                            : Future.succeededFuture()));
  }

  private Future<Void> sweepAll(SqlConnection connection) {
    return connection
        .query(REMOVED)
        .execute()
        .map(found -> found.stream().map(row -> row.getInteger("site_id")).toList())
        .compose(
            sites ->
                sites.isEmpty()
                    ? Future.succeededFuture()
                    : rows.delete(connection, sites, table -> !table.equals(REMOVALS)))
        .compose(
            swept -> connection.preparedQuery(FORGET).execute(Tuple.of(today().minusDays(DAYS))))
        .mapEmpty();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
