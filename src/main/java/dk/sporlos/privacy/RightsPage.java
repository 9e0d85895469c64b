package dk.sporlos.privacy;

import static dk.sporlos.page.Html.element;
import static dk.sporlos.page.Html.text;

import dk.sporlos.page.Html;
import dk.sporlos.page.Page;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;

/** The page on which visitors see what is held of their browser, and say what they want. */
final class RightsPage {
  private final Standing standing;
  private final Notice notice;

  RightsPage(Standing standing, Notice notice) {
    this.standing = standing;
    this.notice = notice;
  }

  Page page() {
    String domain = standing.site().domain();
    Overview overview = new Overview(standing);
    Html content =
        notice.code() == null
            ? all(domain, overview)
            : Html.join(
                notice.html(standing),
                element(
                    "p",
                    Html.link(
                        standing.here() + "&lang=" + standing.language().code(),
                        standing.say("Tilbage til dine rettigheder", "Back to your rights"))));
    return new Page(
        standing.language(),
        standing.say("Dine rettigheder på " + domain, "Your rights at " + domain),
        content,
        standing.here());
  }

  private Html all(String domain, Overview overview) {
    return Html.lines(
        Stream.of(
            notice.html(standing),
            element(
                "p",
                text(
                    standing.say(
                        "Her ser du, hvad der er gemt om denne browsers besøg på "
                            + domain
                            + ", og bestemmer selv over det. Du behøver ikke logge ind. Vil du vide"
                            + " mere, så læs ",
                        "Here you see what is held of this browser's visit to "
                            + domain
                            + ", and decide about it. There is no need to sign in. To know more, read"
                            + " ")),
                Html.link(
                    standing.here().replace("/privacy?", "/privacy/policy?")
                        + "&lang="
                        + standing.language().code(),
                    standing.say("privatlivspolitikken", "the privacy policy")),
                text(".")),
            overview.cookie(),
            overview.visit(),
            element("h2", standing.say("Dine valg", "Your choices")),
            new Choices(standing).html(),
            overview.kept(),
            overview.settings(),
            complaint()));
  }

  private Html complaint() {
    return Html.join(
        element("h2", standing.say("Klage", "Complaints")),
        element(
            "p",
            text(
                standing.say(
                    "Er du utilfreds med, hvordan dine oplysninger behandles, kan du klage til ",
                    "If you are unhappy with how your data are handled, you may complain to ")),
            Html.link(
                "https://www.datatilsynet.dk/",
                standing.say("Datatilsynet", "Datatilsynet, the Danish data protection authority")),
            text(
                standing.say(
                    " eller til tilsynet i det land, du bor i.",
                    " or to the authority of the country you live in."))));
  }

  /** The same as a file: what is held, what is kept of it, and what holds at the site. */
  static JsonObject copy(Standing standing) {
    JsonObject copy =
        new JsonObject()
            .put("site", standing.site().domain())
            .put("at", standing.now().toString())
            .put("objects", standing.holding().objects())
            .put("signals", standing.holding().signals());
    var cookie = standing.holding().cookie();
    if (cookie != null) {
      copy.put(
          "cookie",
          new JsonObject()
              .put("name", cookie.name())
              .put("firstWeek", cookie.firstWeek().toString())
              .put("lastVisit", cookie.lastVisit().toString())
              .put("endsAtTheLatest", cookie.cap().toString()));
    }
    var visit = standing.holding().visit();
    if (visit != null) {
      copy.put(
          "visit",
          new JsonObject()
              .put("number", Long.toString(visit.number()))
              .put("notStoredYet", standing.underWay())
              .put("hits", new JsonArray(standing.stored().withCookie())));
    }
    var privacy = standing.site().privacy();
    return copy.put(
        "kept",
        new JsonObject()
            .put("visitDays", privacy.visitDays())
            .put("totalMonths", privacy.totalMonths())
            .put("profile", standing.site().profile().label()));
  }
}
