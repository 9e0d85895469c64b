package dk.sporlos.stats;

import org.jspecify.annotations.Nullable;

/**
 * What a website says of single steps under a name of its own: {@code event:props:plan}. Steps of
 * which it says nothing under that name have the value {@code (none)}.
 */
public record Property(String key) implements Attribute {

  static final String PREFIX = "event:props:";

  /** The value of steps that have none. */
  static final String NONE = "(none)";

  private static final int LONGEST = 300;

  /** The property of a word of the query language; null if there can be none. */
  static @Nullable Property named(String word) {
    String key = word.substring(PREFIX.length());
    boolean possible =
        !key.isEmpty() && key.length() <= LONGEST && key.chars().noneMatch(c -> c == 0);
    return possible ? new Property(key) : null;
  }

  @Override
  public String word() {
    return PREFIX + key;
  }

  @Override
  public boolean ofSteps() {
    return true;
  }

  @Override
  public boolean ofTime() {
    return false;
  }
}
