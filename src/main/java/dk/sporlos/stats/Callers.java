package dk.sporlos.stats;

import dk.sporlos.http.Bearer;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Programs that ask for figures: whose figures they may read, and what they are told if they get
 * none, which is {@code {"error": "…"}} as the Plausible Stats API words it.
 */
public final class Callers {

  private static final FailureLog FAILURES = new FailureLog("a query was not answered");

  private static final int LONGEST_DOMAIN = 253;

  /** With a database that does not answer: far longer than looking up a token takes. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String NO_TOKEN =
      "Missing API key. Please use a valid API key as a Bearer Token.";
  private static final String NO_ACCESS =
      "Invalid API key or site ID. Please make sure you're using a valid API key with access to"
          + " the site you've requested.";
  private static final String NO_SITE =
      "Missing site ID. Please provide the required site_id parameter with your request.";

  private final Access access;

  public Callers(Access access) {
    this.access = access;
  }

  /** The token that a request shows; fails with 401 if it shows none. */
  public static String token(HttpServerRequest request) {
    String token = Bearer.token(request);
    if (token == null) {
      throw new HttpException(401, NO_TOKEN);
    }
    return token;
  }

  /**
   * The site that a caller names, if their token opens it; fails with 401 if not.
   *
   * @param named what stands for the site in the request, whatever its type
   */
  public Future<Site> site(String token, @Nullable Object named) {
    return access
        .authorize(token, domain(named))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .map(Callers::opened);
  }

  private static Site opened(@Nullable Site site) {
    if (site == null) {
      throw new HttpException(401, NO_ACCESS);
    }
    return site;
  }

  private static String domain(@Nullable Object named) {
    if (named == null || named.equals("")) {
      throw new HttpException(400, NO_SITE);
    }
    String domain = Place.ROOT.at("site_id").string(named);
    if (domain.length() > LONGEST_DOMAIN || domain.indexOf('\0') >= 0) {
      throw new HttpException(401, NO_ACCESS);
    }
    return domain.toLowerCase(Locale.ROOT);
  }

  /**
   * Answers a request that failed: a handler of failures for the routes of this package. Where part
   * of an answer is sent, the connection is closed, so that nobody takes it for the whole.
   */
  public static void refuse(RoutingContext context) {
    Refusal refusal = Refusal.of(context.failure(), context.statusCode());
    if (refusal.status() >= 500 && context.failure() != null) {
      FAILURES.log(context.failure());
    }
    HttpServerResponse response = context.response();
    if (response.headWritten()) {
      context.request().connection().close();
      return;
    }
    response.setStatusCode(refusal.status());
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
