package dk.sporlos.intake;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Time that has passed, by whichever of two clocks says more: the one that nobody sets stands still
 * while the machine is suspended, and the other may be set back.
 */
record ElapsedTime(Clock clock, Instant began, LongSupplier nanoTime, long beganNanos)
    implements Ticker {

  static ElapsedTime of(Clock clock) {
    return new ElapsedTime(clock, clock.instant(), System::nanoTime, System.nanoTime());
  }

  @Override
  public long read() {
    return Math.max(
        nanoTime.getAsLong() - beganNanos, Duration.between(began, clock.instant()).toNanos());
  }
}
