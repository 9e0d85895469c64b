package dk.sporlos.seal;

import dk.sporlos.database.SqlStates;
import dk.sporlos.fold.Fold;
import dk.sporlos.fold.Snapshots;
import dk.sporlos.site.Audit;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.Stream;

/** Forgets all figures of a site, which stays with its settings, definitions and people. */
public final class SiteReset {

  /*
   * What there may be much of goes first, in batches that hold nobody up. The rest goes in one
   * transaction, while no visit is folded and no day sealed: what was stored before that is gone, and
   * what is stored after it counts.
   *
   * A visit that may go on has lost its hits and folds to nothing; what comes of it later is a visit
   * of its own. Entries of dictionaries stay, since processes know them by number and new hits name
   * them: they go as every entry that nothing refers to. So do numbers of batches that were stored,
   * lest one comes twice, and what visitors said of visits of which hits are on their way.
   */

  /** Tables of which a site may have many rows. */
  static final List<String> LARGE = List.of("visit", "event", "daily", "monthly", "vital");

  /** Further tables, but for those of {@link Snapshots}. */
  static final List<String> FURTHER =
      List.of(
          "hit",
          "restricted_hit",
          "set_aside",
          "sealed_day",
          "sealed_month",
          "import",
          "interruption",
          "return_gap",
          "cohort",
          "refusal",
          "cleaned");

  private static final String DELETE = "delete from %s where site_id = $1";

  /** As of a site that is new; also says to who remembers answers that they are old. */
  private static final String COMPLETE =
      "update site set visits_complete_from = null where id = $1";

  private static final String NO_FOLD = "select pg_advisory_xact_lock(" + Fold.SEALING_LOCK + ")";

  private static final int MOST_ATTEMPTS = 5;

  private final Pool pool;
  private final SiteRows rows;

  public SiteReset(Pool pool) {
    this(pool, SiteRows.BATCH);
  }

  SiteReset(Pool pool, int batch) {
    this.pool = pool;
    this.rows = new SiteRows(batch);
  }

  /**
   * Forgets all figures that are there of a site; done again it does no harm.
   *
   * @param actor who does it, as the audit names them
   * @return how many rows were deleted
   */
  public Future<Long> reset(Site site, String actor) {
    return pool.withConnection(
            connection -> rows.delete(connection, List.of(site.id().value()), LARGE::contains))
        .compose(before -> finish(site.id(), actor, before, MOST_ATTEMPTS));
  }

  private Future<Long> finish(SiteId site, String actor, long before, int attempts) {
    return pool.withTransaction(connection -> finish(connection, site, actor, before))
        .recover(
            failure ->
                attempts > 1 && SqlStates.isCollision(failure)
                    ? finish(site, actor, before, attempts - 1)
                    : Future.failedFuture(failure));
  }

  private static Future<Long> finish(
      SqlConnection connection, SiteId site, String actor, long before) {
    return connection
        .query(Seals.WAIT_FOR_LOCK)
        .execute()
        .compose(alone -> Snapshots.hold(connection, site))
        .compose(held -> connection.query(NO_FOLD).execute())
        .compose(alone -> Snapshots.remove(connection, site))
        .compose(removed -> deleteRest(connection, site, before))
        .compose(
            deleted ->
                connection
                    .preparedQuery(COMPLETE)
                    .execute(Tuple.of(site.value()))
                    .compose(
                        complete ->
                            Audit.add(
                                connection,
                                site,
                                new Audit.Line(actor, "delete", "figures", null, null, deleted)))
                    .map(deleted));
  }

  private static Future<Long> deleteRest(SqlConnection connection, SiteId site, long before) {
    Future<Long> deleted = Future.succeededFuture(before);
    for (String table : Stream.concat(FURTHER.stream(), LARGE.stream()).toList()) {
      deleted =
          deleted.compose(
              count ->
                  connection
                      .preparedQuery(DELETE.formatted(table))
                      .execute(Tuple.of(site.value()))
                      .map(gone -> count + gone.rowCount()));
    }
    return deleted;
  }
}
