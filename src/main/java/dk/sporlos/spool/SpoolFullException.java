package dk.sporlos.spool;

/** The spool holds as many bytes as it may. */
public final class SpoolFullException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SpoolFullException() {
    super("the spool is full", null, false, false);
  }
}
