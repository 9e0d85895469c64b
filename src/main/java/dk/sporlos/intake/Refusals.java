package dk.sporlos.intake;

import dk.sporlos.door.Reason;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.spool.CountFile;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code refusal}: how many beacons were not counted, and why, for the owners of their sites.
 *
 * <p>Counts wait in memory until they are flushed, and what cannot be written then waits in a file
 * too; a process that is killed loses what it counted since.
 */
public final class Refusals {

  /** The site of beacons that name none: the installation itself. */
  public static final SiteId INSTALLATION = new SiteId(0);

  private static final String ADD =
      """
      insert into refusal (site_id, day, reason, detail, count)
      select * from unnest($3::int[], $4::date[], $5::text[], $6::text[], $7::bigint[])
      where exists (select from fresh)
      on conflict (site_id, day, reason, detail)
      do update set count = refusal.count + excluded.count
      """;

  private static final String BY_REASON =
      """
      select reason, detail, sum(count)::bigint as count from refusal
      where site_id = $1 and day between $2 and $3
      group by reason, detail
      order by 3 desc, 1, 2
      """;

  private record Key(SiteId site, LocalDate day, Reason reason, String detail) {

    Key ofInstallation() {
      return new Key(INSTALLATION, day, reason, "");
    }

    JsonArray write() {
      return JsonArray.of(site.value(), day.toString(), reason.name(), detail);
    }

    static Key read(JsonArray fields) {
      return new Key(
          new SiteId(fields.getInteger(0)),
          LocalDate.parse(fields.getString(1)),
          Reason.valueOf(fields.getString(2)),
          Objects.requireNonNull(fields.getString(3), "detail"));
    }
  }

  /**
   * How often a reason held.
   *
   * @param detail a name from a list that is shipped, such as a kind of bot; empty if there is none
   */
  public record Count(String reason, String detail, long count) {}

  private final Pool pool;
  private final Clock clock;
  private final WaitingCounts<Key> waiting;

  /** Those whose counts wait in memory alone. */
  public Refusals(Pool pool, Clock clock) {
    this(pool, clock, null);
  }

  /**
   * The same.
   *
   * @param file where counts wait too that could not be written; null for none
   */
  public Refusals(Pool pool, Clock clock, @Nullable CountFile file) {
    this.pool = pool;
    this.clock = clock;
    this.waiting =
        new WaitingCounts<>(
            pool,
            clock,
            new WaitingCounts.Table<>(
                ADD,
                Refusals::parameters,
                Key::ofInstallation,
                new CountGroup.Keys<>(Key::write, Key::read)),
            file);
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
    waiting.add(new Key(site == null ? INSTALLATION : site.id(), day, reason, detail), 1);
  }

  /** Counts beacons of a site that were stored, and then found not to count. */
  public void count(Site site, Reason reason, int beacons) {
    LocalDate day = LocalDate.ofInstant(clock.instant(), site.zone());
    waiting.add(new Key(site.id(), day, reason, ""), beacons);
  }

  /** Writes what waits. What cannot be written goes on waiting. */
  public Future<Void> flush() {
    return waiting.flush();
  }

  /** The same at the end of the process, with more patience. */
  public Future<Void> finish() {
    return waiting.finish();
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

  private static Tuple parameters(Tuple parameters, Map<Key, Long> counts) {
    Set<Key> keys = counts.keySet();
    return parameters
        .addArrayOfInteger(keys.stream().map(key -> key.site().value()).toArray(Integer[]::new))
        .addArrayOfLocalDate(keys.stream().map(Key::day).toArray(LocalDate[]::new))
        .addArrayOfString(keys.stream().map(key -> key.reason().label()).toArray(String[]::new))
        .addArrayOfString(keys.stream().map(Key::detail).toArray(String[]::new))
        .addArrayOfLong(counts.values().toArray(Long[]::new));
  }
}
