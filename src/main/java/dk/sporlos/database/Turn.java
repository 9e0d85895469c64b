package dk.sporlos.database;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.function.Supplier;

/** A job that one process of an installation does at a time. */
public final class Turn {

  /*
   * Whose turn it is holds a connection for as long as the job takes, which does its work over
   * others. So turns have a pool of their own: jobs that took a connection of one pool for the turn
   * and asked it for more would wait for each other forever once there were as many as connections.
   */
  private final Pool pool;
  private final int lock;

  /**
   * @param pool that the work does not use, with a connection for each turn of this process
   * @param lock key of an advisory lock that nothing else takes
   */
  public Turn(Pool pool, int lock) {
    this.pool = pool;
    this.lock = lock;
  }

  /**
   * Does the work unless somebody is at it.
   *
   * @param otherwise what comes of it if somebody is
   */
  public <T> Future<T> takeIfFree(Supplier<Future<T>> work, T otherwise) {
    return pool.withTransaction(
        connection ->
            connection
                .query("select pg_try_advisory_xact_lock(%d)".formatted(lock))
                .execute()
                .compose(
                    rows ->
                        rows.iterator().next().getBoolean(0)
                            ? work.get()
                            : Future.succeededFuture(otherwise)));
  }

  /** Does the work once nobody else is at it. */
  public <T> Future<T> take(Supplier<Future<T>> work) {
    return pool.withTransaction(
        connection ->
            connection
                .query("select pg_advisory_xact_lock(%d)".formatted(lock))
                .execute()
                .compose(held -> work.get()));
  }
}
