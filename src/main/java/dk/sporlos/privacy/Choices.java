package dk.sporlos.privacy;

import static dk.sporlos.page.Html.element;
import static dk.sporlos.page.Html.text;
import static dk.sporlos.page.Html.with;

import dk.sporlos.page.Html;
import dk.sporlos.privacy.Corrections.Detail;
import dk.sporlos.site.CookieRule;
import io.vertx.core.json.JsonObject;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The forms by which visitors say what they want. They work without script. */
final class Choices {
  private final Standing standing;

  Choices(Standing standing) {
    this.standing = standing;
  }

  /** Those that make sense as the visitor stands, each under its heading. */
  Html html() {
    List<Html> choices = new ArrayList<>();
    if (standing.hasVisit()) {
      choices.add(copy());
      choices.add(erase());
      choices.add(restrict());
      choices.add(correct());
    }
    boolean consents = standing.site().privacy().cookie() == CookieRule.CONSENT;
    if (standing.holding().cookie() != null && consents) {
      choices.add(withdraw());
    }
    choices.add(standing.holding().objects() ? liftObjection() : object());
    choices.add(useCode());
    return Html.lines(choices.stream());
  }

  private Html copy() {
    return choice(
        say("Få en kopi", "Get a copy"),
        paragraph(
            say(
                "Kopien er en fil i formatet JSON med alt det, der er vist ovenfor.",
                "The copy is a file in the format JSON with all that is shown above.")),
        element(
            "p",
            Html.link(
                standing.here() + "&format=json",
                say("Hent kopien (JSON)", "Download the copy (JSON)"))));
  }

  private Html erase() {
    return choice(
        say("Slet besøget", "Erase the visit"),
        paragraph(
            say(
                "Det, der er vist ovenfor, bliver slettet med det samme, og cookien bliver fjernet."
                    + " Det kan ikke fortrydes.",
                "What is shown above is erased at once, and the cookie is removed. This cannot be"
                    + " undone.")),
        form("/privacy/erase", button(say("Slet besøget", "Erase the visit"))));
  }

  private Html restrict() {
    return choice(
        say("Begræns brugen", "Restrict its use"),
        paragraph(
            say(
                "Besøget tages ud af al statistik og lægges til side i 30 dage, med timen i stedet"
                    + " for klokkeslættet. Du får en kode, som kan sætte det tilbage eller slette det."
                    + " Uden koden bliver det slettet efter de 30 dage. Cookien bliver fjernet.",
                "The visit is taken out of all statistics and set aside for 30 days, with the hour in"
                    + " place of the time. You get a code that puts it back or deletes it. Without the"
                    + " code it is deleted after the 30 days. The cookie is removed.")),
        form("/privacy/restrict", button(say("Begræns brugen", "Restrict its use"))));
  }

  private Html correct() {
    JsonObject opening = Corrections.opening(standing.stored().withCookie());
    List<Html> fields =
        Arrays.stream(Detail.values())
            .filter(detail -> !detail.in(opening).isEmpty())
            .map(detail -> field(detail, detail.in(opening)))
            .toList();
    if (fields.isEmpty()) {
      return choice(
          say("Ret oplysninger", "Correct details"),
          paragraph(
              say(
                  "Der er ingen oplysninger om sted, udstyr eller henvisning, som vi kan knytte til"
                      + " din cookie, så der er intet at rette.",
                  "There are no details of place, device or source that we can tie to your cookie, so"
                      + " there is nothing to correct.")));
    }
    return choice(
        say("Ret oplysninger", "Correct details"),
        paragraph(
            say(
                "Oplysningerne er gættet ud fra, hvad din browser fortæller, og kan være forkerte.",
                "These details are guessed from what your browser tells, and may be wrong.")),
        form(
            "/privacy/correct",
            Html.join(fields),
            button(say("Ret oplysningerne", "Correct the details"))));
  }

  private Html field(Detail detail, String held) {
    String id = "detail-" + detail.field();
    List<Html> options = new ArrayList<>();
    options.add(
        option("", say("Behold: ", "Keep: ") + Words.of(detail, held, standing.language())));
    options.add(option(Corrections.REMOVE, say("Passer ikke, fjern det", "Not right, remove it")));
    Locale locale = standing.language().locale();
    detail.choices().stream()
        .filter(value -> !value.equals(held))
        .map(value -> new Named(value, Words.of(detail, value, standing.language())))
        .sorted(Comparator.comparing(Named::name, Collator.getInstance(locale)))
        .forEach(named -> options.add(option(named.value(), named.name())));
    return element(
        "p",
        element("label", with("for", id), text(Words.name(detail, standing.language()))),
        text(" "),
        element("select", with("id", id).and("name", detail.field()), Html.join(options)));
  }

  private record Named(String value, String name) {}

  private static Html option(String value, String name) {
    return element("option", with("value", value), text(name));
  }

  private Html withdraw() {
    return choice(
        say("Træk dit samtykke tilbage", "Withdraw your consent"),
        paragraph(
            say(
                "Cookien bliver fjernet, og besøget går videre uden den. Har webstedet gemt dit ja i"
                    + " sin egen samtykkeboks, skal du også ændre det dér, ellers giver det os lov"
                    + " igen.",
                "The cookie is removed, and the visit goes on without it. Where the website keeps your"
                    + " yes in a consent dialog of its own, please change it there too, or it will tell"
                    + " us again that we may.")),
        form("/privacy/withdraw", button(say("Træk samtykket tilbage", "Withdraw the consent"))));
  }

  private Html object() {
    Html also =
        standing.hasVisit()
            ? element(
                "p",
                element(
                    "input",
                    with("type", "checkbox")
                        .and("id", "also-erase")
                        .and("name", "erase")
                        .and("value", "1")),
                text(" "),
                element(
                    "label",
                    with("for", "also-erase"),
                    text(say("Slet også det åbne besøg", "Also erase the open visit"))))
            : Html.NONE;
    return choice(
        say("Gør indsigelse", "Object"),
        paragraph(
            say(
                "Så bliver denne browser ikke talt med fremover, hverken med eller uden cookie. Valget"
                    + " gemmes i en cookie uden nummer og gælder alle websteder, der tælles her.",
                "Then this browser is not counted from now on, neither with nor without a cookie. The"
                    + " choice is kept in a cookie without a number, and holds for all websites that"
                    + " are counted here.")),
        form("/privacy/object", also, button(say("Gør indsigelse", "Object"))));
  }

  private Html liftObjection() {
    return choice(
        say("Din indsigelse", "Your objection"),
        paragraph(
            say(
                "Denne browser har gjort indsigelse og bliver ikke talt med, når den sender cookies"
                    + " hertil. Om valget også er gemt på webstedet, ved vi kun, når webstedet sender"
                    + " dig tilbage hertil med en bekræftelse.",
                "This browser has objected, and is not counted where it sends its cookies here. Whether"
                    + " the choice is kept at the website too we know only when the website sends you"
                    + " back here with a confirmation.")),
        Notice.onward(standing, true),
        form(
            "/privacy/object/lift",
            button(say("Træk indsigelsen tilbage", "Withdraw the objection"))));
  }

  private Html useCode() {
    return choice(
        say("Har du en kode?", "Do you have a code?"),
        paragraph(
            say(
                "Har du tidligere begrænset et besøg, kan du sætte det tilbage eller slette det her.",
                "If you have restricted a visit before, you can put it back or delete it here.")),
        form(
            "/privacy/restrict/lift",
            element(
                "p",
                element("label", with("for", "code"), text(say("Kode", "Code"))),
                text(" "),
                element(
                    "input",
                    with("id", "code")
                        .and("name", "code")
                        .and("autocomplete", "off")
                        .and("spellcheck", "false")
                        .and("maxlength", "60")
                        .and("required", ""))),
            button(say("Ophæv begrænsningen", "Lift the restriction")),
            text(" "),
            element(
                "button",
                with("formaction", "/privacy/restrict/delete"),
                text(say("Slet det begrænsede besøg", "Delete the restricted visit")))));
  }

  private Html choice(String heading, Html... content) {
    return element("section", element("h3", heading), Html.join(content));
  }

  private Html form(String action, Html... content) {
    return element(
        "form",
        with("method", "post").and("action", action),
        hidden("site", standing.site().domain()),
        hidden("lang", standing.language().code()),
        hidden("token", standing.token()),
        Html.join(content));
  }

  private static Html hidden(String name, String value) {
    return element("input", with("type", "hidden").and("name", name).and("value", value));
  }

  private static Html button(String name) {
    return element("button", name);
  }

  private static Html paragraph(String said) {
    return element("p", said);
  }

  private String say(String danish, String english) {
    return standing.say(danish, english);
  }
}
