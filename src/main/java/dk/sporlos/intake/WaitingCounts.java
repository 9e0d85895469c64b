package dk.sporlos.intake;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Counts that wait in memory until they are added to those of a table; a process that is killed
 * loses them. May be used by any thread.
 *
 * @param <K> what is counted: the key of a row
 */
final class WaitingCounts<K> {

  /*
   * A group of counts of which nobody knows whether it was written is written again under the same
   * number, and counts once.
   */
  private static final String ONCE =
      """
      with fresh as (
        insert into batch (site_id, hour, id) values (0, $1, $2)
        on conflict do nothing
        returning id
      )
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** So many different counts may wait. */
  private static final int MOST = 20_000;

  /**
   * Where counts go.
   *
   * @param add the statement that adds to the table what it reads {@code where exists (select from
   *     fresh)}; its parameters begin with $3
   * @param parameters puts them into the tuple, of keys and counts in the same order
   * @param coarser the key under which is counted what there is no room for
   */
  record Table<K>(
      String add, BiFunction<Tuple, Map<K, Long>, Tuple> parameters, UnaryOperator<K> coarser) {}

  /** Counts that are written together. */
  private record Group<K>(UUID id, Instant made, Map<K, Long> counts) {}

  private final Pool pool;
  private final Clock clock;
  private final Table<K> table;
  private final Map<K, Long> waiting = new ConcurrentHashMap<>();
  private @Nullable Group<K> unresolved; // guarded by this object, as is the next
  private Future<Void> latest = Future.succeededFuture();

  WaitingCounts(Pool pool, Clock clock, Table<K> table) {
    this.pool = pool;
    this.clock = clock;
    this.table = table;
  }

  void add(K key, long count) {
    boolean room = waiting.size() < MOST || waiting.containsKey(key);
    waiting.merge(room ? key : table.coarser().apply(key), count, Long::sum);
  }

  /** Writes what waits. What cannot be written goes on waiting. */
  synchronized Future<Void> flush() {
    latest = latest.transform(ended -> write());
    return latest;
  }

  private synchronized Future<Void> write() {
    boolean again = unresolved != null;
    Group<K> group = again ? unresolved : taken();
    if (group == null) {
      return Future.succeededFuture();
    }
    unresolved = group;
    Tuple once = Tuple.of(Inbox.hour(group.made()), group.id());
    return pool.preparedQuery(ONCE + table.add())
        .execute(table.parameters().apply(once, group.counts()))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(written -> resolve())
        .compose(written -> again ? write() : Future.succeededFuture());
  }

  private synchronized void resolve() {
    unresolved = null;
  }

  private @Nullable Group<K> taken() {
    Map<K, Long> counts = new LinkedHashMap<>();
    for (K key : List.copyOf(waiting.keySet())) {
      Long count = waiting.remove(key);
      if (count != null) {
        counts.put(key, count);
      }
    }
    return counts.isEmpty() ? null : new Group<>(UUID.randomUUID(), clock.instant(), counts);
  }
}
