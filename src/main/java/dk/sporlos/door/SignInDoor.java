package dk.sporlos.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What signing in may know of a request: whether its network guesses too much, and with what
 * browser it came. Networks stand in memory alone, for as long as they wait.
 */
public final class SignInDoor {
  private static final int MOST_FAILURES = 30;
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final int MOST_NETWORKS = 100_000;

  private final TrustedProxies proxies;
  private final Agents agents = new Agents();
  private final Cache<CutAddress, AtomicInteger> failures;

  public SignInDoor(TrustedProxies proxies, Clock clock) {
    this.proxies = proxies;
    Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    this.failures =
        Caffeine.newBuilder()
            .maximumSize(MOST_NETWORKS)
            .expireAfterWrite(WINDOW)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /** Whether so many tries of its network were wrong that no more are taken for now. */
  public boolean isTooMuch(HttpServerRequest request) {
    AtomicInteger count = failures.getIfPresent(network(request));
    return count != null && count.get() >= MOST_FAILURES;
  }

  /** Counts a try that was wrong. */
  public void failed(HttpServerRequest request) {
    failures.get(network(request), first -> new AtomicInteger()).incrementAndGet();
  }

  /** Whether a browser asked over TLS, which a proxy may have taken off. */
  public boolean isSecure(HttpServerRequest request) {
    return ForwardedProto.isSecure(request, proxies);
  }

  /** The browser in words, as in {@code Firefox, Windows}; empty if it is not known. */
  public String browser(HttpServerRequest request) {
    Sender sender = Sender.of(request, proxies);
    Client client = agents.read(sender.agent(), sender.hints());
    return client.browser().isEmpty() || client.os().isEmpty()
        ? client.browser() + client.os()
        : client.browser() + ", " + client.os();
  }

  private CutAddress network(HttpServerRequest request) {
    return Sender.of(request, proxies).address().cut();
  }
}
