package dk.sporlos.door;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the door decided about a beacon. */
public sealed interface Verdict {

  /**
   * It counts.
   *
   * @param cleaned how many traces of each kind were left out of the hit
   * @param delivery to be told how storing the hit ended
   */
  record Accepted(Site site, Hit hit, Map<Trace, Integer> cleaned, Delivery delivery)
      implements Verdict {}

  /**
   * It was sent before, and counts once.
   *
   * @param earlier succeeds once the earlier one is durable, and fails if that was not stored
   */
  record Repeated(Site site, Future<Void> earlier) implements Verdict {}

  /**
   * It is well-formed and does not count; the sender is told why.
   *
   * @param site that it named; null if there is none of that name
   * @param detail a name from a list that is shipped, such as a kind of bot; empty if there is none
   */
  record Dropped(@Nullable Site site, Reason reason, String detail) implements Verdict {}

  /**
   * It cannot be read.
   *
   * @param subject what its dialect calls the part that is wrong; empty where it is all of it
   * @param detail names what is wrong and how to mend it; repeats nothing of the beacon's values
   */
  record Malformed(String subject, String detail) implements Verdict {}
}
