package dk.sporlos.stats;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Recognising;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many visitors a site has right now: those who viewed a page in the last five minutes.
 *
 * <p>A figure is given again for some seconds, so that many who watch a site cost as much as one.
 */
final class CurrentVisitors {

  private static final Duration NOW = Duration.ofMinutes(5);
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** The slots keep it from reading hours of the inbox. */
  private static final String CURRENT =
      """
      select count(distinct visitor) as visitors
      from hit
      where site_id = $1 and slot in ($2, $3) and at > $4 and kind = 0 and visit <> 0
      """;

  private final Pool pool;
  private final Clock clock;
  private final Cache<SiteId, Future<Long>> figuresBySite;

  CurrentVisitors(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
    Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    this.figuresBySite =
        Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(10_000).ticker(ticker).build();
  }

  /** Their number; null if the site recognises nobody. */
  Future<@Nullable Long> of(Site site) {
    if (site.privacy().recognising() == Recognising.NONE) {
      return Future.succeededFuture(null);
    }
    Future<Long> figure = figuresBySite.get(site.id(), this::count);
    return figure
        .onFailure(failure -> figuresBySite.asMap().remove(site.id(), figure))
        .map(count -> count);
  }

  private Future<Long> count(SiteId site) {
    Instant since = clock.instant().minus(NOW);
    return pool.preparedQuery(CURRENT)
        .execute(
            Tuple.of(
                site.value(),
                (short) Inbox.slot(clock.instant()),
                (short) Inbox.slot(since),
                since.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.iterator().next().getLong("visitors"));
  }
}
