package dk.sporlos.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What passkeys are asked to sign: random, for one purpose, for five minutes, and once.
 *
 * <p>In memory: a browser is asked and answers within moments, and comes to the same process. Safe
 * for use by many threads.
 */
final class Challenges {
  /** Of whoever signs in, who is not known yet. */
  static final int ANYBODY = 0;

  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final int MOST = 50_000;

  private final SecureRandom random;
  private final Cache<String, Integer> accounts;

  Challenges(Clock clock, SecureRandom random) {
    this.random = random;
    Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    this.accounts =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(LIFE)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /**
   * Draws one.
   *
   * @param account whose new passkey is to sign it, or {@link #ANYBODY}
   */
  String draw(int account) {
    String challenge = Secret.draw(random).text();
    accounts.put(challenge, account);
    return challenge;
  }

  /** Whether it was drawn for this and still holds; it does not any more from now on. */
  boolean take(String challenge, int account) {
    Integer drawnFor = accounts.asMap().remove(challenge);
    return drawnFor != null && drawnFor == account;
  }
}
