package dk.sporlos.intake;

import dk.sporlos.door.Door;
import dk.sporlos.door.Reason;
import dk.sporlos.door.Verdict;
import dk.sporlos.http.Bodies;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.http.Problem;
import dk.sporlos.http.SecurityHeaders;
import dk.sporlos.http.UnreadableRequest;
import dk.sporlos.site.Dialect;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The beacon's routes: {@code POST /b}, and {@code GET /b.gif} for pages without script.
 *
 * <p>202 once the hit is committed, with {@code Sporlos-Cleaned} where something was left out of it
 * that could have led back to a person; 202 with {@code Sporlos-Ignored} when the beacon does not
 * count; 401 where it names a visitor without a token that may; 429 with {@code Retry-After} when
 * there were too many; 400 and 413 when it cannot be read; 503 with {@code Retry-After} when it
 * could not be stored.
 */
public final class BeaconRoutes {
  private static final int MAX_BODY = 64 * 1024;
  private static final String IGNORED = "Sporlos-Ignored";
  private static final String CLEANED = "Sporlos-Cleaned";

  private static final String NO_TOKEN =
      "`ip` and `ua` are taken with a token of scope send alone, as in Authorization: Bearer …;"
          + " make one: sporlos token create --site example.com --scope send";

  private static final String EXPOSED = IGNORED + ", " + CLEANED + ", Retry-After";

  private final Door door;
  private final Reception reception;
  private final BodyBudget bodies;

  public BeaconRoutes(Door door, Reception reception, BodyBudget bodies) {
    this.door = door;
    this.reception = reception;
    this.bodies = bodies;
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    // First, so that an answer that comes from elsewhere can be read by the page, too.
    router.route("/b").handler(BeaconRoutes::open);
    router.route("/b.gif").handler(BeaconRoutes::open);
    router.options("/b").handler(BeaconRoutes::preflight);
    router.post("/b").handler(this::post);
    router.get("/b.gif").handler(this::get);
    router.head("/b.gif").handler(BeaconRoutes::look);
  }

  /** Answers what comes to another address as if it had come to {@code /b}. */
  void beacon(RoutingContext context) {
    cors(context.response());
    if (context.request().method().equals(HttpMethod.OPTIONS)) {
      preflight(context);
    } else if (context.request().method().equals(HttpMethod.POST)) {
      post(context);
    } else {
      context.fail(404);
    }
  }

  /** Answers what is read at another address as if it were {@code /b.gif}. */
  void picture(RoutingContext context) {
    cors(context.response());
    if (context.request().method().equals(HttpMethod.HEAD)) {
      look(context);
    } else {
      get(context);
    }
  }

  /** Counts a request that was a beacon, as far as can be told, and could not be read. */
  public void unreadable(UnreadableRequest request) {
    // A first line that is too long is a beacon's: nothing else here is asked for at such length.
    boolean long414 = request.path() == null && request.problem().status() == 414;
    if (long414 || "/b".equals(request.path()) || "/b.gif".equals(request.path())) {
      boolean malformed = request.problem().status() == 400;
      reception.refuse(Dialect.SPORLOS, null, malformed ? Reason.MALFORMED : Reason.TOO_LARGE, "");
    }
  }

  private static void open(RoutingContext context) {
    cors(context.response());
    context.next();
  }

  /* Looking is not visiting: links are checked by HEAD. */
  private static void look(RoutingContext context) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "image/gif")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end();
  }

  /* Our tracker provokes no preflight, but others who send JSON as such do. */
  private static void preflight(RoutingContext context) {
    cors(context.response())
        .setStatusCode(204)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "POST")
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type")
        // https://wicg.github.io/private-network-access/: a page of the Internet may ask for a
        // collector within a company's network.
        .putHeader("Access-Control-Allow-Private-Network", "true")
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400")
        .end();
  }

  private void post(RoutingContext context) {
    Bodies.read(context.request(), MAX_BODY, bodies)
        .compose(body -> door.judge(context.request(), body))
        .onComplete(verdict -> receive(context, verdict), failure -> unjudged(context, failure));
  }

  private void get(RoutingContext context) {
    door.judgeQuery(context.request())
        .onComplete(verdict -> receive(context, verdict), failure -> unjudged(context, failure));
  }

  private void receive(RoutingContext context, Verdict verdict) {
    reception
        .receive(Dialect.SPORLOS, verdict)
        .onSuccess(ending -> answer(context.request(), ending));
  }

  private void unjudged(RoutingContext context, Throwable failure) {
    answer(context.request(), reception.unjudged(Dialect.SPORLOS, failure));
  }

  private static void answer(HttpServerRequest request, Ending ending) {
    HttpServerResponse response = cors(request.response());
    if (ending instanceof Ending.Stored stored) {
      if (!stored.cleaned().isEmpty()) {
        response.putHeader(CLEANED, stored.cleaned());
      }
      taken(request, response);
    } else if (ending instanceof Ending.Ignored ignored) {
      response.putHeader(IGNORED, ignored.reason().label());
      if (ignored.reason() == Reason.NO_TOKEN) {
        new Problem(401, Reason.NO_TOKEN.label(), NO_TOKEN).send(response);
      } else {
        taken(request, response);
      }
    } else if (ending instanceof Ending.TooMany tooMany) {
      response
          .putHeader(IGNORED, tooMany.reason().label())
          .putHeader(HttpHeaders.RETRY_AFTER, tooMany.retryAfter());
      new Problem(429, tooMany.reason().label(), "there were too many beacons; send fewer")
          .send(response);
    } else if (ending instanceof Ending.Malformed malformed) {
      new Problem(400, Reason.MALFORMED.label(), malformed.detail()).send(response);
    } else if (ending instanceof Ending.TooLarge) {
      new Problem(
              413, Reason.TOO_LARGE.label(), "a beacon has 64 KB at most; send fewer properties")
          .send(response);
    } else if (ending instanceof Ending.NotStored notStored) {
      response.putHeader(HttpHeaders.RETRY_AFTER, notStored.retryAfter());
      new Problem(503, notStored.reason().label(), "the beacon was not stored; send it again later")
          .send(response);
    }
  }

  private static void taken(HttpServerRequest request, HttpServerResponse response) {
    response.setStatusCode(202).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (request.method().equals(HttpMethod.GET)) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, "image/gif").end(Picture.GIF);
    } else {
      response.end();
    }
  }

  /* The door has said who may read the answer where it knows the site. */
  private static HttpServerResponse cors(HttpServerResponse response) {
    SecurityHeaders.lend(response);
    if (!response.headers().contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
      response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    return response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
  }
}
