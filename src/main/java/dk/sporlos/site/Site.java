package dk.sporlos.site;

import java.time.ZoneId;
import java.util.Objects;

/**
 * A website whose visits are counted.
 *
 * @param domain its name as the snippet says it, in lower case
 * @param zone where its days and hours are counted
 * @param settings what the operator says about it
 */
public record Site(SiteId id, String domain, ZoneId zone, boolean demo, SiteSettings settings) {
  public Site {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(settings, "settings");
  }

  /** One of which nothing is said. */
  public Site(SiteId id, String domain, ZoneId zone, boolean demo) {
    this(id, domain, zone, demo, SiteSettings.DEFAULT);
  }

  public Site with(SiteSettings other) {
    return new Site(id, domain, zone, demo, other);
  }

  /**
   * Whether pages on a host are pages of the site.
   *
   * @param host as {@link HostName#canonical} spells it, or an IPv6 literal in brackets
   */
  public boolean hasPagesOn(String host) {
    return host.equals(domain)
        || isSubdomain(host)
        || settings.hosts().include(host)
        || (settings.localhost() && HostName.isLocal(host));
  }

  private boolean isSubdomain(String host) {
    int before = host.length() - domain.length() - 1;
    return before > 0 && host.charAt(before) == '.' && host.endsWith(domain);
  }
}
