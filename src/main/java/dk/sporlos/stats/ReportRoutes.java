package dk.sporlos.stats;

import dk.sporlos.http.Bodies;
import dk.sporlos.http.BodyBudget;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code /api/v2/realtime}, {@code retention}, {@code refusals}, {@code funnel} and {@code paths}:
 * what programs may ask beside the query language, with the same tokens and the same words where
 * they get no answer.
 *
 * <p>All take a document by POST; the first three also take its members as parameters of a GET.
 */
public final class ReportRoutes {

  private static final String PATH = "/api/v2/";
  private static final int LARGEST_BODY = 64 * 1024;

  private final Callers callers;
  private final BodyBudget bodies;
  private final Report realtime;
  private final Report retention;
  private final Report refusals;
  private final Report funnel;
  private final Report paths;

  /**
   * @param pool of connections to read by what is of the moment or little
   * @param reads by which figures are read
   */
  public ReportRoutes(Access access, Pool pool, Reads reads, Clock clock, BodyBudget bodies) {
    this.callers = new Callers(access);
    this.bodies = bodies;
    this.realtime = new Realtime(pool, clock);
    this.retention = new Cohorts(pool, clock);
    this.refusals = new RefusedBeacons(pool, clock);
    this.funnel = new FunnelReport(pool, reads, clock);
    this.paths = new Paths(pool, reads, clock);
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    get(router, "realtime", realtime);
    get(router, "retention", retention);
    get(router, "refusals", refusals);
    post(router, "realtime", realtime);
    post(router, "retention", retention);
    post(router, "refusals", refusals);
    post(router, "funnel", funnel);
    post(router, "paths", paths);
  }

  private void get(Router router, String name, Report report) {
    router
        .get(PATH + name)
        .respond(context -> answer(context, report, document(context.queryParams())))
        .failureHandler(Callers::refuse);
  }

  private void post(Router router, String name, Report report) {
    router
        .post(PATH + name)
        .respond(
            context ->
                Bodies.read(context.request(), LARGEST_BODY, bodies)
                    .compose(body -> answer(context, report, StatsRoutes.document(body))))
        .failureHandler(Callers::refuse);
  }

  private Future<JsonObject> answer(RoutingContext context, Report report, JsonObject document) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    return callers
        .site(context.request(), document.getValue("site_id"))
        .compose(site -> report.about(site, document))
        .timeout(Stats.LONGEST.plus(Callers.PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A range of two days or moments has a comma between them. */
  private static JsonObject document(MultiMap parameters) {
    JsonObject document = new JsonObject();
    parameters.forEach((name, value) -> document.put(name, value));
    if (document.getValue("date_range") instanceof String range && range.contains(",")) {
      document.put("date_range", new JsonArray(List.of(range.split(",", -1))));
    }
    return document;
  }
}
