package dk.sporlos.account;

import dk.sporlos.door.SignInDoor;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.page.DashboardDocument;
import dk.sporlos.site.Sites;
import dk.sporlos.stats.Stats;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Clock;

/** What outsiders see, and how owners open it to them. */
public final class Sharing {

  private final SharedLinkRoutes api;
  private final SharedPages pages;
  private final BadgeRoute badge;

  /**
   * @param pool of connections by which the audit is written
   */
  public Sharing(
      Vertx vertx,
      Credentials credentials,
      SharedLinks links,
      Sites sites,
      Stats stats,
      SignInDoor door,
      BodyBudget bodies,
      Pool pool,
      Clock clock,
      SecureRandom random) {
    Passwords passwords = new Passwords(vertx, random);
    this.api =
        new SharedLinkRoutes(
            new Owners(credentials, sites, bodies, pool), links, sites, passwords, door);
    this.pages =
        new SharedPages(
            links,
            sites,
            passwords,
            door,
            bodies,
            new SharedFigures(stats),
            clock,
            DashboardDocument.find());
    this.badge = new BadgeRoute(sites, stats, clock);
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    api.mount(router);
    pages.mount(router);
    badge.mount(router);
  }
}
