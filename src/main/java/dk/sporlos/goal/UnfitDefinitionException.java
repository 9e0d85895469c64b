package dk.sporlos.goal;

/** A definition that cannot be kept. The message says what is wrong to the person who wrote it. */
public final class UnfitDefinitionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public UnfitDefinitionException(String reason) {
    super(reason);
    this.reason = reason;
  }

  @Override
  public String getMessage() {
    return reason;
  }
}
