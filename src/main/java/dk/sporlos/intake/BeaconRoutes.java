package dk.sporlos.intake;

import dk.sporlos.door.Door;
import dk.sporlos.door.Reason;
import dk.sporlos.door.Trace;
import dk.sporlos.door.Verdict;
import dk.sporlos.http.Bodies;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.http.Problem;
import dk.sporlos.http.UnreadableRequest;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.site.Site;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The beacon's routes: {@code POST /b}, and {@code GET /b.gif} for pages without script.
 *
 * <p>202 once the hit is committed, with {@code Sporlos-Cleaned} where something was left out of it
 * that could have led back to a person; 202 with {@code Sporlos-Ignored} when the beacon does not
 * count; 429 with {@code Retry-After} when there were too many; 400 and 413 when it cannot be read;
 * 503 with {@code Retry-After} when it could not be stored.
 */
public final class BeaconRoutes {
  private static final int MAX_BODY = 64 * 1024;
  private static final String IGNORED = "Sporlos-Ignored";
  private static final String CLEANED = "Sporlos-Cleaned";

  // The smallest transparent GIF, for pages that ask by an image.
  private static final Buffer GIF =
      Buffer.buffer(
          Base64.getDecoder()
              .decode("R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="));

  /** Reasons that pass, and after how many seconds. */
  private static final Map<Reason, String> TOO_MANY =
      Map.of(Reason.RATE_LIMITED, "60", Reason.SITE_RATE, "1", Reason.SITE_QUOTA, "3600");

  /** Reasons for which a beacon is not stored, and after how many seconds it may be. */
  private static final Map<Reason, String> NO_ROOM =
      Map.of(Reason.OVERLOADED, "1", Reason.SPOOL_FULL, "60", Reason.STORAGE_FULL, "60");

  private static final String EXPOSED = IGNORED + ", " + CLEANED + ", Retry-After";

  private final Door door;
  private final Intake intake;
  private final Refusals refusals;
  private final Cleanings cleanings;
  private final BodyBudget bodies;
  private final Counter stored;
  private final FailureLog failures = new FailureLog("a beacon was not stored");
  private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);

  public BeaconRoutes(
      Door door,
      Intake intake,
      Refusals refusals,
      Cleanings cleanings,
      BodyBudget bodies,
      MeterRegistry meters) {
    this.door = door;
    this.bodies = bodies;
    this.intake = intake;
    this.refusals = refusals;
    this.cleanings = cleanings;
    this.stored = counter(meters, "stored", "");
    for (Reason reason : Reason.values()) {
      refused.put(reason, counter(meters, "refused", reason.label()));
    }
  }

  private static Counter counter(MeterRegistry meters, String outcome, String reason) {
    return Counter.builder("sporlos.beacons")
        .description("Beacons by outcome, and by reason where they were not counted")
        .tag("outcome", outcome)
        .tag("reason", reason)
        .register(meters);
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

  /** Counts a request that was a beacon, as far as can be told, and could not be read. */
  public void unreadable(UnreadableRequest request) {
    // A first line that is too long is a beacon's: nothing else here is asked for at such length.
    boolean long414 = request.path() == null && request.problem().status() == 414;
    if (long414 || "/b".equals(request.path()) || "/b.gif".equals(request.path())) {
      boolean malformed = request.problem().status() == 400;
      refused(null, malformed ? Reason.MALFORMED : Reason.TOO_LARGE, "");
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
        .onComplete(verdict -> answer(context, verdict), failure -> unjudged(context, failure));
  }

  private void get(RoutingContext context) {
    door.judgeQuery(context.request())
        .onComplete(verdict -> answer(context, verdict), failure -> unjudged(context, failure));
  }

  private void answer(RoutingContext context, Verdict verdict) {
    HttpServerResponse response = cors(context.response());
    if (verdict instanceof Verdict.Accepted accepted) {
      intake
          .append(accepted.hit())
          .onComplete(
              outcome -> {
                accepted.delivery().done();
                committed(context.request(), response, accepted, outcome);
              },
              failure -> {
                accepted.delivery().failed(failure);
                notStored(response, accepted.site(), failure);
              });
    } else if (verdict instanceof Verdict.Repeated repeated) {
      Context own = context.vertx().getOrCreateContext();
      repeated
          .earlier()
          .onComplete(
              earlier -> own.runOnContext(again -> answerAgain(context, repeated.site(), earlier)));
    } else if (verdict instanceof Verdict.Dropped dropped) {
      dropped(context.request(), response, dropped.site(), dropped.reason(), dropped.detail());
    } else if (verdict instanceof Verdict.Malformed malformed) {
      refused(null, Reason.MALFORMED, "");
      new Problem(400, Reason.MALFORMED.label(), malformed.detail()).send(response);
    }
  }

  private void committed(
      HttpServerRequest request,
      HttpServerResponse response,
      Verdict.Accepted accepted,
      Intake.Outcome outcome) {
    if (outcome == Intake.Outcome.SET_ASIDE) {
      // The owner's count was committed with what is set aside.
      count(Reason.SET_ASIDE);
      response.putHeader(IGNORED, Reason.SET_ASIDE.label());
      taken(request, response);
    } else {
      stored.increment();
      cleaned(response, accepted);
      taken(request, response);
    }
  }

  /** Tells the website's owner what kinds were left out, and never what. */
  private void cleaned(HttpServerResponse response, Verdict.Accepted accepted) {
    Map<Trace, Integer> traces = accepted.cleaned();
    if (!traces.isEmpty()) {
      cleanings.count(accepted.site(), traces);
      String kinds =
          traces.keySet().stream().sorted().map(Trace::label).collect(Collectors.joining(", "));
      response.putHeader(CLEANED, kinds);
    }
  }

  /** What was sent again is as durable as its earlier delivery. */
  private void answerAgain(RoutingContext context, Site site, AsyncResult<Void> earlier) {
    HttpServerResponse response = context.response();
    if (earlier.succeeded()) {
      dropped(context.request(), response, site, Reason.DUPLICATE, "");
    } else {
      notStored(response, site, earlier.cause());
    }
  }

  private void dropped(
      HttpServerRequest request,
      HttpServerResponse response,
      @Nullable Site site,
      Reason reason,
      String detail) {
    refused(site, reason, detail);
    response.putHeader(IGNORED, reason.label());
    String retryAfter = TOO_MANY.get(reason);
    if (retryAfter == null) {
      taken(request, response);
    } else {
      response.putHeader(HttpHeaders.RETRY_AFTER, retryAfter);
      new Problem(429, reason.label(), "there were too many beacons; send fewer").send(response);
    }
  }

  private static void taken(HttpServerRequest request, HttpServerResponse response) {
    response.setStatusCode(202).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (request.method().equals(HttpMethod.GET)) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, "image/gif").end(GIF);
    } else {
      response.end();
    }
  }

  private void unjudged(RoutingContext context, Throwable failure) {
    HttpServerResponse response = cors(context.response());
    if (failure instanceof Bodies.AbortedException) {
      refused(null, Reason.ABORTED, "");
    } else if (failure instanceof Bodies.TooLargeException) {
      refused(null, Reason.TOO_LARGE, "");
      new Problem(
              413, Reason.TOO_LARGE.label(), "a beacon has 64 KB at most; send fewer properties")
          .send(response);
    } else {
      notStored(response, null, failure);
    }
  }

  private void notStored(HttpServerResponse response, @Nullable Site site, Throwable failure) {
    Reason reason = reasonNotStored(failure);
    refused(site, reason, "");
    if (reason == Reason.UNAVAILABLE) {
      failures.log(failure);
    }
    response.putHeader(HttpHeaders.RETRY_AFTER, NO_ROOM.getOrDefault(reason, "5"));
    new Problem(503, reason.label(), "the beacon was not stored; send it again later")
        .send(response);
  }

  private static Reason reasonNotStored(Throwable failure) {
    if (failure instanceof NotTakenException refused) {
      return refused.reason();
    }
    return failure instanceof Bodies.OverBudgetException ? Reason.OVERLOADED : Reason.UNAVAILABLE;
  }

  private void refused(@Nullable Site site, Reason reason, String detail) {
    refusals.count(site, reason, detail);
    count(reason);
  }

  private void count(Reason reason) {
    Objects.requireNonNull(refused.get(reason), "every reason has its counter").increment();
  }

  /* The door has said who may read the answer where it knows the site. */
  private static HttpServerResponse cors(HttpServerResponse response) {
    if (!response.headers().contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
      response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    return response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
  }
}
