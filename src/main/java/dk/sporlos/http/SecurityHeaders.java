package dk.sporlos.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What every answer tells browsers not to do with it, set before any route sees the request. A
 * route that means something else says so over it: a page what it loads, a script that browsers may
 * keep it.
 */
public final class SecurityHeaders {

  /*
   * The default is that of an answer for a program: nothing in it is run, framed, kept or lent to
   * another origin. Who adds a route and thinks of none of this gets an answer that can do no harm.
   * X-Frame-Options is not sent: every browser that TLS 1.2 leaves over knows frame-ancestors.
   */
  private static final CharSequence STRICT_TRANSPORT =
      HttpHeaders.createOptimized("strict-transport-security");
  private static final CharSequence CONTENT_SECURITY =
      HttpHeaders.createOptimized("content-security-policy");
  private static final CharSequence NOTHING =
      HttpHeaders.createOptimized(
          "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  private static final CharSequence TYPE_OPTIONS =
      HttpHeaders.createOptimized("x-content-type-options");
  private static final CharSequence NO_SNIFFING = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence REFERRER = HttpHeaders.createOptimized("referrer-policy");
  private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
  private static final CharSequence OPENER =
      HttpHeaders.createOptimized("cross-origin-opener-policy");
  private static final CharSequence RESOURCE =
      HttpHeaders.createOptimized("cross-origin-resource-policy");
  private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");
  private static final CharSequence CROSS_ORIGIN = HttpHeaders.createOptimized("cross-origin");
  private static final CharSequence PERMISSIONS = HttpHeaders.createOptimized("permissions-policy");
  private static final CharSequence NO_DEVICES =
      HttpHeaders.createOptimized(
          "browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(),"
              + " payment=(), usb=()");
  private static final CharSequence NOT_STORED = HttpHeaders.createOptimized("no-store");

  private final Predicate<HttpServerRequest> secure;
  private final @Nullable String strictTransport;

  /**
   * @param secure whether a browser asked by TLS, which a proxy may have taken off
   * @param strictTransport how long browsers are to come by TLS alone once they have (RFC 6797);
   *     zero to ask nothing of them
   */
  public SecurityHeaders(Predicate<HttpServerRequest> secure, Duration strictTransport) {
    this.secure = secure;
    this.strictTransport =
        strictTransport.isZero() ? null : "max-age=" + strictTransport.toSeconds();
  }

  /** For a listener that is never reached by TLS. */
  static SecurityHeaders plain() {
    return new SecurityHeaders(request -> false, Duration.ZERO);
  }

  /** Sets them all. */
  void begin(HttpServerRequest request) {
    MultiMap headers = request.response().headers();
    headers
        .set(CONTENT_SECURITY, NOTHING)
        .set(TYPE_OPTIONS, NO_SNIFFING)
        .set(REFERRER, NO_REFERRER)
        .set(OPENER, SAME_ORIGIN)
        .set(RESOURCE, SAME_ORIGIN)
        .set(PERMISSIONS, NO_DEVICES)
        .set(HttpHeaders.CACHE_CONTROL, NOT_STORED);
    if (strictTransport != null && secure.test(request)) {
      headers.set(STRICT_TRANSPORT, strictTransport);
    }
  }

  /**
   * Lends an answer to the pages of every website.
   *
   * <p>What they load may come by way of the website's own host, and whether that host is reached
   * by TLS alone is not ours to say.
   */
  public static HttpServerResponse lend(HttpServerResponse response) {
    response.headers().set(RESOURCE, CROSS_ORIGIN).remove(STRICT_TRANSPORT);
    return response;
  }

  /** Lends an answer to the pages of every website, whose scripts may read it as well. */
  public static HttpServerResponse lendToScripts(HttpServerResponse response) {
    return lend(response).putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
  }
}
