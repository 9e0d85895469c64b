package dk.sporlos.intake;

import dk.sporlos.door.Action;
import dk.sporlos.door.Attributes;
import dk.sporlos.door.Campaign;
import dk.sporlos.door.Client;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Place;
import dk.sporlos.door.Revenue;
import dk.sporlos.door.Source;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Table {@code hit}: appends batches of hits, each batch in one statement and one commit. */
public final class Inbox implements HitStore {

  /** How many partitions the inbox has; the partition of a hit is its hour modulo this. */
  public static final int SLOTS = 8;

  private static final int SECONDS_PER_SLOT = 3_600;

  private static final String APPEND =
      """
      insert into hit (site_id, slot, visit, visitor, at, step, kind, page_id, name_id,
        engaged_ms, scroll, interactive, by_cookie, client_id, place_id, referrer_id, campaign_id,
        properties, revenue, currency)
      select * from unnest($1::int[], $2::smallint[], $3::bigint[], $4::bigint[],
        $5::timestamptz[], $6::smallint[], $7::smallint[], $8::int[], $9::int[],
        $10::int[], $11::smallint[], $12::boolean[], $13::boolean[], $14::int[], $15::int[],
        $16::int[], $17::int[], $18::text[]::jsonb[], $19::text[]::numeric[], $20::text[])
      """;

  private final Pool pool;
  private final Map<DictionaryTable, Dictionary> dictionaries =
      new EnumMap<>(DictionaryTable.class);

  /** With the clock of the system. */
  public Inbox(Pool pool, MeterRegistry meters) {
    this(pool, Clock.systemUTC(), meters);
  }

  public Inbox(Pool pool, Clock clock, MeterRegistry meters) {
    this.pool = pool;
    SecureRandom random = new SecureRandom();
    for (DictionaryTable table : DictionaryTable.values()) {
      Dictionary dictionary =
          new Dictionary(pool, random, table, new NewEntries(table, clock, meters));
      dictionaries.put(table, dictionary);
      CaffeineCacheMetrics.monitor(meters, dictionary.cache(), table.word());
    }
  }

  /** The partition that hits of an instant are kept in. */
  public static int slot(Instant at) {
    return Math.floorMod(Math.floorDiv(at.getEpochSecond(), SECONDS_PER_SLOT), SLOTS);
  }

  @Override
  public Future<Void> write(List<Hit> hits) {
    Map<DictionaryTable, Future<@Nullable Integer[]>> numbers =
        new EnumMap<>(DictionaryTable.class);
    dictionaries.forEach(
        (table, dictionary) -> numbers.put(table, numbers(dictionary, table, hits)));
    return Future.all(new ArrayList<>(numbers.values()))
        .compose(found -> pool.preparedQuery(APPEND).execute(parameters(hits, numbers)))
        .mapEmpty();
  }

  private static Future<@Nullable Integer[]> numbers(
      Dictionary dictionary, DictionaryTable table, List<Hit> hits) {
    Dictionary.@Nullable Entry[] entries =
        column(hits, Dictionary.Entry[]::new, hit -> entry(table, hit));
    return dictionary.numbers(Arrays.asList(entries));
  }

  private static Dictionary.@Nullable Entry entry(DictionaryTable table, Hit hit) {
    List<String> content = content(table, hit);
    return content == null ? null : new Dictionary.Entry(hit.site(), content);
  }

  /** What a hit has for a dictionary; null if it has nothing. */
  private static @Nullable List<String> content(DictionaryTable table, Hit hit) {
    return switch (table) {
      case PAGE -> List.of(hit.page().host(), hit.page().path());
      case EVENT_NAME -> hit.action() instanceof Action.Event event ? List.of(event.name()) : null;
      default -> hit.attributes() == null ? null : content(table, hit.attributes());
    };
  }

  private static @Nullable List<String> content(DictionaryTable table, Attributes attributes) {
    return switch (table) {
      case CLIENT -> content(attributes.client());
      case PLACE -> content(attributes.place());
      case REFERRER -> content(attributes.source());
      case CAMPAIGN -> attributes.campaign() == null ? null : content(attributes.campaign());
      default -> throw new IllegalArgumentException(table + " is not of a visit");
    };
  }

  private static List<String> content(Client client) {
    return List.of(
        client.browser(),
        client.browserVersion(),
        client.os(),
        client.osVersion(),
        client.device(),
        client.screen(),
        client.language());
  }

  private static List<String> content(Place place) {
    return List.of(place.country(), place.region(), place.city());
  }

  private static List<String> content(Source source) {
    return List.of(source.channel(), source.name(), source.host(), source.path());
  }

  private static List<String> content(Campaign campaign) {
    return List.of(
        campaign.source(), campaign.medium(), campaign.name(), campaign.content(), campaign.term());
  }

  private static Tuple parameters(
      List<Hit> hits, Map<DictionaryTable, Future<@Nullable Integer[]>> numbers) {
    return Tuple.tuple()
        .addArrayOfInteger(column(hits, Integer[]::new, hit -> hit.site().value()))
        .addArrayOfShort(column(hits, Short[]::new, hit -> (short) slot(hit.at())))
        .addArrayOfLong(column(hits, Long[]::new, Hit::visit))
        .addArrayOfLong(column(hits, Long[]::new, Hit::visitor))
        .addArrayOfOffsetDateTime(
            column(hits, OffsetDateTime[]::new, hit -> hit.at().atOffset(ZoneOffset.UTC)))
        .addArrayOfShort(column(hits, Short[]::new, hit -> (short) hit.step()))
        .addArrayOfShort(column(hits, Short[]::new, hit -> kind(hit.action())))
        .addArrayOfInteger(found(numbers, DictionaryTable.PAGE))
        .addArrayOfInteger(found(numbers, DictionaryTable.EVENT_NAME))
        .addArrayOfInteger(column(hits, Integer[]::new, hit -> engagedMillis(hit.action())))
        .addArrayOfShort(column(hits, Short[]::new, hit -> scroll(hit.action())))
        .addArrayOfBoolean(column(hits, Boolean[]::new, hit -> interactive(hit.action())))
        .addArrayOfBoolean(column(hits, Boolean[]::new, Hit::byCookie))
        .addArrayOfInteger(found(numbers, DictionaryTable.CLIENT))
        .addArrayOfInteger(found(numbers, DictionaryTable.PLACE))
        .addArrayOfInteger(found(numbers, DictionaryTable.REFERRER))
        .addArrayOfInteger(found(numbers, DictionaryTable.CAMPAIGN))
        .addArrayOfString(column(hits, String[]::new, Inbox::properties))
        .addArrayOfString(column(hits, String[]::new, hit -> amount(hit.revenue())))
        .addArrayOfString(column(hits, String[]::new, hit -> currency(hit.revenue())));
  }

  private static @Nullable Integer[] found(
      Map<DictionaryTable, Future<@Nullable Integer[]>> numbers, DictionaryTable table) {
    return Objects.requireNonNull(numbers.get(table), "every table is looked up").result();
  }

  private static <T> T[] column(
      List<Hit> hits, IntFunction<T[]> array, Function<Hit, ? extends @Nullable T> value) {
    return hits.stream().map(value).toArray(array);
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

  /** As text, since the client sends a null among objects as the JSON value of that name. */
  private static @Nullable String properties(Hit hit) {
    return hit.properties().isEmpty() ? null : Json.encode(hit.properties());
  }

  private static @Nullable String amount(@Nullable Revenue revenue) {
    return revenue == null ? null : revenue.amount().toPlainString();
  }

  private static @Nullable String currency(@Nullable Revenue revenue) {
    return revenue == null ? null : revenue.currency();
  }
}
