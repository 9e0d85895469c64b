package dk.sporlos.door;

/** What the door decided about a beacon. */
public sealed interface Verdict {

  /** It counts. */
  record Accepted(Hit hit) implements Verdict {}

  /** It is well-formed and does not count; the sender is told why. */
  record Dropped(Reason reason) implements Verdict {}

  /**
   * It cannot be read.
   *
   * @param detail names what is wrong and how to mend it; repeats nothing of the beacon's values
   */
  record Malformed(String detail) implements Verdict {}
}
