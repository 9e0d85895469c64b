package dk.sporlos.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Speaks to a server of this machine in bytes, also in such as no HTTP client would send. */
public final class RawHttp {
  private static final int PATIENCE_MILLIS = 10_000;

  private RawHttp() {}

  /** Sends a text and returns all that comes back until the server closes the connection. */
  public static String exchange(int port, String request) throws IOException {
    try (Socket socket = connect(port)) {
      send(socket, request);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Sends a text and goes away without waiting for an answer. */
  public static void abandon(int port, String request) throws IOException {
    try (Socket socket = connect(port)) {
      send(socket, request);
    }
  }

  /** Sends a text and leaves the connection open. */
  public static Socket open(int port, String request) throws IOException {
    Socket socket = connect(port);
    send(socket, request);
    return socket;
  }

  /** Reads the head of an answer, and no further. */
  public static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = socket.getInputStream().read();
      if (read < 0) {
        break;
      }
      head.append((char) read);
    }
    return head.toString();
  }

  /** Whether the server neither says anything for a while nor closes the connection. */
  public static boolean staysQuiet(Socket socket, Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    try {
      socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException quiet) {
      return true;
    } catch (SocketException closed) {
      return false;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  /** Waits until the server closes the connection; true if it does so without a word. */
  public static boolean isClosedInSilence(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** Sends a text. */
  public static void send(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }
}
