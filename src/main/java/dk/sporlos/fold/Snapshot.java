package dk.sporlos.fold;

import java.time.Duration;
import java.time.Instant;

/**
 * The visits of a site that were open at an instant, kept in tables {@code open_visit} and {@code
 * open_event} until there are newer ones.
 *
 * @param takenAt as of when they are there
 * @param cost how long they took to make
 */
public record Snapshot(Instant takenAt, Duration cost) {

  /** No snapshot is replaced earlier. */
  static final Duration SHORTEST = Duration.ofSeconds(10);

  /** Making snapshots takes this part of the time at most. */
  private static final int PART = 10;

  /** The instant from which on it is to be replaced while somebody looks at the site. */
  Instant dueAt() {
    return takenAt.plus(kept());
  }

  private Duration kept() {
    Duration part = cost.multipliedBy(PART);
    return part.compareTo(SHORTEST) < 0 ? SHORTEST : part;
  }

  /**
   * Whether questions may still be answered from it. One that is due serves while the next is being
   * made, but not what nobody has looked at for long, nor what a clock that went back calls later.
   */
  boolean serves(Instant now) {
    return !now.isAfter(dueAt().plus(kept())) && !takenAt.isAfter(now.plus(SHORTEST));
  }

  /** Whether nobody can have looked at it for some minutes. */
  boolean isForgotten(Instant now) {
    return now.isAfter(dueAt().plus(kept()).plus(Snapshots.WATCHED));
  }
}
