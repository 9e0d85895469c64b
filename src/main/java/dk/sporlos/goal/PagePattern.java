package dk.sporlos.goal;

/**
 * Paths of pages as people write them: {@code *} stands for any text without a slash, {@code **}
 * for any text.
 *
 * @param text begins with a slash or a star
 */
public record PagePattern(String text) {

  /** Of a pattern, in characters. */
  public static final int LONGEST = 300;

  /** What PostgreSQL has to try grows with each. */
  private static final int MOST_STARS = 10;

  /*
   * Letters and digits stand for themselves in regular expressions, as does what is not ASCII. All
   * else is escaped by a backslash, which PostgreSQL, RE2 and Java read alike.
   */
  private static final String NEEDS_NO_ESCAPE = "/_";

  public PagePattern {
    text = Line.checked("page", text, LONGEST);
    if (!text.startsWith("/") && !text.startsWith("*")) {
      throw new UnfitDefinitionException(
          "page: begin the path with a slash, as in /thanks or /blog/**");
    }
    if (text.contains("***")) {
      throw new UnfitDefinitionException(
          "page: three stars mean nothing; write * for any text without a slash, ** for any text");
    }
    if (text.chars().filter(c -> c == '*').count() > MOST_STARS) {
      throw new UnfitDefinitionException("page: write at most %d stars".formatted(MOST_STARS));
    }
  }

  /** Whether it stands for one path only. */
  public boolean isExact() {
    return text.indexOf('*') < 0;
  }

  /**
   * The same as a regular expression over a whole path, for PostgreSQL, RE2 and Java: a parameter
   * of a statement, never part of its text.
   */
  public String regex() {
    StringBuilder regex = new StringBuilder("(?s)^");
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (text.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (next == '*') {
        regex.append("[^/]*");
      } else {
        if (next < 128 && !Character.isLetterOrDigit(next) && NEEDS_NO_ESCAPE.indexOf(next) < 0) {
          regex.append('\\');
        }
        regex.append(next);
      }
    }
    return regex.append('$').toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
