package dk.sporlos.seal;

import dk.sporlos.database.Turn;
import dk.sporlos.fold.Horizon;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.site.Recognising;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;

/** The job that seals the finished days of all sites, and again those that a late visit changed. */
public final class Seals {

  /**
   * A visit that began before midnight lasts four hours at most and is then idle for half an hour.
   */
  private static final Duration LAST_VISITS = Duration.ofHours(5);

  /** A beacon is sent again for ten minutes. */
  private static final Duration LAST_HITS = Duration.ofMinutes(15);

  private static final int MOST_DAYS = 400;

  /** Another process has the turn. */
  private static final int NOT_OURS = -1;

  /** Days that are over, from the first of which anything is there, and not sealed yet. */
  private static final String UNSEALED =
      """
      select past.midnight::date as day
      from site
      cross join lateral generate_series(
        greatest(
          least(
            (select min(visit.day) from visit where site_id = $1),
            (select min((at at time zone site.timezone)::date) from hit
              where site_id = $1 and visit = 0)),
          site.visits_complete_from)::timestamp,
        $2::timestamp, interval '1 day') as past (midnight)
      where site.id = $1 and not exists (
        select from sealed_day where sealed_day.site_id = $1 and sealed_day.day = past.midnight::date)
      order by 1
      limit $3
      """;

  private static final String DUE =
      """
      select day from sealed_day
      where site_id = $1 and due and day >= coalesce(
        (select visits_complete_from from site where id = $1), '-infinity'::date)
      order by day
      """;

  private static final String LATE =
      """
      delete from hit using sealed_day
      where hit.site_id = $1 and hit.visit = 0 and hit.slot = 8 and sealed_day.site_id = $1
        and not sealed_day.due and sealed_day.day = (hit.at at time zone $2::text)::date
      """;

  /** Whoever changes totals holds it. */
  static final int LOCK = 7310004;

  /** For who changes totals in a transaction of their own. */
  static final String WAIT_FOR_LOCK = "select pg_advisory_xact_lock(" + LOCK + ")";

  private final Turn turn;
  private final Pool pool;
  private final SiteStore sites;
  private final Seal seal;
  private final Months months;
  private final Horizon horizon;
  private final Clock clock;
  private final ObjIntConsumer<Site> late;
  private final SealMeters measured;
  private final FailureLog failures = new FailureLog("a day was not sealed");

  /**
   * @param turns for {@link Turn}
   * @param late hears of hits that came after their day was sealed, and were dropped
   */
  public Seals(
      Pool turns,
      Pool pool,
      SiteStore sites,
      Horizon horizon,
      Clock clock,
      ObjIntConsumer<Site> late) {
    this.turn = new Turn(turns, LOCK);
    this.pool = pool;
    this.sites = sites;
    this.seal = new Seal(pool);
    this.months = new Months(pool);
    this.horizon = horizon;
    this.clock = clock;
    this.late = late;
    this.measured = new SealMeters(clock);
  }

  /** Shows how fast it is, and what waits for it. */
  public void bindTo(MeterRegistry meters) {
    measured.bindTo(meters);
  }

  /**
   * Seals what is to be sealed.
   *
   * @return how many days were
   */
  public Future<Integer> run() {
    return turn.takeIfFree(() -> horizon.now().compose(this::run), NOT_OURS)
        .map(
            count -> {
              if (count != NOT_OURS) {
                return count;
              }
              measured.leave();
              return 0;
            });
  }

  private Future<Integer> run(Instant now) {
    Instant known = now.isBefore(clock.instant()) ? now : clock.instant();
    return sites
        .all()
        .compose(
            all -> {
              Future<Integer> sealed = Future.succeededFuture(0);
              for (Site site : all) {
                sealed = sealed.compose(before -> run(site, known).map(count -> before + count));
              }
              return sealed;
            });
  }

  /** One site that cannot be sealed does not hold up the others. */
  private Future<Integer> run(Site site, Instant known) {
    return days(site, known)
        .onSuccess(days -> found(site, days))
        .compose(days -> seal(site, days))
        .onSuccess(count -> measured.done(site.id()))
        .compose(count -> months.run(site).map(count))
        .compose(count -> dropLate(site).map(count))
        .recover(
            failure -> {
              failures.log(failure);
              return Future.succeededFuture(0);
            });
  }

  private void found(Site site, List<LocalDate> days) {
    if (!days.isEmpty()) {
      measured.found(site.id());
    }
  }

  private Future<Integer> seal(Site site, List<LocalDate> days) {
    Future<Integer> sealed = Future.succeededFuture(0);
    for (LocalDate day : days) {
      sealed = sealed.compose(before -> measured.day(() -> seal.seal(site, day)).map(before + 1));
    }
    return sealed;
  }

  /** Seals days on request, also if they were before; those whose visits are gone are refused. */
  public Future<Integer> seal(Site site, LocalDate from, LocalDate to) {
    return turn.take(
        () ->
            seal(site, from.datesUntil(to.plusDays(1)).toList())
                .compose(count -> months.run(site).map(count)));
  }

  private Future<List<LocalDate>> days(Site site, Instant known) {
    Set<LocalDate> days = new TreeSet<>();
    return pool.preparedQuery(DUE)
        .execute(Tuple.of(site.id().value()))
        .onSuccess(rows -> rows.forEach(row -> days.add(row.getLocalDate("day"))))
        .compose(
            due ->
                pool.preparedQuery(UNSEALED)
                    .execute(
                        Tuple.of(
                            site.id().value(),
                            lastFinished(site, known).atStartOfDay(),
                            MOST_DAYS)))
        .map(
            rows -> {
              rows.forEach(row -> days.add(row.getLocalDate("day")));
              return List.copyOf(days);
            });
  }

  /** The last day of which nothing more is to come. */
  public static LocalDate lastFinished(Site site, Instant known) {
    boolean visitless = site.privacy().recognising() == Recognising.NONE;
    Instant settled = known.minus(visitless ? LAST_HITS : LAST_VISITS);
    return LocalDate.ofInstant(settled, site.zone()).minusDays(1);
  }

  private Future<?> dropLate(Site site) {
    return site.privacy().recognising() != Recognising.NONE
        ? Future.succeededFuture()
        : pool.preparedQuery(LATE)
            .execute(Tuple.of(site.id().value(), site.zone().getId()))
            .onSuccess(
                rows -> {
                  if (rows.rowCount() > 0) {
                    late.accept(site, rows.rowCount());
                  }
                });
  }
}
