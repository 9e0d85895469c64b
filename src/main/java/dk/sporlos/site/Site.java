package dk.sporlos.site;

import java.time.ZoneId;
import java.util.Objects;

/**
 * A website whose visits are counted.
 *
 * @param domain its name as the snippet says it, in lower case
 * @param publicId random letters and digits by which browsers may know it, as in a cookie's name
 * @param zone where its days and hours are counted
 * @param profile the set of privacy settings that it starts from
 * @param settings what holds for it
 */
public record Site(
    SiteId id,
    String domain,
    String publicId,
    ZoneId zone,
    boolean demo,
    Profile profile,
    SiteSettings settings) {
  public Site {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(publicId, "publicId");
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(settings, "settings");
  }

  /** One of which nothing is said. */
  public Site(SiteId id, String domain, ZoneId zone, boolean demo) {
    this(id, domain, "site" + id.value(), zone, demo, Profile.DK, SiteSettings.DEFAULT);
  }

  /** What holds for the privacy of its visitors. */
  public Privacy privacy() {
    return settings.privacy();
  }

  public Site with(SiteSettings other) {
    return new Site(id, domain, publicId, zone, demo, profile, other);
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
