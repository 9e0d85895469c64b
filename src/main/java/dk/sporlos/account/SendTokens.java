package dk.sporlos.account;

import dk.sporlos.door.SenderTokens;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tokens of scope {@code send}. What one opens is asked again after ten seconds, so one that is
 * taken back may be good for as long.
 *
 * <p>How many requests an hour a token may make does not limit beacons: a site's own limits do.
 */
public final class SendTokens implements SenderTokens {
  private static final Duration FRESH = Duration.ofSeconds(10);

  /** As many as are remembered; others are looked up each time. */
  private static final int MOST = 1_000;

  /** What was found of a token. */
  private record Known(Reach reach, Instant at) {}

  private final Tokens tokens;
  private final Clock clock;

  /** By their hashes, so that no token is kept. Those that open nothing are not. */
  private final Map<Buffer, Known> known = new ConcurrentHashMap<>();

  public SendTokens(Tokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public Future<Boolean> maySend(String token, Site site) {
    Buffer hash = new Secret(token).hash();
    Instant now = clock.instant();
    Known lately = known.get(hash);
    if (lately != null && now.isBefore(lately.at().plus(FRESH))) {
      return Future.succeededFuture(lately.reach().opens(site));
    }
    return tokens
        .find(token)
        .map(
            found -> {
              if (found == null || !found.program().scopes().contains(Scope.SEND)) {
                known.remove(hash);
                return false;
              }
              if (known.size() >= MOST) {
                known.clear();
              }
              known.put(hash, new Known(found.program().reach(), now));
              return found.program().reach().opens(site);
            });
  }
}
