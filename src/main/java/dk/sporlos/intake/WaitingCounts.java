package dk.sporlos.intake;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * Counts that wait in memory until they are added to those of a table; a process that is killed
 * loses them. May be used by any thread.
 *
 * @param <K> what is counted: the key of a row
 */
final class WaitingCounts<K> {
  private final Pool pool;
  private final String add;
  private final BiFunction<List<K>, List<Long>, Tuple> parameters;
  private final Map<K, Long> waiting = new ConcurrentHashMap<>();

  /**
   * @param add the statement that adds to the table
   * @param parameters makes its parameters of keys and counts, both in the same order
   */
  WaitingCounts(Pool pool, String add, BiFunction<List<K>, List<Long>, Tuple> parameters) {
    this.pool = pool;
    this.add = add;
    this.parameters = parameters;
  }

  void add(K key, long count) {
    waiting.merge(key, count, Long::sum);
  }

  /** Writes what waits. What cannot be written goes on waiting. */
  Future<Void> flush() {
    List<K> keys = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (K key : List.copyOf(waiting.keySet())) {
      Long count = waiting.remove(key);
      if (count != null) {
        keys.add(key);
        counts.add(count);
      }
    }
    if (keys.isEmpty()) {
      return Future.succeededFuture();
    }
    return pool.preparedQuery(add)
        .execute(parameters.apply(keys, counts))
        .onFailure(failure -> putBack(keys, counts))
        .mapEmpty();
  }

  private void putBack(List<K> keys, List<Long> counts) {
    for (int i = 0; i < keys.size(); i++) {
      add(keys.get(i), counts.get(i));
    }
  }
}
