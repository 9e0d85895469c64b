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
 * @param dataFrom the first day that it covers, where that is not the first of the period; else
 *     null
 * @param unknown figures that have no meaning, since the site recognises nobody
 * @param doubled figures in which visitors may count twice, since a process lost its memory
 */
record Coverage(
    Sources sources, @Nullable LocalDate dataFrom, List<Metric> unknown, List<Metric> doubled) {

  /** That of web vitals, of which all that is kept is read. */
  static final Coverage OF_VITALS = new Coverage(Sources.VISITS, null, List.of(), List.of());

  /**
   * What is read of a period: totals where they answer the query, and visits where they do not.
   *
   * @throws DeletedVisitsException if neither do
   */
  static Coverage of(Site site, Query query, Period period, Days.Known known) {
    List<Metric> unknown = unknown(site, query);
    List<Metric> doubled = doubled(query, known, unknown);
    boolean joined =
        site.privacy().recognising() != Recognising.NONE || query.filter().parts().isEmpty();
    if (joined && Totals.answer(query, period, known)) {
      Days days = Days.of(known, period, Totals.answerByMonth(query));
      return new Coverage(Sources.of(site, days.hasTotals() ? days : null), null, unknown, doubled);
    }
    LocalDate from = known.completeFrom();
    if (from != null && period.lastDay().isBefore(from)) {
      throw new DeletedVisitsException(
          "The visits of this range are deleted, and its totals answer no such query: ask from "
              + from
              + " on, or for whole days without filters, by time and one other dimension at most.");
    }
    boolean partly = from != null && period.firstDay().isBefore(from);
    return new Coverage(Sources.of(site, null), partly ? from : null, unknown, doubled);
  }

  /** The same for outsiders, who are not told what it is read from. */
  static Coverage ofOutsiders(
      Site site, Query query, Days.Known known, @Nullable LocalDate dataFrom) {
    List<Metric> unknown = unknown(site, query);
    return new Coverage(Sources.VISITS, dataFrom, unknown, doubled(query, known, unknown));
  }

  /** The same with visits that may go on. */
  Coverage with(Live live) {
    return new Coverage(sources.with(live), dataFrom, unknown, doubled);
  }

  private static List<Metric> unknown(Site site, Query query) {
    return site.privacy().recognising() == Recognising.NONE
        ? query.metrics().stream().filter(Metric::needsVisits).toList()
        : List.of();
  }

  private static List<Metric> doubled(Query query, Days.Known known, List<Metric> unknown) {
    return known.interrupted()
        ? query.metrics().stream()
            .filter(metric -> metric.suffersFromLostMemory() && !unknown.contains(metric))
            .toList()
        : List.of();
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
      said.add(new Answer.Row(row.dimensions(), figures, row.currency()));
    }
    return said;
  }

  /** What is said of it beside the figures. */
  JsonObject notes() {
    JsonObject notes = new JsonObject();
    if (dataFrom != null) {
      notes.put("data_from", dataFrom.toString());
    }
    if (sources.days() != null) {
      notes.put("sources", sources.days().json());
    }
    JsonObject warnings = new JsonObject();
    unknown.forEach(
        metric ->
            warnings.put(
                metric.word(),
                warning(
                    "no_visits",
                    "The site recognises nobody, so page views and events are not joined to visits.")));
    doubled.forEach(
        metric ->
            warnings.put(
                metric.word(),
                warning(
                    "memory_lost",
                    "On a day of the range a process lost its memory: visits that were open then split, and visitors who came back count again.")));
    if (!warnings.isEmpty()) {
      notes.put("metric_warnings", warnings);
    }
    return notes;
  }

  private static JsonObject warning(String code, String text) {
    return new JsonObject().put("code", code).put("warning", text);
  }
}
