package dk.sporlos.intake;

import dk.sporlos.door.Bots;
import dk.sporlos.door.DataCentres;
import dk.sporlos.door.Deliveries;
import dk.sporlos.door.Door;
import dk.sporlos.door.Limits;
import dk.sporlos.door.Recognition;
import dk.sporlos.door.TestEnrichment;
import dk.sporlos.door.TrustedProxies;
import dk.sporlos.site.Dialect;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteDirectory;
import dk.sporlos.site.SiteId;
import dk.sporlos.testing.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The door of one site, {@code example.com}, at a standing time. */
final class TestDoor {
  /** The one token of scope {@code send}. */
  static final String SEND_TOKEN = "sporlos_may_send";

  private TestDoor() {}

  /** A site, by its domain and by what other products called it. */
  private record OneSite(Site site) implements SiteDirectory {
    @Override
    public Future<@Nullable Site> byDomain(String domain) {
      return Future.succeededFuture(domain.equals(site.domain()) ? site : null);
    }

    @Override
    public Future<@Nullable Site> named(Dialect dialect, String name) {
      return name.equals(site.settings().dialects().idIn(dialect))
          ? Future.succeededFuture(site)
          : byDomain(name);
    }
  }

  static Door create() {
    return create(Limits.Settings.none());
  }

  static Door create(Limits.Settings limits) {
    return create(
        limits,
        new Site(new SiteId(1), "example.com", ZoneId.of("UTC"), false),
        TrustedProxies.none());
  }

  static Door create(Limits.Settings limits, Site site, TrustedProxies proxies) {
    MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
    Recognition recognition =
        new Recognition(
            clock,
            new SecureRandom(),
            new Recognition.Limits(100, 100),
            ended -> {},
            browser -> {});
    return new Door(
        new OneSite(site),
        proxies,
        Bots.shipped(DataCentres.none(), new SimpleMeterRegistry()),
        new Limits(limits, clock, new SecureRandom()),
        new Deliveries(clock, new SecureRandom()),
        recognition,
        TestEnrichment.shipped(),
        (token, asked) -> Future.succeededFuture(token.equals(SEND_TOKEN)),
        clock);
  }
}
