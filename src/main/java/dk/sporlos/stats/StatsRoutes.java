package dk.sporlos.stats;

import dk.sporlos.http.Bodies;
import dk.sporlos.http.BodyBudget;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;

/**
 * {@code POST /api/v2/query}: figures for programs, asked for in the query language of the
 * Plausible Stats API v2 by whoever has a token. What is refused is answered with {@code {"error":
 * "…"}}.
 */
public final class StatsRoutes {

  private static final String PATH = "/api/v2/query";
  private static final int LARGEST_BODY = 64 * 1024;

  private static final String NOT_JSON =
      "The body is not valid JSON. Send an object such as"
          + " {\"site_id\":\"example.com\",\"metrics\":[\"visitors\"],\"date_range\":\"7d\"}.";

  private final Callers callers;
  private final Queries queries;
  private final BodyBudget bodies;

  public StatsRoutes(Access access, Stats stats, BodyBudget bodies) {
    this.callers = new Callers(access);
    this.queries = new Queries(stats);
    this.bodies = bodies;
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    router.post(PATH).respond(this::answer).failureHandler(Callers::refuse);
  }

  private Future<JsonObject> answer(RoutingContext context) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    return Bodies.read(context.request(), LARGEST_BODY, bodies)
        .compose(body -> answer(context.request(), body))
        .map(Answer::json);
  }

  private Future<Answer> answer(HttpServerRequest request, Buffer body) {
    String token = Callers.token(request);
    JsonObject document = document(body);
    return callers
        .site(token, document.getValue("site_id"))
        .compose(site -> queries.answer(site, document));
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
}
