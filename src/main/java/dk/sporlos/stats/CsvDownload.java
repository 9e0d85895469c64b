package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sends all rows of a query as comma-separated values: a column for each dimension and metric,
 * under their names in the query language, and one for the currency of a revenue. Where figures are
 * compared, those of the earlier time and the change of each metric follow it.
 *
 * <p>Rows are read and sent a page at a time, so that a client that reads slowly costs no memory.
 */
final class CsvDownload {

  private static final Set<String> REVENUES = Set.of("total_revenue", "average_revenue");

  private final BiFunction<Reader, JsonObject, Future<JsonObject>> queries;
  private final int pageSize;

  /**
   * @param queries answers documents of the query language
   * @param pageSize how many rows are asked for at a time
   */
  CsvDownload(BiFunction<Reader, JsonObject, Future<JsonObject>> queries, int pageSize) {
    this.queries = queries;
    this.pageSize = pageSize;
  }

  /**
   * Sends the answer to a document. Completes when it is sent; fails before anything is sent if the
   * document asks no question that has an answer.
   */
  Future<Void> send(HttpServerResponse response, Reader reader, JsonObject document) {
    JsonObject first = isPaged(document) ? document : page(document, 0);
    return queries
        .apply(reader, first)
        .compose(
            answer ->
                begin(response, reader.site(), answer)
                    .compose(begun -> rows(response, reader, document, answer))
                    .compose(sent -> response.end()));
  }

  private static Future<Void> begin(HttpServerResponse response, Site site, JsonObject answer) {
    JsonObject query = answer.getJsonObject("query");
    List<String> days =
        query.getJsonArray("date_range").stream()
            .map(moment -> ((String) moment).substring(0, "2024-09-10".length()))
            .toList();
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8; header=present")
        .putHeader(
            "Content-Disposition",
            "attachment; filename=\"%s_%s_%s.csv\""
                .formatted(site.domain(), days.get(0), days.get(1)));
    return response.write(Csv.lines(List.of(headings(query))));
  }

  private Future<Void> rows(
      HttpServerResponse response, Reader reader, JsonObject document, JsonObject answer) {
    JsonArray results = answer.getJsonArray("results");
    Future<Void> written = response.write(Csv.lines(cells(answer.getJsonObject("query"), results)));
    if (isPaged(document) || results.size() < pageSize) {
      return written;
    }
    long offset =
        answer.getJsonObject("query").getJsonObject("pagination").getLong("offset") + pageSize;
    return written
        .compose(sent -> queries.apply(reader, page(document, offset)))
        .compose(next -> rows(response, reader, document, next));
  }

  private static boolean isPaged(JsonObject document) {
    return document.containsKey("pagination");
  }

  private JsonObject page(JsonObject document, long offset) {
    return document
        .copy()
        .put("pagination", new JsonObject().put("limit", pageSize).put("offset", offset));
  }

  private static List<String> headings(JsonObject query) {
    List<String> headings = new ArrayList<>(words(query.getJsonArray("dimensions")));
    for (String metric : words(query.getJsonArray("metrics"))) {
      addHeading(headings, metric, metric);
      if (isCompared(query)) {
        addHeading(headings, metric, metric + "_comparison");
        headings.add(metric + "_change");
      }
    }
    return headings;
  }

  private static void addHeading(List<String> headings, String metric, String heading) {
    headings.add(heading);
    if (REVENUES.contains(metric)) {
      headings.add(heading + "_currency");
    }
  }

  private static boolean isCompared(JsonObject query) {
    return query.getJsonObject("include").containsKey("comparisons");
  }

  private static List<List<@Nullable Object>> cells(JsonObject query, JsonArray results) {
    List<String> metrics = words(query.getJsonArray("metrics"));
    List<List<@Nullable Object>> lines = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      JsonObject row = results.getJsonObject(i);
      List<@Nullable Object> line = new ArrayList<>();
      row.getJsonArray("dimensions").forEach(line::add);
      for (int j = 0; j < metrics.size(); j++) {
        addFigure(line, metrics.get(j), figure(row, "metrics", j));
        if (isCompared(query)) {
          JsonObject comparison = row.getJsonObject("comparison");
          addFigure(line, metrics.get(j), figure(comparison, "metrics", j));
          line.add(figure(comparison, "change", j));
        }
      }
      lines.add(line);
    }
    return lines;
  }

  private static @Nullable Object figure(@Nullable JsonObject row, String member, int place) {
    return row == null ? null : row.getJsonArray(member).getValue(place);
  }

  private static void addFigure(
      List<@Nullable Object> line, String metric, @Nullable Object figure) {
    if (REVENUES.contains(metric)) {
      JsonObject revenue = figure instanceof JsonObject known ? known : new JsonObject();
      line.add(revenue.getValue("value"));
      line.add(revenue.getValue("currency"));
    } else {
      line.add(figure);
    }
  }

  private static List<String> words(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }
}
