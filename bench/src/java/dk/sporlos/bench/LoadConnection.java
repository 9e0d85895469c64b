package dk.sporlos.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A connection of the load generator, with one request under way at most. */
final class LoadConnection {
  private static final int LARGEST_REQUEST = 8 * 1024;
  private static final int LARGEST_ANSWER = 8 * 1024;
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LENGTH = "\r\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] IGNORED = "\r\nsporlos-ignored: ".getBytes(StandardCharsets.US_ASCII);

  /** What is not known yet. */
  static final int INCOMPLETE = 0;

  /** An answer that says that the beacon does not count. */
  static final int NOT_COUNTED = 1;

  private final SocketChannel channel;
  private final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST_REQUEST);
  private final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST_ANSWER);
  private final byte[] answer = new byte[LARGEST_ANSWER];

  private long due;

  LoadConnection(InetSocketAddress address, Selector selector) throws IOException {
    channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  void send(Traffic.Request request, long due) throws IOException {
    this.due = due;
    out.clear();
    out.put(request.head());
    out.put(
        ("Content-Length: " + request.body().length + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.put(request.body());
    out.flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  /** When the request under way was due, as of {@link System#nanoTime}. */
  long due() {
    return due;
  }

  /**
   * Reads what is there.
   *
   * @return the status of the answer once it is whole, or {@link #INCOMPLETE}, or {@link
   *     #NOT_COUNTED}
   */
  int receive() throws IOException {
    if (channel.read(in) < 0) {
      throw new IOException("the server closed a connection");
    }
    int length = in.position();
    in.get(0, answer, 0, length);
    int head = find(END_OF_HEAD, length);
    if (head < 0) {
      return INCOMPLETE;
    }
    int lengthAt = find(LENGTH, head);
    int body = lengthAt < 0 ? 0 : number(lengthAt + LENGTH.length);
    if (length < head + END_OF_HEAD.length + body) {
      return INCOMPLETE;
    }
    in.clear();
    int status = number("HTTP/1.1 ".length());
    return status == 202 && find(IGNORED, head) >= 0 ? NOT_COUNTED : status;
  }

  /** Where a text of lower-case letters begins, whatever the case; -1 if nowhere. */
  private int find(byte[] wanted, int length) {
    for (int i = 0; i + wanted.length <= length; i++) {
      int matched = 0;
      while (matched < wanted.length && lower(answer[i + matched]) == wanted[matched]) {
        matched++;
      }
      if (matched == wanted.length) {
        return i;
      }
    }
    return -1;
  }

  private static byte lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? (byte) (letter + 32) : letter;
  }

  private int number(int from) {
    int number = 0;
    for (int i = from; i < answer.length && answer[i] >= '0' && answer[i] <= '9'; i++) {
      number = 10 * number + answer[i] - '0';
    }
    return number;
  }

  void close() throws IOException {
    channel.close();
  }
}
