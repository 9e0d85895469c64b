package dk.sporlos.account;

import dk.sporlos.goal.Annotations;
import dk.sporlos.goal.Funnels;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.Properties;
import dk.sporlos.goal.Segments;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.seal.SiteRemoval;
import dk.sporlos.site.SiteStore;
import dk.sporlos.site.Sites;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;

/**
 * What programs of owners may do to sites, with tokens of scope {@code sites}. A body is JSON or a
 * form; what is refused is answered with {@code {"error": "…"}}.
 */
public final class SitesApi {

  private final GoalRoutes goals;
  private final DefinitionRoutes definitions;
  private final SiteRoutes sites;

  public SitesApi(
      Tokens tokens,
      Pool pool,
      SiteStore store,
      Sites known,
      SiteRemoval removal,
      BodyBudget bodies) {
    Owners owners = new Owners(tokens, known, bodies);
    Properties properties = new Properties(pool);
    this.goals = new GoalRoutes(owners, new Goals(pool), properties);
    this.definitions =
        new DefinitionRoutes(owners, new Funnels(pool), new Segments(pool), new Annotations(pool));
    this.sites = new SiteRoutes(owners, store, known, properties, removal);
  }

  /** Adds the routes to a router: fixed names before those that may be a domain. */
  public void mount(Router router) {
    goals.mount(router);
    definitions.mount(router);
    sites.mount(router);
  }
}
