package dk.sporlos.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits for what happens in the background. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PAUSE_MILLIS = 20;

  private Eventually() {}

  /** Tries an assertion again and again until it holds; the last failure is thrown. */
  public static void eventually(ThrowingCallable assertion) throws Throwable {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        assertion.call();
        return;
      } catch (AssertionError notYet) {
        if (Instant.now().isAfter(deadline)) {
          throw notYet;
        }
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }
}
