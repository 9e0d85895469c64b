package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * {@code GET /api/v1/stats/…}: figures for programs that speak the older Plausible Stats API. Each
 * question is put in the query language, and its answer put back into the shape of v1.
 */
public final class V1Routes {

  private static final String PATH = "/api/v1/stats/";

  private final Callers callers;
  private final Queries queries;
  private final CurrentVisitors currentVisitors;
  private final Clock clock;

  public V1Routes(Access access, Stats stats, Pool pool, Clock clock) {
    this.callers = new Callers(access);
    this.queries = new Queries(stats);
    this.currentVisitors = new CurrentVisitors(pool, clock);
    this.clock = clock;
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    mount(router, "aggregate", this::aggregate);
    mount(router, "timeseries", this::timeseries);
    mount(router, "breakdown", this::breakdown);
    router.get(PATH + "realtime/visitors").respond(this::visitors).failureHandler(Callers::refuse);
  }

  private void mount(
      Router router, String name, BiFunction<Reader, MultiMap, Future<JsonObject>> answer) {
    router
        .get(PATH + name)
        .respond(
            context -> reader(context).compose(reader -> answer.apply(reader, parameters(context))))
        .failureHandler(Callers::refuse);
  }

  private Future<Reader> reader(RoutingContext context) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    return callers.reader(context.request(), parameters(context).get("site_id"));
  }

  private Future<Site> site(RoutingContext context) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    return callers.site(context.request(), parameters(context).get("site_id"));
  }

  /** A semicolon stands between filters, and not between parameters. */
  private static MultiMap parameters(RoutingContext context) {
    try {
      return context.request().params(/* semicolonIsNormalChar= */ true);
    } catch (IllegalArgumentException wronglyEncoded) {
      throw new HttpException(400, "The query string is not percent-encoded as it should be.");
    }
  }

  /** The number alone; {@code null} where the site recognises nobody. */
  private Future<Buffer> visitors(RoutingContext context) {
    return site(context)
        .compose(currentVisitors::of)
        .timeout(Callers.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(
            count -> context.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json"))
        .map(count -> Buffer.buffer(String.valueOf(count)));
  }

  private Future<JsonObject> aggregate(Reader reader, MultiMap parameters) {
    Site site = reader.site();
    V1Question question = V1Question.of(parameters, today(site), null);
    Future<JsonObject> answer = answer(reader, question.document(site.domain()));
    if (!"previous_period".equals(parameters.get("compare"))) {
      return answer.map(now -> V1Answers.aggregate(question.metrics(), now, null));
    }
    return answer.compose(
        now ->
            answer(reader, question.document(site.domain(), question.period().previous()))
                .map(before -> V1Answers.aggregate(question.metrics(), now, before)));
  }

  private Future<JsonObject> timeseries(Reader reader, MultiMap parameters) {
    Site site = reader.site();
    V1Question question = V1Question.of(parameters, today(site), null);
    JsonObject document = question.document(site.domain());
    document
        .put("dimensions", new JsonArray().add(question.timeDimension(parameters)))
        .put("include", include(document).put("time_labels", true));
    return answer(reader, document).map(now -> V1Answers.timeseries(question.metrics(), now));
  }

  private static JsonObject include(JsonObject document) {
    return document.getJsonObject("include", new JsonObject());
  }

  private Future<JsonObject> breakdown(Reader reader, MultiMap parameters) {
    Site site = reader.site();
    String property = V1Question.property(parameters);
    V1Question question = V1Question.of(parameters, today(site), property);
    JsonObject document =
        question
            .document(site.domain())
            .put("dimensions", new JsonArray().add(property))
            .put("pagination", V1Question.paging(parameters));
    return answer(reader, document)
        .map(now -> V1Answers.breakdown(property, question.metrics(), now));
  }

  private Future<JsonObject> answer(Reader reader, JsonObject document) {
    return queries.answer(reader, document).map(Answer::json);
  }

  private LocalDate today(Site site) {
    return LocalDate.ofInstant(clock.instant(), site.zone());
  }
}
