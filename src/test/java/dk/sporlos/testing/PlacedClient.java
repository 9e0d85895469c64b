package dk.sporlos.testing;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A browser on an address of this machine's loopback, of which Linux has sixteen million. */
public final class PlacedClient {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private PlacedClient() {}

  /**
   * Posts over a connection of its own.
   *
   * @param network from 0 to 255: visitors of different ones are on addresses that are cut
   *     differently
   * @return the status of the answer
   */
  public static int post(int network, int port, String path, String body) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(bytes(network)), 0));
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket
          .getOutputStream()
          .write(
              "POST %s HTTP/1.1\r\nHost: stats.example.com\r\nUser-Agent: %s\r\nAccept-Language: da\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                  .formatted(path, RunningServer.BROWSER, body.length(), body)
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String line = answer.readLine();
      if (line == null) {
        throw new EOFException("no answer");
      }
      return Integer.parseInt(line.substring(STATUS_AT, STATUS_AT + 3));
    }
  }

  private static byte[] bytes(int network) {
    return new byte[] {127, 77, (byte) network, 9};
  }
}
