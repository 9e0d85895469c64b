package dk.sporlos.site;

import java.util.regex.Pattern;

/** The names that sites go by. */
public final class Domain {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  private Domain() {}

  /**
   * The domain as it is stored: as {@link HostName#canonical} spells it.
   *
   * @throws IllegalArgumentException with a message for the person who wrote it
   */
  public static String parse(String text) {
    String domain = HostName.canonical(text);
    if (domain.length() > HostName.MAXIMUM_LENGTH || !NAME.matcher(domain).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no domain; write the site's host alone, as in example.com");
    }
    return domain;
  }
}
