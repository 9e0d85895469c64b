package dk.sporlos.account;

import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.vertx.core.json.JsonArray;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who asks for something, and what that opens. */
sealed interface Caller {

  /** Whether a site is open to the caller for a use. */
  boolean may(Permission permission, Site site);

  /** Whether every site is, those to come included. */
  boolean mayEverywhere(Permission permission);

  /** As the audit names the caller, who acts on a site. */
  String actor(SiteId site);

  /**
   * Somebody who has signed in.
   *
   * @param roles on sites, by number
   */
  record Person(Sessions.Session session, Map<Integer, Role> roles) implements Caller {

    Account account() {
      return session.account();
    }

    /** The role on a site; null if there is none. */
    @Nullable Role role(SiteId site) {
      return account().admin() ? Role.OWNER : roles.get(site.value());
    }

    @Override
    public boolean may(Permission permission, Site site) {
      Role role = role(site.id());
      return role != null && role.includes(permission.role());
    }

    @Override
    public boolean mayEverywhere(Permission permission) {
      return account().admin();
    }

    @Override
    public String actor(SiteId site) {
      Role role = roles.get(site.value());
      String title = account().admin() ? "admin" : role == null ? "no role" : role.label();
      return "account %d (%s)".formatted(account().id(), title);
    }
  }

  /**
   * A program with a token.
   *
   * @param id number of the token
   */
  record Program(int id, Set<Scope> scopes, Reach reach) implements Caller {

    /** Whether it is meant for a use at all. */
    boolean has(Permission permission) {
      Scope scope = permission.scope();
      return scope != null && scopes.contains(scope);
    }

    @Override
    public boolean may(Permission permission, Site site) {
      return has(permission) && reach.opens(site);
    }

    @Override
    public boolean mayEverywhere(Permission permission) {
      return has(permission) && reach.opensAll();
    }

    @Override
    public String actor(SiteId site) {
      return "token " + id;
    }
  }

  /**
   * Somebody who looks at a shared link, or at the public page of a site.
   *
   * @param link null for a public page
   */
  record Guest(@Nullable SharedLink link) implements Caller {

    @Override
    public boolean may(Permission permission, Site site) {
      return permission == Permission.GLANCE
          && (link == null ? site.settings().open() : link.site().equals(site.id()));
    }

    @Override
    public boolean mayEverywhere(Permission permission) {
      return false;
    }

    /** What is counted for them, as filters of a query. */
    JsonArray segment() {
      return link == null ? new JsonArray() : link.terms().filters();
    }

    @Override
    public String actor(SiteId site) {
      return link == null ? "public page" : "link " + link.id();
    }
  }
}
