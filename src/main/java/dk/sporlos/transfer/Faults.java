package dk.sporlos.transfer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What is wrong with lines of an import: the first hundred faults, and how many there are. */
final class Faults {
  private static final int MOST_TOLD = 100;

  private final JsonArray told = new JsonArray();
  private long count;

  /**
   * Adds one.
   *
   * @param detail repeats nothing of the line's values
   */
  void add(int line, String detail) {
    count++;
    if (told.size() < MOST_TOLD) {
      told.add(new JsonObject().put("line", line).put("detail", detail));
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  long count() {
    return count;
  }

  /** Those that are told, in the order of their lines. */
  JsonArray told() {
    return told;
  }
}
