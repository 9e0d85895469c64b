package dk.sporlos.door;

import dk.sporlos.site.SiteId;
import java.time.Instant;

/**
 * A visit that no further hit will belong to.
 *
 * @param visit its random number
 * @param began when its first hit was received
 */
public record EndedVisit(SiteId site, long visit, Instant began) {}
