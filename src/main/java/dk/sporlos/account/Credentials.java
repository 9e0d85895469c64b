package dk.sporlos.account;

import dk.sporlos.door.SignInDoor;
import dk.sporlos.http.Credential;
import dk.sporlos.site.Audit;
import dk.sporlos.site.HostName;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteDirectory;
import dk.sporlos.site.SiteId;
import dk.sporlos.stats.Reader;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.sqlclient.Pool;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who asks: a program by its token, somebody who has signed in by their session, or a
 * guest by a link.
 */
public final class Credentials {

  private static final String ELSEWHERE =
      "This request belongs on a page of this host: it lacks the header "
          + Credential.FORM_TOKEN
          + " with the token of its session, or comes from another host.";

  private final Tokens tokens;
  private final TokenLimits limits;
  private final Sessions sessions;
  private final Members members;
  private final SharedLinks links;
  private final SiteDirectory sites;
  private final SignInDoor door;

  public Credentials(
      Tokens tokens,
      TokenLimits limits,
      Sessions sessions,
      Members members,
      SharedLinks links,
      SiteDirectory sites,
      SignInDoor door) {
    this.tokens = tokens;
    this.limits = limits;
    this.sessions = sessions;
    this.members = members;
    this.links = links;
    this.sites = sites;
    this.door = door;
  }

  /**
   * Who a request is by; null if it shows nothing, or nothing that holds. Fails with {@link
   * HttpException} if it is refused whoever it is by: with 403 if it would change something and is
   * not of a page of this host, with 429 if its token has asked too much.
   */
  Future<@Nullable Caller> caller(HttpServerRequest request) {
    Credential shown = Credential.of(request, door.isSecure(request));
    if (shown instanceof Credential.Token token) {
      return tokens.find(token.secret()).map(found -> limited(request, found));
    }
    if (shown instanceof Credential.Link link) {
      return guest(link);
    }
    if (shown instanceof Credential.Session session) {
      return sessions.find(new Secret(session.secret())).compose(found -> person(session, found));
    }
    return Future.succeededFuture();
  }

  private @Nullable Caller limited(HttpServerRequest request, Tokens.@Nullable Found found) {
    if (found == null) {
      return null;
    }
    limits.take(request.response(), found);
    return found.program();
  }

  private Future<@Nullable Caller> guest(Credential.Link shown) {
    return shown.isPublic()
        ? Future.succeededFuture(new Caller.Guest(null))
        : links
            .find(new Secret(shown.secret()))
            .compose(
                link ->
                    link == null
                        ? Future.<@Nullable Caller>succeededFuture()
                        : links
                            .isOpen(link, shown.opened())
                            .map(open -> open ? new Caller.Guest(link) : null));
  }

  private Future<@Nullable Caller> person(
      Credential.Session shown, Sessions.@Nullable Session session) {
    if (session == null || !session.complete()) {
      return Future.succeededFuture();
    }
    if (shown.changing()
        && !(shown.fromHere() && session.secret().isFormToken(shown.formToken()))) {
      return Future.failedFuture(new HttpException(403, ELSEWHERE));
    }
    return session.account().admin()
        ? Future.succeededFuture(new Caller.Person(session, Map.of()))
        : members.sites(session.account().id()).map(roles -> new Caller.Person(session, roles));
  }

  /** Somebody at a site, which may be one that is not open to them. */
  private record Visit(Caller caller, Site site) {}

  private Future<@Nullable Visit> visit(HttpServerRequest request, String domain) {
    return caller(request)
        .compose(
            caller ->
                caller == null
                    ? Future.<@Nullable Visit>succeededFuture()
                    : sites
                        .byDomain(HostName.canonical(domain))
                        .map(site -> site == null ? null : new Visit(caller, site)));
  }

  /**
   * The site of a domain if whoever asks may use it so; null if not, or if there is no such site,
   * alike. Fails as {@link #caller} does.
   */
  public Future<@Nullable Site> authorize(
      HttpServerRequest request, Permission permission, String domain) {
    return visit(request, domain)
        .map(
            visit ->
                visit != null && visit.caller().may(permission, visit.site())
                    ? visit.site()
                    : null);
  }

  /**
   * Whoever asks as a reader of the site of a domain; null if none of its figures are open to them,
   * or if there is no such site, alike. Fails as {@link #caller} does.
   */
  public Future<@Nullable Reader> reader(HttpServerRequest request, String domain) {
    return visit(request, domain).map(visit -> visit == null ? null : reader(visit));
  }

  /** The same, and the audit says that they did something, unless they are an outsider. */
  public Future<@Nullable Reader> reader(
      HttpServerRequest request, String domain, Pool pool, String action, String what) {
    return visit(request, domain)
        .compose(
            visit -> {
              Reader reader = visit == null ? null : reader(visit);
              if (visit == null || !(reader instanceof Reader.Inside)) {
                return Future.succeededFuture(reader);
              }
              SiteId site = visit.site().id();
              String actor = visit.caller().actor(site);
              return Audit.add(pool, site, new Audit.Line(actor, action, what, null, null, 1))
                  .map(reader);
            });
  }

  /** Who may see everything is none of the outsiders, though they may be one too. */
  private static @Nullable Reader reader(Visit visit) {
    Caller caller = visit.caller();
    Site site = visit.site();
    if (caller.may(Permission.READ, site)) {
      return new Reader.Inside(site);
    }
    if (!caller.may(Permission.GLANCE, site)) {
      return null;
    }
    return caller instanceof Caller.Guest guest
        ? new Reader.Outside(site, guest.segment())
        : new Reader.Outside(site);
  }
}
