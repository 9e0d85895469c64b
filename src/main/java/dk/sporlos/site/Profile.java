package dk.sporlos.site;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A named set of privacy settings that a site starts from; what is in it says {@link Rules}. */
public enum Profile {
  /** Denmark: a cookie after consent. */
  DK("Denmark: a cookie after consent, everything else without one"),

  /** France: the exemption of the CNIL for measuring an audience. */
  CNIL("France: what the CNIL exempts from consent"),

  /** The United Kingdom: the exception for statistics. */
  UK("United Kingdom: the exception for statistics, with information and a simple opt-out"),

  /** Nobody is recognised at all. */
  STRICT("nobody is recognised, and no visit is kept");

  private final String description;

  Profile(String description) {
    this.description = description;
  }

  /** The name as people write it, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String description() {
    return description;
  }

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException with a message that names those there are
   */
  public static Profile parse(String text) {
    for (Profile profile : values()) {
      if (profile.label().equals(text.strip())) {
        return profile;
      }
    }
    throw new IllegalArgumentException("'" + text + "' is no profile; there are " + labels());
  }

  private static String labels() {
    return Arrays.stream(values()).map(Profile::label).collect(Collectors.joining(", "));
  }
}
