package dk.sporlos;

/** This process cannot succeed the one that runs; says what to do. */
public final class SuccessionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SuccessionException(String message) {
    super(message);
  }
}
