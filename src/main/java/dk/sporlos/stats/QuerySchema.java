package dk.sporlos.stats;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/**
 * The query language as a JSON Schema (draft 7), made of the same words that the parser knows.
 *
 * <p>What it refuses the parser refuses; the parser also refuses what a schema cannot say, such as
 * a range that ends before it begins.
 */
final class QuerySchema {

  private static final String DAY = "^\\d{4}-\\d{2}-\\d{2}$";
  private static final String MOMENT =
      "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$";

  private QuerySchema() {}

  static JsonObject json() {
    return object(
            new JsonObject()
                .put("site_id", described(type("string"), "Domain of the site."))
                .put("metrics", list(oneOf(metrics())).put("minItems", 1).put("uniqueItems", true))
                .put("date_range", dateRange())
                .put("dimensions", list(attribute()).put("uniqueItems", true))
                .put("filters", described(list(ref("filter")), "All of them have to be true."))
                .put("order_by", list(ref("order")).put("uniqueItems", true))
                .put("include", include())
                .put("pagination", pagination()),
            "site_id",
            "metrics",
            "date_range")
        .put("$schema", "http://json-schema.org/draft-07/schema#")
        .put("title", "Query")
        .put("description", "A question to POST /api/v2/query.")
        .put(
            "definitions",
            new JsonObject().put("filter", filter()).put("order", order()).put("days", days()));
  }

  private static List<String> metrics() {
    return Arrays.stream(Metric.values()).map(Metric::word).toList();
  }

  private static JsonObject attribute() {
    return anyOf(
        oneOf(Arrays.stream(Dimension.values()).map(Dimension::word).toList()),
        type("string").put("pattern", "^" + Property.PREFIX + ".+$"));
  }

  private static JsonObject filtered() {
    return anyOf(
        oneOf(
            Arrays.stream(Dimension.values())
                .filter(dimension -> !dimension.ofTime() && dimension != Dimension.EVENT_GOAL)
                .map(Dimension::word)
                .toList()),
        type("string").put("pattern", "^" + Property.PREFIX + ".+$"));
  }

  private static JsonObject dateRange() {
    return anyOf(oneOf(DateRange.Named.words()), ref("days"), tuple(text(MOMENT), text(MOMENT)));
  }

  private static JsonObject days() {
    return tuple(text(DAY), text(DAY));
  }

  private static JsonObject filter() {
    JsonObject clauses =
        list(type("string").put("maxLength", FilterParser.LONGEST_CLAUSE)).put("minItems", 1);
    JsonObject options = object(new JsonObject().put("case_sensitive", type("boolean")));
    JsonObject filters =
        anyOf(
            tuple(oneOf(Operator.words()), filtered(), clauses),
            tuple(oneOf(Operator.words()), filtered(), clauses, options),
            tuple(oneOf(List.of("is", "contains")), constant(Dimension.EVENT_GOAL.word()), clauses),
            tuple(
                oneOf(List.of("is", "contains")),
                constant(Dimension.EVENT_GOAL.word()),
                clauses,
                options),
            tuple(constant("is"), constant("segment"), list(type("integer")).put("minItems", 1)),
            tuple(oneOf(List.of("and", "or")), list(ref("filter")).put("minItems", 1)),
            tuple(oneOf(List.of("not", "has_done", "has_not_done")), ref("filter")));
    return described(
        filters,
        "What has to be true of a page view or event, or of its visit. Values are compared as"
            + " answers show them. Filters on event:… of one list hold for one and the same page"
            + " view or event; has_done asks whether there is such a one in the same visit.");
  }

  private static JsonObject order() {
    return tuple(anyOf(oneOf(metrics()), attribute()), oneOf(List.of("asc", "desc")));
  }

  private static JsonObject include() {
    JsonObject comparisons =
        object(
            new JsonObject()
                .put(
                    "mode",
                    oneOf(
                        Arrays.stream(Comparison.Mode.values())
                            .map(Comparison.Mode::word)
                            .toList()))
                .put("date_range", ref("days"))
                .put("match_day_of_week", type("boolean")),
            "mode");
    return object(
        new JsonObject()
            .put("imports", type("boolean"))
            .put("time_labels", type("boolean"))
            .put("total_rows", type("boolean"))
            .put("comparisons", comparisons));
  }

  private static JsonObject pagination() {
    return object(
        new JsonObject()
            .put(
                "limit",
                type("integer")
                    .put("minimum", 1)
                    .put("maximum", Query.Paging.MOST)
                    .put("default", Query.Paging.MOST))
            .put("offset", type("integer").put("minimum", 0).put("default", 0)));
  }

  private static JsonObject type(String name) {
    return new JsonObject().put("type", name);
  }

  private static JsonObject text(String pattern) {
    return type("string").put("pattern", pattern);
  }

  private static JsonObject constant(String value) {
    return new JsonObject().put("const", value);
  }

  private static JsonObject oneOf(List<String> words) {
    return new JsonObject().put("enum", new JsonArray(words));
  }

  private static JsonObject anyOf(JsonObject... schemas) {
    return new JsonObject().put("anyOf", new JsonArray(List.of(schemas)));
  }

  private static JsonObject ref(String name) {
    return new JsonObject().put("$ref", "#/definitions/" + name);
  }

  private static JsonObject list(JsonObject items) {
    return type("array").put("items", items);
  }

  private static JsonObject tuple(JsonObject... items) {
    return type("array")
        .put("items", new JsonArray(List.of(items)))
        .put("minItems", items.length)
        .put("maxItems", items.length);
  }

  private static JsonObject object(JsonObject properties, String... required) {
    JsonObject object =
        type("object").put("properties", properties).put("additionalProperties", false);
    return required.length == 0 ? object : object.put("required", new JsonArray(List.of(required)));
  }

  private static JsonObject described(JsonObject schema, String description) {
    return schema.put("description", description);
  }
}
