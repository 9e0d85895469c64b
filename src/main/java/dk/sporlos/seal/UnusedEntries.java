package dk.sporlos.seal;

import dk.sporlos.intake.DictionaryTable;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.site.Audit;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Deletes the entries of dictionaries that nothing refers to any longer: texts outlive the visits
 * that brought them by a day or two.
 */
public final class UnusedEntries {

  /*
   * One look at a site marks what nothing refers to; a later look, the next day as a rule, deletes
   * what is still marked and still unused. Whoever reads a marked entry takes the mark off and holds
   * the number for an hour at most. So of an entry that has been marked for two hours nobody holds
   * the number: a batch that was written with it is there by now and found by the look, and no
   * further one can come. A mark may be older than the last reference, which changes nothing of that.
   *
   * All times are the database's, and marks are set by a statement of milliseconds, not by the look,
   * which takes seconds for a million visits: a mark is visible almost at the time that it states.
   *
   * Rows that somebody holds are passed over; so this job waits for nobody, and nobody for it in a
   * circle.
   */
  private static final int GRACE_SECONDS = 2 * 60 * 60;

  /** Once a day, however the hourly runs fall. */
  private static final int PAUSE_SECONDS = 23 * 60 * 60;

  /** What is more waits for the next day; a site gets fewer new entries than that in one. */
  private static final int MOST = 100_000;

  private static final int BATCH = 5_000;

  private static final String MARK =
      """
      with unused as (
        select id from %1$s where site_id = $1 and id = any ($2) and unused_since is null
        for update skip locked
      )
      update %1$s as entry set unused_since = clock_timestamp()
      from unused where entry.site_id = $1 and entry.id = unused.id
      """;

  private static final String DELETE =
      """
      with unused as (
        select id from %1$s where site_id = $1 and id = any ($2)
          and unused_since < clock_timestamp() - $3::int * interval '1 second'
        for update skip locked
      )
      delete from %1$s as entry using unused
      where entry.site_id = $1 and entry.id = unused.id
      """;

  private static final String DUE =
      """
      select id from site
      where coalesce(entries_checked_at, '-infinity') < clock_timestamp() - $1::int * interval '1 second'
      """;

  private static final String CHECKED =
      "update site set entries_checked_at = clock_timestamp() where id = $1";

  /** One process at a time does it; the others have nothing to wait for. */
  private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(7310006)";

  /**
   * What was found to be unused.
   *
   * @param fresh numbers of entries that are not marked yet
   * @param marked numbers of those that are for two hours
   */
  private record Found(List<Integer> fresh, List<Integer> marked) {}

  private final Pool pool;
  private final SiteStore sites;
  private final FailureLog failures =
      new FailureLog("unused entries of a site's dictionaries were not deleted");

  public UnusedEntries(Pool pool, SiteStore sites) {
    this.pool = pool;
    this.sites = sites;
  }

  /** What would be deleted now of all sites. */
  public Future<List<Retention.Due>> due() {
    return sites
        .all()
        .compose(
            all -> {
              List<Retention.Due> due = new ArrayList<>();
              Future<?> looked = Future.succeededFuture();
              for (Site site : all) {
                for (DictionaryTable table : DictionaryTable.values()) {
                  looked =
                      looked
                          .compose(before -> find(site.id(), table))
                          .onSuccess(found -> addDue(site, table, found.marked().size(), due));
                }
              }
              return looked.map(due);
            });
  }

  private static void addDue(Site site, DictionaryTable table, int rows, List<Retention.Due> due) {
    if (rows > 0) {
      due.add(new Retention.Due(site, table.word(), null, null, rows));
    }
  }

  /**
   * Marks and deletes at the sites where it was not done within a day.
   *
   * @return how many entries were deleted
   */
  public Future<Long> run() {
    return alone(this::dueSites);
  }

  /** Marks and deletes at all sites. */
  public Future<Long> runNow() {
    return alone(() -> sites.all().map(all -> all.stream().map(Site::id).toList()));
  }

  private Future<Long> alone(Supplier<Future<List<SiteId>>> which) {
    return pool.withTransaction(
        lock ->
            lock.query(TRY_LOCK)
                .execute()
                .compose(
                    rows ->
                        rows.iterator().next().getBoolean(0)
                            ? which.get().compose(this::runAll)
                            : Future.succeededFuture(0L)));
  }

  private Future<List<SiteId>> dueSites() {
    return pool.preparedQuery(DUE)
        .execute(Tuple.of(PAUSE_SECONDS))
        .map(
            rows -> {
              List<SiteId> due = new ArrayList<>();
              rows.forEach(row -> due.add(new SiteId(row.getInteger("id"))));
              return due;
            });
  }

  private Future<Long> runAll(List<SiteId> due) {
    Future<Long> deleted = Future.succeededFuture(0L);
    for (SiteId site : due) {
      deleted = deleted.compose(before -> run(site).map(count -> before + count));
    }
    return deleted;
  }

  /** One site of which it cannot be done does not hold up the others. */
  private Future<Long> run(SiteId site) {
    Future<Long> deleted = Future.succeededFuture(0L);
    for (DictionaryTable table : DictionaryTable.values()) {
      deleted = deleted.compose(before -> run(site, table).map(count -> before + count));
    }
    return deleted
        .compose(count -> pool.preparedQuery(CHECKED).execute(Tuple.of(site.value())).map(count))
        .recover(
            failure -> {
              failures.log(failure);
              return Future.succeededFuture(0L);
            });
  }

  private Future<Long> run(SiteId site, DictionaryTable table) {
    return find(site, table)
        .compose(
            found -> {
              Future<Long> deleted = Future.succeededFuture(0L);
              for (Integer[] batch : batches(found.marked())) {
                deleted =
                    deleted.compose(
                        before -> delete(site, table, batch).map(count -> before + count));
              }
              for (Integer[] batch : batches(found.fresh())) {
                deleted = deleted.compose(before -> mark(site, table, batch).map(before));
              }
              return deleted;
            });
  }

  private Future<Found> find(SiteId site, DictionaryTable table) {
    return pool.preparedQuery(DictionaryUse.unused(table))
        .execute(Tuple.of(site.value(), GRACE_SECONDS, MOST))
        .map(
            rows -> {
              Found found = new Found(new ArrayList<>(), new ArrayList<>());
              rows.forEach(
                  row ->
                      (row.getBoolean("marked") ? found.marked() : found.fresh())
                          .add(row.getInteger("id")));
              return found;
            });
  }

  private static List<Integer[]> batches(List<Integer> ids) {
    List<Integer[]> batches = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += BATCH) {
      batches.add(ids.subList(from, Math.min(from + BATCH, ids.size())).toArray(Integer[]::new));
    }
    return batches;
  }

  private Future<?> mark(SiteId site, DictionaryTable table, Integer[] ids) {
    return pool.preparedQuery(MARK.formatted(table.word()))
        .execute(Tuple.of(site.value()).addArrayOfInteger(ids));
  }

  private Future<Long> delete(SiteId site, DictionaryTable table, Integer[] ids) {
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery(DELETE.formatted(table.word()))
                .execute(Tuple.of(site.value(), ids, GRACE_SECONDS))
                .map(rows -> (long) rows.rowCount())
                .compose(
                    rows ->
                        rows == 0
                            ? Future.succeededFuture(rows)
                            : Audit.add(connection, site, line(table, rows)).map(rows)));
  }

  private static Audit.Line line(DictionaryTable table, long rows) {
    return new Audit.Line("retention", "delete", table.word(), null, null, rows);
  }
}
