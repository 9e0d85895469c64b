package dk.sporlos.metrics;

import ch.qos.logback.classic.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * What libraries warn of again and again: the same is let through once a minute. What we warn of
 * ourselves is a {@link FailureLog}'s to limit.
 */
final class Repeats {
  private static final String OURS = "dk.sporlos";

  /** Libraries write into their texts for how long a thread was blocked, and which. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private static final long PAUSE_NANOS = 60_000_000_000L;

  /** Libraries have some hundred texts; one that makes them up must not fill memory. */
  private static final int MOST = 1_000;

  private final LongSupplier nanoTime;
  private final Map<String, Long> due = new ConcurrentHashMap<>();

  Repeats(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Whether something was said less than a minute ago, and is to be kept back; if not, it is taken
   * to be said now.
   */
  boolean isRepeated(String logger, Level level, String format) {
    if (!level.isGreaterOrEqual(Level.WARN) || logger.startsWith(OURS)) {
      return false;
    }
    long now = nanoTime.getAsLong();
    String key = logger + ' ' + NUMBER.matcher(format).replaceAll("#");
    Long next = due.get(key);
    if (next != null && now - next < 0) {
      return true;
    }
    if (due.size() >= MOST) {
      due.clear();
    }
    due.put(key, now + PAUSE_NANOS);
    return false;
  }
}
