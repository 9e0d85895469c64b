package dk.sporlos.privacy;

import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** Table {@code policy_change}: from when on the policy of a site said what. */
public final class PolicyChanges {

  /* Two processes may come here at once: the second finds the number of its row taken. */
  private static final String RECORD =
      """
      insert into policy_change (site_id, revision, day, words, settings)
      select $1, coalesce(max(revision), 0) + 1, $2, $3, $4
      from policy_change
      where site_id = $1
      having not exists (
        select from (
          select words, settings from policy_change where site_id = $1
          order by revision desc limit 1) as latest
        where latest.words = $3 and latest.settings = $4)
      on conflict do nothing
      """;

  /* As it was last, but for some settings; nothing where nothing was written down yet. */
  private static final String RECORD_SOME =
      """
      insert into policy_change (site_id, revision, day, words, settings)
      select $1, revision + 1, $2, words, settings || $3
      from (
        select revision, words, settings from policy_change where site_id = $1
        order by revision desc limit 1) as latest
      where settings <> settings || $3
      on conflict do nothing
      """;

  private static final String OF_SITE =
      "select day, words, settings from policy_change where site_id = $1 order by revision";

  /** What the operator said otherwise, of one setting. Empty where nothing was said. */
  record Difference(String setting, String from, String to) {}

  /**
   * A change of a policy.
   *
   * @param words whether the words themselves were changed, by a new version of the program
   * @param first whether it is the first that is known
   */
  record Change(LocalDate day, boolean first, boolean words, List<Difference> differences) {}

  private final Pool pool;

  public PolicyChanges(Pool pool) {
    this.pool = pool;
  }

  /**
   * Writes down what the policy of a site is made of, unless that was written down last.
   *
   * @param settings by name
   */
  Future<Void> record(SiteId site, LocalDate day, Map<String, String> settings) {
    return pool.preparedQuery(RECORD)
        .execute(Tuple.of(site.value(), day, Wording.version(), json(settings)))
        .mapEmpty();
  }

  /** Writes down that some of it is not what it was, if anything was written down before. */
  Future<Void> recordSome(SiteId site, LocalDate day, Map<String, String> settings) {
    return pool.preparedQuery(RECORD_SOME)
        .execute(Tuple.of(site.value(), day, json(settings)))
        .mapEmpty();
  }

  private static JsonObject json(Map<String, String> settings) {
    JsonObject json = new JsonObject();
    settings.forEach(json::put);
    return json;
  }

  /** The changes of a site's policy, the latest first. */
  Future<List<Change>> of(Site site) {
    return pool.preparedQuery(OF_SITE)
        .execute(Tuple.of(site.id().value()))
        .map(rows -> changes(StreamSupport.stream(rows.spliterator(), false).toList()));
  }

  private static List<Change> changes(List<Row> rows) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Row before = i == 0 ? row : rows.get(i - 1);
      changes.add(
          new Change(
              row.getLocalDate("day"),
              i == 0,
              !row.getString("words").equals(before.getString("words")),
              differences(before.getJsonObject("settings"), row.getJsonObject("settings"))));
    }
    Collections.reverse(changes);
    return List.copyOf(changes);
  }

  private static List<Difference> differences(JsonObject before, JsonObject after) {
    TreeSet<String> names = new TreeSet<>(before.fieldNames());
    names.addAll(after.fieldNames());
    return names.stream()
        .map(name -> new Difference(name, before.getString(name, ""), after.getString(name, "")))
        .filter(difference -> !Objects.equals(difference.from(), difference.to()))
        .toList();
  }
}
