package dk.sporlos.site;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sites as this process last saw them.
 *
 * <p>A known site is answered from memory. An unknown one makes the process look again, so that a
 * site counts from the moment it is added, by whichever process; it looks once a second at most,
 * however many unknown names it is asked for. Once a look has failed, nobody waits for the next
 * one: unknown names fail until one succeeds.
 */
public final class Sites implements SiteDirectory {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** What another product called a site. */
  private record FormerId(Dialect dialect, String id) {}

  private record Snapshot(
      Map<String, Site> byDomain,
      Map<FormerId, Site> byFormerId,
      Set<String> trackers,
      Instant taken) {

    @Nullable Site named(Dialect dialect, String name) {
      Site site = byFormerId.get(new FormerId(dialect, name));
      return site == null ? byDomain.get(name) : site;
    }
  }

  private final SiteStore store;
  private final Clock clock;
  private final AtomicReference<@Nullable Future<Void>> refreshing = new AtomicReference<>();
  private volatile Snapshot latest = new Snapshot(Map.of(), Map.of(), Set.of(), Instant.MIN);

  /** Why the last look failed; null if it did not. */
  private volatile @Nullable Throwable failure;

  public Sites(SiteStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Future<@Nullable Site> byDomain(String domain) {
    return named(Dialect.SPORLOS, domain);
  }

  @Override
  public Future<@Nullable Site> named(Dialect dialect, String name) {
    Snapshot known = latest;
    Site site = known.named(dialect, name);
    Instant now = clock.instant();
    boolean fresh = !now.isBefore(known.taken()) && now.isBefore(known.taken().plus(PAUSE));
    if (site != null || fresh) {
      return Future.succeededFuture(site);
    }
    Throwable lately = failure;
    Future<Void> looked = refresh(known);
    return lately == null
        ? looked.map(refreshed -> latest.named(dialect, name))
        : Future.failedFuture(lately);
  }

  /** All of them, from memory alone. */
  public List<Site> known() {
    return List.copyOf(latest.byDomain().values());
  }

  /** The site of a number, from memory alone; null if it is not known. */
  public @Nullable Site byId(SiteId id) {
    return latest.byDomain().values().stream()
        .filter(site -> site.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  /**
   * Looks again, so that changed and removed sites are seen too: whatever was written before this
   * is called is seen when it ends.
   */
  public Future<Void> refresh() {
    Future<Void> underWay = refreshing.get();
    return underWay == null
        ? refresh(latest)
        : underWay.otherwiseEmpty().compose(seen -> refresh(latest));
  }

  /** Looks again, unless a look has ended since the caller saw what it wants to replace. */
  private Future<Void> refresh(Snapshot seen) {
    Promise<Void> refreshed = Promise.promise();
    Future<Void> underWay = refreshing.compareAndExchange(null, refreshed.future());
    if (underWay != null) {
      return underWay;
    }
    if (!latest.equals(seen)) {
      refreshing.set(null);
      refreshed.complete();
      return refreshed.future();
    }
    Instant now = clock.instant();
    store
        .all()
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .map(sites -> remember(sites, now))
        .onComplete(
            outcome -> {
              failure = outcome.cause();
              refreshing.set(null);
              refreshed.handle(outcome);
            });
    return refreshed.future();
  }

  private @Nullable Void remember(List<Site> sites, Instant taken) {
    Map<FormerId, Site> byFormerId = new HashMap<>();
    for (Site site : sites) {
      for (Dialect dialect : Dialect.OTHERS) {
        String id = site.settings().dialects().idIn(dialect);
        if (!id.isEmpty()) {
          byFormerId.put(new FormerId(dialect, id), site);
        }
      }
    }
    Map<String, Site> byDomain =
        sites.stream().collect(Collectors.toMap(Site::domain, Function.identity()));
    Set<String> trackers =
        sites.stream().map(site -> site.settings().tracker()).collect(Collectors.toSet());
    trackers.remove("");
    latest = new Snapshot(byDomain, Map.copyOf(byFormerId), Set.copyOf(trackers), taken);
    return null;
  }

  /** Whether any site, as far as is known, chose a name for its script and beacons. */
  public boolean trackAs(String name) {
    return latest.trackers().contains(name);
  }

  /** Whether any site, as far as is known, takes beacons in a dialect. */
  public boolean takeAnywhere(Dialect dialect) {
    return latest.byDomain().values().stream()
        .anyMatch(site -> site.settings().dialects().include(dialect));
  }
}
