package dk.sporlos.database;

import java.time.Duration;

/** The moment until which something is waited for that happens in another process. */
final class Deadline {
  private static final long PAUSE_MS = 20;

  private final long nanos;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  static Deadline in(Duration patience) {
    return new Deadline(System.nanoTime() + patience.toNanos());
  }

  boolean isPast() {
    return isWithin(Duration.ZERO);
  }

  /** Whether no more than this is left. */
  boolean isWithin(Duration left) {
    return nanos - System.nanoTime() <= left.toNanos();
  }

  /** Lets a moment pass before the next look. */
  void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseException("Waiting for the database was interrupted: start again.", e);
    }
  }
}
