package dk.sporlos.account;

import dk.sporlos.goal.UnfitDefinitionException;
import dk.sporlos.http.Bodies;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.http.Credential;
import dk.sporlos.http.FailedRequests;
import dk.sporlos.page.Language;
import dk.sporlos.site.Audit;
import dk.sporlos.site.HostName;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteDirectory;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * People and programs that act on sites: what they may touch, what they say, and what they are told
 * if it is not done, which is {@code {"error": "…"}}.
 */
final class Owners {

  /** Where the site stands in the address, if it does. */
  static final String DOMAIN = "domain";

  private static final FailedRequests FAILURES = new FailedRequests("a request of an owner failed");

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LARGEST_BODY = 64 * 1024;

  private static final String NO_TOKEN =
      "Missing API key. Please use a valid API key as a Bearer Token.";
  private static final String BAD_TOKEN =
      "Invalid API key. Please make sure you're using a valid API key with access to the resource"
          + " you've requested.";

  private static final String NO_LINK =
      "The header "
          + Credential.LINK
          + " names no shared link that holds, or the link's password has yet to be given.";

  private final Credentials credentials;
  private final SiteDirectory sites;
  private final BodyBudget bodies;
  private final Pool pool;

  /**
   * @param pool of connections by which the audit is written
   */
  Owners(Credentials credentials, SiteDirectory sites, BodyBudget bodies, Pool pool) {
    this.credentials = credentials;
    this.sites = sites;
    this.bodies = bodies;
    this.pool = pool;
  }

  /** A request: by whom, and what it says. */
  record Request(Caller caller, Fields fields) {}

  /** A request about a site that is open to whoever made it. */
  record OnSite(Caller caller, Site site, Fields fields) {
    SiteId id() {
      return site.id();
    }

    /** Fails with 403 unless the site is open to the caller for another use, too. */
    void require(Permission permission) {
      opened(caller, permission, site);
    }

    /** Number of the account that acts; null if a program does. */
    @Nullable Integer account() {
      return caller instanceof Caller.Person person ? person.account().id() : null;
    }
  }

  /** Answers a request that need not be about one site. */
  Future<JsonObject> answer(RoutingContext context, Function<Request, Future<JsonObject>> answer) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    boolean shown = Credential.isShown(context.request());
    return Bodies.read(context.request(), LARGEST_BODY, bodies)
        .compose(
            body -> {
              if (!shown) {
                throw new RefusedException(401, NO_TOKEN);
              }
              return credentials
                  .caller(context.request())
                  .map(
                      caller -> {
                        if (caller == null) {
                          throw new RefusedException(401, BAD_TOKEN);
                        }
                        // A token of another scope says no more than one that does not hold.
                        if (caller instanceof Caller.Guest
                            || (caller instanceof Caller.Program program
                                && !program.has(Permission.LIST))) {
                          throw new RefusedException(401, BAD_TOKEN);
                        }
                        return new Request(
                            caller, Fields.of(contentType(context), body, context.queryParams()));
                      });
            })
        .compose(answer)
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Answers a guest, who shows a link or says that it is a public page that asks. */
  Future<JsonObject> answerGuest(
      RoutingContext context, BiFunction<Caller.Guest, Fields, Future<JsonObject>> answer) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    Fields fields = Fields.of("", Buffer.buffer(), context.queryParams());
    return credentials
        .caller(context.request())
        .compose(
            caller -> {
              if (caller instanceof Caller.Guest guest) {
                return answer.apply(guest, fields);
              }
              throw new RefusedException(401, NO_LINK);
            })
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Answers a request about one site, which its address or its field {@code site_id} names. */
  Future<JsonObject> answer(
      RoutingContext context, Permission permission, Function<OnSite, Future<JsonObject>> answer) {
    String named = context.pathParam(DOMAIN);
    return answer(
        context,
        request ->
            site(request, permission, named == null ? request.fields().required("site_id") : named)
                .compose(answer));
  }

  /**
   * Answers a request that changes something of one site, and writes into the audit that it did.
   *
   * @param action as the audit words it, as in {@code add}
   * @param what of which table or setting
   */
  Future<JsonObject> change(
      RoutingContext context,
      Permission permission,
      String action,
      String what,
      Function<OnSite, Future<JsonObject>> change) {
    return answer(
        context,
        permission,
        request ->
            change.apply(request).compose(answer -> audit(request, action, what).map(answer)));
  }

  /** Answers an administrator about the installation. */
  Future<JsonObject> administer(
      RoutingContext context, Function<Fields, Future<JsonObject>> answer) {
    return answer(
        context,
        request -> {
          requireAdmin(request.caller());
          return answer.apply(request.fields());
        });
  }

  /** Answers an administrator who changes something of the installation, and audits it. */
  Future<JsonObject> administer(
      RoutingContext context,
      String action,
      String what,
      Function<Fields, Future<JsonObject>> change) {
    return answer(
        context,
        request -> {
          requireAdmin(request.caller());
          return change
              .apply(request.fields())
              .compose(
                  answer -> audit(request.caller(), SiteId.INSTALLATION, action, what).map(answer));
        });
  }

  private static void requireAdmin(Caller caller) {
    if (!(caller instanceof Caller.Person person && person.account().admin())) {
      throw new RefusedException(403, "This is for administrators who have signed in.");
    }
  }

  /** Writes into the audit what was done. */
  Future<Void> audit(OnSite request, String action, String what) {
    return audit(request.caller(), request.id(), action, what);
  }

  private Future<Void> audit(Caller caller, SiteId site, String action, String what) {
    return Audit.add(pool, site, new Audit.Line(caller.actor(site), action, what, null, null, 1));
  }

  private Future<OnSite> site(Request request, Permission permission, String domain) {
    Caller caller = request.caller();
    return sites
        .byDomain(HostName.canonical(domain))
        .map(site -> new OnSite(caller, opened(caller, permission, site), request.fields()));
  }

  /** One that does not exist and one that nothing of is open to the caller are alike. */
  private static Site opened(Caller caller, Permission permission, @Nullable Site site) {
    if (site == null || !(caller.may(permission, site) || caller.may(Permission.LIST, site))) {
      throw new RefusedException(404, "Site could not be found");
    }
    if (!caller.may(permission, site)) {
      throw new RefusedException(
          403,
          caller instanceof Caller.Program
              ? "No API key opens this; it is for people who have signed in."
              : "This takes the role %s on the site.".formatted(permission.role().label()));
    }
    return site;
  }

  private static String contentType(RoutingContext context) {
    MIMEHeader type = context.parsedHeaders().contentType();
    return type == null ? "" : type.rawValue();
  }

  /** The number at the end of an address. */
  static long id(RoutingContext context, String what) {
    String id = String.valueOf(context.pathParam("id"));
    if (!id.matches("[0-9]{1,18}")) {
      throw new RefusedException(404, what + " could not be found");
    }
    return Long.parseLong(id);
  }

  /** What is said of something that was removed, or was not there. */
  static JsonObject deleted(boolean removed, String what) {
    if (!removed) {
      throw new RefusedException(404, what + " could not be found");
    }
    return new JsonObject().put("deleted", true);
  }

  /** Answers a request that failed: a handler of failures for the routes of this package. */
  static void refuse(RoutingContext context) {
    RefusedException refusal = refusal(context.failure());
    if (refusal.status() >= 500 && context.failure() != null) {
      FAILURES.log(context.request(), context.failure());
    }
    if (refusal.status() == 401) {
      context.response().putHeader("WWW-Authenticate", "Bearer");
    }
    if (refusal.status() == 503) {
      context.response().putHeader(HttpHeaders.RETRY_AFTER, "5");
    }
    context
        .response()
        .setStatusCode(refusal.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(
            new JsonObject()
                .put("error", RefusalWords.in(Language.of(context), refusal.getMessage()))
                .toBuffer());
  }

  private static RefusedException refusal(@Nullable Throwable failure) {
    if (failure instanceof RefusedException refused) {
      return refused;
    }
    if (failure instanceof UnfitDefinitionException unfit) {
      return new RefusedException(400, unfit.getMessage());
    }
    if (failure instanceof HttpException refused && refused.getPayload() != null) {
      return new RefusedException(refused.getStatusCode(), refused.getPayload());
    }
    if (failure instanceof Bodies.TooLargeException) {
      return new RefusedException(413, "The body is too large; it has at most 64 KB.");
    }
    if (failure instanceof Bodies.AbortedException) {
      return new RefusedException(400, "The request could not be read.");
    }
    boolean away =
        failure instanceof VertxException
            || failure instanceof IOException
            || failure instanceof TimeoutException
            || failure instanceof Bodies.OverBudgetException
            || (failure instanceof DatabaseException refused && isAway(refused.getSqlState()));
    return away
        ? new RefusedException(503, "The server has too much to do, or its database is away.")
        : new RefusedException(500, "The server failed to answer. Its log says why.");
  }

  /** By the first two digits of the SQLSTATE: 08 connection, 53 resources, 57 intervention. */
  private static boolean isAway(@Nullable String state) {
    return state != null
        && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57"));
  }
}
