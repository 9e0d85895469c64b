package dk.sporlos.intake;

import dk.sporlos.door.Trace;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.spool.CountFile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code cleaned}: how much was left out of the beacons of a site because it could have led
 * back to a person, by kind and never by value.
 *
 * <p>Counts wait in memory until they are flushed, and what cannot be written then waits in a file
 * too; a process that is killed loses what it counted since.
 */
public final class Cleanings {
  private static final String ADD =
      """
      insert into cleaned (site_id, day, kind, count)
      select * from unnest($3::int[], $4::date[], $5::text[], $6::bigint[])
      where exists (select from fresh)
      on conflict (site_id, day, kind)
      do update set count = cleaned.count + excluded.count
      """;

  private static final String BY_KIND =
      """
      select kind, sum(count)::bigint as count from cleaned
      where site_id = $1 and day between $2 and $3
      group by kind
      order by 2 desc, 1
      """;

  private record Key(SiteId site, LocalDate day, Trace kind) {

    Key ofInstallation() {
      return new Key(Refusals.INSTALLATION, day, kind);
    }

    JsonArray write() {
      return JsonArray.of(site.value(), day.toString(), kind.name());
    }

    static Key read(JsonArray fields) {
      return new Key(
          new SiteId(fields.getInteger(0)),
          LocalDate.parse(fields.getString(1)),
          Trace.valueOf(fields.getString(2)));
    }
  }

  /** How often something of a kind was left out. */
  public record Count(String kind, long count) {}

  private final Clock clock;
  private final WaitingCounts<Key> waiting;
  private final Map<Trace, Counter> counters = new EnumMap<>(Trace.class);

  /** Those whose counts wait in memory alone. */
  public Cleanings(Pool pool, Clock clock, MeterRegistry meters) {
    this(pool, clock, meters, null);
  }

  /**
   * The same.
   *
   * @param file where counts wait too that could not be written; null for none
   */
  public Cleanings(Pool pool, Clock clock, MeterRegistry meters, @Nullable CountFile file) {
    this.clock = clock;
    this.waiting =
        new WaitingCounts<>(
            pool,
            clock,
            new WaitingCounts.Table<>(
                ADD,
                Cleanings::parameters,
                Key::ofInstallation,
                new CountGroup.Keys<>(Key::write, Key::read)),
            file);
    for (Trace kind : Trace.values()) {
      counters.put(
          kind,
          Counter.builder("sporlos.cleaned")
              .description("What was left out of beacons since it could lead back to a person")
              .tag("kind", kind.label())
              .register(meters));
    }
  }

  /**
   * Counts what was left out of a beacon; may be called from any thread.
   *
   * @param traces how many of each kind
   */
  public void count(Site site, Map<Trace, Integer> traces) {
    if (traces.isEmpty()) {
      return;
    }
    LocalDate day = LocalDate.ofInstant(clock.instant(), site.zone());
    traces.forEach(
        (kind, count) -> {
          waiting.add(new Key(site.id(), day, kind), count);
          Objects.requireNonNull(counters.get(kind), "every kind has its counter").increment(count);
        });
  }

  /** Writes what waits. What cannot be written goes on waiting. */
  public Future<Void> flush() {
    return waiting.flush();
  }

  /** The same at the end of the process, with more patience. */
  public Future<Void> finish() {
    return waiting.finish();
  }

  /** How much of a site was left out from one day to another, the most frequent kind first. */
  public static Future<List<Count>> of(Pool pool, SiteId site, LocalDate from, LocalDate to) {
    return pool.preparedQuery(BY_KIND)
        .execute(Tuple.of(site.value(), from, to))
        .map(
            rows -> {
              List<Count> counts = new ArrayList<>();
              rows.forEach(
                  row -> counts.add(new Count(row.getString("kind"), row.getLong("count"))));
              return counts;
            });
  }

  private static Tuple parameters(Tuple parameters, Map<Key, Long> counts) {
    Set<Key> keys = counts.keySet();
    return parameters
        .addArrayOfInteger(keys.stream().map(key -> key.site().value()).toArray(Integer[]::new))
        .addArrayOfLocalDate(keys.stream().map(Key::day).toArray(LocalDate[]::new))
        .addArrayOfString(keys.stream().map(key -> key.kind().label()).toArray(String[]::new))
        .addArrayOfLong(counts.values().toArray(Long[]::new));
  }
}
