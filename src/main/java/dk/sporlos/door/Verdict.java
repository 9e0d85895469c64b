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
   */
  record Dropped(@Nullable Site site, Reason reason) implements Verdict {}

  /**
   * It cannot be read.
   *
   * @param detail names what is wrong and how to mend it; repeats nothing of the beacon's values
   */
  record Malformed(String detail) implements Verdict {}
}
