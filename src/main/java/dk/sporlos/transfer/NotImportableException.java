package dk.sporlos.transfer;

/** Lines that are sound cannot be imported, for a reason that lies with the site. */
public final class NotImportableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotImportableException(String message) {
    super(message, null, false, false);
  }
}
