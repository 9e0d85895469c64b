package dk.sporlos.door;

import dk.sporlos.site.Site;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One reason not to count a beacon, and when it holds.
 *
 * @param finding null if it does not hold, else the detail by which the owner can tell such beacons
 *     apart: a name from a list that is shipped, or nothing
 */
record Check(Reason reason, Function<Arrival, @Nullable String> finding) {

  /** A beacon that can be read, of a site that is known, and who sent it. */
  record Arrival(Site site, Beacon beacon, Sender sender) {}

  /** A check without details. */
  static Check when(Reason reason, Predicate<Arrival> holds) {
    return new Check(reason, arrival -> holds.test(arrival) ? "" : null);
  }
}
