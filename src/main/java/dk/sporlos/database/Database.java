package dk.sporlos.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of this process to its database. Opened and closed by one thread; the pools are
 * for all.
 */
public final class Database {
  private static final int SIZE = 4;
  private static final Duration PING_PATIENCE = Duration.ofSeconds(2);
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

  /*
   * A server that is gone without a word would keep a statement waiting for a quarter of an hour. So
   * a connection on which nothing is heard is closed; the pool closes one that nobody uses before
   * that, lest a statement be sent over it in that moment.
   */
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final Duration UNHEARD = Duration.ofSeconds(75);

  private final Vertx vertx;
  private final PgConnectOptions options;
  private final List<Pool> pools = new ArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
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
    return open(name, size, PgConnectOptions.DEFAULT_PIPELINING_LIMIT, UNHEARD);
  }

  /**
   * The same.
   *
   * @param pipeliningLimit how many statements one connection may have under way, from 1
   */
  public Pool open(String name, int size, int pipeliningLimit) {
    return open(name, size, pipeliningLimit, UNHEARD);
  }

  /** A pool for work of any length: a statement of it may be silent for as long as it takes. */
  public Pool openForLongWork(String name, int size) {
    return open(name, size, PgConnectOptions.DEFAULT_PIPELINING_LIMIT, Duration.ZERO);
  }

  /**
   * A pool for questions that nobody waits for any more after a while: by then the server has given
   * each of its statements up.
   */
  public Pool openForShortQuestions(String name, int size, Duration patience) {
    String bound = "set statement_timeout = " + patience.toMillis();
    connections.addAndGet(size);
    return kept(
        builder(options, name, size, PgConnectOptions.DEFAULT_PIPELINING_LIMIT, UNHEARD)
            .withConnectHandler(
                connection ->
                    connection.query(bound).execute().onComplete(set -> connection.close())));
  }

  /** How many connections this process may have to its database at a time, at most. */
  public int connections() {
    return connections.get();
  }

  /** A pool of connections to another server that has the same data. */
  public Pool open(DatabaseUrl replica, String name, int size) {
    return kept(
        builder(
            replica.connectOptions(),
            name,
            size,
            PgConnectOptions.DEFAULT_PIPELINING_LIMIT,
            UNHEARD));
  }

  private Pool open(String name, int size, int pipeliningLimit, Duration unheard) {
    connections.addAndGet(size);
    return kept(builder(options, name, size, pipeliningLimit, unheard));
  }

  private ClientBuilder<Pool> builder(
      PgConnectOptions to, String name, int size, int pipeliningLimit, Duration unheard) {
    PgConnectOptions own = new PgConnectOptions(to);
    own.setPipeliningLimit(pipeliningLimit).setMetricsName(name);
    NetClientOptions net = new NetClientOptions();
    net.setConnectTimeout((int) CONNECT_PATIENCE.toMillis());
    net.setTcpKeepAlive(true);
    net.setIdleTimeout((int) unheard.toSeconds());
    PoolOptions poolOptions = new PoolOptions().setName(name).setMaxSize(size);
    poolOptions.setIdleTimeout((int) IDLE.toSeconds()).setIdleTimeoutUnit(TimeUnit.SECONDS);
    return PgBuilder.pool().using(vertx).with(net).connectingTo(own).with(poolOptions);
  }

  private Pool kept(ClientBuilder<Pool> builder) {
    Pool opened = builder.build();
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

  /** Ends all connections, without waiting long for a server that does not answer. */
  public Future<Void> close() {
    return Future.join(pools.stream().map(Pool::close).toList())
        .timeout(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .mapEmpty();
  }
}
