package dk.sporlos.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** All that a process hands over to its successor, as one run of bytes. */
public final class Memories {

  /*
   * A sign, the form's version, the time of writing; then of each memory its name, version, length
   * and bytes; a checksum of all that in the end. All is read and checked before anything is taken,
   * so what is cut short or damaged changes nothing. A memory that the successor does not know, or
   * knows in another version, is passed over.
   */
  private static final int SIGN = 0x53504f52;
  private static final int VERSION = 1;
  private static final int HEADER = 2 * Integer.BYTES + Long.BYTES + Integer.BYTES;
  private static final int MOST_MEMORIES = 100;

  /** What was handed over longer ago is not believed: too much has gone unseen since. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  private final List<Memory> memories;

  public Memories(List<Memory> memories) {
    this.memories = List.copyOf(memories);
  }

  /** The names of all that is handed over. */
  public List<String> names() {
    return memories.stream().map(Memory::name).toList();
  }

  /** Why nothing was taken. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String why) {
      super(why);
    }
  }

  /** Writes all; the caller closes it, which zeroes it. Nothing may be under way any more. */
  public SecretBytes write(Instant now) {
    SecretBytes bytes = new SecretBytes();
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(SIGN);
      out.writeInt(VERSION);
      out.writeLong(now.toEpochMilli());
      out.writeInt(memories.size());
      for (Memory memory : memories) {
        write(memory, out);
      }
      out.writeLong(bytes.checksum());
      return bytes;
    } catch (IOException failure) {
      bytes.close();
      throw new UncheckedIOException(failure);
    }
  }

  private static void write(Memory memory, DataOutputStream out) throws IOException {
    try (SecretBytes content = new SecretBytes()) {
      memory.writeTo(new DataOutputStream(content));
      byte[] name = memory.name().getBytes(UTF_8);
      out.writeInt(name.length);
      out.write(name);
      out.writeInt(memory.version());
      out.writeInt(content.length());
      content.writeTo(out);
    }
  }

  /**
   * Takes what a predecessor wrote.
   *
   * @param bytes the caller's to zero
   * @return whether that is all there is to know; false if a part was of another version
   * @throws RefusedException if nothing was taken
   */
  public boolean take(byte[] bytes, Instant now) throws RefusedException {
    List<Runnable> parts = new ArrayList<>();
    try {
      read(bytes, now, parts);
    } catch (RuntimeException damaged) {
      // Not said with its message or cause, which may quote what was read.
      throw new RefusedException("it is damaged");
    }
    parts.forEach(Runnable::run);
    return parts.size() == memories.size();
  }

  private void read(byte[] bytes, Instant now, List<Runnable> parts) throws RefusedException {
    if (bytes.length < HEADER + Long.BYTES) {
      throw new RefusedException("it is cut short");
    }
    int end = bytes.length - Long.BYTES;
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, end);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getLong(end) != checksum.getValue() || in.getInt() != SIGN) {
      throw new RefusedException("it is cut short or damaged");
    }
    if (in.getInt() != VERSION) {
      throw new RefusedException("it is of another version");
    }
    Instant written = Instant.ofEpochMilli(in.getLong());
    if (written.plus(LONGEST).isBefore(now) || written.minus(LONGEST).isAfter(now)) {
      throw new RefusedException("it was written at " + written + ", too far from now");
    }
    in.limit(end);
    Map<String, Memory> known = new HashMap<>();
    memories.forEach(memory -> known.put(memory.name(), memory));
    int count = Bounds.count(in.getInt(), MOST_MEMORIES);
    for (int i = 0; i < count; i++) {
      Memory memory = known.remove(Bounds.text(in));
      int version = in.getInt();
      ByteBuffer content = Bounds.slice(in);
      if (memory != null && memory.version() == version) {
        parts.add(memory.read(content));
        if (content.hasRemaining()) {
          throw new RefusedException("it is damaged");
        }
      }
    }
    if (in.hasRemaining()) {
      throw new RefusedException("it is damaged");
    }
  }
}
