package dk.sporlos.stats;

/** A question that has no answer. The message says which part of it is wrong, for who asked. */
public class InvalidQueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  InvalidQueryException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  @Override
  public String getMessage() {
    return reason;
  }
}
