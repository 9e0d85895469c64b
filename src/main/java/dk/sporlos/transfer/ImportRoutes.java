package dk.sporlos.transfer;

import dk.sporlos.database.SqlStates;
import dk.sporlos.door.ImportedLines;
import dk.sporlos.door.ImportedVisits;
import dk.sporlos.http.Bodies;
import dk.sporlos.http.Credential;
import dk.sporlos.http.FailedRequests;
import dk.sporlos.http.Problem;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/import/hits}: hits of the past, one JSON object a line, by whoever has a token
 * of scope {@code import}. All of a request is imported or nothing.
 */
public final class ImportRoutes {
  private static final FailedRequests FAILURES = new FailedRequests("an import failed");

  private static final String PATH = "/api/import/hits";
  private static final int LONGEST_DOMAIN = 253;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Within which the body of an import is whole. */
  public static final Duration BODY_PATIENCE = Duration.ofMinutes(30);

  private static final Problem NO_TOKEN =
      new Problem(401, "no-token", "send a token of scope import: Authorization: Bearer …");
  private static final Problem NO_ACCESS =
      new Problem(
          401, "no-access", "the token is none of scope import for the site that the lines name");
  private static final Problem EMPTY =
      new Problem(400, "no-lines", "there is no line; send one JSON object a line");
  private static final Problem BUSY =
      new Problem(503, "busy", "another import is under way; send this one again after it");
  private static final Problem AWAY =
      new Problem(503, "database-away", "the database does not answer; nothing was imported");
  private static final Problem BROKEN =
      new Problem(500, "internal", "this is our fault; nothing was imported, the log says more");

  private final Vertx vertx;
  private final Importing importing;
  private final ImportWriter writer;
  private final Clock clock;
  private final SecureRandom random;
  private final Consumer<HttpConnection> longBodies;

  /** One import at a time may take its part of the heap. */
  private final AtomicBoolean underWay = new AtomicBoolean();

  /**
   * @param longBodies is told of connections on which a body may take {@link #BODY_PATIENCE}
   */
  public ImportRoutes(
      Vertx vertx,
      Importing importing,
      ImportWriter writer,
      Clock clock,
      SecureRandom random,
      Consumer<HttpConnection> longBodies) {
    this.vertx = vertx;
    this.importing = importing;
    this.writer = writer;
    this.clock = clock;
    this.random = random;
    this.longBodies = longBodies;
  }

  /** Adds the route to a router. */
  public void mount(Router router) {
    router.post(PATH).handler(this::take);
  }

  private void take(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    Turn turn = new Turn(request.connection());
    new ImportReading(vertx, clock, request, domain -> turn.open(request, domain))
        .read()
        .compose(this::write)
        .onComplete(written -> turn.end())
        .onSuccess(
            done ->
                response
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(done.toBuffer()))
        .onFailure(failure -> refuse(request, failure));
  }

  /** The one import that may be under way, from when its site is open. */
  private final class Turn {
    private final HttpConnection connection;
    private boolean taken;

    Turn(HttpConnection connection) {
      this.connection = connection;
    }

    Future<Site> open(HttpServerRequest request, String domain) {
      if (!Credential.isShown(request)) {
        return Future.failedFuture(new RefusedException(NO_TOKEN));
      }
      if (domain.isEmpty() || domain.length() > LONGEST_DOMAIN || domain.indexOf('\0') >= 0) {
        return Future.failedFuture(new RefusedException(NO_ACCESS));
      }
      return importing
          .authorize(request, domain)
          .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .map(this::begin);
    }

    private Site begin(@Nullable Site site) {
      if (site == null) {
        throw new RefusedException(NO_ACCESS);
      }
      if (!underWay.compareAndSet(false, true)) {
        throw new RefusedException(BUSY);
      }
      taken = true;
      longBodies.accept(connection);
      return site;
    }

    void end() {
      if (taken) {
        underWay.set(false);
      }
    }
  }

  private Future<JsonObject> write(ImportReading.Read read) {
    ImportedLines lines = read.lines();
    if (!read.faults().isEmpty()) {
      return Future.failedFuture(new FaultyException(read.faults()));
    }
    if (lines == null) {
      return Future.failedFuture(new RefusedException(EMPTY));
    }
    return vertx
        .executeBlocking(() -> lines.visits(random))
        .compose(
            visits ->
                visits.count() == 0
                    ? Future.succeededFuture(answer(lines, visits))
                    : writer.write(visits, lines.size()).map(done -> answer(lines, visits, done)));
  }

  private static JsonObject answer(ImportedLines lines, ImportedVisits visits, Written written) {
    JsonObject answer = answer(lines, visits).put("import", written.entry().id());
    return written.totalsUntil() == null
        ? answer
        : answer.put("totals_only_until", written.totalsUntil().toString());
  }

  private static JsonObject answer(ImportedLines lines, ImportedVisits visits) {
    JsonObject answer =
        new JsonObject()
            .put("import", null)
            .put("lines", lines.size())
            .put("visits", visits.count())
            .put("pageviews", visits.views())
            .put("events", visits.events())
            .put(
                "ignored",
                new JsonObject()
                    .put("excluded-page", lines.ofExcludedPages())
                    .put("no-open-visit", visits.unplaced()));
    return visits.count() == 0
        ? answer
        : answer
            .put("first_day", visits.days().first().toString())
            .put("last_day", visits.days().last().toString());
  }

  /** An import is refused, and why. */
  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    RefusedException(Problem problem) {
      super(problem.code(), null, false, false);
      this.problem = problem;
    }
  }

  /** Lines of an import are faulty. */
  private static final class FaultyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Faults faults;

    FaultyException(Faults faults) {
      super("faulty lines", null, false, false);
      this.faults = faults;
    }
  }

  private static void refuse(HttpServerRequest request, Throwable failure) {
    HttpServerResponse response = request.response();
    if (response.closed() || failure instanceof Bodies.AbortedException) {
      return;
    }
    if (failure instanceof FaultyException faulty) {
      tell(response, faulty.faults);
      return;
    }
    Problem problem = problem(failure);
    if (problem.equals(AWAY) || problem.equals(BROKEN)) {
      FAILURES.log(request, failure);
    }
    if (problem.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    if (problem.status() == 503) {
      response.putHeader(HttpHeaders.RETRY_AFTER, "30");
    }
    var unused = problem.send(response);
  }

  private static Problem problem(Throwable failure) {
    if (failure instanceof RefusedException refused) {
      return refused.problem;
    }
    if (failure instanceof HttpException refused && refused.getPayload() != null) {
      return new Problem(
          refused.getStatusCode(),
          refused.getStatusCode() == 429 ? "too-many-requests" : "cross-site",
          refused.getPayload());
    }
    if (failure instanceof NotImportableException site) {
      return new Problem(409, site.code(), String.valueOf(site.getMessage()));
    }
    if (failure instanceof ImportedLines.TooManyException large) {
      return new Problem(413, "too-large", String.valueOf(large.getMessage()));
    }
    return isAway(failure) ? AWAY : BROKEN;
  }

  /** By the first two digits of the SQLSTATE: 08 connection, 53 resources, 57 intervention. */
  private static boolean isAway(Throwable failure) {
    String state = SqlStates.of(failure);
    return state.isEmpty()
        ? failure instanceof VertxException
            || failure instanceof IOException
            || failure instanceof TimeoutException
        : state.startsWith("08") || state.startsWith("53") || state.startsWith("57");
  }

  private static void tell(HttpServerResponse response, Faults faults) {
    response
        .setStatusCode(400)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .end(
            new JsonObject()
                .put("type", "urn:sporlos:faulty-lines")
                .put("title", "faulty-lines")
                .put("status", 400)
                .put(
                    "detail",
                    "%,d lines cannot be imported, so nothing was; mend them and send all again"
                        .formatted(faults.count()))
                .put("count", faults.count())
                .put("errors", faults.told())
                .toBuffer());
  }
}
