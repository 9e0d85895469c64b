package dk.sporlos.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.handler.HttpException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How much each token may ask: as many requests an hour as it says, at any pace. Every process
 * counts for itself.
 */
public final class TokenLimits {
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final int MOST_TOKENS = 100_000;

  private final TimeMeter meter;
  private final Cache<Integer, Bucket> buckets;

  public TokenLimits(Clock clock) {
    this.meter = new ClockMeter(clock);
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_TOKENS)
            .expireAfterAccess(WINDOW)
            .ticker(meter::currentTimeNanos)
            .build();
  }

  /**
   * Takes one request from what a token has left, and says in the answer what that is. Throws
   * {@link HttpException} with 429 if it has none.
   */
  void take(HttpServerResponse response, Tokens.Found token) {
    int limit = token.hourly();
    ConsumptionProbe probe = bucket(token.program().id(), limit).tryConsumeAndReturnRemaining(1);
    response
        .putHeader("RateLimit-Limit", String.valueOf(limit))
        .putHeader("RateLimit-Remaining", String.valueOf(probe.getRemainingTokens()))
        .putHeader("RateLimit-Reset", seconds(probe.getNanosToWaitForReset()));
    if (!probe.isConsumed()) {
      response.putHeader("Retry-After", seconds(probe.getNanosToWaitForRefill()));
      throw new HttpException(
          429,
          "Too many API requests. Your API key is limited to %d requests per hour."
              .formatted(limit));
    }
  }

  private Bucket bucket(int token, int limit) {
    return buckets.get(
        token,
        first ->
            Bucket.builder()
                .withCustomTimePrecision(meter)
                .addLimit(capacity -> capacity.capacity(limit).refillGreedy(limit, WINDOW))
                .build());
  }

  /** In whole seconds, rounded up. */
  private static String seconds(long nanos) {
    return String.valueOf(TimeUnit.NANOSECONDS.toSeconds(nanos + 999_999_999));
  }

  /** The time that the process goes by. */
  private static final class ClockMeter implements TimeMeter {
    private final Clock clock;

    ClockMeter(Clock clock) {
      this.clock = clock;
    }

    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
