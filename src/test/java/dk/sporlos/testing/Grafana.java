package dk.sporlos.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The queries of the dashboards and alert rules in {@code grafana/}, as Grafana would send them.
 */
public final class Grafana {
  private static final Path ALERTS = Path.of("grafana/provisioning/alerting/sporlos.json");

  /**
   * A query.
   *
   * @param where it stands: file and title
   */
  public record Query(String where, String text) {
    @Override
    public String toString() {
      return where;
    }
  }

  private Grafana() {}

  /** Those of PostgreSQL, with the variable {@code site} as it is written. */
  public static List<Query> sql() {
    List<Query> queries = new ArrayList<>();
    forEach((where, query) -> add(queries, where, query.getString("rawSql")));
    dashboards()
        .forEach(
            file ->
                read(file)
                    .getJsonObject("templating")
                    .getJsonArray("list", new JsonArray())
                    .forEach(
                        variable ->
                            add(
                                queries,
                                file.getFileName() + ", variable",
                                ((JsonObject) variable).getString("query"))));
    return queries;
  }

  /** Those of Prometheus. */
  public static List<Query> promql() {
    List<Query> queries = new ArrayList<>();
    forEach((where, query) -> add(queries, where, query.getString("expr")));
    return queries.stream()
        .map(query -> new Query(query.where(), query.text().replace("$__rate_interval", "1m")))
        .toList();
  }

  /**
   * SQL with Grafana's macros and variables replaced as its documentation says.
   *
   * @param from first moment of the range, as in 2026-03-01T00:00:00Z
   */
  public static String expanded(String sql, String site, String from, String to) {
    return sql.replaceAll(
            "\\$__timeFilter\\((\\w+)\\)", "$1 BETWEEN '%s' AND '%s'".formatted(from, to))
        .replace("$__timeFrom()", "'" + from + "'")
        .replace("$__timeTo()", "'" + to + "'")
        .replace("${site:sqlstring}", "'" + site.replace("'", "''") + "'");
  }

  /**
   * The alerts that ask Prometheus, as rules of Prometheus named by their uids, so that promtool
   * can test them: each fires while its figure is greater than 0. JSON is YAML.
   */
  public static String alertsAsPrometheusHasThem() {
    JsonArray rules = new JsonArray();
    forEachAlert(
        alert -> {
          String expr =
              alert.getJsonArray("data").getJsonObject(0).getJsonObject("model").getString("expr");
          if (expr != null) {
            rules.add(
                new JsonObject()
                    .put("alert", alert.getString("uid"))
                    .put("expr", "(" + expr + ") > 0")
                    .put("for", alert.getString("for")));
          }
        });
    JsonObject group = new JsonObject().put("name", "sporlos").put("rules", rules);
    return new JsonObject().put("groups", new JsonArray().add(group)).encode();
  }

  private interface Found {
    void query(String where, JsonObject query);
  }

  private static void forEach(Found found) {
    dashboards()
        .forEach(
            file ->
                panels(
                    read(file),
                    panel ->
                        panel
                            .getJsonArray("targets", new JsonArray())
                            .forEach(
                                target ->
                                    found.query(
                                        file.getFileName() + ", " + panel.getString("title"),
                                        (JsonObject) target))));
    forEachAlert(
        alert ->
            alert
                .getJsonArray("data")
                .forEach(
                    data ->
                        found.query(
                            "alert, " + alert.getString("title"),
                            ((JsonObject) data).getJsonObject("model"))));
  }

  private static void forEachAlert(Consumer<JsonObject> each) {
    for (Object group : read(ALERTS).getJsonArray("groups")) {
      for (Object rule : ((JsonObject) group).getJsonArray("rules")) {
        each.accept((JsonObject) rule);
      }
    }
  }

  /** Panels may lie within rows. */
  private static void panels(JsonObject holder, Consumer<JsonObject> each) {
    for (Object panel : holder.getJsonArray("panels", new JsonArray())) {
      each.accept((JsonObject) panel);
      panels((JsonObject) panel, each);
    }
  }

  private static void add(List<Query> queries, String where, String text) {
    if (text != null) {
      queries.add(new Query(where, text));
    }
  }

  private static List<Path> dashboards() {
    try (Stream<Path> files = Files.list(Path.of("grafana/dashboards"))) {
      return files.sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static JsonObject read(Path file) {
    try {
      return new JsonObject(Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
