package dk.sporlos.page;

import static dk.sporlos.page.Html.element;
import static dk.sporlos.page.Html.text;
import static dk.sporlos.page.Html.with;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The frame that all pages share: head, the way to the other language, one main part. It has no
 * inline script or style, and loads nothing but a stylesheet of this host, and a script of this
 * host where it names one.
 *
 * @param title of the page and of its first heading
 * @param content what follows the heading
 * @param here the address of the page within this host, with its query but without {@code lang}; a
 *     page that answers a form names the one that the form was on
 * @param script address of its script within this host; null for none
 */
public record Page(
    Language language, String title, Html content, String here, @Nullable String script) {

  /** Where the stylesheet is. */
  static final String STYLESHEET = "/page.css";

  /** For what is the same for everybody. */
  public static final String CACHED = "public, max-age=300";

  /** For what is meant for one browser alone. */
  public static final String NOT_STORED = "no-store";

  private static final String CONTENT_SECURITY =
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  /* What a script may do beside running: ask this host. */
  private static final String CONTENT_SECURITY_OF_SCRIPT =
      CONTENT_SECURITY + "; script-src 'self'; connect-src 'self'";

  /** A page without a script. */
  public Page(Language language, String title, Html content, String here) {
    this(language, title, content, here, null);
  }

  /** The same page with a script. */
  public Page withScript(String path) {
    return new Page(language, title, content, here, path);
  }

  /** The whole document. */
  public String markup() {
    Language other = language.other();
    Html head =
        Html.lines(
            Stream.of(
                element("meta", with("charset", "utf-8")),
                element("title", title),
                element(
                    "meta",
                    with("name", "viewport").and("content", "width=device-width, initial-scale=1")),
                element("meta", with("name", "robots").and("content", "noindex")),
                element("link", with("rel", "stylesheet").and("href", STYLESHEET)),
                script == null ? Html.NONE : Html.script(script)));
    Html languages =
        element(
            "nav",
            with("aria-label", language.of("Sprog", "Language")),
            element(
                "a",
                with("href", in(other))
                    .and("hreflang", other.code())
                    .and("lang", other.code())
                    .and("rel", "alternate"),
                text(other.ownName())));
    Html body =
        Html.lines(
            Stream.of(
                element("header", languages),
                element("main", element("h1", title), text("\n"), content)));
    return "<!doctype html>\n"
        + element(
            "html",
            with("lang", language.code()),
            text("\n"),
            element("head", text("\n"), head),
            text("\n"),
            element("body", text("\n"), body))
        + "\n";
  }

  /** The address of this page in a language. */
  public String in(Language chosen) {
    return here + (here.contains("?") ? "&" : "?") + "lang=" + chosen.code();
  }

  /**
   * Answers with the page.
   *
   * @param caching {@link #CACHED} or {@link #NOT_STORED}
   */
  public void send(RoutingContext context, int status, String caching) {
    HttpServerResponse response = headers(context.response(), language, caching);
    if (script != null) {
      response.putHeader("Content-Security-Policy", CONTENT_SECURITY_OF_SCRIPT);
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
        .end(markup());
  }

  /** The headers that everything has that is said to visitors, whether as a page or as a text. */
  public static HttpServerResponse headers(
      HttpServerResponse response, Language language, String caching) {
    return response
        .putHeader(HttpHeaders.CACHE_CONTROL, caching)
        .putHeader(HttpHeaders.VARY, "Accept-Language")
        .putHeader("Content-Language", language.code())
        .putHeader("Content-Security-Policy", CONTENT_SECURITY);
  }
}
