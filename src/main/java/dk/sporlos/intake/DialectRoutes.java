package dk.sporlos.intake;

import dk.sporlos.door.Door;
import dk.sporlos.door.Judged;
import dk.sporlos.door.Reason;
import dk.sporlos.http.Bodies;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.http.SecurityHeaders;
import dk.sporlos.http.UnreadableRequest;
import dk.sporlos.site.Dialect;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * The addresses at which other products take what their trackers send, so that a website comes from
 * there by changing one of its own. What is sent is judged, stored and counted as any beacon; the
 * answers are those that the trackers expect. One that could not be stored is answered 503 in every
 * dialect, and should be sent again.
 */
public final class DialectRoutes {
  private static final int MAX_BODY = 64 * 1024;

  /** Of forms for several beacons. */
  private static final int MAX_BULK = 1_000_000;

  private static final String IGNORED = "Sporlos-Ignored";

  /**
   * An address of a product.
   *
   * @param byQuery whether it is also asked for as a picture
   */
  private record Place(
      Dialect dialect, String path, int limit, boolean byQuery, DialectAnswers answers) {}

  private final Door door;
  private final Reception reception;
  private final BodyBudget bodies;
  private final List<Place> places;

  public DialectRoutes(Door door, Reception reception, BodyBudget bodies) {
    this.door = door;
    this.reception = reception;
    this.bodies = bodies;
    DialectAnswers plausible = new PlausibleAnswers();
    DialectAnswers umami = new UmamiAnswers();
    DialectAnswers matomo = new MatomoAnswers();
    DialectAnswers goatCounter = new GoatCounterAnswers();
    this.places =
        List.of(
            new Place(Dialect.PLAUSIBLE, "/api/event", MAX_BODY, false, plausible),
            new Place(Dialect.UMAMI, "/api/send", MAX_BODY, false, umami),
            new Place(Dialect.UMAMI, "/api/batch", MAX_BULK, false, umami),
            new Place(Dialect.MATOMO, "/matomo.php", MAX_BULK, true, matomo),
            new Place(Dialect.MATOMO, "/piwik.php", MAX_BULK, true, matomo),
            new Place(Dialect.GOATCOUNTER, "/count", MAX_BODY, true, goatCounter),
            new Place(
                Dialect.GOATCOUNTER,
                "/api/v0/count",
                MAX_BULK,
                false,
                new GoatCounterApiAnswers()));
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    for (Place place : places) {
      // First, so that an answer that comes from elsewhere can be read by the page, too.
      router.route(place.path()).handler(context -> open(context, place));
      router
          .options(place.path())
          .handler(context -> place.answers().preflight(context.response()));
      router.post(place.path()).handler(context -> take(context, place));
      if (place.byQuery()) {
        router.get(place.path()).handler(context -> take(context, place));
      }
    }
  }

  /** Counts a request that was a beacon, as far as can be told, and could not be read. */
  public void unreadable(UnreadableRequest request) {
    for (Place place : places) {
      if (place.path().equals(request.path())) {
        boolean malformed = request.problem().status() == 400;
        reception.refuse(
            place.dialect(), null, malformed ? Reason.MALFORMED : Reason.TOO_LARGE, "");
      }
    }
  }

  private static void open(RoutingContext context, Place place) {
    HttpServerResponse response = SecurityHeaders.lendToScripts(context.response());
    response
        .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, IGNORED + ", Retry-After")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    place.answers().open(response);
    context.next();
  }

  private void take(RoutingContext context, Place place) {
    Future<Buffer> body =
        context.request().method().equals(HttpMethod.GET)
            ? Future.succeededFuture(Buffer.buffer())
            : Bodies.read(context.request(), place.limit(), bodies);
    body.compose(whole -> door.judge(place.dialect(), context.request(), whole))
        .compose(judged -> receive(place.dialect(), judged))
        .otherwise(
            failure ->
                new DialectAnswers.Report(
                    List.of(reception.unjudged(place.dialect(), failure)), false, false))
        .onSuccess(report -> answer(context, place, report));
  }

  private Future<DialectAnswers.Report> receive(Dialect dialect, Judged judged) {
    List<Future<Ending>> endings =
        judged.verdicts().stream().map(verdict -> reception.receive(dialect, verdict)).toList();
    return Future.join(endings)
        .map(
            all ->
                new DialectAnswers.Report(
                    endings.stream().map(Future::result).toList(), judged.bulk(), judged.quiet()));
  }

  private static void answer(RoutingContext context, Place place, DialectAnswers.Report report) {
    HttpServerResponse response = context.response();
    if (report.endings().contains(new Ending.Aborted())) {
      return;
    }
    Ending.NotStored notStored = report.notStored();
    if (notStored != null) {
      response.putHeader(HttpHeaders.RETRY_AFTER, notStored.retryAfter());
    }
    for (Ending ending : report.endings()) {
      if (ending instanceof Ending.Ignored ignored) {
        response.putHeader(IGNORED, ignored.reason().label());
      } else if (ending instanceof Ending.TooMany tooMany) {
        response
            .putHeader(IGNORED, tooMany.reason().label())
            .putHeader(HttpHeaders.RETRY_AFTER, tooMany.retryAfter());
      }
    }
    place.answers().answer(context.request(), report);
  }
}
