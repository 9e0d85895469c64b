package dk.sporlos.bench;

import dk.sporlos.site.SiteId;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;

/**
 * Hits of a site that arrive while questions about it are asked: half an hour of them is in the
 * inbox before, and each second as many are folded as arrive. They are taken out again at the end.
 */
final class Arrivals {
  private static final Duration OPEN = Duration.ofMinutes(30);

  private final Pool pool;
  private final SiteId site;
  private final History history;
  private final long hits;
  private final Instant began = Instant.now();
  private final Thread thread = new Thread(this::arrive, "arrivals");
  private volatile boolean stopped;

  private Arrivals(Pool pool, Pool foldPool, SiteId site, long hits) {
    this.pool = pool;
    this.site = site;
    this.hits = hits;
    this.history = new History(pool, foldPool, site);
  }

  /**
   * @param hits a second
   */
  static Arrivals begin(Pool pool, Pool foldPool, SiteId site, long hits) {
    Arrivals arrivals = new Arrivals(pool, foldPool, site, hits);
    arrivals.history.addOpen(hits * OPEN.toSeconds());
    pool.query("analyze hit").execute().await();
    arrivals.thread.start();
    return arrivals;
  }

  private void arrive() {
    long seconds = 0;
    while (!stopped) {
      history.addEnded(hits);
      history.fold(hits).await();
      seconds++;
      pause(Duration.between(Instant.now(), began.plusSeconds(seconds)));
    }
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(Math.max(0, pause.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Tuple which = Tuple.of(site.value());
    pool.preparedQuery("delete from hit where site_id = $1").execute(which).await();
    pool.preparedQuery(
            "delete from visit where site_id = $1 and day > (select max(day) from sealed_day)")
        .execute(which)
        .await();
  }
}
