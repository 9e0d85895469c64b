package dk.sporlos.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import org.jspecify.annotations.Nullable;

/** Tells with what a visitor came. */
final class Clients {
  // A thousand agent strings make nine visits of ten; one takes about a kilobyte.
  private static final int CACHED_AGENTS = 10_000;

  private final Agents agents = new Agents();

  /** What was read of agent strings; in memory, and never beyond this object. */
  private final Cache<Asked, Client> clients =
      Caffeine.newBuilder()
          .maximumSize(CACHED_AGENTS)
          .recordStats()
          .executor(Runnable::run)
          .build();

  private record Asked(String agent, ClientHints hints) {}

  Clients(MeterRegistry meters) {
    CaffeineCacheMetrics.monitor(meters, clients, "agent");
  }

  /**
   * The client of a sender.
   *
   * @param viewportWidth in CSS pixels; null if not reported
   */
  Client client(Sender sender, @Nullable Integer viewportWidth) {
    Client read =
        clients.get(
            new Asked(sender.agent(), sender.hints()),
            asked -> agents.read(asked.agent(), asked.hints()));
    return new Client(
        read.browser(),
        read.browserVersion(),
        read.os(),
        read.osVersion(),
        read.device(),
        ScreenClass.label(viewportWidth),
        Languages.first(sender.language()));
  }
}
