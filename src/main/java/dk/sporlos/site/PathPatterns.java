package dk.sporlos.site;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Patterns of paths, in the order in which they are tried. */
public record PathPatterns(List<PathPattern> patterns) {
  public PathPatterns {
    patterns = List.copyOf(patterns);
  }

  /**
   * Reads patterns separated by commas.
   *
   * @throws IllegalArgumentException with a message for the person who wrote it
   */
  static PathPatterns parse(String text) {
    return new PathPatterns(Listed.parse(text, PathPattern::new));
  }

  /** The first that a path looks like; null if it looks like none. */
  public @Nullable PathPattern find(String path) {
    for (PathPattern pattern : patterns) {
      if (pattern.matches(path)) {
        return pattern;
      }
    }
    return null;
  }

  public boolean match(String path) {
    return find(path) != null;
  }
}
