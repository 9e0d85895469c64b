package dk.sporlos.intake;

import dk.sporlos.door.Reason;
import java.util.Objects;

/** A hit was not taken because there is no room for it. */
final class NotTakenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  NotTakenException(Reason reason) {
    super(reason.label(), null, false, false);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** Of what there is not enough. */
  Reason reason() {
    return reason;
  }
}
