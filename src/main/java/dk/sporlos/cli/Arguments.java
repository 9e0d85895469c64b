package dk.sporlos.cli;

import java.util.function.Supplier;

/** Arguments that are read by a parser of their own. */
final class Arguments {
  private Arguments() {}

  /**
   * What the parser returns.
   *
   * @throws UserException with the message of the parser's {@link IllegalArgumentException}
   */
  static <T> T checked(Supplier<T> parser) {
    try {
      return parser.get();
    } catch (IllegalArgumentException fault) {
      throw new UserException(String.valueOf(fault.getMessage()));
    }
  }
}
