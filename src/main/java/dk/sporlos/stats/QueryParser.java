package dk.sporlos.stats;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query from its document, in the query language of the Plausible Stats API v2.
 *
 * <p>The first fault is thrown as {@link InvalidQueryException}: its place as a JSON pointer, then
 * what is wrong, worded as that language words it.
 */
final class QueryParser {

  private static final List<String> KEYS =
      List.of(
          "site_id",
          "metrics",
          "date_range",
          "filters",
          "dimensions",
          "order_by",
          "include",
          "pagination");
  private static final List<String> REQUIRED = List.of("site_id", "metrics", "date_range");

  private QueryParser() {}

  /**
   * The query that a document asks; which site it asks about is not looked at.
   *
   * @throws InvalidQueryException if it asks none that can be answered
   */
  static Query parse(JsonObject document) {
    Place root = Place.ROOT;
    refuseOthers(root, document, KEYS);
    List<String> missing = REQUIRED.stream().filter(key -> !document.containsKey(key)).toList();
    if (!missing.isEmpty()) {
      throw root.refusal(
          missing.size() == 1
              ? "Required property " + missing.get(0) + " was not present."
              : "Required properties " + String.join(", ", missing) + " were not present.");
    }
    List<Metric> metrics =
        distinct(root.at("metrics"), document.getValue("metrics"), QueryParser::metric);
    if (metrics.isEmpty()) {
      throw root.at("metrics").refusal("Expected a minimum of 1 items but got 0.");
    }
    DateRange range = DateRangeParser.parse(root.at("date_range"), document.getValue("date_range"));
    Filter.All filter =
        document.containsKey("filters")
            ? FilterParser.parse(root.at("filters"), document.getValue("filters"))
            : Filter.All.NOTHING;
    List<Attribute> dimensions =
        document.containsKey("dimensions")
            ? distinct(
                root.at("dimensions"), document.getValue("dimensions"), QueryParser::dimension)
            : List.of();
    List<Order> order = order(root.at("order_by"), document, metrics, dimensions);
    Query.Include include = include(root.at("include"), document);
    Query query =
        new Query(
            metrics,
            range,
            filter,
            dimensions,
            order,
            include,
            paging(root.at("pagination"), document));
    Rules.check(query);
    return query;
  }

  private static Metric metric(Place place, @Nullable Object value) {
    Metric metric = value instanceof String word ? Metric.named(word) : null;
    if (metric != null) {
      return metric;
    }
    throw place.refusal("Invalid metric " + Place.shown(value));
  }

  private static Attribute dimension(Place place, @Nullable Object value) {
    Attribute attribute = value instanceof String word ? Attribute.named(word) : null;
    if (attribute == null) {
      throw place.refusal("Invalid dimension " + Place.shown(value));
    }
    return attribute;
  }

  private static List<Order> order(
      Place place, JsonObject document, List<Metric> metrics, List<Attribute> dimensions) {
    if (!document.containsKey("order_by")) {
      return List.of();
    }
    JsonArray array = place.array(document.getValue("order_by"));
    List<Order> orders = new ArrayList<>();
    Set<Column> ordered = new LinkedHashSet<>();
    for (int i = 0; i < array.size(); i++) {
      Order order = order(place.at(i), array.getValue(i), metrics, dimensions);
      if (!ordered.add(order.by())) {
        throw place.refusal("Expected items to be unique but they were not.");
      }
      orders.add(order);
    }
    return orders;
  }

  private static Order order(
      Place place, @Nullable Object value, List<Metric> metrics, List<Attribute> dimensions) {
    if (!(value instanceof JsonArray pair
        && pair.size() == 2
        && pair.getValue(0) instanceof String word
        && pair.getValue(1) instanceof String direction
        && (direction.equals("asc") || direction.equals("desc")))) {
      throw place.refusal("Invalid order_by entry " + Place.shown(value));
    }
    Column by = Metric.named(word);
    if (by == null) {
      by = Attribute.named(word);
    }
    if (by == null || !(metrics.contains(by) || dimensions.contains(by))) {
      throw place.refusal(
          "Invalid order_by entry "
              + Place.shown(value)
              + ". Entry is not a queried metric or dimension.");
    }
    return new Order(by, direction.equals("asc") ? Order.Direction.ASC : Order.Direction.DESC);
  }

  private static Query.Include include(Place place, JsonObject document) {
    if (!document.containsKey("include")) {
      return Query.Include.NOTHING;
    }
    JsonObject object = place.object(document.getValue("include"));
    refuseOthers(place, object, List.of("imports", "time_labels", "total_rows", "comparisons"));
    return new Query.Include(
        place.flag(object, "imports"),
        place.flag(object, "time_labels"),
        place.flag(object, "total_rows"),
        object.containsKey("comparisons")
            ? ComparisonParser.parse(place.at("comparisons"), object.getValue("comparisons"))
            : null);
  }

  private static Query.Paging paging(Place place, JsonObject document) {
    if (!document.containsKey("pagination")) {
      return Query.Paging.EVERYTHING;
    }
    JsonObject object = place.object(document.getValue("pagination"));
    refuseOthers(place, object, List.of("limit", "offset"));
    return new Query.Paging(
        (int) place.number(object, "limit", 1, Query.Paging.MOST, Query.Paging.MOST),
        place.number(object, "offset", 0, Integer.MAX_VALUE, 0));
  }

  static void refuseOthers(Place place, JsonObject object, Collection<String> known) {
    for (String key : object.fieldNames()) {
      if (!known.contains(key)) {
        throw place.at(key).refusal("Schema does not allow additional properties.");
      }
    }
  }

  private static <T> List<T> distinct(
      Place place, @Nullable Object value, BiFunction<Place, @Nullable Object, T> item) {
    JsonArray array = place.array(value);
    Set<T> items = new LinkedHashSet<>();
    for (int i = 0; i < array.size(); i++) {
      if (!items.add(item.apply(place.at(i), array.getValue(i)))) {
        throw place.refusal("Expected items to be unique but they were not.");
      }
    }
    return List.copyOf(items);
  }
}
