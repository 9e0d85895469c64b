package dk.sporlos.site;

import java.time.ZoneId;
import java.util.Objects;

/**
 * A website whose visits are counted.
 *
 * @param domain its name as the snippet says it, in lower case
 * @param zone where its days and hours are counted
 */
public record Site(SiteId id, String domain, ZoneId zone, boolean demo) {
  public Site {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(zone, "zone");
  }
}
