package dk.sporlos.account;

/** A request that is not done. The message says why to the person whose program made it. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  /**
   * @param status of HTTP
   */
  RefusedException(int status, String reason) {
    super(reason, null, false, false);
    this.status = status;
    this.reason = reason;
  }

  int status() {
    return status;
  }

  @Override
  public String getMessage() {
    return reason;
  }
}
