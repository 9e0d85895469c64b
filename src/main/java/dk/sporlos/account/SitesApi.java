package dk.sporlos.account;

import dk.sporlos.goal.Annotations;
import dk.sporlos.goal.Funnels;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.Properties;
import dk.sporlos.goal.Segments;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.seal.SiteRemoval;
import dk.sporlos.seal.SiteReset;
import dk.sporlos.site.SiteStore;
import dk.sporlos.site.Sites;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * What people who have signed in, and programs with tokens of scope {@code sites}, may do to sites.
 * A body is JSON or a form; what is refused is answered with {@code {"error": "…"}}.
 */
public final class SitesApi {

  private final GoalRoutes goals;
  private final DefinitionRoutes definitions;
  private final MeRoutes me;
  private final MemberRoutes members;
  private final TokenRoutes tokens;
  private final SettingRoutes settings;
  private final AuditRoutes audit;
  private final GroupRoutes groups;
  private final PeopleRoutes people;
  private final SiteRoutes sites;
  private final CheckRoutes checks;

  public SitesApi(
      Vertx vertx,
      Credentials credentials,
      Pool pool,
      SiteStore store,
      Sites known,
      SiteRemoval removal,
      BodyBudget bodies,
      Tokens tokens,
      Clock clock,
      SecureRandom random) {
    Owners owners = new Owners(credentials, known, bodies, pool);
    Properties properties = new Properties(pool);
    this.goals = new GoalRoutes(owners, new Goals(pool), properties);
    this.definitions =
        new DefinitionRoutes(owners, new Funnels(pool), new Segments(pool), new Annotations(pool));
    Groups groups = new Groups(pool);
    Accounts accounts = new Accounts(pool, clock);
    Links links = new Links(pool, clock, random);
    Admission admission = new Admission(accounts, new Members(pool), links);
    this.me = new MeRoutes(owners, store, groups);
    this.members = new MemberRoutes(owners, admission);
    this.tokens = new TokenRoutes(owners, tokens);
    this.settings = new SettingRoutes(owners, store, known);
    this.audit = new AuditRoutes(owners, accounts, pool);
    this.groups = new GroupRoutes(owners, groups, admission, store);
    this.people = new PeopleRoutes(owners, accounts, links);
    this.checks = new CheckRoutes(owners, new SiteDoctor(vertx));
    this.sites = new SiteRoutes(owners, store, known, properties, removal, new SiteReset(pool));
  }

  /** Adds the routes to a router: fixed names before those that may be a domain. */
  public void mount(Router router) {
    goals.mount(router);
    definitions.mount(router);
    me.mount(router);
    members.mount(router);
    tokens.mount(router);
    settings.mount(router);
    audit.mount(router);
    groups.mount(router);
    people.mount(router);
    checks.mount(router);
    sites.mount(router);
  }
}
