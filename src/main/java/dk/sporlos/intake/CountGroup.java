package dk.sporlos.intake;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Counts that are written together, under an identity that keeps them from being written twice.
 *
 * @param <K> what is counted: the key of a row
 */
record CountGroup<K>(Identity identity, Map<K, Long> counts) {

  /**
   * What a group is known by.
   *
   * @param drawn when; the hour is a part of it
   */
  record Identity(UUID id, Instant drawn) {}

  /** How keys stand in a text: as the fields of an array. */
  record Keys<K>(Function<K, JsonArray> write, Function<JsonArray, K> read) {}

  /** Groups as a text: an array of objects, whose counts are arrays of a key and its count. */
  static <K> String write(List<CountGroup<K>> groups, Keys<K> keys) {
    JsonArray text = new JsonArray();
    for (CountGroup<K> group : groups) {
      JsonArray counts = new JsonArray();
      group.counts().forEach((key, count) -> counts.add(keys.write().apply(key).add(count)));
      text.add(
          new JsonObject()
              .put("id", group.identity().id().toString())
              .put("drawn", group.identity().drawn().toString())
              .put("counts", counts));
    }
    return text.encode();
  }

  /**
   * The groups of a text.
   *
   * @throws RuntimeException if it is not one of groups
   */
  static <K> List<CountGroup<K>> read(String text, Keys<K> keys) {
    return new JsonArray(text)
        .stream().map(JsonObject.class::cast).map(group -> read(group, keys)).toList();
  }

  private static <K> CountGroup<K> read(JsonObject group, Keys<K> keys) {
    Map<K, Long> counts = new LinkedHashMap<>();
    for (Object each : group.getJsonArray("counts")) {
      JsonArray count = (JsonArray) each;
      counts.merge(keys.read().apply(count), count.getLong(count.size() - 1), Long::sum);
    }
    return new CountGroup<>(
        new Identity(
            UUID.fromString(group.getString("id")), Instant.parse(group.getString("drawn"))),
        counts);
  }
}
