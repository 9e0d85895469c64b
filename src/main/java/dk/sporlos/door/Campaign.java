package dk.sporlos.door;

import java.util.Objects;

/**
 * The campaign that an address names by {@code utm_…}; each part is empty where it is not named.
 */
public record Campaign(String source, String medium, String name, String content, String term) {

  /** Nothing is named. */
  static final Campaign NONE = new Campaign("", "", "", "", "");

  public Campaign {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(medium, "medium");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(term, "term");
  }
}
