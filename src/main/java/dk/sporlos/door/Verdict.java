package dk.sporlos.door;

import dk.sporlos.site.Site;
import org.jspecify.annotations.Nullable;

/** What the door decided about a beacon. */
public sealed interface Verdict {

  /** It counts. */
  record Accepted(Site site, Hit hit) implements Verdict {}

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
   * @param detail names what is wrong and how to mend it; repeats nothing of the beacon's values
   */
  record Malformed(String detail) implements Verdict {}
}
