package dk.sporlos.door;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;

/** How many beacons are counted of one address, and of one site. */
public final class Limits {

  /**
   * What an operator sets; 0 stands for no limit.
   *
   * @param perAddress beacons of one address a minute
   * @param exempt networks whose addresses have no limit
   * @param perSite beacons of one site a second
   * @param quota beacons of one site a day
   */
  public record Settings(int perAddress, TrustedProxies exempt, int perSite, long quota) {
    public Settings {
      Objects.requireNonNull(exempt, "exempt");
    }

    public static Settings none() {
      return new Settings(0, TrustedProxies.none(), 0, 0);
    }
  }

  private final RateLimit ofAddress;
  private final SiteLimits ofSite;
  private final LargestSender largestSender;

  public Limits(Settings settings, Clock clock, SecureRandom random) {
    this.ofAddress = new RateLimit(settings.perAddress(), settings.exempt(), clock, random);
    this.ofSite = new SiteLimits(settings.perSite(), settings.quota(), clock);
    this.largestSender = new LargestSender(clock, random);
  }

  /** Who makes most of the beacons. */
  public LargestSender largestSender() {
    return largestSender;
  }

  RateLimit ofAddress() {
    return ofAddress;
  }

  SiteLimits ofSite() {
    return ofSite;
  }
}
