package dk.sporlos.door;

import dk.sporlos.site.Site;
import java.util.function.Predicate;

/** One reason not to count a beacon, and when it holds. */
record Check(Reason reason, Predicate<Arrival> holds) {

  /** A beacon that can be read, of a site that is known, and who sent it. */
  record Arrival(Site site, Beacon beacon, Sender sender) {}
}
