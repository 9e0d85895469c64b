package dk.sporlos.database;

/**
 * A database that cannot be used, for a reason that somebody can mend. The message is one line that
 * names the thing and the remedy, fit to be printed as it is, and never holds a password.
 */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseException(String message) {
    super(message);
  }

  public DatabaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
