package dk.sporlos.spool;

import java.io.IOException;

/** What is in a file is not what was written there. */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedException(String what) {
    super(what);
  }
}
