package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures that a query asked for.
 *
 * @param query what was answered: the query with its order and bucket of time filled in
 * @param period what the answer covers
 * @param totalRows how many rows there are on all pages; null if not asked for
 * @param timeLabels all values that the dimension of time can have; null if not asked for
 * @param before the figures that these are compared with; null if with none
 * @param notes what is said beside the figures
 */
public record Answer(
    Site site,
    Query query,
    Period period,
    List<Row> rows,
    @Nullable Long totalRows,
    @Nullable List<String> timeLabels,
    @Nullable Before before,
    Notes notes) {

  public Answer {
    rows = List.copyOf(rows);
  }

  /**
   * One value of the dimensions and its figures, both in the order of the query.
   *
   * @param metrics a figure is null where none can be given
   * @param currency of its amounts of money; null if it has none
   */
  public record Row(
      List<String> dimensions, List<@Nullable Number> metrics, @Nullable String currency) {
    public Row {
      dimensions = List.copyOf(dimensions);
      metrics = Collections.unmodifiableList(new ArrayList<>(metrics));
    }

    public Row(List<String> dimensions, List<@Nullable Number> metrics) {
      this(dimensions, metrics, null);
    }

    /** The row with its amounts in a currency, or without amounts if there is none. */
    Row inCurrency(Query query, @Nullable String unit) {
      List<@Nullable Number> figures = new ArrayList<>(metrics);
      for (int i = 0; i < figures.size(); i++) {
        if (unit == null && query.metrics().get(i).ofRevenue()) {
          figures.set(i, null);
        }
      }
      return new Row(dimensions, figures, unit);
    }

    private JsonObject json(Query query) {
      JsonArray figures = new JsonArray();
      for (int i = 0; i < metrics.size(); i++) {
        Number figure = metrics.get(i);
        figures.add(
            figure != null && currency != null && query.metrics().get(i).ofRevenue()
                ? Revenue.json(figure, currency)
                : figure);
      }
      return new JsonObject().put("metrics", figures).put("dimensions", new JsonArray(dimensions));
    }
  }

  /**
   * What is said beside the figures.
   *
   * @param people how exact figures of people are; null if none was asked for
   * @param coverage what the answer covers, as it is written
   */
  record Notes(@Nullable People people, JsonObject coverage) {
    static final Notes NOTHING = new Notes(null, new JsonObject());

    /** What is said about single metrics, each once. */
    List<String> warnings() {
      JsonObject warnings = coverage.getJsonObject("metric_warnings", new JsonObject());
      return warnings.fieldNames().stream()
          .map(metric -> warnings.getJsonObject(metric).getString("warning"))
          .distinct()
          .toList();
    }

    JsonObject json() {
      JsonObject json = coverage.copy();
      return people == null ? json : json.put("people", people.json());
    }
  }

  /**
   * The figures of an earlier period.
   *
   * @param rows those that the rows of the answer are compared with, in their order; null where
   *     there is none. Null if figures of the period cannot be known.
   * @param warning code and text of what keeps them from being whole; null if nothing does
   */
  record Before(Period period, @Nullable List<@Nullable Row> rows, @Nullable JsonObject warning) {
    Before {
      rows = rows == null ? null : Collections.unmodifiableList(new ArrayList<>(rows));
    }

    /**
     * Figures that are known.
     *
     * @param dataFrom the first day that they cover, where that is not the first of the period
     */
    static Before of(Period period, List<@Nullable Row> rows, @Nullable LocalDate dataFrom) {
      return new Before(
          period,
          rows,
          dataFrom == null
              ? null
              : warning(
                  "visits_partly_deleted",
                  "Of the time compared with, visits before %s are deleted, so its figures are of a part of it."
                      .formatted(dataFrom)));
    }

    /** Those of days whose visits are deleted, where nothing else answers. */
    static Before unknown(Period period) {
      return new Before(
          period,
          null,
          warning(
              "visits_deleted",
              "The visits of the time compared with are deleted, and its totals answer no such query."));
    }

    private static JsonObject warning(String code, String text) {
      return new JsonObject().put("code", code).put("warning", text);
    }

    private @Nullable JsonObject json(Query query, Row now, int index) {
      if (rows == null) {
        return null;
      }
      Row row = rows.get(index);
      Row earlier = row == null ? Change.nothing(query, now) : row;
      return earlier.json(query).put("change", Change.of(query, earlier, now));
    }
  }

  /** The answer as the query language writes it. */
  JsonObject json() {
    JsonArray results = new JsonArray();
    for (int i = 0; i < rows.size(); i++) {
      JsonObject row = rows.get(i).json(query);
      if (before != null) {
        row.put("comparison", before.json(query, rows.get(i), i));
      }
      results.add(row);
    }
    return new JsonObject().put("results", results).put("meta", meta()).put("query", echo());
  }

  private JsonObject meta() {
    JsonObject meta = new JsonObject();
    if (query.include().imports()) {
      meta.put("imports_included", false);
    }
    if (timeLabels != null) {
      meta.put("time_labels", new JsonArray(timeLabels));
    }
    if (totalRows != null) {
      meta.put("total_rows", totalRows);
    }
    if (before != null) {
      meta.put("comparison_date_range", new JsonArray(before.period().moments()));
      if (before.warning() != null) {
        meta.put("comparison_warning", before.warning());
      }
    }
    return meta.mergeIn(notes.json());
  }

  private JsonObject echo() {
    return new JsonObject()
        .put("site_id", site.domain())
        .put("metrics", words(query.metrics()))
        .put("date_range", new JsonArray(period.moments()))
        .put("filters", query.filter().json().getJsonArray(1))
        .put("dimensions", words(query.dimensions()))
        .put(
            "order_by",
            new JsonArray(
                query.order().stream()
                    .map(order -> List.of(order.by().word(), order.direction().word()))
                    .toList()))
        .put("include", include())
        .put(
            "pagination",
            new JsonObject()
                .put("offset", query.paging().offset())
                .put("limit", query.paging().limit()));
  }

  private JsonObject include() {
    JsonObject include = new JsonObject();
    if (query.include().imports()) {
      include.put("imports", true);
    }
    if (query.include().timeLabels()) {
      include.put("time_labels", true);
    }
    if (query.include().totalRows()) {
      include.put("total_rows", true);
    }
    Comparison comparison = query.include().comparison();
    if (comparison != null) {
      include.put("comparisons", comparison.json());
    }
    return include;
  }

  private static JsonArray words(List<? extends Column> columns) {
    return new JsonArray(columns.stream().map(Column::word).toList());
  }
}
