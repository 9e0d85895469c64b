package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** A question about a site beside the query language, which has its own form of answer. */
@FunctionalInterface
interface Report {

  /**
   * The answer as it is sent.
   *
   * <p>Fails with {@link InvalidQueryException} if the document does not ask it, or if there is no
   * answer.
   *
   * @param document what is asked; its {@code site_id} is that of the site
   */
  Future<JsonObject> about(Site site, JsonObject document);
}
