package dk.sporlos.stats;

import java.util.Locale;

/** What rows are ordered by, and in which direction. */
public record Order(Column by, Direction direction) {

  /** Up or down. */
  public enum Direction {
    ASC,
    DESC;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
