package dk.sporlos.cli;

/**
 * Something that the person at the keyboard can mend; the message names the thing and the remedy.
 */
final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UserException(String message) {
    super(message);
  }
}
