package dk.sporlos.intake;

import dk.sporlos.spool.CountFile;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
 * Counts that wait in memory until they are added to those of a table, and in a file too while the
 * database does not take them; a process that is killed loses those since the last flush. May be
 * used by any thread.
 *
 * @param <K> what is counted: the key of a row
 */
final class WaitingCounts<K> {

  /*
   * A group of counts of which nobody knows whether it was written is written again under the same
   * identity, and counts once. What waits has that of the group that it is going to be as soon as it
   * stands in the file: so whatever the file says, and however old it is, counts once. It may say
   * less than the group that was written, never more.
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

  /** After so long without an answer counts are kept in the file. */
  private static final Duration SOON = Duration.ofMillis(250);

  /** So many different counts may wait. */
  private static final int MOST = 20_000;

  /**
   * Where counts go.
   *
   * @param add the statement that adds to the table what it reads {@code where exists (select from
   *     fresh)}; its parameters begin with $3
   * @param parameters puts them into the tuple, of keys and counts in the same order
   * @param coarser the key under which is counted what there is no room for
   * @param keys how they stand in the file
   */
  record Table<K>(
      String add,
      BiFunction<Tuple, Map<K, Long>, Tuple> parameters,
      UnaryOperator<K> coarser,
      CountGroup.Keys<K> keys) {}

  private final Pool pool;
  private final Clock clock;
  private final Table<K> table;
  private final @Nullable CountFile file;
  private final Map<K, Long> waiting = new ConcurrentHashMap<>();
  private volatile boolean unkept = true;

  // Guarded by this object: groups not known to be written, the oldest first; the identity of
  // the next one, once it needs one; what is under way.
  private final Deque<CountGroup<K>> unresolved = new ArrayDeque<>();
  private CountGroup.@Nullable Identity next;
  private Future<Void> writing = Future.succeededFuture();
  private Future<Void> latest;

  /**
   * @param file whose counts are taken over, and which keeps those that the database does not take;
   *     null for none
   */
  WaitingCounts(Pool pool, Clock clock, Table<K> table, @Nullable CountFile file) {
    this.pool = pool;
    this.clock = clock;
    this.table = table;
    this.file = file;
    this.latest =
        file == null
            ? Future.succeededFuture()
            : file.read(text -> CountGroup.read(text, table.keys())).map(this::takeOver);
  }

  private synchronized @Nullable Void takeOver(List<CountGroup<K>> groups) {
    unresolved.addAll(groups);
    return null;
  }

  void add(K key, long count) {
    boolean room = waiting.size() < MOST || waiting.containsKey(key);
    waiting.merge(room ? key : table.coarser().apply(key), count, Long::sum);
    if (!unkept) {
      unkept = true;
    }
  }

  /**
   * Writes what waits. What cannot be written goes on waiting, and is in the file when this fails.
   */
  Future<Void> flush() {
    return flush(SOON);
  }

  /** The same at the end of the process: once it is kept, a slow database is waited for. */
  Future<Void> finish() {
    return flush(SOON).recover(kept -> flush(PATIENCE));
  }

  private synchronized Future<Void> flush(Duration patience) {
    latest = latest.transform(ended -> file == null ? attempt() : attempt(file, patience));
    return latest;
  }

  private Future<Void> attempt(CountFile file, Duration patience) {
    return attempt()
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .transform(
            attempt ->
                attempt.succeeded()
                    ? file.remove().mapEmpty()
                    : keep(file).transform(kept -> Future.failedFuture(attempt.cause())));
  }

  private Future<?> keep(CountFile file) {
    if (!unkept) {
      return Future.succeededFuture();
    }
    unkept = false;
    List<CountGroup<K>> groups = groups();
    return file.write(() -> CountGroup.write(groups, table.keys()))
        .onSuccess(
            kept -> {
              if (!kept) {
                unkept = true;
              }
            });
  }

  /** Writes all, after what is being written already, which may be older. */
  private synchronized Future<Void> attempt() {
    return writing.isComplete() ? begin() : writing.compose(written -> begin());
  }

  private synchronized Future<Void> begin() {
    if (writing.isComplete()) {
      writing = write();
    }
    return writing;
  }

  private synchronized Future<Void> write() {
    boolean again = !unresolved.isEmpty();
    if (!again && waiting.isEmpty()) {
      return Future.succeededFuture();
    }
    CountGroup<K> group = again ? unresolved.element() : taken();
    Tuple once = Tuple.of(Inbox.hour(group.identity().drawn()), group.identity().id());
    return pool.preparedQuery(ONCE + table.add())
        .execute(table.parameters().apply(once, group.counts()))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(written -> resolve())
        .compose(written -> again ? write() : Future.succeededFuture());
  }

  private synchronized void resolve() {
    unresolved.remove();
  }

  private CountGroup<K> taken() {
    Map<K, Long> counts = new LinkedHashMap<>();
    for (K key : List.copyOf(waiting.keySet())) {
      Long count = waiting.remove(key);
      if (count != null) {
        counts.put(key, count);
      }
    }
    CountGroup<K> group = new CountGroup<>(identity(), counts);
    next = null;
    unresolved.add(group);
    return group;
  }

  /** All that is not known to be written. */
  private synchronized List<CountGroup<K>> groups() {
    List<CountGroup<K>> groups = new ArrayList<>(unresolved);
    if (!waiting.isEmpty()) {
      groups.add(new CountGroup<>(identity(), new LinkedHashMap<>(waiting)));
    }
    return groups;
  }

  private CountGroup.Identity identity() {
    CountGroup.Identity identity =
        next == null ? new CountGroup.Identity(UUID.randomUUID(), clock.instant()) : next;
    next = identity;
    return identity;
  }
}
