package dk.sporlos.site;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A language that trackers speak: our own, or that of another product. */
public enum Dialect {
  SPORLOS,
  PLAUSIBLE,
  UMAMI,
  MATOMO,
  GOATCOUNTER;

  /** Those of other products. */
  public static final List<Dialect> OTHERS = List.of(PLAUSIBLE, UMAMI, MATOMO, GOATCOUNTER);

  /** The dialect as people and metrics write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The dialect of another product.
   *
   * @throws IllegalArgumentException with a message for the person who wrote it
   */
  public static Dialect parse(String text) {
    return OTHERS.stream()
        .filter(dialect -> dialect.label().equalsIgnoreCase(text.strip()))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + text + "' is no dialect; there are " + labels(OTHERS)));
  }

  private static String labels(List<Dialect> dialects) {
    return dialects.stream().map(Dialect::label).collect(Collectors.joining(", "));
  }
}
