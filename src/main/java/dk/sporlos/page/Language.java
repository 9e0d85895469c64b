package dk.sporlos.page;

import io.vertx.ext.web.LanguageHeader;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A language that people are spoken to in. */
public enum Language {
  DA("Dansk", Locale.forLanguageTag("da-DK")),
  EN("English", Locale.UK);

  private final String ownName;
  private final Locale locale;

  Language(String ownName, Locale locale) {
    this.ownName = ownName;
    this.locale = locale;
  }

  /** Its name in itself. */
  public String ownName() {
    return ownName;
  }

  public Locale locale() {
    return locale;
  }

  /** Its code in ISO 639. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is said in this language. */
  public String of(String danish, String english) {
    return this == DA ? danish : english;
  }

  public Language other() {
    return this == DA ? EN : DA;
  }

  /**
   * Reads a code.
   *
   * @throws IllegalArgumentException with a message that names those there are
   */
  public static Language parse(String code) {
    Language language = find(code);
    if (language == null) {
      throw new IllegalArgumentException("'" + code + "' is no such language; write da or en");
    }
    return language;
  }

  /**
   * The language to answer a request in: the one that its parameter {@code lang} asks for, else the
   * first of those that the browser accepts; English if it accepts others alone.
   */
  public static Language of(RoutingContext context) {
    Language asked = find(context.request().getParam("lang", ""));
    if (asked != null) {
      return asked;
    }
    for (LanguageHeader accepted : context.acceptableLanguages()) {
      Language language = find(accepted.tag());
      if (language != null && accepted.weight() > 0) {
        return language;
      }
    }
    return EN;
  }

  private static @Nullable Language find(@Nullable String code) {
    for (Language language : values()) {
      if (language.code().equalsIgnoreCase(code)) {
        return language;
      }
    }
    return null;
  }
}
