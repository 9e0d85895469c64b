package dk.sporlos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/** Ports of this machine that nobody listens on, for programs that are told theirs. */
public final class FreePorts {
  private FreePorts() {}

  public static int one() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The first of two that follow each other. */
  public static int pair() {
    while (true) {
      try (ServerSocket first = new ServerSocket(0);
          ServerSocket second = new ServerSocket(first.getLocalPort() + 1)) {
        return Math.min(first.getLocalPort(), second.getLocalPort());
      } catch (IOException taken) {
        // The next one may have a free neighbour.
      }
    }
  }
}
