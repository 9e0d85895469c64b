package dk.sporlos.privacy;

import dk.sporlos.door.Holding;
import dk.sporlos.door.RightsDoor;
import dk.sporlos.http.Bodies;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.http.SameOrigin;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.page.Forms;
import dk.sporlos.page.Language;
import dk.sporlos.page.Page;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteDirectory;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/**
 * The routes of the page about a visitor's rights: {@code GET /privacy?site=…}, also as JSON, and
 * the forms on it.
 *
 * <p>404 for a site that is unknown, 403 for a form that is not of this page and browser, 429 for
 * too many requests, 503 with {@code Retry-After} while the database does not answer; people read
 * why on a page.
 */
public final class RightsRoutes {
  private static final int MAX_FORM = 4_096;
  private static final String CODE = "code";

  /** What a form asks for; the outcome once it is done. */
  private interface Wish {
    Future<Outcome> grant(HttpServerRequest request, Site site, Map<String, String> form);
  }

  private final SiteDirectory sites;
  private final RightsDoor door;
  private final HeldHits hits;
  private final Withholding withholding;
  private final Corrections corrections;
  private final BodyBudget bodies;
  private final Clock clock;
  private final SecureRandom random;
  private final FailureLog failures = new FailureLog("the page about rights was not answered");

  public RightsRoutes(
      SiteDirectory sites,
      RightsDoor door,
      Pool pool,
      Withholding withholding,
      BodyBudget bodies,
      Clock clock,
      SecureRandom random) {
    this.sites = sites;
    this.door = door;
    this.hits = new HeldHits(pool);
    this.withholding = withholding;
    this.corrections = new Corrections(pool, random);
    this.bodies = bodies;
    this.clock = clock;
    this.random = random;
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    router.get("/privacy").handler(this::show);
    on(router, "/privacy/erase", this::erase);
    on(router, "/privacy/object", this::object);
    on(router, "/privacy/object/lift", this::liftObjection);
    on(router, "/privacy/withdraw", this::withdraw);
    on(router, "/privacy/correct", this::correct);
    on(router, "/privacy/restrict/lift", this::lift);
    on(router, "/privacy/restrict/delete", this::drop);
    router
        .post("/privacy/restrict")
        .handler(context -> form(context, (site, form) -> restrict(context, site, form)));
  }

  private void on(Router router, String path, Wish wish) {
    router
        .post(path)
        .handler(
            context ->
                form(
                    context,
                    (site, form) ->
                        wish.grant(context.request(), site, form)
                            .onSuccess(outcome -> back(context, site, form, outcome))
                            .mapEmpty()));
  }

  private void show(RoutingContext context) {
    if (tooMuch(context)) {
      return;
    }
    sites
        .byDomain(context.request().getParam("site", ""))
        .compose(
            site ->
                site == null
                    ? unknown(context)
                    : standing(context, site, Language.of(context))
                        .onSuccess(standing -> answer(context, standing))
                        .mapEmpty())
        .onFailure(failure -> failed(context, failure));
  }

  private void answer(RoutingContext context, Standing standing) {
    if (Fault.wantsJson(context)) {
      Page.headers(context.response(), standing.language(), Page.NOT_STORED)
          .putHeader(HttpHeaders.VARY, "Accept, Accept-Language, Cookie")
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
          .putHeader(
              "Content-Disposition",
              "attachment; filename=\"sporlos-" + standing.site().domain() + ".json\"")
          .end(RightsPage.copy(standing).encodePrettily());
      return;
    }
    Outcome outcome = Outcome.find(context.request().getParam("result"));
    send(context, 200, standing, new Notice(outcome, context.request().getParam("stored"), null));
  }

  /** With a policy for referrers by which browsers say where a form comes from. */
  private static void send(RoutingContext context, int status, Standing standing, Notice notice) {
    context.response().putHeader("Referrer-Policy", "same-origin");
    new RightsPage(standing, notice).page().send(context, status, Page.NOT_STORED);
  }

  private Future<Standing> standing(RoutingContext context, Site site, Language language) {
    HttpServerRequest request = context.request();
    Holding holding = door.holding(request, site);
    String token = door.token(request, site);
    Holding.HeldVisit visit = holding.visit();
    return (visit == null
            ? Future.succeededFuture(HeldHits.Stored.NOTHING)
            : hits.of(site.id(), visit.number()))
        .map(stored -> new Standing(site, language, holding, stored, token, clock.instant()));
  }

  private interface Doing {
    Future<Void> with(Site site, Map<String, String> form);
  }

  /** Reads a form, and does what it asks for if it is one of ours. */
  private void form(RoutingContext context, Doing doing) {
    if (tooMuch(context)) {
      return;
    }
    if (!SameOrigin.isFromHere(context.request())) {
      Fault.CROSS_SITE.send(context);
      return;
    }
    Bodies.read(context.request(), MAX_FORM, bodies)
        .compose(
            body -> {
              Map<String, String> form = Forms.parse(body.toString());
              return sites
                  .byDomain(form.getOrDefault("site", ""))
                  .compose(
                      site -> {
                        if (site == null) {
                          return unknown(context);
                        }
                        String token = form.getOrDefault("token", "");
                        return door.isOurs(context.request(), site, token)
                            ? doing.with(site, form)
                            : outdated(context, site, form);
                      });
            })
        .onFailure(failure -> failed(context, failure));
  }

  private Future<Void> outdated(RoutingContext context, Site site, Map<String, String> form) {
    return standing(context, site, Forms.language(form, context))
        .onSuccess(standing -> send(context, 403, standing, Notice.of(Outcome.OUTDATED)))
        .mapEmpty();
  }

  private Future<Outcome> erase(HttpServerRequest request, Site site, Map<String, String> unused) {
    Holding.HeldVisit visit = door.holding(request, site).visit();
    return (visit == null
            ? Future.succeededFuture(Outcome.NOTHING_OPEN)
            : withholding.erase(site.id(), visit.number()).map(Outcome.ERASED))
        .onSuccess(done -> end(request, site));
  }

  private Future<Outcome> object(HttpServerRequest request, Site site, Map<String, String> form) {
    boolean erases = form.containsKey("erase");
    return (erases ? erase(request, site, form) : Future.succeededFuture(Outcome.OBJECTED))
        .map(
            done -> {
              if (!erases) {
                door.giveBack(request, site);
              }
              door.object(request, true);
              return Outcome.OBJECTED;
            });
  }

  private Future<Outcome> liftObjection(
      HttpServerRequest request, Site unusedSite, Map<String, String> unused) {
    door.object(request, false);
    return Future.succeededFuture(Outcome.OBJECTION_LIFTED);
  }

  private Future<Outcome> withdraw(
      HttpServerRequest request, Site site, Map<String, String> unused) {
    door.withdraw(request, site);
    return Future.succeededFuture(Outcome.WITHDRAWN);
  }

  private Future<Outcome> correct(HttpServerRequest request, Site site, Map<String, String> form) {
    Holding.HeldVisit visit = door.holding(request, site).visit();
    if (visit == null) {
      return Future.succeededFuture(Outcome.NOTHING_OPEN);
    }
    return hits.of(site.id(), visit.number())
        .compose(
            stored ->
                corrections.correct(
                    site.id(), visit.number(), Corrections.opening(stored.withCookie()), form))
        .map(changed -> changed ? Outcome.CORRECTED : Outcome.NOT_CORRECTED);
  }

  private Future<Outcome> lift(HttpServerRequest unused, Site site, Map<String, String> form) {
    RestrictionCode code = RestrictionCode.parse(form.getOrDefault(CODE, ""));
    return code == null
        ? Future.succeededFuture(Outcome.UNKNOWN_CODE)
        : withholding
            .lift(site.id(), code)
            .map(count -> count > 0 ? Outcome.LIFTED : Outcome.UNKNOWN_CODE);
  }

  private Future<Outcome> drop(HttpServerRequest unused, Site site, Map<String, String> form) {
    RestrictionCode code = RestrictionCode.parse(form.getOrDefault(CODE, ""));
    return code == null
        ? Future.succeededFuture(Outcome.UNKNOWN_CODE)
        : withholding
            .drop(site.id(), code)
            .map(count -> count > 0 ? Outcome.DROPPED : Outcome.UNKNOWN_CODE);
  }

  /** Answers with the code itself, which no address may hold. */
  private Future<Void> restrict(RoutingContext context, Site site, Map<String, String> form) {
    HttpServerRequest request = context.request();
    Holding.HeldVisit visit = door.holding(request, site).visit();
    if (visit == null) {
      back(context, site, form, Outcome.NOTHING_OPEN);
      return Future.succeededFuture();
    }
    RestrictionCode code = RestrictionCode.draw(random);
    return withholding
        .restrict(site.id(), visit.number(), code)
        .onSuccess(
            restricted -> {
              end(request, site);
              Holding gone = new Holding(null, null, door.holding(request, site).objects(), false);
              Standing standing =
                  new Standing(
                      site,
                      Forms.language(form, context),
                      gone,
                      HeldHits.Stored.NOTHING,
                      /* token= */ "",
                      clock.instant());
              send(context, 200, standing, new Notice(null, null, code));
            });
  }

  /** Once what is stored is gone: a failure before leaves the visitor another try. */
  private void end(HttpServerRequest request, Site site) {
    door.forget(request, site);
    door.giveBack(request, site);
  }

  private static void back(
      RoutingContext context, Site site, Map<String, String> form, Outcome outcome) {
    context
        .response()
        .setStatusCode(303)
        .putHeader(HttpHeaders.CACHE_CONTROL, Page.NOT_STORED)
        .putHeader(
            HttpHeaders.LOCATION,
            Standing.here(site)
                + "&lang="
                + Forms.language(form, context).code()
                + "&result="
                + outcome.word())
        .end();
  }

  private static Future<Void> unknown(RoutingContext context) {
    Fault.UNKNOWN_SITE.send(context);
    return Future.succeededFuture();
  }

  private boolean tooMuch(RoutingContext context) {
    if (!door.isTooMuch(context.request())) {
      return false;
    }
    context.response().putHeader(HttpHeaders.RETRY_AFTER, "60");
    Fault.TOO_MANY.send(context);
    return true;
  }

  private void failed(RoutingContext context, Throwable failure) {
    if (failure instanceof Bodies.AbortedException || context.response().ended()) {
      return;
    }
    if (failure instanceof Bodies.TooLargeException) {
      Fault.TOO_LARGE.send(context);
      return;
    }
    failures.log(failure);
    context.response().putHeader(HttpHeaders.RETRY_AFTER, "5");
    Fault.UNAVAILABLE.send(context);
  }
}
