package dk.sporlos.stats;

import dk.sporlos.http.Bearer;
import dk.sporlos.http.Bodies;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v2/query}: figures for programs, asked for in the query language of the
 * Plausible Stats API v2 by whoever has a token. What is refused is answered with {@code {"error":
 * "…"}}.
 */
public final class StatsRoutes {

  private static final FailureLog FAILURES = new FailureLog("a query was not answered");

  private static final String PATH = "/api/v2/query";
  private static final int LARGEST_BODY = 64 * 1024;
  private static final int LONGEST_DOMAIN = 253;

  /** With a database that does not answer: far longer than looking up a token takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String NO_TOKEN =
      "Missing API key. Please use a valid API key as a Bearer Token.";
  private static final String NO_ACCESS =
      "Invalid API key or site ID. Please make sure you're using a valid API key with access to"
          + " the site you've requested.";
  private static final String NO_SITE =
      "Missing site ID. Please provide the required site_id parameter with your request.";
  private static final String NOT_JSON =
      "The body is not valid JSON. Send an object such as"
          + " {\"site_id\":\"example.com\",\"metrics\":[\"visitors\"],\"date_range\":\"7d\"}.";

  private final Access access;
  private final Stats stats;
  private final BodyBudget bodies;

  public StatsRoutes(Access access, Stats stats, BodyBudget bodies) {
    this.access = access;
    this.stats = stats;
    this.bodies = bodies;
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    router.post(PATH).respond(this::answer).failureHandler(StatsRoutes::refuse);
  }

  private Future<JsonObject> answer(RoutingContext context) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    return Bodies.read(context.request(), LARGEST_BODY, bodies)
        .compose(body -> answer(context.request(), body))
        .map(Answer::json);
  }

  private Future<Answer> answer(HttpServerRequest request, Buffer body) {
    String token = token(request);
    JsonObject document = document(body);
    String domain = domain(document);
    return access
        .authorize(token, domain)
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .compose(site -> answer(site, document));
  }

  private Future<Answer> answer(@Nullable Site site, JsonObject document) {
    if (site == null) {
      throw new HttpException(401, NO_ACCESS);
    }
    return stats
        .answer(site, QueryParser.parse(document))
        .timeout(Stats.LONGEST.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
  }

  private static String token(HttpServerRequest request) {
    String token = Bearer.token(request);
    if (token == null) {
      throw new HttpException(401, NO_TOKEN);
    }
    return token;
  }

  private static JsonObject document(Buffer body) {
    Object document;
    try {
      document = Json.decodeValue(body);
    } catch (DecodeException e) {
      throw new HttpException(400, NOT_JSON);
    }
    return Place.ROOT.object(document);
  }

  private static String domain(JsonObject document) {
    Object value = document.getValue("site_id");
    if (value == null || value.equals("")) {
      throw new HttpException(400, NO_SITE);
    }
    String domain = Place.ROOT.at("site_id").string(value);
    if (domain.length() > LONGEST_DOMAIN || domain.indexOf('\0') >= 0) {
      throw new HttpException(401, NO_ACCESS);
    }
    return domain.toLowerCase(Locale.ROOT);
  }

  private static void refuse(RoutingContext context) {
    Refusal refusal = Refusal.of(context.failure(), context.statusCode());
    if (refusal.status() >= 500 && context.failure() != null) {
      FAILURES.log(context.failure());
    }
    HttpServerResponse response = context.response().setStatusCode(refusal.status());
    if (refusal.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    if (refusal.status() == 503) {
      response.putHeader(HttpHeaders.RETRY_AFTER, "5");
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(new JsonObject().put("error", refusal.message()).toBuffer());
  }
}
