package dk.sporlos.door;

import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many beacons a site may have counted in a second and in its local day, by this process. What
 * a site's own settings say goes before what holds for all.
 */
final class SiteLimits {
  private static final double NANOS_PER_SECOND = 1e9;

  /*
   * Limits change while the process runs. A lower rate holds at once, since what is left is never
   * more than it; one that is new begins with all of a second. The day is counted also where it has
   * no limit, so that one which is set at noon knows of the morning.
   */

  /** What a site has left. Guarded by itself. */
  private static final class Allowance {
    private double beacons = Double.POSITIVE_INFINITY;
    private long refilled;
    private LocalDate day = LocalDate.MIN;
    private long ofDay;
  }

  private final int perSecond;
  private final long perDay;
  private final Clock clock;
  private final Map<SiteId, Allowance> allowancesBySite = new ConcurrentHashMap<>();

  /**
   * @param perSecond how many, all of a second at once if they like, where the site's settings say
   *     nothing; 0 for no limit
   * @param perDay how many, where the site's settings say nothing; 0 for no limit
   */
  SiteLimits(int perSecond, long perDay, Clock clock) {
    this.perSecond = perSecond;
    this.perDay = perDay;
    this.clock = clock;
  }

  /** Counts a beacon against the second, and says whether it is one too many. */
  boolean rateExceededBy(Site site) {
    int rate = site.settings().rate() > 0 ? site.settings().rate() : perSecond;
    if (rate == 0) {
      return false;
    }
    Allowance allowance = allowance(site);
    long now = nanos();
    synchronized (allowance) {
      double earned = (now - allowance.refilled) / NANOS_PER_SECOND * rate;
      // A clock that is set back earns nothing.
      allowance.beacons = Math.min(rate, allowance.beacons + Math.max(earned, 0));
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
    long quota = site.settings().quota() > 0 ? site.settings().quota() : perDay;
    LocalDate today = LocalDate.ofInstant(clock.instant(), site.zone());
    Allowance allowance = allowance(site);
    synchronized (allowance) {
      if (!today.equals(allowance.day)) {
        allowance.day = today;
        allowance.ofDay = 0;
      }
      if (quota > 0 && allowance.ofDay >= quota) {
        return true;
      }
      allowance.ofDay++;
      return false;
    }
  }

  private Allowance allowance(Site site) {
    return allowancesBySite.computeIfAbsent(site.id(), id -> new Allowance());
  }

  private long nanos() {
    java.time.Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
