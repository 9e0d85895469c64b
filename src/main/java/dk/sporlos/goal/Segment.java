package dk.sporlos.goal;

import io.vertx.core.json.JsonArray;
import org.jspecify.annotations.Nullable;

/**
 * Filters that have a name.
 *
 * @param id its number, by which queries name it
 * @param account whose own it is; null if everyone who sees the site's figures sees it
 * @param filters in the query language
 */
public record Segment(long id, @Nullable Integer account, String name, JsonArray filters) {

  /** Of filters written as JSON, in characters. */
  private static final int LONGEST = 20_000;

  public Segment {
    name = Line.checked("name", name, 120);
    if (filters.isEmpty()) {
      throw new UnfitDefinitionException("filters: write at least one");
    }
    if (filters.encode().length() > LONGEST) {
      throw new UnfitDefinitionException(
          "filters: together they have at most %d characters".formatted(LONGEST));
    }
    filters = filters.copy();
  }

  /** A copy, for what it is made of can be changed. */
  @Override
  public JsonArray filters() {
    return filters.copy();
  }
}
