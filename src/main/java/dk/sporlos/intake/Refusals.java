package dk.sporlos.intake;

import dk.sporlos.door.Reason;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code refusal}: how many beacons were not counted, and why, for the owners of their sites.
 *
 * <p>Counts wait in memory until they are flushed; a process that is killed loses those.
 */
public final class Refusals {

  /** The site of beacons that name none: the installation itself. */
  private static final SiteId INSTALLATION = new SiteId(0);

  /*
   * A group of counts of which nobody knows whether it was written is written again under the same
   * number, and counts once.
   */
  private static final String ADD =
      """
      with fresh as (
        insert into batch (site_id, hour, id) values (0, $6, $7)
        on conflict do nothing
        returning id
      )
      insert into refusal (site_id, day, reason, detail, count)
      select * from unnest($1::int[], $2::date[], $3::text[], $4::text[], $5::bigint[])
      where exists (select from fresh)
      on conflict (site_id, day, reason, detail)
      do update set count = refusal.count + excluded.count
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** So many different counts may wait; what else is refused is the installation's. */
  private static final int MOST_WAITING = 20_000;

  private static final String BY_REASON =
      """
      select reason, detail, sum(count)::bigint as count from refusal
      where site_id = $1 and day between $2 and $3
      group by reason, detail
      order by 3 desc, 1, 2
      """;

  private record Key(SiteId site, LocalDate day, Reason reason, String detail) {}

  /** Counts that are written together. */
  private record Group(UUID id, Instant made, Map<Key, Long> counts) {}

  /**
   * How often a reason held.
   *
   * @param detail a name from a list that is shipped, such as a kind of bot; empty if there is none
   */
  public record Count(String reason, String detail, long count) {}

  private final Pool pool;
  private final Clock clock;
  private final Map<Key, Long> waiting = new ConcurrentHashMap<>();
  private @Nullable Group unresolved; // guarded by this object, as is the next
  private Future<Void> latest = Future.succeededFuture();

  public Refusals(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /**
   * Counts a beacon; may be called from any thread.
   *
   * @param site that it named; null if it named none that is known
   * @param detail a name from a list that is shipped, never text of a request; empty if there is
   *     none
   */
  public void count(@Nullable Site site, Reason reason, String detail) {
    LocalDate day =
        LocalDate.ofInstant(clock.instant(), site == null ? ZoneOffset.UTC : site.zone());
    add(new Key(site == null ? INSTALLATION : site.id(), day, reason, detail), 1);
  }

  /** Writes what waits. What cannot be written goes on waiting. */
  public synchronized Future<Void> flush() {
    latest = latest.transform(ended -> write());
    return latest;
  }

  private synchronized Future<Void> write() {
    boolean again = unresolved != null;
    Group group = again ? unresolved : taken();
    if (group == null) {
      return Future.succeededFuture();
    }
    unresolved = group;
    return pool.preparedQuery(ADD)
        .execute(parameters(group))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(written -> resolve())
        .compose(written -> again ? write() : Future.succeededFuture());
  }

  private synchronized void resolve() {
    unresolved = null;
  }

  private @Nullable Group taken() {
    Map<Key, Long> counts = new LinkedHashMap<>();
    for (Key key : List.copyOf(waiting.keySet())) {
      Long count = waiting.remove(key);
      if (count != null) {
        counts.put(key, count);
      }
    }
    return counts.isEmpty() ? null : new Group(UUID.randomUUID(), clock.instant(), counts);
  }

  /**
   * How many beacons of a site were not counted from one day to another, the most frequent first.
   */
  public Future<List<Count>> of(SiteId site, LocalDate from, LocalDate to) {
    return pool.preparedQuery(BY_REASON)
        .execute(Tuple.of(site.value(), from, to))
        .map(
            rows -> {
              List<Count> counts = new ArrayList<>();
              rows.forEach(
                  row ->
                      counts.add(
                          new Count(
                              row.getString("reason"),
                              row.getString("detail"),
                              row.getLong("count"))));
              return counts;
            });
  }

  private void add(Key key, long count) {
    boolean room = waiting.size() < MOST_WAITING || waiting.containsKey(key);
    waiting.merge(
        room ? key : new Key(INSTALLATION, key.day(), key.reason(), ""), count, Long::sum);
  }

  private static Tuple parameters(Group group) {
    Set<Key> keys = group.counts().keySet();
    return Tuple.of(
            keys.stream().map(key -> key.site().value()).toArray(Integer[]::new),
            keys.stream().map(Key::day).toArray(LocalDate[]::new),
            keys.stream().map(key -> key.reason().label()).toArray(String[]::new),
            keys.stream().map(Key::detail).toArray(String[]::new),
            group.counts().values().toArray(Long[]::new))
        .addOffsetDateTime(Inbox.hour(group.made()))
        .addUUID(group.id());
  }
}
