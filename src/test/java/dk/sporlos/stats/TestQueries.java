package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.json.JsonObject;

/** Questions as programs ask them, for tests of other packages. */
public final class TestQueries {
  private TestQueries() {}

  /** The answer to a question in the query language. */
  public static JsonObject answer(Stats stats, Site site, String question) {
    return stats.answer(site, QueryParser.parse(new JsonObject(question))).await().json();
  }
}
