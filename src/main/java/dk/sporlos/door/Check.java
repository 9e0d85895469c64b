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

  /** A beacon that can be read, of a site that is known, and who sent it or had it sent. */
  record Arrival(Site site, Beacon beacon, Sender sender, Vouching vouching) {
    boolean isVouchedFor() {
      return vouching == Vouching.GIVEN;
    }
  }

  /** Whether a token stands behind what a sender says of a visitor. */
  enum Vouching {
    /** Nothing is said, or it is passed over. */
    NONE,
    /** There is a token that may. */
    GIVEN,
    /** There is none, or one that may not. */
    LACKING
  }

  /** A check without details. */
  static Check when(Reason reason, Predicate<Arrival> holds) {
    return new Check(reason, arrival -> holds.test(arrival) ? "" : null);
  }
}
