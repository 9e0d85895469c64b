package dk.sporlos.transfer;

import dk.sporlos.database.SqlStates;
import dk.sporlos.door.ImportedVisits;
import dk.sporlos.fold.Horizon;
import dk.sporlos.fold.Partitions;
import dk.sporlos.fold.PastVisits;
import dk.sporlos.intake.HitArrays;
import dk.sporlos.seal.ImportedTotals;
import dk.sporlos.seal.Seals;
import dk.sporlos.site.Audit;
import dk.sporlos.site.Recognising;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** Writes the visits of an import, all or none. */
public final class ImportWriter {

  /*
   * One transaction, so nothing of an import is seen before all of it, and nothing is left of one
   * that fails but entries of dictionaries, which go as every entry that nothing refers to.
   *
   * Of days whose visits are deleted, and of all days of a site that recognises nobody, totals are
   * made and no visit is kept. From which day on visits are kept is asked first, and again at the
   * end, when the site's row is held: retention, which raises that day, waits, or has raised it
   * before, and then all is done once more.
   */
  private static final String COMPLETE_FROM =
      "select visits_complete_from from site where id = $1 for share";

  private static final int VISITS_AT_ONCE = 4_000;
  private static final int MOST_ATTEMPTS = 4;

  private final Vertx vertx;
  private final Pool pool;
  private final Partitions partitions;
  private final Horizon horizon;
  private final Clock clock;
  private final MeterRegistry meters;

  /** A day whose visits were kept is none any more. */
  private static final class RaisedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RaisedException() {
      super("visits were deleted meanwhile", null, false, false);
    }
  }

  /**
   * @param pool for work of any length, of at least two connections: one has the transaction, and
   *     dictionaries are read and written with another meanwhile
   * @param horizon up to when hits of live visitors are known
   */
  public ImportWriter(
      Vertx vertx,
      Pool pool,
      Partitions partitions,
      Horizon horizon,
      Clock clock,
      MeterRegistry meters) {
    this.vertx = vertx;
    this.pool = pool;
    this.partitions = partitions;
    this.horizon = horizon;
    this.clock = clock;
    this.meters = meters;
  }

  /**
   * Writes visits; there is one at least. Fails with {@link NotImportableException} if the site
   * takes none of their days.
   *
   * @param lines how many lines they were made of
   */
  Future<Written> write(ImportedVisits visits, int lines) {
    return requireFinished(visits).compose(finished -> write(visits, lines, MOST_ATTEMPTS));
  }

  /** Where nobody is recognised a day that goes on has hits that its totals are still made of. */
  private Future<Void> requireFinished(ImportedVisits visits) {
    Site site = visits.site();
    return isVisitless(site)
        ? horizon
            .now()
            .compose(
                now -> {
                  LocalDate finished = Seals.lastFinished(site, earlier(now, clock.instant()));
                  return visits.days().last().isAfter(finished)
                      ? Future.failedFuture(
                          new NotImportableException(
                              "days-not-over",
                              "Of a site that recognises nobody (setting recognition) days are imported once they are over; leave lines after %s out."
                                  .formatted(finished)))
                      : Future.succeededFuture();
                })
        : Future.succeededFuture();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static boolean isVisitless(Site site) {
    return site.privacy().recognising() == Recognising.NONE;
  }

  private Future<Written> write(ImportedVisits visits, int lines, int attempts) {
    return new SiteStore(pool)
        .visitsCompleteFrom(visits.site().id())
        .map(complete -> Kept.of(visits, complete))
        .compose(kept -> write(visits, lines, kept))
        .recover(
            failure -> {
              // Retention may have dropped a month that was empty.
              boolean placeless = SqlStates.isWithoutPlace(failure);
              if (placeless) {
                partitions.forget();
              }
              boolean passing =
                  placeless || failure instanceof RaisedException || SqlStates.isCollision(failure);
              return passing && attempts > 1
                  ? write(visits, lines, attempts - 1)
                  : Future.failedFuture(failure);
            });
  }

  private Future<Written> write(ImportedVisits visits, int lines, Kept kept) {
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
        .ensure(kept.days())
        .compose(
            ready ->
                pool.withTransaction(
                    connection ->
                        Imports.add(connection, entry)
                            .map(entry::numbered)
                            .compose(
                                numbered -> write(connection, visits, kept, numbered, arrays))));
  }

  private Future<Written> write(
      SqlConnection connection,
      ImportedVisits visits,
      Kept kept,
      Imported entry,
      HitArrays arrays) {
    Batches batches = new Batches(connection, visits, entry, arrays);
    return PastVisits.begin(connection)
        .compose(begun -> batches.write(kept.from(), visits.count(), PastVisits::write))
        .compose(written -> kept.from() > 0 ? writeTotals(batches, kept) : written())
        .compose(written -> requireStill(connection, visits.site(), kept))
        .compose(
            allowed ->
                kept.from() > 0
                    ? ImportedTotals.enter(connection, entry.site(), kept.passing())
                    : written())
        .compose(entered -> PastVisits.markDue(connection, entry.site(), kept.days()))
        .compose(marked -> audit(connection, entry))
        .map(
            audited -> new Written(entry, kept.passing().isEmpty() ? null : kept.passing().last()));
  }

  private static Future<Void> written() {
    return Future.succeededFuture();
  }

  private static Future<Void> writeTotals(Batches batches, Kept kept) {
    SqlConnection connection = batches.connection;
    return PastVisits.beginPassing(connection)
        .compose(begun -> batches.write(0, kept.from(), PastVisits::writePassing))
        .compose(written -> PastVisits.endPassing(connection))
        .compose(
            written -> ImportedTotals.compute(connection, batches.entry.site(), kept.passing()))
        .compose(computed -> ImportedTotals.hold(connection));
  }

  /** How a batch of hits is written. */
  private interface Writing {
    Future<Integer> write(SqlConnection connection, Tuple hits, int origin);
  }

  /** The visits of an import, some at a time, in their order. */
  private final class Batches {
    private final SqlConnection connection;
    private final ImportedVisits visits;
    private final Imported entry;
    private final HitArrays arrays;

    Batches(SqlConnection connection, ImportedVisits visits, Imported entry, HitArrays arrays) {
      this.connection = connection;
      this.visits = visits;
      this.entry = entry;
      this.arrays = arrays;
    }

    Future<Void> write(int from, int end, Writing writing) {
      return from >= end
          ? Future.succeededFuture()
          : prepare(from, end).compose(first -> write(first, from, end, writing));
    }

    /** While the database writes some, the next are made ready. */
    private Future<Void> write(Tuple hits, int from, int end, Writing writing) {
      int next = Math.min(from + VISITS_AT_ONCE, end);
      Future<Integer> written = writing.write(connection, hits, entry.id());
      if (next == end) {
        return written.mapEmpty();
      }
      Future<Tuple> prepared = prepare(next, end);
      return Future.join(written, prepared)
          .compose(both -> write(prepared.result(), next, end, writing));
    }

    private Future<Tuple> prepare(int from, int end) {
      int to = Math.min(from + VISITS_AT_ONCE, end);
      return blocking(() -> visits.hits(from, to)).compose(arrays::of);
    }
  }

  private <T> Future<T> blocking(Supplier<T> work) {
    return vertx.executeBlocking(work::get);
  }

  private static Future<Void> requireStill(SqlConnection connection, Site site, Kept kept) {
    return connection
        .preparedQuery(COMPLETE_FROM)
        .execute(Tuple.of(site.id().value()))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return Future.failedFuture(
                    new NotImportableException("no-site", "The site was removed meanwhile."));
              }
              return kept.isStill(rows.iterator().next().getLocalDate(0))
                  ? Future.succeededFuture()
                  : Future.failedFuture(new RaisedException());
            })
        .compose(
            still ->
                isVisitless(site)
                    ? requireSealed(connection, site, kept)
                    : Future.succeededFuture());
  }

  private static Future<Void> requireSealed(SqlConnection connection, Site site, Kept kept) {
    return ImportedTotals.areAwaited(connection, site.id(), kept.passing())
        .compose(
            awaited ->
                awaited
                    ? Future.failedFuture(
                        new NotImportableException(
                            "days-not-sealed",
                            "Totals of some of these days are about to be made; send it again in ten minutes."))
                    : Future.succeededFuture());
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
