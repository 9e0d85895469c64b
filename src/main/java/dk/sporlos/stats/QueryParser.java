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

  private static final Set<String> METRICS_TO_COME =
      Set.of(
          "percentage",
          "conversion_rate",
          "group_conversion_rate",
          "scroll_depth",
          "time_on_page",
          "total_revenue",
          "average_revenue");
  private static final Set<String> DIMENSIONS_TO_COME =
      Set.of(
          "event:goal",
          "event:name",
          "visit:source",
          "visit:channel",
          "visit:referrer",
          "visit:utm_medium",
          "visit:utm_source",
          "visit:utm_campaign",
          "visit:utm_content",
          "visit:utm_term",
          "visit:device",
          "visit:screen",
          "visit:browser",
          "visit:browser_version",
          "visit:os",
          "visit:os_version",
          "visit:country",
          "visit:region",
          "visit:city",
          "visit:country_name",
          "visit:region_name",
          "visit:city_name",
          "visit:entry_page_hostname",
          "visit:exit_page_hostname");

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
    refuseFilters(root.at("filters"), document);
    List<Dimension> dimensions =
        document.containsKey("dimensions")
            ? distinct(
                root.at("dimensions"), document.getValue("dimensions"), QueryParser::dimension)
            : List.of();
    if (metrics.contains(Metric.VIEWS_PER_VISIT)
        && dimensions.stream().anyMatch(Dimension::ofSteps)) {
      throw new InvalidQueryException(
          "Metric `views_per_visit` cannot be queried with `dimensions`.");
    }
    List<Order> order = order(root.at("order_by"), document, metrics, dimensions);
    Query.Include include = include(root.at("include"), document);
    if (include.timeLabels() && dimensions.stream().noneMatch(Dimension::ofTime)) {
      throw new InvalidQueryException("Invalid include.time_labels: requires a time dimension.");
    }
    return new Query(
        metrics, range, dimensions, order, include, paging(root.at("pagination"), document));
  }

  private static Metric metric(Place place, @Nullable Object value) {
    Metric metric = value instanceof String word ? Metric.named(word) : null;
    if (metric != null) {
      return metric;
    }
    throw place.refusal(
        value instanceof String word && METRICS_TO_COME.contains(word)
            ? "Metric " + Place.shown(value) + " is not available yet."
            : "Invalid metric " + Place.shown(value));
  }

  private static Dimension dimension(Place place, @Nullable Object value) {
    Dimension dimension = value instanceof String word ? Dimension.named(word) : null;
    if (dimension != null) {
      return dimension;
    }
    throw place.refusal(
        value instanceof String word && isToCome(word)
            ? "Dimension " + Place.shown(value) + " is not available yet."
            : "Invalid dimension " + Place.shown(value));
  }

  private static boolean isToCome(String dimension) {
    String properties = "event:props:";
    return DIMENSIONS_TO_COME.contains(dimension)
        || (dimension.startsWith(properties) && dimension.length() > properties.length());
  }

  private static void refuseFilters(Place place, JsonObject document) {
    if (document.containsKey("filters") && !place.array(document.getValue("filters")).isEmpty()) {
      throw place.refusal(
          "Filters are not available yet. Leave filters out, or send an empty list.");
    }
  }

  private static List<Order> order(
      Place place, JsonObject document, List<Metric> metrics, List<Dimension> dimensions) {
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
      Place place, @Nullable Object value, List<Metric> metrics, List<Dimension> dimensions) {
    if (!(value instanceof JsonArray pair
        && pair.size() == 2
        && pair.getValue(0) instanceof String word
        && pair.getValue(1) instanceof String direction
        && (direction.equals("asc") || direction.equals("desc")))) {
      throw place.refusal("Invalid order_by entry " + Place.shown(value));
    }
    Column by = Metric.named(word);
    if (by == null) {
      by = Dimension.named(word);
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
    refuseOthers(place, object, List.of("imports", "time_labels", "total_rows"));
    return new Query.Include(
        place.flag(object, "imports"),
        place.flag(object, "time_labels"),
        place.flag(object, "total_rows"));
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

  private static void refuseOthers(Place place, JsonObject object, Collection<String> known) {
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
