package dk.sporlos;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Arrays;

/**
 * A connection between a process and its successor. Reads and writes block, but not for ever; both
 * fail once either side has closed it.
 */
final class Line implements WritableByteChannel {

  /** What the other side takes that has nothing to do but answer. */
  static final Duration ANSWER = Duration.ofSeconds(10);

  private static final int CHUNK = 1 << 16;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;

  /** Takes the channel over. */
  Line(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    this.selector = Selector.open();
    this.key = channel.register(selector, 0);
  }

  void write(int word) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES).putInt(word).flip();
    while (buffer.hasRemaining()) {
      write(buffer);
    }
  }

  /** Writes some of it. */
  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int written = channel.write(bytes);
    if (written == 0 && bytes.hasRemaining()) {
      await(SelectionKey.OP_WRITE, System.nanoTime() + ANSWER.toNanos());
      written = channel.write(bytes);
    }
    return written;
  }

  /**
   * @throws EOFException if the other side has gone
   * @throws IOException also if it says nothing for so long
   */
  int read(Duration patience) throws IOException {
    ByteBuffer word = ByteBuffer.allocate(Integer.BYTES);
    fill(word, patience);
    return word.flip().getInt();
  }

  /** So many bytes, the caller's to zero; what they passed through is zeroed here. */
  byte[] read(int length, Duration patience) throws IOException {
    byte[] bytes = new byte[length];
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    try {
      for (int done = 0; done < length; ) {
        int count = Math.min(CHUNK, length - done);
        fill(chunk.clear().limit(count), patience);
        chunk.flip().get(bytes, done, count);
        done += count;
      }
      return bytes;
    } catch (IOException failure) {
      Arrays.fill(bytes, (byte) 0);
      throw failure;
    } finally {
      chunk.clear().put(new byte[CHUNK]);
    }
  }

  private void fill(ByteBuffer buffer, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer);
      if (count < 0) {
        throw new EOFException("the other process has gone");
      }
      if (count == 0) {
        await(SelectionKey.OP_READ, deadline);
      }
    }
  }

  private void await(int operation, long deadline) throws IOException {
    try {
      long left = deadline - System.nanoTime();
      key.interestOps(operation);
      if (left <= 0 || selector.select(Math.max(1, left / 1_000_000)) == 0) {
        if (channel.isOpen()) {
          throw new IOException("the other process does not answer");
        }
      }
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException | CancelledKeyException closed) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    try (selector) {
      channel.close();
    }
  }
}
