package dk.sporlos.account;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a token may be used for. */
public enum Scope {
  /** Read figures. */
  STATS,
  /** Bring in visits that were counted elsewhere. */
  IMPORT,
  /** Add sites, and define goals, funnels and the like. */
  SITES,
  /** Send beacons that say whose address and agent they are of. */
  SEND,
  /** Read rounded figures of finished days. */
  OUTSIDE;

  /** The scope as people write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The scopes that a person names, separated by commas.
   *
   * @throws IllegalArgumentException with a message for the person who wrote it
   */
  public static Set<Scope> parse(String text) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String word : text.split(",", -1)) {
      scopes.add(named(word.strip()));
    }
    return scopes;
  }

  private static Scope named(String word) {
    return Arrays.stream(values())
        .filter(scope -> scope.label().equalsIgnoreCase(word))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + word + "' is no scope; write " + words() + ", separated by commas"));
  }

  private static String words() {
    return Arrays.stream(values()).map(Scope::label).collect(Collectors.joining(", "));
  }
}
