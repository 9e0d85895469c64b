package dk.sporlos.door;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** Bytes written to memory that are zeroed in the end. Not safe for use by many threads. */
public final class SecretBytes extends OutputStream {

  /*
   * Chunks, because an array that grows leaves copies of what was in it, which nobody can clear.
   */
  private static final int CHUNK = 1 << 16;

  private final List<byte[]> chunks = new ArrayList<>();
  private int length;

  /** How many there are. */
  public int length() {
    return length;
  }

  @Override
  public void write(int value) {
    room()[length++ % CHUNK] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    int done = 0;
    while (done < count) {
      byte[] chunk = room();
      int part = Math.min(count - done, CHUNK - length % CHUNK);
      System.arraycopy(bytes, offset + done, chunk, length % CHUNK, part);
      done += part;
      length = Math.addExact(length, part);
    }
  }

  /** The chunk in which the next byte goes. */
  private byte[] room() {
    if (length == chunks.size() * CHUNK) {
      chunks.add(new byte[CHUNK]);
    }
    return chunks.get(chunks.size() - 1);
  }

  long checksum() {
    CRC32C checksum = new CRC32C();
    forEach((bytes, count) -> checksum.update(bytes, 0, count));
    return checksum.getValue();
  }

  void writeTo(OutputStream out) throws IOException {
    for (int i = 0; i < chunks.size(); i++) {
      out.write(chunks.get(i), 0, lengthOf(i));
    }
  }

  /** Writes them by way of one buffer outside the heap, and zeroes that. */
  public void writeTo(WritableByteChannel out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
    try {
      for (int i = 0; i < chunks.size(); i++) {
        buffer.clear().put(chunks.get(i), 0, lengthOf(i)).flip();
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
      }
    } finally {
      buffer.clear().put(new byte[CHUNK]);
    }
  }

  /** All in one array, which is the caller's to zero. */
  byte[] copy() {
    ByteBuffer copy = ByteBuffer.allocate(length);
    forEach((bytes, count) -> copy.put(bytes, 0, count));
    return copy.array();
  }

  /** Zeroes them. */
  @Override
  public void close() {
    chunks.forEach(chunk -> Arrays.fill(chunk, (byte) 0));
    chunks.clear();
    length = 0;
  }

  private interface Part {
    void of(byte[] bytes, int count);
  }

  private void forEach(Part part) {
    for (int i = 0; i < chunks.size(); i++) {
      part.of(chunks.get(i), lengthOf(i));
    }
  }

  private int lengthOf(int chunk) {
    return Math.min(CHUNK, length - chunk * CHUNK);
  }
}
