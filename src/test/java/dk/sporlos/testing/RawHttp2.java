package dk.sporlos.testing;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Speaks HTTP/2 to a server of this machine frame by frame, also as no client would (RFC 9113). */
public final class RawHttp2 implements Closeable {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int GOAWAY = 7;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final int PATIENCE_MILLIS = 10_000;

  /** A frame that came. */
  @SuppressWarnings("ArrayRecordComponent") // read once, compared never
  public record Frame(int type, int flags, int stream, byte[] payload) {
    /** The setting of a number in a frame of settings; -1 if it is not said. */
    public long setting(int number) {
      ByteBuffer settings = ByteBuffer.wrap(payload);
      while (settings.remaining() >= 6) {
        int found = settings.getShort();
        long value = settings.getInt() & 0xffff_ffffL;
        if (found == number) {
          return value;
        }
      }
      return -1;
    }

    /** The number of an error in a frame that ends a stream or all. */
    public int error() {
      return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
    }
  }

  private final SSLSocket socket;
  private final DataInputStream in;

  private RawHttp2(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  /** Opens a connection, and says nothing of settings of its own. */
  public static RawHttp2 open(int port, SSLContext context) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    if (!"h2".equals(socket.getApplicationProtocol())) {
      throw new IOException("no HTTP/2 but " + socket.getApplicationProtocol());
    }
    RawHttp2 connection = new RawHttp2(socket);
    socket
        .getOutputStream()
        .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    connection.send(SETTINGS, 0, 0, new byte[0]);
    return connection;
  }

  /** Sends a frame. */
  public void send(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer frame =
        ByteBuffer.allocate(9 + payload.length)
            .put((byte) (payload.length >> 16))
            .putShort((short) payload.length)
            .put((byte) type)
            .put((byte) flags)
            .putInt(stream)
            .put(payload);
    socket.getOutputStream().write(frame.array());
    socket.getOutputStream().flush();
  }

  /** Asks for a path with more headers; whether a body follows is said. */
  public void ask(int stream, String method, String path, Map<String, String> more, boolean whole)
      throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    literal(block, ":method", method);
    literal(block, ":scheme", "https");
    literal(block, ":authority", "localhost");
    literal(block, ":path", path);
    for (Map.Entry<String, String> header : more.entrySet()) {
      literal(block, header.getKey(), header.getValue());
    }
    send(HEADERS, END_HEADERS | (whole ? END_STREAM : 0), stream, block.toByteArray());
  }

  /** Takes a request back. */
  public void reset(int stream) throws IOException {
    send(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
  }

  /** The next frame of a kind, skipping others; null if the server closes the connection before. */
  public @Nullable Frame await(Predicate<Frame> wanted) throws IOException {
    try {
      while (true) {
        Frame frame = read();
        if (frame.type() == SETTINGS && frame.flags() != ACK) {
          send(SETTINGS, ACK, 0, new byte[0]);
        }
        if (wanted.test(frame)) {
          return frame;
        }
      }
    } catch (EOFException | SocketException closed) {
      return null;
    }
  }

  private Frame read() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(type, flags, stream, payload);
  }

  /** RFC 7541, 6.2.3, without Huffman's code. */
  private static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(0x10);
    text(block, name);
    text(block, value);
  }

  private static void text(ByteArrayOutputStream block, String text) {
    int rest = text.length();
    if (rest < 127) {
      block.write(rest);
    } else {
      block.write(127);
      rest -= 127;
      while (rest >= 128) {
        block.write(rest % 128 + 128);
        rest /= 128;
      }
      block.write(rest);
    }
    block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
