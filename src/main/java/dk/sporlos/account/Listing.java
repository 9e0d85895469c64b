package dk.sporlos.account;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/** Lists that are answered a page at a time, as the Plausible Sites API does it. */
final class Listing {

  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  private Listing() {}

  /**
   * One page of a list.
   *
   * @param name what the list is called in the answer
   * @param key by which the list is ordered, and by which a page begins after, or ends before, an
   *     item
   */
  static <T> JsonObject of(
      String name,
      List<T> items,
      Function<T, String> key,
      Function<T, JsonObject> json,
      Fields fields) {
    int limit = limit(fields);
    int from = 0;
    int to = items.size();
    String after = fields.text("after");
    String before = fields.text("before");
    if (after != null) {
      from = place(items, key, after) + 1;
    } else if (before != null) {
      to = place(items, key, before);
      from = Math.max(0, to - limit);
    }
    to = Math.min(to, from + limit);
    JsonArray page = new JsonArray();
    items.subList(from, to).forEach(item -> page.add(json.apply(item)));
    JsonObject meta =
        new JsonObject()
            .put("after", to < items.size() && to > 0 ? key.apply(items.get(to - 1)) : null)
            .put("before", from > 0 && from < items.size() ? key.apply(items.get(from)) : null)
            .put("limit", limit);
    return new JsonObject().put(name, page).put("meta", meta);
  }

  private static int limit(Fields fields) {
    Long limit = fields.number("limit");
    if (limit == null) {
      return USUAL;
    }
    if (limit < 1 || limit > MOST) {
      throw new RefusedException(
          400, "Parameter `limit` is invalid: write a number from 1 to %d".formatted(MOST));
    }
    return limit.intValue();
  }

  private static <T> int place(List<T> items, Function<T, String> key, String named) {
    for (int i = 0; i < items.size(); i++) {
      if (key.apply(items.get(i)).equals(named)) {
        return i;
      }
    }
    throw new RefusedException(400, "Invalid pagination cursor: what it names is gone.");
  }
}
