package dk.sporlos.transfer;

/** Lines cannot be imported into a site for the days that they are of. */
final class NotImportableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;

  NotImportableException(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** What kind of problem it is, for programs. */
  String code() {
    return code;
  }
}
