package dk.sporlos.stats;

import dk.sporlos.site.Recognising;
import dk.sporlos.site.Site;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer covers, and what it cannot say.
 *
 * @param sources what it is read from
 * @param visitless whether the site recognises nobody, so that figures of visits have no meaning
 * @param dataFrom the first day that it covers, where that is not the first of the period; else
 *     null
 */
record Coverage(
    Sources sources, boolean visitless, @Nullable LocalDate dataFrom, List<Metric> unknown) {

  static Coverage of(Site site, Query query, Period period, Sources sources) {
    boolean visitless = site.privacy().recognising() == Recognising.NONE;
    List<Metric> unknown =
        visitless ? query.metrics().stream().filter(Metric::needsVisits).toList() : List.of();
    if (!sources.needTotals(period) || Sources.totalsAnswer(query, period)) {
      return new Coverage(sources, visitless, null, unknown);
    }
    LocalDate from = sources.completeFrom();
    if (from != null && period.lastDay().isBefore(from)) {
      throw new InvalidQueryException(
          "The visits of this range are deleted, and its totals answer no such query: ask from "
              + from
              + " on, or by day, week, month, page, hostname, entry page or exit page alone.");
    }
    return new Coverage(new Sources(sources.unjoined(), null), visitless, from, unknown);
  }

  /** The rows with null where a figure has no meaning. */
  List<Answer.Row> rows(List<Answer.Row> rows, Query query) {
    if (unknown.isEmpty()) {
      return rows;
    }
    List<Answer.Row> said = new ArrayList<>();
    for (Answer.Row row : rows) {
      List<@Nullable Number> figures = new ArrayList<>(row.metrics());
      for (Metric metric : unknown) {
        figures.set(query.metrics().indexOf(metric), null);
      }
      said.add(new Answer.Row(row.dimensions(), figures));
    }
    return said;
  }

  /** What is said of it beside the figures. */
  JsonObject notes() {
    JsonObject notes = new JsonObject();
    if (dataFrom != null) {
      notes.put("data_from", dataFrom.toString());
    }
    if (!unknown.isEmpty()) {
      JsonObject warnings = new JsonObject();
      for (Metric metric : unknown) {
        warnings.put(
            metric.word(),
            new JsonObject()
                .put("code", "no_visits")
                .put(
                    "warning",
                    "The site recognises nobody, so page views and events are not joined to visits."));
      }
      notes.put("metric_warnings", warnings);
    }
    return notes;
  }
}
