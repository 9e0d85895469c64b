package dk.sporlos.privacy;

import dk.sporlos.page.Language;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of a visitor's wish, as the page says it at its top. */
enum Outcome {
  ERASED(
      "Besøget er slettet, og cookien er fjernet. Er noget af det stadig på vej ind, bliver det"
          + " slettet, når det når frem.",
      "The visit is erased and the cookie is removed. Should any of it still be on its way in, it"
          + " will be erased on arrival."),
  NOTHING_OPEN(
      "Der var intet åbent besøg at finde ud fra en cookie, så der blev ikke ændret noget i det,"
          + " der er gemt.",
      "No open visit could be found by a cookie, so nothing that is stored was changed."),
  OBJECTED(
      "Din indsigelse er gemt her. Den gælder først helt, når du også har taget næste skridt"
          + " nedenfor.",
      "Your objection is kept here. It holds in full once you have also taken the next step below."),
  OBJECTION_LIFTED(
      "Din indsigelse er trukket tilbage her. Tag også næste skridt nedenfor, så webstedet ved det.",
      "Your objection is withdrawn here. Please also take the next step below, so that the website"
          + " knows."),
  WITHDRAWN(
      "Dit samtykke er trukket tilbage, og cookien er fjernet. Besøget går videre uden den.",
      "Your consent is withdrawn and the cookie is removed. The visit goes on without it."),
  CORRECTED("Oplysningerne er rettet.", "The details have been corrected."),
  NOT_CORRECTED(
      "Der var intet at rette: vælg mindst én oplysning, der ikke passer.",
      "There was nothing to correct: please choose at least one detail that is not right."),
  LIFTED(
      "Begrænsningen er ophævet. Besøget tæller med igen om cirka tre kvarter, med timen i stedet"
          + " for klokkeslættet.",
      "The restriction is lifted. The visit counts again in about three quarters of an hour, with"
          + " the hour in place of the time."),
  DROPPED(
      "Det begrænsede besøg er slettet.", "The visit that you had restricted has been deleted."),
  UNKNOWN_CODE(
      "Den kode findes ikke på dette websted. Kontrollér tegnene. En kode gælder i 30 dage og kun"
          + " én gang.",
      "There is no such code at this website. Please check the characters. A code holds for 30 days,"
          + " and once only."),
  OUTDATED(
      "Formularen var for gammel, eller den hørte ikke til denne browser. Intet er ændret. Prøv"
          + " igen herfra.",
      "The form was too old, or not of this browser. Nothing has been changed. Please try again from"
          + " here.");

  private final String danish;
  private final String english;

  Outcome(String danish, String english) {
    this.danish = danish;
    this.english = english;
  }

  /** The word for it in an address. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one of a word; null if there is none. */
  static @Nullable Outcome find(@Nullable String word) {
    for (Outcome outcome : values()) {
      if (outcome.word().equals(word)) {
        return outcome;
      }
    }
    return null;
  }

  String in(Language language) {
    return language.of(danish, english);
  }
}
