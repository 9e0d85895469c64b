package dk.sporlos.intake;

/** A hit has a value that no column could take. */
final class UnfitHitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /* Without the cause's message, which may quote the value. */
  UnfitHitException(RuntimeException cause) {
    super("a value that no column could take: " + cause.getClass().getSimpleName());
  }
}
