package dk.sporlos.privacy;

import dk.sporlos.page.Html;
import org.jspecify.annotations.Nullable;

/**
 * What the page says at its top of what has just happened.
 *
 * @param outcome of a form; null if none was sent
 * @param choice what the website says that it has kept: {@code optout}, {@code own}, {@code optin},
 *     or {@code no} if it could not; null if it says nothing
 * @param code that lifts a restriction which was just made; null if none was
 */
record Notice(@Nullable Outcome outcome, @Nullable String choice, @Nullable RestrictionCode code) {

  static Notice of(Outcome outcome) {
    return new Notice(outcome, null, null);
  }

  /** The same in words; nothing if nothing happened. */
  Html html(Standing standing) {
    Html said = Html.NONE;
    if (outcome != null) {
      said = Html.join(said, message(outcome.in(standing.language())));
      if (outcome == Outcome.OBJECTED || outcome == Outcome.OBJECTION_LIFTED) {
        said = Html.join(said, onward(standing, outcome == Outcome.OBJECTED));
      }
    }
    if (choice != null) {
      said = Html.join(said, message(confirmation(standing, choice)));
    }
    return code == null ? said : Html.join(said, code(standing, code));
  }

  private static Html message(String text) {
    return Html.element("p", Html.with("role", "status").and("class", "notice"), Html.text(text));
  }

  /** The way to the website's own origin, where its pages find the choice. */
  static Html onward(Standing standing, boolean objects) {
    String domain = standing.site().domain();
    String where = "https://" + domain + (objects ? "/#sporlos-optout" : "/#sporlos-optin");
    return Html.element(
        "p",
        Html.link(
            where,
            standing.say(
                "Næste skridt: gem valget på " + domain,
                "Next step: keep the choice at " + domain)),
        Html.text(
            standing.say(
                ". Siden åbner, gemmer dit valg i browseren og sender dig tilbage hertil med en"
                    + " bekræftelse (det kræver JavaScript).",
                ". That page opens, keeps your choice in the browser and sends you back here with a"
                    + " confirmation (this takes JavaScript).")));
  }

  private static String confirmation(Standing standing, String choice) {
    String domain = standing.site().domain();
    return switch (choice) {
      case "optout" ->
          standing.say(
              domain + " bekræfter, at dit valg er gemt: denne browser tælles ikke med dér.",
              domain + " confirms that your choice is kept: this browser is not counted there.");
      case "own" ->
          standing.say(
              domain + " bekræfter, at dine egne besøg ikke tælles med i denne browser.",
              domain + " confirms that your own visits are not counted in this browser.");
      case "optin" ->
          standing.say(
              domain + " bekræfter, at indsigelsen ikke længere er gemt dér.",
              domain + " confirms that the objection is no longer kept there.");
      default ->
          standing.say(
              domain
                  + " kunne ikke gemme dit valg, fordi browseren ikke tillader det. Du kan i stedet"
                  + " slå Global Privacy Control til i browseren, hvis den har det.",
              domain
                  + " could not keep your choice, since the browser does not allow it. You could turn"
                  + " on Global Privacy Control in the browser instead, if it has that.");
    };
  }

  private static Html code(Standing standing, RestrictionCode code) {
    return Html.element(
        "section",
        Html.with("role", "status").and("class", "notice"),
        Html.element("h2", standing.say("Besøget er begrænset", "The visit is restricted")),
        Html.element(
            "p",
            standing.say(
                "Her er din kode. Den vises kun denne ene gang, og vi gemmer den ikke: skriv den ned."
                    + " Med den kan du i 30 dage ophæve begrænsningen eller slette besøget.",
                "Here is your code. It is shown this once only, and we do not keep it: please write it"
                    + " down. For 30 days it lifts the restriction, or deletes the visit.")),
        Html.element("p", Html.with("class", "code"), Html.element("code", code.inGroups())));
  }
}
