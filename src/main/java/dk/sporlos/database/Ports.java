package dk.sporlos.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The port of an embedded server: the one asked for, or one that is chosen once and kept in a file.
 *
 * @param wanted 0 for any
 */
record Ports(Path file, int wanted) {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  Ports {
    if (wanted < 0 || wanted > 65535) {
      throw new DatabaseException(
          "%d is no port for the database: --database-port is a number from 0 (any) to 65535."
              .formatted(wanted));
    }
  }

  /**
   * A port that is free at this moment.
   *
   * @throws DatabaseException if one is asked for and not free
   */
  int free() throws IOException {
    if (wanted != 0) {
      if (!isFree(wanted)) {
        throw taken();
      }
      return wanted;
    }
    int kept = kept();
    return kept != 0 && isFree(kept) ? kept : any();
  }

  DatabaseException taken() {
    return new DatabaseException(
        "Port %d of 127.0.0.1 is in use or not allowed to this user: choose another with --database-port, or stop what uses it."
            .formatted(wanted));
  }

  /** The port in the file, 0 if there is none. */
  int kept() throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    String text = Files.readString(file, UTF_8).strip();
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
  }

  void keep(int port) throws IOException {
    if (port != kept()) {
      OwnerOnlyFile.write(file, port + "\n");
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = bound(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static int any() throws IOException {
    try (ServerSocket socket = bound(0)) {
      return socket.getLocalPort();
    }
  }

  private static ServerSocket bound(int port) throws IOException {
    return new ServerSocket(port, /* backlog= */ 1, InetAddress.getByAddress(LOOPBACK));
  }
}
