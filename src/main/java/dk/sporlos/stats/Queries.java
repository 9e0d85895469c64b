package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** Answers documents of the query language, in a time that a caller waits for. */
final class Queries {

  private final Stats stats;

  Queries(Stats stats) {
    this.stats = stats;
  }

  /**
   * The answer to the question of a document about a site. Fails with {@link InvalidQueryException}
   * if the document asks none that has an answer.
   */
  Future<Answer> answer(Site site, JsonObject document) {
    return stats
        .answer(site, QueryParser.parse(document))
        .timeout(Stats.LONGEST.plus(Callers.PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
  }
}
