package dk.sporlos.stats;

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
   * The answer to the question of a document about the site of its reader. Fails with {@link
   * InvalidQueryException} if the document asks none that has an answer.
   */
  Future<Answer> answer(Reader reader, JsonObject document) {
    return stats
        .answer(reader, QueryParser.parse(document))
        .timeout(Stats.LONGEST.plus(Callers.PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
  }
}
