package dk.sporlos.http;

import org.jspecify.annotations.Nullable;

/** A certificate and its key cannot be used; the message names the file and the remedy. */
public final class TlsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TlsException(String message) {
    super(message);
  }

  TlsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
