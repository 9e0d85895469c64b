package dk.sporlos.privacy;

import static dk.sporlos.page.Html.element;
import static dk.sporlos.page.Html.text;

import dk.sporlos.http.SecurityHeaders;
import dk.sporlos.page.Html;
import dk.sporlos.page.Language;
import dk.sporlos.page.Page;
import dk.sporlos.site.Domain;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteDirectory;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What visitors can read about a site: {@code /privacy/policy}, its changes, and {@code
 * /privacy.json}.
 */
public final class PrivacyRoutes {
  private static final String POLICY = "/privacy/policy";
  private static final String CHANGES = "/privacy/policy/changes";

  private final SiteDirectory sites;
  private final Policies policies;
  private final Declaration declaration = new Declaration();

  public PrivacyRoutes(SiteDirectory sites, Policies policies) {
    this.sites = sites;
    this.policies = policies;
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    router.get(POLICY).handler(context -> answer(context, site -> policy(context, site)));
    router.get(CHANGES).handler(context -> answer(context, site -> changes(context, site)));
    router.get("/privacy.json").handler(context -> answer(context, site -> json(context, site)));
  }

  private void answer(RoutingContext context, Function<Site, Future<?>> answer) {
    site(context.request().getParam("site", ""))
        .compose(
            site -> {
              if (site == null) {
                unknown(context);
                return Future.succeededFuture();
              }
              return answer.apply(site);
            })
        .onFailure(context::fail);
  }

  private Future<@Nullable Site> site(String named) {
    try {
      return sites.byDomain(Domain.parse(named));
    } catch (IllegalArgumentException noDomain) {
      return Future.succeededFuture();
    }
  }

  /** In both languages, since who comes here by a wrong link reads one of them. */
  private static void unknown(RoutingContext context) {
    Language language = Language.of(context);
    Html danish =
        element(
            "p",
            Html.with("lang", "da"),
            text(
                "Her føres ikke statistik for en hjemmeside med det navn. Adressen skal slutte på"
                    + " ?site= og hjemmesidens navn, for eksempel ?site=example.com."));
    Html english =
        element(
            "p",
            Html.with("lang", "en"),
            text(
                "No statistics are kept here for a website of that name. The address has to end in"
                    + " ?site= and the website's name, as in ?site=example.com."));
    new Page(
            language,
            language.of("Ukendt hjemmeside", "Unknown website"),
            language == Language.DA ? Html.join(danish, english) : Html.join(english, danish),
            context.normalizedPath().startsWith(POLICY) ? POLICY : "/privacy.json")
        .send(context, 404, Page.NOT_STORED);
  }

  private Future<?> policy(RoutingContext context, Site site) {
    Language language = Language.of(context);
    return policies
        .policy(site, language)
        .onSuccess(
            policy -> {
              if (context.request().getParam("format", "").equals("text")) {
                Page.headers(context.response(), language, Page.CACHED)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                    .end(policy.plain());
              } else {
                page(policy).send(context, 200, Page.CACHED);
              }
            });
  }

  /** The page of a policy. */
  static Page page(Policy policy) {
    Language language = policy.language();
    String here = here(POLICY, policy.domain());
    Html others =
        element(
            "p",
            Html.link(
                here + "&format=text&lang=" + language.code(),
                language.of("Teksten uden formatering", "The text alone")),
            text(" · "),
            Html.link(
                here(CHANGES, policy.domain()) + "&lang=" + language.code(),
                language.of("Ændringer i politikken", "Changes of this policy")),
            text(" · "),
            Html.link(
                here("/privacy.json", policy.domain()),
                language.of("Det samme for maskiner (JSON)", "The same for machines (JSON)")));
    return new Page(language, policy.title(), Html.join(policy.html(), others), here);
  }

  private Future<?> changes(RoutingContext context, Site site) {
    Language language = Language.of(context);
    return policies
        .changes(site)
        .onSuccess(
            changes ->
                new Page(
                        language,
                        language.of("Ændringer i politikken for ", "Changes of the policy of ")
                            + site.domain(),
                        content(changes, language),
                        here(CHANGES, site.domain()))
                    .send(context, 200, Page.CACHED));
  }

  private static Html content(List<PolicyChanges.Change> changes, Language language) {
    if (changes.isEmpty()) {
      return element(
          "p", language.of("Ingen er registreret endnu.", "None has been recorded yet."));
    }
    return Html.lines(
        changes.stream()
            .flatMap(
                change ->
                    Stream.of(
                        element("h2", Policies.date(change.day(), language)),
                        element("ul", Html.lines(lines(change, language))))));
  }

  private static Stream<Html> lines(PolicyChanges.Change change, Language language) {
    Stream<String> general =
        change.first()
            ? Stream.of(language.of("Politikken gælder fra denne dag.", "The policy begins."))
            : change.words()
                ? Stream.of(
                    language.of(
                        "Ordlyden er ændret med en ny version af programmet.",
                        "The words were changed by a new version of the program."))
                : Stream.of();
    Stream<String> settings =
        change.differences().stream()
            .map(
                difference ->
                    "%s: %s → %s"
                        .formatted(
                            difference.setting(), said(difference.from()), said(difference.to())));
    return Stream.concat(general, settings).map(line -> element("li", line));
  }

  private static String said(String value) {
    return value.isEmpty() ? "–" : value;
  }

  private Future<?> json(RoutingContext context, Site site) {
    Page.headers(SecurityHeaders.lendToScripts(context.response()), Language.EN, Page.CACHED)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(declaration.json(policies.facts(site)).toBuffer());
    return Future.succeededFuture();
  }

  private static String here(String path, String domain) {
    return path + "?site=" + URLEncoder.encode(domain, StandardCharsets.UTF_8);
  }
}
