package dk.sporlos.intake;

import dk.sporlos.door.Action;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Page;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Table {@code hit}: appends batches of hits, each batch in one statement and one commit. */
public final class Inbox implements HitStore {

  /** How many partitions the inbox has; the partition of a hit is its hour modulo this. */
  public static final int SLOTS = 8;

  private static final int SECONDS_PER_SLOT = 3_600;

  private static final String APPEND =
      """
      insert into hit (site_id, slot, visit, visitor, at, step, kind, page_id, name_id,
        engaged_ms, scroll, interactive, by_cookie)
      select * from unnest($1::int[], $2::smallint[], $3::bigint[], $4::bigint[],
        $5::timestamptz[], $6::smallint[], $7::smallint[], $8::int[], $9::int[],
        $10::int[], $11::smallint[], $12::boolean[], $13::boolean[])
      """;

  private final Pool pool;
  private final Dictionary pages;
  private final Dictionary eventNames;

  public Inbox(Pool pool, MeterRegistry meters) {
    this.pool = pool;
    SecureRandom random = new SecureRandom();
    this.pages = new Dictionary(pool, random, "page", List.of("host", "path"));
    this.eventNames = new Dictionary(pool, random, "event_name", List.of("name"));
    CaffeineCacheMetrics.monitor(meters, pages.cache(), "page");
    CaffeineCacheMetrics.monitor(meters, eventNames.cache(), "event_name");
  }

  /** The partition that hits of an instant are kept in. */
  public static int slot(Instant at) {
    return Math.floorMod(Math.floorDiv(at.getEpochSecond(), SECONDS_PER_SLOT), SLOTS);
  }

  @Override
  public Future<Void> write(List<Hit> hits) {
    return pages
        .numbers(hits.stream().map(Inbox::pageEntry).toList())
        .compose(
            pageNumbers ->
                eventNames
                    .numbers(hits.stream().flatMap(Inbox::nameEntry).toList())
                    .compose(nameNumbers -> append(hits, pageNumbers, nameNumbers)))
        .mapEmpty();
  }

  private Future<?> append(
      List<Hit> hits,
      Map<Dictionary.Entry, Integer> pageNumbers,
      Map<Dictionary.Entry, Integer> nameNumbers) {
    return pool.preparedQuery(APPEND)
        .execute(
            Tuple.tuple()
                .addArrayOfInteger(column(hits, Integer[]::new, hit -> hit.site().value()))
                .addArrayOfShort(column(hits, Short[]::new, hit -> (short) slot(hit.at())))
                .addArrayOfLong(column(hits, Long[]::new, Hit::visit))
                .addArrayOfLong(column(hits, Long[]::new, Hit::visitor))
                .addArrayOfOffsetDateTime(
                    column(hits, OffsetDateTime[]::new, hit -> hit.at().atOffset(ZoneOffset.UTC)))
                .addArrayOfShort(column(hits, Short[]::new, hit -> (short) hit.step()))
                .addArrayOfShort(column(hits, Short[]::new, hit -> kind(hit.action())))
                .addArrayOfInteger(
                    column(hits, Integer[]::new, hit -> pageNumbers.get(pageEntry(hit))))
                .addArrayOfInteger(
                    column(
                        hits,
                        Integer[]::new,
                        hit -> nameEntry(hit).map(nameNumbers::get).findFirst().orElse(null)))
                .addArrayOfInteger(column(hits, Integer[]::new, hit -> engagedMillis(hit.action())))
                .addArrayOfShort(column(hits, Short[]::new, hit -> scroll(hit.action())))
                .addArrayOfBoolean(column(hits, Boolean[]::new, hit -> interactive(hit.action())))
                .addArrayOfBoolean(column(hits, Boolean[]::new, Hit::byCookie)));
  }

  private static <T> T[] column(
      List<Hit> hits, IntFunction<T[]> array, Function<Hit, ? extends @Nullable T> value) {
    return hits.stream().map(value).toArray(array);
  }

  private static Dictionary.Entry pageEntry(Hit hit) {
    Page page = hit.page();
    return new Dictionary.Entry(hit.site(), List.of(page.host(), page.path()));
  }

  private static Stream<Dictionary.Entry> nameEntry(Hit hit) {
    return hit.action() instanceof Action.Event event
        ? Stream.of(new Dictionary.Entry(hit.site(), List.of(event.name())))
        : Stream.empty();
  }

  private static short kind(Action action) {
    if (action instanceof Action.PageView) {
      return 0;
    }
    return (short) (action instanceof Action.Event ? 1 : 2);
  }

  private static int engagedMillis(Action action) {
    return action instanceof Action.Engagement engagement
        ? Math.toIntExact(engagement.engaged().toMillis())
        : 0;
  }

  private static @Nullable Short scroll(Action action) {
    return action instanceof Action.Engagement engagement && engagement.scroll() != null
        ? engagement.scroll().shortValue()
        : null;
  }

  private static boolean interactive(Action action) {
    return !(action instanceof Action.Event event) || event.interactive();
  }
}
