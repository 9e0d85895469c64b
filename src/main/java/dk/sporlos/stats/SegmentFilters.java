package dk.sporlos.stats;

import dk.sporlos.goal.UnfitDefinitionException;
import io.vertx.core.json.JsonArray;

/** The filters of a segment that is to be kept: what queries could not read is refused at once. */
public final class SegmentFilters {
  private SegmentFilters() {}

  /**
   * The same filters.
   *
   * @throws UnfitDefinitionException worded as a query with these filters would be refused
   */
  public static JsonArray checked(JsonArray filters) {
    try {
      FilterParser.parse(Place.ROOT.at("filters"), filters);
      return filters;
    } catch (InvalidQueryException unreadable) {
      throw new UnfitDefinitionException(unreadable.getMessage());
    }
  }
}
