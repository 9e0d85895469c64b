package dk.sporlos.intake;

import com.github.benmanes.caffeine.cache.Ticker;
import dk.sporlos.door.Action;
import dk.sporlos.door.Attributes;
import dk.sporlos.door.Campaign;
import dk.sporlos.door.Client;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Place;
import dk.sporlos.door.Source;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The dictionaries that hits are written with. */
final class HitDictionaries {
  private final Map<DictionaryTable, Dictionary> dictionaries =
      new EnumMap<>(DictionaryTable.class);

  HitDictionaries(Pool pool, Clock clock, MeterRegistry meters) {
    this(pool, clock, table -> new NewEntries(table, clock, meters));
    dictionaries.forEach(
        (table, dictionary) ->
            CaffeineCacheMetrics.monitor(meters, dictionary.cache(), table.word()));
  }

  private HitDictionaries(
      Pool pool, Clock clock, Function<DictionaryTable, NewEntries> newEntries) {
    SecureRandom random = new SecureRandom();
    Ticker ticker = ElapsedTime.of(clock);
    for (DictionaryTable table : DictionaryTable.values()) {
      dictionaries.put(
          table,
          new Dictionary(
              new DictionaryRows(pool, random, table), table, newEntries.apply(table), ticker));
    }
  }

  /** Some that take as many new entries as there are. */
  static HitDictionaries unbounded(Pool pool, Clock clock, MeterRegistry meters) {
    return new HitDictionaries(
        pool,
        clock,
        table -> new NewEntries(table, Integer.MAX_VALUE, Integer.MAX_VALUE, clock, meters));
  }

  /** The hits with the numbers of their texts, durable by the time the future succeeds. */
  Future<NumberedHits> number(List<Hit> hits) {
    Map<DictionaryTable, Future<@Nullable Integer[]>> numbers =
        new EnumMap<>(DictionaryTable.class);
    dictionaries.forEach(
        (table, dictionary) -> numbers.put(table, numbers(dictionary, table, hits)));
    return Future.all(new ArrayList<>(numbers.values()))
        .map(
            found -> {
              Map<DictionaryTable, @Nullable Integer[]> results =
                  new EnumMap<>(DictionaryTable.class);
              numbers.forEach(
                  (table, future) -> results.put(table, Objects.requireNonNull(future.result())));
              return new NumberedHits(hits, results);
            });
  }

  private static Future<@Nullable Integer[]> numbers(
      Dictionary dictionary, DictionaryTable table, List<Hit> hits) {
    Dictionary.@Nullable Entry[] entries =
        hits.stream().map(hit -> entry(table, hit)).toArray(Dictionary.Entry[]::new);
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
}
