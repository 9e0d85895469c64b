package dk.sporlos.stats;

import dk.sporlos.http.Credential;
import dk.sporlos.http.FailedRequests;
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
 * Programs and browsers that ask for figures: whose figures they may read, and what they are told
 * if they get none, which is {@code {"error": "…"}} as the Plausible Stats API words it.
 */
public final class Callers {

  private static final FailedRequests FAILURES = new FailedRequests("a query was not answered");

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

  /** Fails with 401 if a request shows neither a token nor a session, before it is read. */
  public static void requireCredential(HttpServerRequest request) {
    if (!Credential.isShown(request)) {
      throw new HttpException(401, NO_TOKEN);
    }
  }

  /**
   * The site that a caller names, if all its figures are open to them; fails with 401 if none are,
   * and with 400 if they are an outsider.
   *
   * @param named what stands for the site in the request, whatever its type
   */
  public Future<Site> site(HttpServerRequest request, @Nullable Object named) {
    return reader(request, named)
        .map(
            reader -> {
              if (reader instanceof Reader.Outside) {
                throw new HttpException(400, Outsiders.NOTHING_ELSE);
              }
              return reader.site();
            });
  }

  /**
   * A caller as a reader of the site that they name, if any of its figures are open to them; fails
   * with 401 if not.
   *
   * @param named what stands for the site in the request, whatever its type
   */
  public Future<Reader> reader(HttpServerRequest request, @Nullable Object named) {
    requireCredential(request);
    return access
        .authorize(request, domain(named))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .map(Callers::opened);
  }

  private static Reader opened(@Nullable Reader reader) {
    if (reader == null) {
      throw new HttpException(401, NO_ACCESS);
    }
    return reader;
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
      FAILURES.log(context.request(), context.failure());
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
