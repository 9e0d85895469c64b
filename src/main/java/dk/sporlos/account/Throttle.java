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
  private static final Duration FORGOTTEN = Duration.ofHours(1);
  private static final int MOST = 100_000;

  private record Tries(int wrong, Instant last) {}

  /**
   * How long to wait.
   *
   * @param free so many may follow each other at once
   * @param first after these, and then twice as long each time
   * @param longest never longer
   */
  private record Pace(int free, Duration first, Duration longest) {
    Instant end(Tries tries) {
      if (tries.wrong() < free) {
        return tries.last();
      }
      long seconds = first.toSeconds() << Math.min(tries.wrong() - free, 20);
      return tries.last().plusSeconds(Math.min(seconds, longest.toSeconds()));
    }
  }

  private static final Pace GUESSES = new Pace(5, Duration.ofSeconds(1), Duration.ofMinutes(15));
  private static final Pace MAILS = new Pace(1, Duration.ofMinutes(1), Duration.ofMinutes(45));

  private final Clock clock;
  private final Pace pace;
  private final Cache<Object, Tries> tries;

  /** For guesses. */
  Throttle(Clock clock) {
    this(clock, GUESSES);
  }

  private Throttle(Clock clock, Pace pace) {
    this.clock = clock;
    this.pace = pace;
    Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    this.tries =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(FORGOTTEN)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /** For mails to one address: one at once, the next in a minute, and then twice as long each. */
  static Throttle ofMails(Clock clock) {
    return new Throttle(clock, MAILS);
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
              taken.set(made == null || !now.isBefore(pace.end(made)));
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
