package dk.sporlos.privacy;

import static dk.sporlos.page.Html.element;
import static dk.sporlos.page.Html.text;
import static dk.sporlos.page.Html.with;

import dk.sporlos.door.Holding;
import dk.sporlos.page.Html;
import dk.sporlos.privacy.Corrections.Detail;
import dk.sporlos.site.CookieLife;
import dk.sporlos.site.CookieRule;
import dk.sporlos.site.Privacy;
import dk.sporlos.site.Recognising;
import dk.sporlos.site.Signals;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What is held of a visitor, what will be kept of it, and what holds at the site. */
final class Overview {
  private final Standing standing;

  Overview(Standing standing) {
    this.standing = standing;
  }

  /** What the cookie says; or that there is none, and what follows from that. */
  Html cookie() {
    Holding.HeldCookie cookie = standing.holding().cookie();
    Html heading = element("h2", say("Din cookie", "Your cookie"));
    if (cookie == null) {
      return Html.join(
          heading,
          paragraph(
              say(
                  "Denne browser har ingen gyldig cookie fra os for dette websted. Derfor kan vi ikke"
                      + " knytte noget besøg til den, heller ikke hvis du fortæller os mere om dig"
                      + " selv: det, der er gemt, rummer intet, der kan føre tilbage til dig"
                      + " (databeskyttelsesforordningens artikel 11). To, der deler netværk, browser og"
                      + " sprog, ser ens ud for os, så uden cookie må ingen se, hente eller slette et"
                      + " besøg. Du kan stadig gøre indsigelse.",
                  "This browser has no valid cookie of ours for this website. So we can tie no visit to"
                      + " it, not even if you told us more about yourself: nothing in what is stored"
                      + " could lead back to you (GDPR, Article 11). Two people who share network,"
                      + " browser and language look alike to us, so without a cookie nobody may see,"
                      + " copy or erase a visit. You can still object.")));
    }
    Privacy privacy = standing.site().privacy();
    LocalDate sliding = cookie.lastVisit().plusDays(privacy.cookieDays());
    boolean slides = privacy.cookieLife() == CookieLife.SLIDING && sliding.isBefore(cookie.cap());
    return Html.join(
        heading,
        table(
            say(
                "Det står der i cookien " + cookie.name(),
                "What the cookie says: " + cookie.name()),
            row(
                say("Uge for første besøg", "Week of the first visit"),
                say("uge ", "week ")
                    + cookie.firstWeek().get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)
                    + say(" i ", " of ")
                    + cookie.firstWeek().get(IsoFields.WEEK_BASED_YEAR)),
            row(say("Dag for seneste besøg", "Day of the last visit"), day(cookie.lastVisit())),
            row(
                say("Et tilfældigt tal", "A random number"),
                say(
                    "nyt hver dag, du besøger webstedet; det står kun i din browser og bliver aldrig"
                        + " gemt hos os",
                    "new on each day that you visit; only your browser has it, and it is never stored"
                        + " here")),
            row(
                say("Udløber", "Ends"),
                slides
                    ? say(
                        day(sliding) + ", hvis du ikke kommer igen; senest " + day(cookie.cap()),
                        day(sliding) + " unless you return; at the latest " + day(cookie.cap()))
                    : day(cookie.cap()))));
  }

  /** The hits of the visit that is open, as far as they came with the cookie. */
  Html visit() {
    if (standing.holding().cookie() == null) {
      return Html.NONE;
    }
    Html heading = element("h2", say("Det besøg, der er åbent nu", "The visit that is open now"));
    if (!standing.hasVisit()) {
      return Html.join(
          heading,
          paragraph(
              say(
                  "Der er ikke noget åbent besøg under din cookie på den server, der svarede. Et besøg"
                      + " lukker efter 30 minutter uden aktivitet. Har webstedet flere servere, kan"
                      + " besøget være åbent på en anden af dem; prøv så igen om lidt.",
                  "No visit is open under your cookie at the server that answered. A visit closes after"
                      + " 30 minutes without activity. Where there are several servers, the visit may be"
                      + " open at another; please try again in a moment then.")));
    }
    List<Html> parts = new ArrayList<>();
    parts.add(heading);
    List<JsonObject> hits = standing.stored().withCookie();
    if (hits.isEmpty()) {
      parts.add(
          paragraph(
              say(
                  "Der er endnu ikke gemt noget, som kom med cookien.",
                  "Nothing that came with the cookie is stored yet.")));
    } else {
      parts.add(hits(hits));
      JsonObject opening = Corrections.opening(hits);
      Html[] details =
          Arrays.stream(Detail.values())
              .filter(detail -> !detail.in(opening).isEmpty())
              .map(
                  detail ->
                      row(
                          Words.name(detail, standing.language()),
                          Words.of(detail, detail.in(opening), standing.language())))
              .toArray(Html[]::new);
      if (details.length > 0) {
        parts.add(
            table(
                say("Om hele besøget, groft angivet", "Of the visit as a whole, coarsely"),
                details));
      }
    }
    if (standing.underWay() > 0) {
      parts.add(
          paragraph(
              say(
                  "Yderligere %d sidevisninger eller hændelser er modtaget, men endnu ikke gemt."
                      .formatted(standing.underWay()),
                  "%d more page views or events have been received and are not stored yet."
                      .formatted(standing.underWay()))));
    }
    parts.add(
        paragraph(
            say(
                "Her står kun det, der kom med cookien. Tidligere sidevisninger i samme besøg kan ikke"
                    + " skelnes fra en nabos, der deler netværk, browser og sprog med dig, og vises"
                    + " derfor ikke.",
                "Only what came with the cookie is shown. Earlier views of the same visit cannot be told"
                    + " from those of a neighbour who shares network, browser and language with you,"
                    + " so they are not shown.")));
    return Html.join(parts);
  }

  private Html hits(List<JsonObject> hits) {
    Html head =
        element(
            "tr",
            column(say("Tid", "Time")),
            column(say("Hvad", "What")),
            column(say("Side", "Page")),
            column(say("Mere", "More")));
    return element(
        "table",
        element("caption", say("Det, der er gemt", "What is stored")),
        element("thead", head),
        element("tbody", Html.join(hits.stream().map(this::hit).toList())));
  }

  private Html hit(JsonObject hit) {
    DateTimeFormatter time =
        DateTimeFormatter.ofPattern("HH:mm:ss", standing.language().locale())
            .withZone(standing.site().zone());
    return element(
        "tr",
        element("td", time.format(Instant.parse(hit.getString("at")))),
        element("td", what(hit)),
        element("td", hit.getString("host", "") + hit.getString("path", "")),
        element("td", more(hit)));
  }

  private String what(JsonObject hit) {
    return switch (hit.getString("kind")) {
      case "pageview" -> say("Sidevisning", "Page view");
      case "event" -> say("Hændelse: ", "Event: ") + hit.getString("event", "");
      default -> say("Tid på siden", "Time on the page");
    };
  }

  private String more(JsonObject hit) {
    List<String> more = new ArrayList<>();
    int seconds = hit.getInteger("engagedMs", 0) / 1_000;
    if (hit.getString("kind").equals("engagement")) {
      more.add(say(seconds + " sekunder", seconds + " seconds"));
    }
    if (hit.getInteger("scroll") != null) {
      more.add(say("rullet ", "scrolled ") + hit.getInteger("scroll") + " %");
    }
    hit.getJsonObject("properties", new JsonObject())
        .forEach(property -> more.add(property.getKey() + ": " + property.getValue()));
    if (hit.getValue("revenue") != null) {
      more.add(hit.getValue("revenue") + " " + hit.getString("currency", ""));
    }
    return String.join(", ", more);
  }

  /** What becomes of a visit once it closes, and why nobody can find it then. */
  Html kept() {
    Privacy privacy = standing.site().privacy();
    int days = privacy.visitDays();
    int months = privacy.totalMonths();
    return Html.join(
        element(
            "h2",
            say("Hvad der bliver gemt, og hvor længe", "What will be kept, and for how long")),
        element(
            "ul",
            element(
                "li",
                say(
                        "Når besøget er slut, bliver det til én række: siderne, antal sekunder, timen (ikke"
                            + " klokkeslættet), kilde, land og groft udstyr. ",
                        "When the visit is over it becomes one row: the pages, numbers of seconds, the hour"
                            + " (not the time), source, country and coarse device. ")
                    + (days == 0
                        ? say(
                            "Rækken gemmes kun, til dagens tal er gjort op.",
                            "The row is kept only until the day's totals are made.")
                        : say(
                            "Rækken gemmes i %d dage.".formatted(days),
                            "The row is kept for %d days.".formatted(days)))),
            element(
                "li",
                say(
                    "Dagens samlede tal gemmes i %d måneder.".formatted(months),
                    "The day's totals are kept for %d months.".formatted(months))),
            element(
                "li",
                say(
                    "Adresse, browserens fulde navn og cookiens tal bliver aldrig gemt.",
                    "Address, the browser's full name and the cookie's number are never stored."))),
        element("h2", say("Afsluttede besøg", "Closed visits")),
        paragraph(
            say(
                "Besøg, der er slut, kan ikke findes frem igen, hverken af dig eller af os: rækken har et"
                    + " nyt, tilfældigt nummer, som ikke står i nogen cookie, og intet, der kan regnes"
                    + " ud fra dig eller din browser.",
                "Visits that are over cannot be found again, neither by you nor by us: the row has a new"
                    + " random number that is in no cookie, and nothing that can be computed from you or"
                    + " your browser.")));
  }

  /** The settings in force. */
  Html settings() {
    Privacy privacy = standing.site().privacy();
    List<Html> rows = new ArrayList<>();
    rows.add(
        row(
            say("Cookie", "Cookie"),
            switch (privacy.cookie()) {
              case OFF -> say("aldrig", "never");
              case CONSENT -> say("kun efter samtykke", "after consent only");
              case ON -> say("ja, medmindre du siger nej", "yes, unless you decline");
            }));
    if (privacy.cookie() != CookieRule.OFF) {
      rows.add(
          row(
              say("Cookiens levetid", "Life of the cookie"),
              privacy.cookieLife() == CookieLife.FIXED
                  ? say("13 måneder fra første besøg", "13 months from the first visit")
                  : say(
                      privacy.cookieDays() + " dage efter seneste besøg, højst 13 måneder i alt",
                      privacy.cookieDays() + " days after the last visit, 13 months at most")));
    }
    rows.add(
        row(
            say("Uden cookie", "Without a cookie"),
            privacy.recognising() == Recognising.NONE
                ? say("ingen genkendes", "nobody is recognised")
                : say(
                    "genkendes inden for dagen ved en nøgle, der kun findes i hukommelsen og slettes"
                        + " efter dagen",
                    "recognised within the day by a key that exists in memory alone and is destroyed"
                        + " after the day")));
    rows.add(
        row(
            "Global Privacy Control, Do Not Track",
            privacy.signals() == Signals.OBEY
                ? say("følges: intet tælles", "obeyed: nothing is counted")
                : say("følges ikke", "not obeyed")));
    if (standing.holding().signals()) {
      rows.add(
          row(
              say("Din browser", "Your browser"),
              say(
                  "sender et af de to signaler med lige nu",
                  "is sending one of these two signals right now")));
    }
    return Html.join(
        element("h2", say("Indstillinger, der gælder", "The settings in force")),
        table(say("For ", "For ") + standing.site().domain(), rows.toArray(Html[]::new)));
  }

  private Html table(String caption, Html... rows) {
    return element(
        "table", element("caption", caption), element("tbody", Html.lines(Stream.of(rows))));
  }

  private static Html row(String name, String value) {
    return element("tr", element("th", with("scope", "row"), text(name)), element("td", value));
  }

  private static Html column(String name) {
    return element("th", with("scope", "col"), text(name));
  }

  private static Html paragraph(String said) {
    return element("p", said);
  }

  private String day(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
        .withLocale(standing.language().locale())
        .format(day);
  }

  private String say(String danish, String english) {
    return standing.say(danish, english);
  }
}
