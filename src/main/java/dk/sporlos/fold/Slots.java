package dk.sporlos.fold;

import dk.sporlos.database.SqlStates;
import dk.sporlos.intake.Inbox;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The partitions of the inbox. Those that are empty are truncated, so that their space and the old
 * versions of their rows go.
 */
public final class Slots {

  /*
   * The lock keeps hits from arriving between the look and the truncation. It is waited for only
   * briefly, because whoever writes to the inbox would queue behind it.
   */
  private static final String WAIT_BRIEFLY = "set local lock_timeout = '200ms'";

  private static final Duration RECENT = Duration.ofHours(1);

  private final Pool pool;
  private final Clock clock;

  public Slots(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /**
   * Truncates the slots that are empty and neither recent nor locked by somebody.
   *
   * @return how many were truncated
   */
  public Future<Integer> truncateEmpty() {
    Instant now = clock.instant();
    Future<Integer> truncated = Future.succeededFuture(0);
    for (int slot = 0; slot < Inbox.SLOTS; slot++) {
      if (slot != Inbox.slot(now)
          && slot != Inbox.slot(now.minus(RECENT))
          && slot != Inbox.slot(now.plus(RECENT))) {
        String table = "hit_" + slot;
        truncated = truncated.compose(before -> truncate(table).map(count -> before + count));
      }
    }
    String withoutVisit = "hit_" + Inbox.WITHOUT_VISIT;
    return truncated.compose(before -> truncate(withoutVisit).map(count -> before + count));
  }

  private Future<Integer> truncate(String table) {
    return isUntouched(table)
        .compose(
            untouched ->
                untouched
                    ? Future.succeededFuture(0)
                    : pool.withTransaction(connection -> truncateIfEmpty(connection, table))
                        .recover(Slots::leaveIfBusy));
  }

  /** A slot that somebody holds is left for the next time, and hinders no other. */
  private static Future<Integer> leaveIfBusy(Throwable failure) {
    return SqlStates.isLockNotAvailable(failure)
        ? Future.succeededFuture(0)
        : Future.failedFuture(failure);
  }

  private Future<Boolean> isUntouched(String table) {
    return pool.query("select pg_relation_size('" + table + "') = 0")
        .execute()
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  private static Future<Integer> truncateIfEmpty(SqlConnection connection, String table) {
    return connection
        .query(WAIT_BRIEFLY)
        .execute()
        .compose(
            set -> connection.query("lock table " + table + " in access exclusive mode").execute())
        .compose(locked -> connection.query("select exists (select from " + table + ")").execute())
        .compose(
            rows ->
                rows.iterator().next().getBoolean(0)
                    ? Future.succeededFuture(0)
                    : connection.query("truncate " + table).execute().map(1));
  }
}
