package dk.sporlos.stats;

import dk.sporlos.metrics.FailureLog;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The figures of those sites that show them to Prometheus: of the last finished day, and how many
 * visitors there are about now. All are rounded as for outsiders.
 */
public final class SiteFigures {

  /*
   * A scrape shows what is known and waits for nothing: it only has what is too old read again, for
   * the next one. So nothing is read while nobody scrapes, and a day's figures once, but for those
   * that a late visit has changed, which are seen within the hour.
   */
  static final int MOST_SITES = 100;

  private static final Duration NOW_FRESH = Duration.ofSeconds(15);
  private static final Duration DAYS_FRESH = Duration.ofMinutes(1);
  private static final Duration DAY_FRESH = Duration.ofHours(1);

  private static final String LAST_DAYS =
      """
      select site_id, max(day) as day from sealed_day
      where site_id = any ($1) and not due
      group by site_id
      """;

  private static final FailureLog FAILURES =
      new FailureLog("figures of sites were not read for Prometheus");

  /** What was read about a day, by a site that had these settings. */
  private record Known(Site site, SiteDay day, Instant read) {}

  private final Pool pool;
  private final Supplier<List<Site>> sites;
  private final SiteDays days;
  private final CurrentVisitors current;
  private final Clock clock;
  private final SiteGauges gauges;
  private final AtomicBoolean reading = new AtomicBoolean();
  private volatile Map<SiteId, Known> known = Map.of();
  private volatile Instant nowRead = Instant.MIN;
  private volatile Instant daysRead = Instant.MIN;
  private volatile int unshown;

  /**
   * @param sites all of them, as far as they are known
   */
  public SiteFigures(
      Pool pool, Supplier<List<Site>> sites, Stats stats, Clock clock, MeterRegistry meters) {
    this.pool = pool;
    this.sites = sites;
    this.days = new SiteDays(pool, stats);
    this.current = new CurrentVisitors(pool, clock);
    this.clock = clock;
    this.gauges = new SiteGauges(meters);
    Gauge.builder("sporlos.sites.unshown", this, figures -> figures.unshown)
        .description(
            "Sites that would show their figures here and do not, since %d others do"
                .formatted(MOST_SITES))
        .register(meters);
  }

  /**
   * Has read again what is too old.
   *
   * @return completes when it is read; never fails
   */
  public Future<Void> refresh() {
    if (clock.instant().isBefore(nowRead.plus(NOW_FRESH)) || !reading.compareAndSet(false, true)) {
      return Future.succeededFuture();
    }
    nowRead = clock.instant();
    List<Site> shown = shown();
    return readDays(shown)
        .compose(read -> readNow(shown))
        .onFailure(FAILURES::log)
        .otherwise(Map.of())
        .onSuccess(now -> gauges.show(known.values().stream().map(Known::day).toList(), now))
        .onComplete(done -> reading.set(false))
        .mapEmpty();
  }

  private List<Site> shown() {
    List<Site> all =
        sites.get().stream()
            .filter(site -> site.settings().prometheus())
            .sorted(Comparator.comparingInt(site -> site.id().value()))
            .toList();
    unshown = Math.max(0, all.size() - MOST_SITES);
    return all.subList(0, all.size() - unshown);
  }

  private Future<?> readDays(List<Site> shown) {
    boolean changed = !known.values().stream().map(Known::site).toList().equals(shown);
    Instant now = clock.instant();
    if (shown.isEmpty()) {
      known = Map.of();
      return Future.succeededFuture();
    } else if (!changed && now.isBefore(daysRead.plus(DAYS_FRESH))) {
      return Future.succeededFuture();
    }
    return lastDays(shown)
        .compose(
            last -> {
              Future<Map<SiteId, Known>> read = Future.succeededFuture(new LinkedHashMap<>());
              for (Site site : shown) {
                LocalDate day = last.get(site.id());
                read = read.compose(before -> readDay(site, day, now).map(one -> put(before, one)));
              }
              return read;
            })
        .onSuccess(
            read -> {
              known = read;
              daysRead = now;
            });
  }

  private static Map<SiteId, Known> put(Map<SiteId, Known> before, @Nullable Known one) {
    if (one != null) {
      before.put(one.site().id(), one);
    }
    return before;
  }

  /**
   * Null if nothing is known. A day that is to be sealed again is not the last for a moment; what
   * is known of it stays. So it does where it cannot be read, which keeps no other site from being
   * shown.
   */
  private Future<@Nullable Known> readDay(Site site, @Nullable LocalDate day, Instant now) {
    Known known = this.known.get(site.id());
    Known before = known != null && known.site().equals(site) ? known : null;
    if (day == null || (before != null && before.day().day().isAfter(day))) {
      return Future.succeededFuture(before);
    }
    return before != null
            && before.day().day().equals(day)
            && now.isBefore(before.read().plus(DAY_FRESH))
        ? Future.succeededFuture(before)
        : days.read(site, day)
            .map(read -> new Known(site, read, now))
            .onFailure(FAILURES::log)
            .otherwise(before);
  }

  private Future<Map<SiteId, LocalDate>> lastDays(List<Site> shown) {
    Integer[] ids = shown.stream().map(site -> site.id().value()).toArray(Integer[]::new);
    return pool.preparedQuery(LAST_DAYS)
        .execute(Tuple.of(ids))
        .map(
            rows -> {
              Map<SiteId, LocalDate> last = new HashMap<>();
              rows.forEach(
                  row -> last.put(new SiteId(row.getInteger("site_id")), row.getLocalDate("day")));
              return last;
            });
  }

  private Future<Map<Site, Long>> readNow(List<Site> shown) {
    Future<Map<Site, Long>> read = Future.succeededFuture(new LinkedHashMap<>());
    for (Site site : shown) {
      read =
          read.compose(
              before ->
                  current
                      .of(site)
                      .onFailure(FAILURES::log)
                      .otherwiseEmpty()
                      .map(count -> put(before, site, count)));
    }
    return read;
  }

  private static Map<Site, Long> put(Map<Site, Long> before, Site site, @Nullable Long count) {
    if (count != null) {
      before.put(site, count);
    }
    return before;
  }
}
