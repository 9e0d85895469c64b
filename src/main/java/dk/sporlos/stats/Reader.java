package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.json.JsonArray;

/** Who reads the figures of a site. */
public sealed interface Reader {

  /** The site that is open to them. */
  Site site();

  /** Somebody who may see every figure as it is. */
  record Inside(Site site) implements Reader {}

  /**
   * Somebody who gets rounded figures of finished days; see {@link OutsideStats}.
   *
   * @param segment filters as the query language writes them: all that is counted for them
   */
  record Outside(Site site, JsonArray segment) implements Reader {
    public Outside {
      segment = segment.copy();
    }

    /** One for whom everything is counted. */
    public Outside(Site site) {
      this(site, new JsonArray());
    }
  }
}
