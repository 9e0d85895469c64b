package dk.sporlos.privacy;

import static dk.sporlos.page.Html.element;

import dk.sporlos.http.Problem;
import dk.sporlos.page.Language;
import dk.sporlos.page.Page;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;

/**
 * Why a request about a visitor's rights was not answered: said to people as a page in their
 * language, and to programs as a {@link Problem}.
 */
record Fault(Problem problem, Said title, Said text) {
  static final Fault UNKNOWN_SITE =
      new Fault(
          new Problem(
              404, "unknown-site", "no visits to this website are counted here; check ?site="),
          new Said("Ukendt hjemmeside", "Unknown website"),
          new Said(
              "Her føres ikke statistik for en hjemmeside med det navn. Adressen skal slutte på ?site="
                  + " og hjemmesidens navn, for eksempel ?site=example.com.",
              "No statistics are kept here for a website of that name. The address has to end in ?site="
                  + " and the website's name, as in ?site=example.com."));

  static final Fault CROSS_SITE =
      new Fault(
          new Problem(403, "cross-site", "this form belongs on the page /privacy of this host"),
          new Said("Intet er ændret", "Nothing was changed"),
          new Said(
              "Formularen blev sendt fra en anden side end siden om dine rettigheder. Åbn den side, og"
                  + " prøv igen.",
              "The form was sent from a page other than the one about your rights. Please open that"
                  + " page and try again."));

  static final Fault TOO_MANY =
      new Fault(
          new Problem(429, "rate-limited", "there were too many requests; try again in a minute"),
          new Said("Vent et øjeblik", "Please wait a moment"),
          new Said(
              "Der kom for mange forespørgsler fra dit netværk. Intet er ændret. Prøv igen om et minut.",
              "There were too many requests from your network. Nothing was changed. Please try again in"
                  + " a minute."));

  static final Fault TOO_LARGE =
      new Fault(
          new Problem(413, "too-large", "a form of this page has 4 KB at most"),
          new Said("Intet er ændret", "Nothing was changed"),
          new Said(
              "Formularen fylder mere, end siden kan modtage.",
              "The form is larger than this page takes."));

  static final Fault UNAVAILABLE =
      new Fault(
          new Problem(503, "unavailable", "nothing was changed; try again in a moment"),
          new Said("Prøv igen om lidt", "Please try again shortly"),
          new Said(
              "Det, der er gemt, kan ikke læses lige nu. Intet er ændret.",
              "What is stored cannot be read at the moment. Nothing was changed."));

  /** The same in both languages. */
  record Said(String danish, String english) {
    String in(Language language) {
      return language.of(danish, english);
    }
  }

  /** Answers with it. */
  void send(RoutingContext context) {
    if (wantsJson(context)) {
      problem.send(context.response().putHeader(HttpHeaders.CACHE_CONTROL, Page.NOT_STORED));
      return;
    }
    Language language = Language.of(context);
    new Page(language, title.in(language), element("p", text.in(language)), "/privacy")
        .send(context, problem.status(), Page.NOT_STORED);
  }

  /** Whether a program asks: by the parameter {@code format}, or by preferring JSON to text. */
  static boolean wantsJson(RoutingContext context) {
    if (context.request().getParam("format", "").equals("json")) {
      return true;
    }
    for (MIMEHeader accepted : context.parsedHeaders().accept()) {
      if (accepted.component().equals("text") || accepted.component().equals("*")) {
        return false;
      }
      if (accepted.subComponent().endsWith("json")) {
        return true;
      }
    }
    return false;
  }
}
