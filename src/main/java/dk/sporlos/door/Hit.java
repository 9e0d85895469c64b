package dk.sporlos.door;

import dk.sporlos.site.SiteId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is left of an accepted beacon: who it came from is two random numbers, or nothing.
 *
 * @param visit random number of the visit; 0 where nobody is recognised, and so there is none
 * @param visitor random number of the visitor for the site and day on which the visit began; 0
 *     without a visit
 * @param at when the beacon was received, in whole seconds
 * @param step position within the visit, from 0; an engagement carries the step of its page view
 * @param attributes of the visit, with the hit that opened it, or without a visit of the page view
 *     or event; null for every other
 * @param properties what the website says of the action, cleaned; empty for an engagement
 * @param revenue null if none was reported
 * @param byCookie whether the visit was recognised by a cookie's number
 */
public record Hit(
    SiteId site,
    long visit,
    long visitor,
    Instant at,
    int step,
    Page page,
    Action action,
    @Nullable Attributes attributes,
    Map<String, String> properties,
    @Nullable Revenue revenue,
    boolean byCookie) {

  public Hit {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(page, "page");
    Objects.requireNonNull(action, "action");
    properties = Map.copyOf(properties);
  }

  /** Whether it belongs to a visit. */
  public boolean hasVisit() {
    return visit != 0;
  }
}
