package dk.sporlos.door;

import dk.sporlos.site.Site;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cookies that a request brought (RFC 6265), and how those of this collector are written.
 *
 * @param header all that the request brought, as it was sent; empty if it brought none
 * @param secure whether the browser asked over TLS
 */
record Cookies(String header, boolean secure) {

  /** None were brought, by a browser that asks in clear text. */
  static final Cookies NONE = new Cookies("", false);

  /** RFC 6265bis: a browser keeps none of that prefix but over TLS, for one host and every path. */
  private static final String HOST_ONLY = "__Host-";

  private static final String OBJECTION = "sporlos-optout";

  /** How long an objection is remembered: for as long as browsers keep anything. */
  private static final Duration OBJECTION_LIFE = Duration.ofDays(400);

  static Cookies of(MultiMap headers, boolean secure) {
    List<String> lines = headers.getAll(HttpHeaders.COOKIE);
    return lines.isEmpty() && !secure ? NONE : new Cookies(String.join(";", lines), secure);
  }

  /** The cookie of a site; null if none that can be read was brought, or more than one. */
  @Nullable VisitorCookie of(Site site) {
    List<String> values = values(name(site));
    return values.size() == 1 ? VisitorCookie.parse(values.get(0)) : null;
  }

  /** Whether anything was brought under the name of a site's cookie. */
  boolean haveOneOf(Site site) {
    return !values(name(site)).isEmpty();
  }

  /** Whether the browser remembers that its user does not want to be counted. */
  boolean object() {
    return !header.isEmpty() && !values(objectionName()).isEmpty();
  }

  /** The header that gives a browser the cookie of a site. */
  String set(Site site, VisitorCookie cookie, Duration maxAge) {
    return line(name(site), cookie.value(), maxAge);
  }

  /** The header that takes the cookie of a site back. */
  String remove(Site site) {
    return line(name(site), "", Duration.ZERO);
  }

  /** The header by which a browser remembers an objection: a cookie without a number. */
  String object(boolean objects) {
    return objects
        ? line(objectionName(), "1", OBJECTION_LIFE)
        : line(objectionName(), "", Duration.ZERO);
  }

  /** Adds a header that was made here to an answer. */
  static void add(HttpServerResponse response, String setCookie) {
    response.headers().add(HttpHeaders.SET_COOKIE, setCookie);
  }

  /** The name that the cookie of a site has in this browser. */
  String name(Site site) {
    return (secure ? HOST_ONLY : "") + "sporlos-" + site.publicId();
  }

  private String objectionName() {
    return (secure ? HOST_ONLY : "") + OBJECTION;
  }

  private String line(String name, String value, Duration maxAge) {
    return "%s=%s; Max-Age=%d; Path=/; HttpOnly; SameSite=Lax%s"
        .formatted(name, value, maxAge.toSeconds(), secure ? "; Secure" : "");
  }

  /* One pass over what the listener's limit on headers bounds. More than two need not be known. */
  private List<String> values(String name) {
    List<String> values = new ArrayList<>(1);
    int at = 0;
    while (at < header.length() && values.size() < 2) {
      int semicolon = header.indexOf(';', at);
      int end = semicolon < 0 ? header.length() : semicolon;
      int equals = header.indexOf('=', at);
      if (equals >= 0 && equals < end && header.substring(at, equals).strip().equals(name)) {
        values.add(header.substring(equals + 1, end).strip());
      }
      at = end + 1;
    }
    return values;
  }

  @Override
  public String toString() {
    return "Cookies";
  }
}
