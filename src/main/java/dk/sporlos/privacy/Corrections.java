package dk.sporlos.privacy;

import dk.sporlos.door.RightsDoor;
import dk.sporlos.fold.Snapshots;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Corrects or drops what was derived of an open visit, where its first hit came with a cookie. */
final class Corrections {
  /** What a form says of a detail that is to go. */
  static final String REMOVE = "-";

  /** A detail that visitors may correct, by its place in {@link HeldHits}. */
  enum Detail {
    COUNTRY("place", "country"),
    REGION("place", "region"),
    CITY("place", "city"),
    BROWSER("client", "browser"),
    OS("client", "os"),
    DEVICE("client", "device"),
    SCREEN("client", "screen"),
    LANGUAGE("client", "language"),
    SOURCE("referrer", "source");

    private final String group;
    private final String column;

    Detail(String group, String column) {
      this.group = group;
      this.column = column;
    }

    /** The name of its field in the form. */
    String field() {
      return column;
    }

    /** What may stand in its place; none where it can only be removed. */
    List<String> choices() {
      return switch (this) {
        case COUNTRY -> List.of(Locale.getISOCountries());
        case LANGUAGE -> List.of(Locale.getISOLanguages());
        case DEVICE -> RightsDoor.devices();
        default -> List.of();
      };
    }

    /** What is held; empty if nothing is. */
    String in(JsonObject hit) {
      return hit.getJsonObject(group, new JsonObject()).getString(column, "");
    }
  }

  private static final List<String> CLIENT =
      List.of("browser", "browser_version", "os", "os_version", "device", "screen", "language");
  private static final List<String> PLACE = List.of("country", "region", "city");

  private static final String FORGET_SOURCE =
      """
      update hit set referrer_id = null, campaign_id = null
      where site_id = $1 and visit = $2 and by_cookie and referrer_id is not null
      """;

  private final Pool pool;
  private final RandomGenerator random;

  Corrections(Pool pool, RandomGenerator random) {
    this.pool = pool;
    this.random = random;
  }

  /** The hit that says what is known of a visit; an empty object if none of those given does. */
  static JsonObject opening(List<JsonObject> hits) {
    return hits.stream()
        .filter(hit -> Arrays.stream(Detail.values()).anyMatch(it -> !it.in(hit).isEmpty()))
        .findFirst()
        .orElseGet(JsonObject::new);
  }

  /**
   * Corrects a visit.
   *
   * @param opening as of {@link #opening}
   * @param said by a form, by names of fields; what is no choice is passed over
   * @return whether anything was changed
   */
  Future<Boolean> correct(SiteId site, long visit, JsonObject opening, Map<String, String> said) {
    Map<Detail, String> changes = changes(opening, said);
    if (changes.isEmpty()) {
      return Future.succeededFuture(false);
    }
    return pool.withTransaction(
        connection ->
            Snapshots.hold(connection, site)
                .compose(held -> correct(connection, site, visit, opening, changes))
                .compose(
                    changed ->
                        Snapshots.outdate(connection, site, visit).map(outdated -> changed)));
  }

  private Future<Boolean> correct(
      SqlConnection connection,
      SiteId site,
      long visit,
      JsonObject opening,
      Map<Detail, String> changes) {
    Future<Boolean> changed = Future.succeededFuture(false);
    if (changes.keySet().stream().anyMatch(it -> it.group.equals("place"))) {
      Map<String, String> place = values(opening, "place", PLACE);
      if (changes.containsKey(Detail.COUNTRY)) {
        place.replaceAll((column, value) -> "");
      } else if (changes.containsKey(Detail.REGION)) {
        place.put("city", "");
      }
      changed =
          with(
              changed,
              put(connection, site, visit, "place", PLACE, apply(place, "place", changes)));
    }
    if (changes.keySet().stream().anyMatch(it -> it.group.equals("client"))) {
      Map<String, String> client = values(opening, "client", CLIENT);
      if (changes.containsKey(Detail.BROWSER)) {
        client.put("browser_version", "");
      }
      if (changes.containsKey(Detail.OS)) {
        client.put("os_version", "");
      }
      changed =
          with(
              changed,
              put(connection, site, visit, "client", CLIENT, apply(client, "client", changes)));
    }
    if (changes.containsKey(Detail.SOURCE)) {
      changed =
          with(
              changed,
              connection
                  .preparedQuery(FORGET_SOURCE)
                  .execute(Tuple.of(site.value(), visit))
                  .map(Corrections::any));
    }
    return changed;
  }

  private static Map<Detail, String> changes(JsonObject opening, Map<String, String> said) {
    Map<Detail, String> changes = new HashMap<>();
    for (Detail detail : Detail.values()) {
      String wish = said.getOrDefault(detail.field(), "");
      boolean holds = !detail.in(opening).isEmpty();
      if (holds && wish.equals(REMOVE)) {
        changes.put(detail, "");
      } else if (holds && detail.choices().contains(wish) && !wish.equals(detail.in(opening))) {
        changes.put(detail, wish);
      }
    }
    return changes;
  }

  private static Map<String, String> values(JsonObject hit, String group, List<String> columns) {
    JsonObject held = hit.getJsonObject(group, new JsonObject());
    Map<String, String> values = new HashMap<>();
    columns.forEach(column -> values.put(column, held.getString(column, "")));
    return values;
  }

  private static Map<String, String> apply(
      Map<String, String> values, String group, Map<Detail, String> changes) {
    changes.forEach(
        (detail, value) -> {
          if (detail.group.equals(group)) {
            values.put(detail.column, value);
          }
        });
    return values;
  }

  /*
   * An entry of a dictionary is found by its content, or made; nothing at all has no entry. One that
   * retention has marked as unused is in use from here on.
   */
  private Future<Boolean> put(
      SqlConnection connection,
      SiteId site,
      long visit,
      String table,
      List<String> columns,
      Map<String, String> values) {
    String update =
        "update hit set %1$s_id = %2$s where site_id = $1 and visit = $2 and by_cookie and %1$s_id is not null";
    if (values.values().stream().allMatch(String::isEmpty)) {
      return connection
          .preparedQuery(update.formatted(table, "null"))
          .execute(Tuple.of(site.value(), visit))
          .map(Corrections::any);
    }
    StringBuilder inserted = new StringBuilder();
    StringBuilder found = new StringBuilder();
    Tuple insert = Tuple.of(site.value(), 1 + random.nextInt(Integer.MAX_VALUE));
    Tuple find = Tuple.of(site.value(), visit);
    for (int i = 0; i < columns.size(); i++) {
      inserted.append(", $").append(i + 3);
      found.append(" and ").append(columns.get(i)).append(" = $").append(i + 3);
      insert.addString(values.get(columns.get(i)));
      find.addString(values.get(columns.get(i)));
    }
    String select = "(select id from %s where site_id = $1%s)".formatted(table, found);
    return connection
        .preparedQuery(
            """
            insert into %1$s (site_id, id, %2$s) values ($1, $2%3$s)
            on conflict (site_id, %2$s) do update set unused_since = null
            """
                .formatted(table, String.join(", ", columns), inserted))
        .execute(insert)
        .compose(made -> connection.preparedQuery(update.formatted(table, select)).execute(find))
        .map(Corrections::any);
  }

  private static Future<Boolean> with(Future<Boolean> before, Future<Boolean> next) {
    return before.compose(changed -> next.map(also -> changed || also));
  }

  private static boolean any(SqlResult<?> result) {
    return result.rowCount() > 0;
  }
}
