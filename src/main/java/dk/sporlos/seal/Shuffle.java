package dk.sporlos.seal;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** Puts the rows of a finished day of a site into an order that says nothing. */
final class Shuffle {

  /*
   * The fold writes visits as they end, on a quiet site each in a transaction of its own: number of
   * the transaction and place on disk show the order in which visits ended, which is finer than the
   * hour that is kept. Written again at once, all rows of a day share one transaction, and lie in the
   * order of numbers that the fold drew by chance.
   *
   * Sorting waits for all rows to be gone before the first is there again, so no number is there
   * twice. Whoever else changes rows of visits holds the lock of Seals, or a row that is written
   * again meanwhile would be missed. The old rows are for VACUUM, which comes soon (Partitions).
   */
  private static final String VISITS =
      """
      with gone as (
        delete from visit where site_id = $1 and day = $2 returning *
      )
      insert into visit select * from gone order by id
      """;

  private static final String EVENTS =
      """
      with gone as (
        delete from event where site_id = $1 and day = $2 returning *
      )
      insert into event select * from gone order by visit, step
      """;

  private Shuffle() {}

  /**
   * Shuffles a day.
   *
   * @param connection in the transaction that seals it
   * @param which site and day
   */
  static Future<Void> shuffle(SqlConnection connection, Tuple which) {
    return connection
        .preparedQuery(VISITS)
        .execute(which)
        .compose(visits -> connection.preparedQuery(EVENTS).execute(which))
        .mapEmpty();
  }
}
