package dk.sporlos.transfer;

import dk.sporlos.database.SqlStates;
import dk.sporlos.door.ImportedVisits;
import dk.sporlos.fold.Partitions;
import dk.sporlos.fold.PastVisits;
import dk.sporlos.intake.HitArrays;
import dk.sporlos.site.Audit;
import dk.sporlos.site.SiteId;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** Writes the visits of an import, all or none. */
public final class ImportWriter {

  /*
   * One transaction, so nothing of an import is seen before all of it, and nothing is left of one
   * that fails but entries of dictionaries, which go as every entry that nothing refers to.
   *
   * Whether all visits of its days are still there is asked at the end, and the site's row is held
   * from there on: retention, which raises that day, waits, or has raised it before.
   */
  private static final String COMPLETE_FROM =
      "select visits_complete_from from site where id = $1 for share";

  private static final int VISITS_AT_ONCE = 4_000;
  private static final int MOST_COLLISIONS = 3;

  private final Vertx vertx;
  private final Pool pool;
  private final Partitions partitions;
  private final Clock clock;
  private final MeterRegistry meters;

  /**
   * @param pool for work of any length, of at least two connections: one has the transaction, and
   *     dictionaries are read and written with another meanwhile
   */
  public ImportWriter(
      Vertx vertx, Pool pool, Partitions partitions, Clock clock, MeterRegistry meters) {
    this.vertx = vertx;
    this.pool = pool;
    this.partitions = partitions;
    this.clock = clock;
    this.meters = meters;
  }

  /**
   * Writes visits; there is one at least. Fails with {@link NotImportableException} if visits of
   * their days have been deleted.
   *
   * @param lines how many lines they were made of
   */
  Future<Imported> write(ImportedVisits visits, int lines) {
    return write(visits, lines, MOST_COLLISIONS);
  }

  private Future<Imported> write(ImportedVisits visits, int lines, int collisions) {
    HitArrays arrays = new HitArrays(pool, clock, meters);
    Imported entry =
        new Imported(
            visits.site().id(),
            /* id= */ 0,
            clock.instant().atOffset(ZoneOffset.UTC),
            visits.days().first(),
            visits.days().last(),
            lines,
            visits.count(),
            visits.views(),
            visits.events());
    return partitions
        .ensure(visits.days())
        .compose(
            ready -> pool.withTransaction(connection -> write(connection, visits, entry, arrays)))
        .recover(
            failure -> {
              // Retention may have dropped a month that was empty.
              boolean placeless = SqlStates.isWithoutPlace(failure);
              if (placeless) {
                partitions.forget();
              }
              return collisions > 0 && (placeless || SqlStates.isCollision(failure))
                  ? write(visits, lines, collisions - 1)
                  : Future.failedFuture(failure);
            });
  }

  private Future<Imported> write(
      SqlConnection connection, ImportedVisits visits, Imported entry, HitArrays arrays) {
    return PastVisits.begin(connection)
        .compose(begun -> Imports.add(connection, entry))
        .map(entry::numbered)
        .compose(
            numbered ->
                writeFrom(0, connection, visits, numbered, arrays)
                    .compose(written -> requireVisits(connection, entry.site(), entry.first()))
                    .compose(allowed -> PastVisits.markDue(connection, entry.site(), visits.days()))
                    .compose(marked -> audit(connection, numbered))
                    .map(numbered));
  }

  private Future<Void> writeFrom(
      int from, SqlConnection connection, ImportedVisits visits, Imported entry, HitArrays arrays) {
    if (from >= visits.count()) {
      return Future.succeededFuture();
    }
    int to = Math.min(from + VISITS_AT_ONCE, visits.count());
    return blocking(() -> visits.hits(from, to))
        .compose(arrays::of)
        .compose(hits -> PastVisits.write(connection, hits, entry.id()))
        .compose(written -> writeFrom(to, connection, visits, entry, arrays));
  }

  private <T> Future<T> blocking(Supplier<T> work) {
    return vertx.executeBlocking(work::get);
  }

  private static Future<Void> requireVisits(
      SqlConnection connection, SiteId site, LocalDate first) {
    return connection
        .preparedQuery(COMPLETE_FROM)
        .execute(Tuple.of(site.value()))
        .compose(
            rows -> {
              LocalDate complete = rows.iterator().next().getLocalDate(0);
              return complete == null || !first.isBefore(complete)
                  ? Future.succeededFuture()
                  : Future.failedFuture(
                      new NotImportableException(
                          "Visits before %s have been deleted, so totals of those days cannot be computed again; leave lines of earlier days out."
                              .formatted(complete)));
            });
  }

  private static Future<Void> audit(SqlConnection connection, Imported entry) {
    return Audit.add(
        connection,
        entry.site(),
        new Audit.Line(
            Imports.ACTOR,
            "import",
            "import " + entry.id(),
            entry.first(),
            entry.last(),
            entry.visits()));
  }
}
