package dk.sporlos.site;

/**
 * Paths that look alike: {@code *} stands for any text within a segment, {@code **} for any text
 * across segments. A pattern that ends in {@code /**} also takes the path before that slash.
 *
 * @param text begins with a slash
 */
public record PathPattern(String text) {

  /*
   * Matching follows all possibilities side by side, one set of places in the pattern for each
   * character of the path, and so takes time in proportion to path times pattern; a regular
   * expression with as many stars would take far longer for a path made to that end.
   */
  private static final int LONGEST = 300;

  public PathPattern {
    if (!text.startsWith("/")
        || text.length() > LONGEST
        || text.contains("***")
        || text.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no pattern of paths; begin it with a slash, as in /admin/** or /user/*/edit");
    }
  }

  /** Whether a path, decoded and without its query, looks like this. */
  public boolean matches(String path) {
    int literal = text.indexOf('*');
    if (literal < 0) {
      return path.equals(text);
    }
    if (path.regionMatches(0, text, 0, literal)) {
      return matchesAfter(path, literal);
    }
    return matchesBefore(path);
  }

  private boolean matchesBefore(String path) {
    return text.equals(path + "/**");
  }

  private boolean matchesAfter(String path, int literal) {
    boolean[] places = new boolean[text.length() + 1];
    reach(places, literal);
    for (int i = literal; i < path.length(); i++) {
      places = step(places, path.charAt(i));
    }
    if (places[text.length()]) {
      return true;
    }
    return text.endsWith("/**") && places[text.length() - "/**".length()];
  }

  private boolean[] step(boolean[] places, char next) {
    boolean[] reached = new boolean[places.length];
    for (int place = 0; place < text.length(); place++) {
      if (!places[place]) {
        continue;
      }
      if (text.charAt(place) != '*') {
        if (text.charAt(place) == next) {
          reach(reached, place + 1);
        }
      } else if (crossesSegments(place) || next != '/') {
        reach(reached, place);
      }
    }
    return reached;
  }

  /** Enters a place, and those behind it if stars stand there, which may stand for nothing. */
  private void reach(boolean[] places, int place) {
    places[place] = true;
    if (place < text.length() && text.charAt(place) == '*') {
      reach(places, place + (crossesSegments(place) ? 2 : 1));
    }
  }

  private boolean crossesSegments(int place) {
    return text.startsWith("**", place);
  }

  @Override
  public String toString() {
    return text;
  }
}
