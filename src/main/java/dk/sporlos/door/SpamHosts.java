package dk.sporlos.door;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hosts that send beacons with their own address as referrer, so that owners look at them. */
final class SpamHosts {
  private final Set<String> hosts;

  /**
   * @param hosts in canonical spelling; a host stands for its subdomains, too
   */
  SpamHosts(Set<String> hosts) {
    this.hosts = Set.copyOf(hosts);
  }

  /** Those of the list that is shipped. */
  static SpamHosts shipped() {
    return new SpamHosts(Set.copyOf(ShippedList.read("spammers.txt")));
  }

  /** The host of the list that a referrer is of; null if it is of none. */
  @Nullable String among(@Nullable String referrer) {
    Url url = referrer == null ? null : Url.parse(referrer);
    if (url == null) {
      return null;
    }
    String host = url.host();
    while (!hosts.contains(host)) {
      int dot = host.indexOf('.');
      if (dot < 0) {
        return null;
      }
      host = host.substring(dot + 1);
    }
    return host;
  }
}
