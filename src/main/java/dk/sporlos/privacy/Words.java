package dk.sporlos.privacy;

import dk.sporlos.page.Language;
import dk.sporlos.privacy.Corrections.Detail;
import java.util.Locale;

/** Names of what is kept, as visitors call it. */
final class Words {
  private Words() {}

  /** The name of a detail. */
  static String name(Detail detail, Language language) {
    return switch (detail) {
      case COUNTRY -> language.of("Land", "Country");
      case REGION -> language.of("Region", "Region");
      case CITY -> language.of("By", "City");
      case BROWSER -> language.of("Browser", "Browser");
      case OS -> language.of("Styresystem", "Operating system");
      case DEVICE -> language.of("Type af udstyr", "Kind of device");
      case SCREEN -> language.of("Vinduets bredde", "Width of the window");
      case LANGUAGE -> language.of("Sprog", "Language");
      case SOURCE -> language.of("Kom fra", "Came from");
    };
  }

  /** A value of a detail. */
  static String of(Detail detail, String value, Language language) {
    return switch (detail) {
      case COUNTRY ->
          new Locale.Builder().setRegion(value).build().getDisplayCountry(language.locale());
      case LANGUAGE ->
          new Locale.Builder().setLanguage(value).build().getDisplayLanguage(language.locale());
      case DEVICE -> device(value, language);
      default -> value;
    };
  }

  private static String device(String value, Language language) {
    return switch (value) {
      case "Desktop" -> language.of("Computer", "Desktop");
      case "Mobile" -> language.of("Mobil", "Mobile");
      case "Console" -> language.of("Spillekonsol", "Console");
      default -> value;
    };
  }
}
