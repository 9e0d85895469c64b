package dk.sporlos.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The connections of this process to its database. Opened and closed by one thread; the pools are
 * for all.
 */
public final class Database {
  private static final int SIZE = 4;
  private static final Duration PING_PATIENCE = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final PgConnectOptions options;
  private final List<Pool> pools = new ArrayList<>();
  private final Pool pool;

  /** Connects when first asked to, so that it may be made before the server is there. */
  public Database(Vertx vertx, DatabaseUrl url) {
    this.vertx = vertx;
    this.options = url.connectOptions();
    this.pool = open("short", SIZE);
  }

  /** Connections for statements of a few milliseconds. What takes longer has a pool of its own. */
  public Pool pool() {
    return pool;
  }

  /**
   * A pool of its own for one purpose, so that it neither waits for others nor makes them wait.
   * Closed with this object.
   *
   * @param name in the metrics of the process
   * @param size greatest number of connections
   */
  public Pool open(String name, int size) {
    return open(name, size, PgConnectOptions.DEFAULT_PIPELINING_LIMIT);
  }

  /**
   * The same.
   *
   * @param pipeliningLimit how many statements one connection may have under way, from 1
   */
  public Pool open(String name, int size, int pipeliningLimit) {
    PgConnectOptions own = new PgConnectOptions(options);
    own.setPipeliningLimit(pipeliningLimit).setMetricsName(name);
    Pool opened =
        PgBuilder.pool()
            .using(vertx)
            .connectingTo(own)
            .with(new PoolOptions().setName(name).setMaxSize(size))
            .build();
    pools.add(opened);
    return opened;
  }

  /** Succeeds if the database answers within two seconds. */
  public Future<Void> ping() {
    return pool.query("select 1")
        .execute()
        .timeout(PING_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .mapEmpty();
  }

  /** Ends all connections. */
  public Future<Void> close() {
    return Future.join(pools.stream().map(Pool::close).toList()).mapEmpty();
  }
}
