package dk.sporlos.intake;

/** More hits wait to be committed than the process is willing to hold. */
final class OverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OverloadedException() {
    super("too many hits wait to be committed", null, false, false);
  }
}
