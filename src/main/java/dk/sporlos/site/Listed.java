package dk.sporlos.site;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Values that are written one after the other, separated by commas. */
final class Listed {
  private static final int MOST = 200;

  private Listed() {}

  /**
   * What the parser makes of each; white space about them does not matter.
   *
   * @throws IllegalArgumentException if there are more than 200, or as the parser throws it
   */
  static <T> List<T> parse(String text, Function<String, T> parser) {
    List<String> parts =
        Stream.of(text.split(",", -1)).map(String::strip).filter(part -> !part.isEmpty()).toList();
    if (parts.size() > MOST) {
      throw new IllegalArgumentException(
          "these are " + parts.size() + " values; write " + MOST + " at most");
    }
    return parts.stream().map(parser).toList();
  }
}
