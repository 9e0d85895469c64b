package dk.sporlos.goal;

/** Text of a single line that people write, such as a name. */
final class Line {
  private Line() {}

  /**
   * The text without the blanks around it.
   *
   * @param what it is, for the message
   * @throws UnfitDefinitionException if nothing is left, or too much, or if it has more lines
   */
  static String checked(String what, String text, int longest) {
    String line = text.strip();
    if (line.isEmpty() || line.length() > longest) {
      throw new UnfitDefinitionException(
          "%s: write between 1 and %d characters".formatted(what, longest));
    }
    if (line.chars().anyMatch(Character::isISOControl)) {
      throw new UnfitDefinitionException(
          "%s: leave out line breaks and other control characters".formatted(what));
    }
    return line;
  }
}
