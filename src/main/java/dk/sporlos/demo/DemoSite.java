package dk.sporlos.demo;

import dk.sporlos.door.EndedVisit;
import dk.sporlos.door.Hit;
import dk.sporlos.fold.Fold;
import dk.sporlos.fold.Partitions;
import dk.sporlos.intake.HitStore;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The site of the demo, filled with made-up visits up to a few minutes ago. */
public final class DemoSite {

  /** A name that can never be a real site's (RFC 2606). */
  public static final String DOMAIN = "demo.example";

  private static final int DAYS = 90;
  private static final ZoneId ZONE = ZoneId.of("Europe/Copenhagen");
  private static final int VISITS_PER_BATCH = 1_000;

  /** Until when the site is filled: the end of the last hour that has a visit, folded or not. */
  private static final String FILLED_UNTIL =
      """
      select greatest(
        (select max(hour) from visit where site_id = $1),
        (select date_trunc('hour', max(at)) from hit where site_id = $1)) + interval '1 hour'
      """;

  private final Pool pool;
  private final HitStore inbox;
  private final Partitions partitions;
  private final Fold fold;
  private final Clock clock;
  private @Nullable Site site;
  private @Nullable Instant filledUntil;

  public DemoSite(Pool pool, HitStore inbox, Partitions partitions, Fold fold, Clock clock) {
    this.pool = pool;
    this.inbox = inbox;
    this.partitions = partitions;
    this.fold = fold;
    this.clock = clock;
  }

  /** Registers the site if it is not, and fills it up to now. Not to be called twice at once. */
  public Future<Void> fill() {
    if (site != null && filledUntil != null) {
      return fill(site, filledUntil);
    }
    return register()
        .compose(
            registered ->
                pool.preparedQuery(FILLED_UNTIL)
                    .execute(Tuple.of(registered.id().value()))
                    .map(rows -> rows.iterator().next().getOffsetDateTime(0))
                    .compose(
                        until ->
                            fill(registered, until == null ? beginning() : until.toInstant())));
  }

  private Future<Site> register() {
    SiteStore sites = new SiteStore(pool);
    return sites
        .add(DOMAIN, ZONE, true)
        .compose(
            added ->
                added == null
                    ? sites.find(DOMAIN)
                    : new DemoDefinitions(pool).add(added.id()).<@Nullable Site>map(added))
        .map(
            found -> {
              if (found == null || !found.demo()) {
                throw new IllegalStateException(
                    DOMAIN + " is registered as a real site; remove it or use other data");
              }
              site = found;
              return found;
            });
  }

  private Instant beginning() {
    LocalDate first = LocalDate.ofInstant(clock.instant(), ZONE).minusDays(DAYS - 1);
    return first.atTime(LocalTime.MIDNIGHT).atZone(ZONE).toInstant();
  }

  private Future<Void> fill(Site demo, Instant from) {
    Instant to = clock.instant().minus(DemoVisits.LONGEST).truncatedTo(ChronoUnit.MINUTES);
    filledUntil = to.isAfter(from) ? to : from;
    if (!to.isAfter(from)) {
      return Future.succeededFuture();
    }
    List<List<Hit>> visits = new DemoVisits(demo).between(from, to);
    Future<Void> filled =
        partitions.ensure(LocalDate.ofInstant(from, ZONE), LocalDate.ofInstant(to, ZONE));
    for (int next = 0; next < visits.size(); next += VISITS_PER_BATCH) {
      List<List<Hit>> batch =
          visits.subList(next, Math.min(next + VISITS_PER_BATCH, visits.size()));
      filled = filled.compose(before -> write(batch));
    }
    // What was written before a failure is not known here: the next fill looks it up.
    return filled.onFailure(failure -> filledUntil = null);
  }

  /** Recent visits are left in the inbox, as if they could go on; the sweep folds them. */
  private Future<Void> write(List<List<Hit>> visits) {
    Instant recent = clock.instant().minus(Duration.ofHours(1));
    List<EndedVisit> ended =
        visits.stream()
            .map(hits -> hits.get(0))
            .filter(first -> first.at().isBefore(recent))
            .map(first -> new EndedVisit(first.site(), first.visit(), first.at()))
            .toList();
    return inbox
        .write(visits.stream().flatMap(List::stream).toList())
        .compose(written -> fold.fold(ended))
        .mapEmpty();
  }
}
