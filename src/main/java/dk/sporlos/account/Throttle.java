package dk.sporlos.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long an account has to wait after wrong tries to sign in: not at all for the first five, then
 * twice as long each time, up to a quarter of an hour. An address without an account waits alike.
 *
 * <p>Each process counts for itself, in memory. Safe for use by many threads.
 */
final class Throttle {
  private static final int FREE = 5;
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration FORGOTTEN = Duration.ofHours(1);
  private static final int MOST = 100_000;

  private record Tries(int wrong, Instant last) {
    Instant end() {
      if (wrong < FREE) {
        return last;
      }
      long seconds = 1L << Math.min(wrong - FREE, 20);
      return last.plusSeconds(Math.min(seconds, LONGEST.toSeconds()));
    }
  }

  private final Clock clock;
  private final Cache<Object, Tries> tries;

  Throttle(Clock clock) {
    this.clock = clock;
    Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    this.tries =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(FORGOTTEN)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /**
   * Whether a try is taken now. It is counted as wrong until it is known to be right, so that many
   * at once are no way around.
   */
  boolean takes(Object who) {
    Instant now = clock.instant();
    AtomicBoolean taken = new AtomicBoolean();
    tries
        .asMap()
        .compute(
            who,
            (same, made) -> {
              taken.set(made == null || !now.isBefore(made.end()));
              if (!taken.get()) {
                return made;
              }
              return new Tries(made == null ? 1 : made.wrong() + 1, now);
            });
    return taken.get();
  }

  /** Forgets the tries of somebody who was right. */
  void succeeded(Object who) {
    tries.invalidate(who);
  }
}
