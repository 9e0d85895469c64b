package dk.sporlos.testing;

import dk.sporlos.database.DatabaseUrl;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

/** A pool of connections to a test's database. */
public final class TestPool implements AutoCloseable {
  private final Vertx vertx;
  private final Pool pool;

  private TestPool(Vertx vertx, Pool pool) {
    this.vertx = vertx;
    this.pool = pool;
  }

  public static TestPool of(DatabaseUrl url) {
    return of(url, 4);
  }

  /** With as many connections at most. */
  public static TestPool of(DatabaseUrl url, int size) {
    Vertx vertx = Vertx.vertx();
    Pool pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(size))
            .connectingTo(url.connectOptions())
            .using(vertx)
            .build();
    return new TestPool(vertx, pool);
  }

  public Vertx vertx() {
    return vertx;
  }

  public Pool pool() {
    return pool;
  }

  @Override
  public void close() {
    pool.close().await();
    vertx.close().await();
  }
}
