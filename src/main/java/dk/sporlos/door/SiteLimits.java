package dk.sporlos.door;

import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many beacons a site may have counted in a second and in its local day, by this process. */
final class SiteLimits {
  private static final double NANOS_PER_SECOND = 1e9;

  /** What a site has left. Guarded by itself. */
  private static final class Allowance {
    private double beacons;
    private long refilled;
    private LocalDate day = LocalDate.MIN;
    private long ofDay;
  }

  private final int perSecond;
  private final long perDay;
  private final Clock clock;
  private final Map<SiteId, Allowance> allowancesBySite = new ConcurrentHashMap<>();

  /**
   * @param perSecond how many, all of a second at once if they like; 0 for no limit
   * @param perDay how many; 0 for no limit
   */
  SiteLimits(int perSecond, long perDay, Clock clock) {
    this.perSecond = perSecond;
    this.perDay = perDay;
    this.clock = clock;
  }

  /** Counts a beacon against the second, and says whether it is one too many. */
  boolean rateExceededBy(Site site) {
    if (perSecond == 0) {
      return false;
    }
    Allowance allowance = allowance(site);
    long now = nanos();
    synchronized (allowance) {
      double earned = (now - allowance.refilled) / NANOS_PER_SECOND * perSecond;
      // A clock that is set back earns nothing.
      allowance.beacons = Math.min(perSecond, allowance.beacons + Math.max(earned, 0));
      allowance.refilled = now;
      if (allowance.beacons < 1) {
        return true;
      }
      allowance.beacons--;
      return false;
    }
  }

  /** Counts a beacon against the day, and says whether it is one too many. */
  boolean quotaExceededBy(Site site) {
    if (perDay == 0) {
      return false;
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), site.zone());
    Allowance allowance = allowance(site);
    synchronized (allowance) {
      if (!today.equals(allowance.day)) {
        allowance.day = today;
        allowance.ofDay = 0;
      }
      if (allowance.ofDay >= perDay) {
        return true;
      }
      allowance.ofDay++;
      return false;
    }
  }

  private Allowance allowance(Site site) {
    return allowancesBySite.computeIfAbsent(site.id(), id -> full());
  }

  private Allowance full() {
    Allowance allowance = new Allowance();
    allowance.beacons = perSecond;
    allowance.refilled = nanos();
    return allowance;
  }

  private long nanos() {
    java.time.Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
