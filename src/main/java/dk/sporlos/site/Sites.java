package dk.sporlos.site;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

  private record Snapshot(Map<String, Site> byDomain, Instant taken) {}

  private final SiteStore store;
  private final Clock clock;
  private final AtomicReference<@Nullable Future<Void>> refreshing = new AtomicReference<>();
  private volatile Snapshot latest = new Snapshot(Map.of(), Instant.MIN);

  /** Why the last look failed; null if it did not. */
  private volatile @Nullable Throwable failure;

  public Sites(SiteStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Future<@Nullable Site> byDomain(String domain) {
    Snapshot known = latest;
    Site site = known.byDomain().get(domain);
    Instant now = clock.instant();
    boolean fresh = !now.isBefore(known.taken()) && now.isBefore(known.taken().plus(PAUSE));
    if (site != null || fresh) {
      return Future.succeededFuture(site);
    }
    Throwable lately = failure;
    Future<Void> looked = refresh(known);
    return lately == null
        ? looked.map(refreshed -> latest.byDomain().get(domain))
        : Future.failedFuture(lately);
  }

  /** The site of a number, from memory alone; null if it is not known. */
  public @Nullable Site byId(SiteId id) {
    return latest.byDomain().values().stream()
        .filter(site -> site.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  /** Looks again, so that changed and removed sites are seen too. */
  public Future<Void> refresh() {
    return refresh(latest);
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
    latest =
        new Snapshot(
            sites.stream().collect(Collectors.toMap(Site::domain, Function.identity())), taken);
    return null;
  }
}
