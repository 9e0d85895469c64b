package dk.sporlos.site;

import java.util.List;

/**
 * Hosts by name, and all subdomains of a host by {@code *.name}.
 *
 * @param names each as {@link HostName#canonical} spells it, with or without {@code *.} before it
 */
public record HostNames(List<String> names) {
  private static final String SUBDOMAINS = "*.";

  public HostNames {
    names = List.copyOf(names);
  }

  /**
   * Reads hosts separated by commas.
   *
   * @throws IllegalArgumentException with a message for the person who wrote it
   */
  static HostNames parse(String text) {
    return new HostNames(Listed.parse(text, HostNames::name));
  }

  private static String name(String text) {
    try {
      return text.startsWith(SUBDOMAINS)
          ? SUBDOMAINS + Domain.parse(text.substring(SUBDOMAINS.length()))
          : Domain.parse(text);
    } catch (IllegalArgumentException fault) {
      throw new IllegalArgumentException(
          "'" + text + "' is no host; write hosts as in shop.example.org,*.example.net", fault);
    }
  }

  /** Whether a host is one of them. */
  public boolean include(String host) {
    for (String name : names) {
      boolean included =
          name.startsWith(SUBDOMAINS) ? host.endsWith(name.substring(1)) : host.equals(name);
      if (included) {
        return true;
      }
    }
    return false;
  }
}
