package dk.sporlos.account;

import dk.sporlos.goal.UnfitDefinitionException;
import dk.sporlos.http.Bearer;
import dk.sporlos.http.Bodies;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.site.HostName;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteDirectory;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Programs that act for owners of sites: what they may touch, what they say, and what they are told
 * if it is not done, which is {@code {"error": "…"}}.
 */
final class Owners {

  /** Where the site stands in the address, if it does. */
  static final String DOMAIN = "domain";

  private static final FailureLog FAILURES = new FailureLog("a request of an owner failed");

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LARGEST_BODY = 64 * 1024;

  private static final String NO_TOKEN =
      "Missing API key. Please use a valid API key as a Bearer Token.";
  private static final String BAD_TOKEN =
      "Invalid API key. Please make sure you're using a valid API key with access to the resource"
          + " you've requested.";

  private final Tokens tokens;
  private final SiteDirectory sites;
  private final BodyBudget bodies;

  Owners(Tokens tokens, SiteDirectory sites, BodyBudget bodies) {
    this.tokens = tokens;
    this.sites = sites;
    this.bodies = bodies;
  }

  /** A request by a token of scope {@code sites}: which sites it opens, and what it says. */
  record Request(Reach reach, Fields fields) {}

  /** Answers a request about all sites that its token opens. */
  Future<JsonObject> answer(RoutingContext context, Function<Request, Future<JsonObject>> answer) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    String token = Bearer.token(context.request());
    return Bodies.read(context.request(), LARGEST_BODY, bodies)
        .compose(
            body -> {
              if (token == null) {
                throw new RefusedException(401, NO_TOKEN);
              }
              return tokens
                  .reach(token, Scope.SITES)
                  .map(
                      reach -> {
                        if (reach == null) {
                          throw new RefusedException(401, BAD_TOKEN);
                        }
                        return new Request(
                            reach, Fields.of(contentType(context), body, context.queryParams()));
                      });
            })
        .compose(answer)
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Answers a request about one site, which its address or its field {@code site_id} names. */
  Future<JsonObject> answer(
      RoutingContext context, BiFunction<Site, Fields, Future<JsonObject>> answer) {
    String named = context.pathParam(DOMAIN);
    return answer(
        context,
        request ->
            site(request, named == null ? request.fields().required("site_id") : named)
                .compose(site -> answer.apply(site, request.fields())));
  }

  private Future<Site> site(Request request, String domain) {
    return sites.byDomain(HostName.canonical(domain)).map(site -> opened(request.reach(), site));
  }

  /** One that does not exist and one that the token does not open are alike. */
  private static Site opened(Reach reach, @Nullable Site site) {
    if (site == null || !reach.opens(site)) {
      throw new RefusedException(404, "Site could not be found");
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
      FAILURES.log(context.failure());
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
        .end(new JsonObject().put("error", refusal.getMessage()).toBuffer());
  }

  private static RefusedException refusal(@Nullable Throwable failure) {
    if (failure instanceof RefusedException refused) {
      return refused;
    }
    if (failure instanceof UnfitDefinitionException unfit) {
      return new RefusedException(400, unfit.getMessage());
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
