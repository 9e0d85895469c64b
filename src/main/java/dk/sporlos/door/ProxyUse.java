package dk.sporlos.door;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Notices proxies that are not trusted, or that do not say for whom they ask: what comes by them
 * seems to come from one visitor. Counts alone; knows no address.
 */
public final class ProxyUse {

  /* As with the largest sender: a few hundred beacons tell, and what was mended shows soon. */
  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final int ENOUGH = 300;

  /** What was found in the last interval that had beacons enough. */
  public enum Finding {
    NOTHING,
    /** Most beacons bring forwarded-for headers that are not believed. */
    UNBELIEVED,
    /** Most come from trusted proxies that do not say for whom. */
    SILENT,
    /** Proxies are trusted, and no beacon came by one. */
    UNUSED
  }

  private final TrustedProxies proxies;
  private final Clock clock;

  // What follows is guarded by this object.
  private final Map<Forwarding, Integer> counts = new EnumMap<>(Forwarding.class);
  private int beacons;
  private Instant ends = Instant.MIN;
  private Finding finding = Finding.NOTHING;

  public ProxyUse(TrustedProxies proxies, Clock clock) {
    this.proxies = proxies;
    this.clock = clock;
  }

  synchronized void observe(Forwarding forwarding) {
    Instant now = clock.instant();
    if (!now.isBefore(ends)) {
      conclude();
      counts.clear();
      beacons = 0;
      ends = now.plus(INTERVAL);
    }
    beacons++;
    counts.merge(forwarding, 1, Integer::sum);
  }

  /** What was seen. */
  public synchronized Finding finding() {
    conclude();
    return finding;
  }

  private void conclude() {
    if (beacons < ENOUGH) {
      return;
    }
    if (isMost(Forwarding.UNBELIEVED)) {
      finding = Finding.UNBELIEVED;
    } else if (isMost(Forwarding.SILENT)) {
      finding = Finding.SILENT;
    } else {
      boolean unused = !proxies.isEmpty() && of(Forwarding.NONE) == beacons;
      finding = unused ? Finding.UNUSED : Finding.NOTHING;
    }
  }

  private boolean isMost(Forwarding forwarding) {
    return of(forwarding) > beacons / 2;
  }

  private int of(Forwarding forwarding) {
    return counts.getOrDefault(forwarding, 0);
  }
}
