package dk.sporlos.account;

import static dk.sporlos.account.FormHtml.field;
import static dk.sporlos.account.FormHtml.form;
import static dk.sporlos.account.FormHtml.notice;
import static dk.sporlos.account.FormHtml.paragraph;

import dk.sporlos.door.SignInDoor;
import dk.sporlos.http.Bodies;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.http.FailedRequests;
import dk.sporlos.http.LinkCookie;
import dk.sporlos.http.Problem;
import dk.sporlos.http.SameOrigin;
import dk.sporlos.page.DashboardDocument;
import dk.sporlos.page.Forms;
import dk.sporlos.page.Html;
import dk.sporlos.page.Language;
import dk.sporlos.page.Page;
import dk.sporlos.site.HostName;
import dk.sporlos.site.Site;
import dk.sporlos.site.Sites;
import dk.sporlos.stats.Reader;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pages of shared links, {@code /share/SECRET}, and of public sites, {@code /public/DOMAIN}:
 * the dashboard as outsiders see it, or tables for browsers without scripts and where the jar has
 * no dashboard. The secret is in no other address: the page tells browsers to send no referrer.
 */
final class SharedPages {

  private static final FailedRequests FAILURES =
      new FailedRequests("a shared page was not answered");
  private static final int MAX_FORM = 8_192;
  private static final int PATIENCE_SECONDS = 25;
  private static final String SECRET = "secret";

  /** What asks for the tables. */
  private static final String PLAIN = "plain";

  /** But for where it may be framed. */
  private static final String SECURITY =
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; ";

  private final SharedLinks links;
  private final Sites sites;
  private final Passwords passwords;
  private final SignInDoor door;
  private final BodyBudget bodies;
  private final SharedFigures figures;
  private final Throttle throttle;
  private final @Nullable DashboardDocument dashboard;

  /**
   * @param dashboard null where the jar has none
   */
  SharedPages(
      SharedLinks links,
      Sites sites,
      Passwords passwords,
      SignInDoor door,
      BodyBudget bodies,
      SharedFigures figures,
      Clock clock,
      @Nullable DashboardDocument dashboard) {
    this.links = links;
    this.sites = sites;
    this.passwords = passwords;
    this.door = door;
    this.bodies = bodies;
    this.figures = figures;
    this.throttle = new Throttle(clock);
    this.dashboard = dashboard == null ? null : dashboard.orWithoutScript(PLAIN + "=1");
  }

  void mount(Router router) {
    router.get("/share/:" + SECRET).handler(context -> page(context, show(context)));
    router.post("/share/:" + SECRET).handler(context -> page(context, open(context)));
    router.get("/public/:domain").handler(context -> page(context, showPublic(context)));
  }

  private static void page(RoutingContext context, Future<Void> answer) {
    answer
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onFailure(failure -> failed(context, failure));
  }

  private static void failed(RoutingContext context, Throwable failure) {
    if (failure instanceof Bodies.AbortedException || context.response().ended()) {
      return;
    }
    FAILURES.log(context.request(), failure);
    new Problem(503, "busy", "the page cannot be shown now; try again in a moment")
        .send(context.response());
  }

  private Future<Void> show(RoutingContext context) {
    return links
        .find(secret(context))
        .compose(
            link -> {
              Site site = link == null ? null : sites.byId(link.site());
              if (link == null || site == null) {
                return gone(context);
              }
              return links
                  .isOpen(link, cookie(context).read(context.request()))
                  .compose(
                      open ->
                          open
                              ? figures(
                                  context,
                                  new Reader.Outside(site, link.terms().filters()),
                                  link.terms().name(),
                                  link.terms().frames())
                              : ask(context, 200, null));
            });
  }

  /** A password that somebody gave. */
  private Future<Void> open(RoutingContext context) {
    if (!SameOrigin.isFromHere(context.request())) {
      new Problem(403, "cross-site", "this form belongs on a page of this host")
          .send(context.response());
      return Future.succeededFuture();
    }
    return Bodies.read(context.request(), MAX_FORM, bodies)
        .map(body -> Forms.parse(body.toString()).getOrDefault("password", ""))
        .compose(
            password ->
                links
                    .find(secret(context))
                    .compose(link -> link == null ? gone(context) : open(context, link, password)));
  }

  private Future<Void> open(RoutingContext context, SharedLink link, String password) {
    Language language = Language.of(context);
    if (door.isTooMuch(context.request()) || !throttle.takes(link.id())) {
      return ask(
          context,
          429,
          language.of(
              "Der er prøvet for mange gange. Vent lidt, før du prøver igen.",
              "There were too many tries. Wait a while before the next one."));
    }
    return passwords
        .isRight(password, link.passwordHash())
        .compose(
            right -> {
              if (!right) {
                door.failed(context.request());
                return ask(
                    context,
                    401,
                    language.of("Det er ikke adgangskoden.", "That is not the password."));
              }
              throttle.succeeded(link.id());
              return links
                  .opened(link)
                  .compose(
                      opened -> {
                        cookie(context).set(context.response(), opened.text(), SharedLinks.OPEN);
                        return Gatekeeper.go(context, context.normalizedPath());
                      });
            });
  }

  private static Future<Void> ask(RoutingContext context, int status, @Nullable String fault) {
    Language language = Language.of(context);
    String here = context.normalizedPath();
    Html content =
        Html.join(
            notice(fault),
            paragraph(
                language.of(
                    "Den, der har delt tallene, har beskyttet dem med en adgangskode.",
                    "Whoever shared these figures protects them with a password.")),
            form(
                here + "?lang=" + language.code(),
                language.of("Vis", "Show"),
                field(
                    "password",
                    language.of("Adgangskode", "Password"),
                    "password",
                    "current-password",
                    "")));
    new Page(language, language.of("Delte tal", "Shared figures"), content, here)
        .send(context, status, Page.NOT_STORED);
    return Future.succeededFuture();
  }

  private Future<Void> showPublic(RoutingContext context) {
    return sites
        .byDomain(HostName.canonical(String.valueOf(context.pathParam("domain"))))
        .compose(
            site ->
                site == null || !site.settings().open()
                    ? gone(context)
                    : figures(
                        context,
                        new Reader.Outside(site, new JsonArray()),
                        site.domain(),
                        SharedLink.Frames.ANYWHERE));
  }

  private Future<Void> figures(
      RoutingContext context, Reader.Outside reader, String name, SharedLink.Frames frames) {
    if (dashboard != null && !context.queryParams().contains(PLAIN)) {
      return dashboard.send(context.response(), frames.directive());
    }
    Language language = Language.of(context);
    SharedFigures.Span span = SharedFigures.Span.of(context.request().getParam("range", ""));
    String here = context.normalizedPath() + "?" + PLAIN + "=1&range=";
    return figures
        .of(reader, language, span, here)
        .compose(
            content -> {
              Page page = new Page(language, name, content, here + span.word());
              return Page.headers(context.response(), language, Page.NOT_STORED)
                  .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                  .putHeader("Content-Security-Policy", SECURITY + frames.directive())
                  .end(page.markup());
            });
  }

  private static Future<Void> gone(RoutingContext context) {
    Language language = Language.of(context);
    Html content =
        paragraph(
            language.of(
                "Linket er taget tilbage eller udløbet, eller tallene er ikke offentlige. Bed den,"
                    + " der gav dig det, om et nyt.",
                "The link was taken back or has expired, or the figures are not public. Ask whoever"
                    + " gave it to you for a new one."));
    new Page(
            language,
            language.of("Her er ikke noget", "There is nothing here"),
            content,
            context.normalizedPath())
        .send(context, 404, Page.NOT_STORED);
    return Future.succeededFuture();
  }

  private LinkCookie cookie(RoutingContext context) {
    return new LinkCookie(door.isSecure(context.request()));
  }

  private static Secret secret(RoutingContext context) {
    return new Secret(String.valueOf(context.pathParam(SECRET)));
  }
}
