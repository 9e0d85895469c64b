package dk.sporlos.door;

import dk.sporlos.site.SiteId;
import java.time.Instant;
import java.util.Objects;

/**
 * What is left of an accepted beacon: who it came from is two random numbers.
 *
 * @param visit random number of the visit
 * @param visitor random number of the visitor for the site and day on which the visit began
 * @param at when the beacon was received, in whole seconds
 * @param step position within the visit, from 0; an engagement carries the step of its page view
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
    boolean byCookie) {

  public Hit {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(page, "page");
    Objects.requireNonNull(action, "action");
  }
}
