package dk.sporlos.stats;

import dk.sporlos.http.Bodies;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.http.SecurityHeaders;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v2/query}: figures for programs, asked for in the query language of the
 * Plausible Stats API v2 by whoever has a token. What is refused is answered with {@code {"error":
 * "…"}}. A caller that prefers {@code text/csv}, or asks {@code /api/v2/query.csv}, gets all rows
 * as a file.
 */
public final class StatsRoutes {

  private static final String PATH = "/api/v2/query";
  private static final String SCHEMA = "/api/docs/query/schema.json";
  private static final String CSV = "text/csv";
  private static final int LARGEST_BODY = 64 * 1024;

  private static final String NOT_JSON =
      "The body is not valid JSON. Send an object such as"
          + " {\"site_id\":\"example.com\",\"metrics\":[\"visitors\"],\"date_range\":\"7d\"}.";

  private final Callers callers;
  private final Queries queries;
  private final BodyBudget bodies;
  private final CsvDownload csv;

  public StatsRoutes(Access access, Stats stats, BodyBudget bodies) {
    this(access, stats, bodies, Query.Paging.MOST);
  }

  /**
   * @param csvPage how many rows of a file are read at a time
   */
  StatsRoutes(Access access, Stats stats, BodyBudget bodies, int csvPage) {
    this.callers = new Callers(access);
    this.queries = new Queries(stats);
    this.bodies = bodies;
    this.csv = new CsvDownload(this::json, csvPage);
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    router.post(PATH).respond(this::answer).failureHandler(Callers::refuse);
    router.post(PATH + ".csv").respond(this::download).failureHandler(Callers::refuse);
    Buffer schema = QuerySchema.json().toBuffer();
    router
        .get(SCHEMA)
        .handler(
            context ->
                SecurityHeaders.lendToScripts(context.response())
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                    .end(schema));
  }

  private Future<@Nullable JsonObject> answer(RoutingContext context) {
    return prefersCsv(context)
        ? download(context).mapEmpty()
        : question(context).compose(question -> json(question.reader, question.document));
  }

  private Future<Void> download(RoutingContext context) {
    return question(context)
        .compose(question -> csv.send(context.response(), question.reader, question.document));
  }

  private Future<JsonObject> json(Reader reader, JsonObject document) {
    return queries.answer(reader, document).map(Answer::json);
  }

  /** Accepted types come with the best liked one first. */
  private static boolean prefersCsv(RoutingContext context) {
    for (MIMEHeader accepted : context.parsedHeaders().accept()) {
      String type = accepted.component() + "/" + accepted.subComponent();
      if (type.equals(CSV)) {
        return true;
      }
      if (type.equals("application/json") || type.equals("*/*")) {
        return false;
      }
    }
    return false;
  }

  private record Question(Reader reader, JsonObject document) {}

  private Future<Question> question(RoutingContext context) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    return Bodies.read(context.request(), LARGEST_BODY, bodies)
        .compose(body -> question(context.request(), body));
  }

  private Future<Question> question(HttpServerRequest request, Buffer body) {
    Callers.requireCredential(request);
    JsonObject document = document(body);
    return callers
        .reader(request, document.getValue("site_id"))
        .map(reader -> new Question(reader, document));
  }

  static JsonObject document(Buffer body) {
    Object document;
    try {
      document = Json.decodeValue(body);
    } catch (DecodeException e) {
      throw new HttpException(400, NOT_JSON);
    }
    return Place.ROOT.object(document);
  }
}
