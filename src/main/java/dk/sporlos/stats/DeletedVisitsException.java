package dk.sporlos.stats;

/** A question that visits alone could answer, about days whose visits are deleted. */
final class DeletedVisitsException extends InvalidQueryException {
  private static final long serialVersionUID = 1L;

  DeletedVisitsException(String reason) {
    super(reason);
  }
}
