package dk.sporlos.spool;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A batch as it lies in a file of the spool.
 *
 * <p>Four numbers of 32 bits: a mark, the length of what follows them, that length with every bit
 * turned, CRC-32C of what follows. Then the batch's number, when its oldest hit was received, and
 * its hits as {@link HitFormat} has them.
 */
final class RecordFormat {

  /*
   * The mark lets a reader find the next record behind one that is damaged. The length stands twice
   * so that a record that a crash cut short, which nobody was promised, is told from one whose length
   * was altered.
   */
  static final int HEADER = 16;
  private static final int MARK = 0x53704f72;
  private static final int BEFORE_HITS = 24;

  /** Far more than a batch may have. */
  private static final int LONGEST = 64 * 1024 * 1024;

  /** What is found at a place in a file. */
  sealed interface Found {

    /** The record of a batch. */
    record Whole(int from, int to, Instant oldest) implements Found {}

    /** The beginning of a record whose end was never written. */
    record Torn() implements Found {}

    /** Something else. */
    record Damaged() implements Found {}
  }

  private RecordFormat() {}

  /** The bytes of a batch. */
  static ByteBuffer write(Batch batch) {
    byte[] hits = HitFormat.write(batch.hits());
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + BEFORE_HITS + hits.length);
    bytes.position(HEADER);
    bytes.putLong(batch.id().getMostSignificantBits());
    bytes.putLong(batch.id().getLeastSignificantBits());
    bytes.putLong(batch.oldest().getEpochSecond());
    bytes.put(hits);
    int length = bytes.position() - HEADER;
    bytes.putInt(0, MARK);
    bytes.putInt(4, length);
    bytes.putInt(8, ~length);
    bytes.putInt(12, checksum(bytes.array(), HEADER, length));
    return bytes.flip();
  }

  /** The batch of a record that was found whole. */
  static Batch read(byte[] file, Found.Whole record) throws DamagedException {
    ByteBuffer in = ByteBuffer.wrap(file);
    in.position(record.from() + HEADER);
    UUID id = new UUID(in.getLong(), in.getLong());
    byte[] hits = Arrays.copyOfRange(file, record.from() + HEADER + BEFORE_HITS, record.to());
    try {
      return new Batch(id, HitFormat.read(hits));
    } catch (IllegalArgumentException empty) {
      throw new DamagedException("a batch without hits");
    }
  }

  /** What is at a place; null at the end of the file. */
  static @Nullable Found find(byte[] file, int from) {
    int left = file.length - from;
    if (left == 0) {
      return null;
    }
    if (isZero(file, from)) {
      return new Found.Torn();
    }
    if (left < HEADER) {
      return beginsLikeARecord(file, from) ? new Found.Torn() : new Found.Damaged();
    }
    ByteBuffer in = ByteBuffer.wrap(file);
    int length = in.getInt(from + 4);
    if (in.getInt(from) != MARK
        || length != ~in.getInt(from + 8)
        || length <= BEFORE_HITS
        || length > LONGEST) {
      return new Found.Damaged();
    }
    if (length > left - HEADER) {
      return new Found.Torn();
    }
    if (checksum(file, from + HEADER, length) != in.getInt(from + 12)) {
      return new Found.Damaged();
    }
    long oldest = in.getLong(from + HEADER + 16);
    return new Found.Whole(from, from + HEADER + length, Instant.ofEpochSecond(oldest));
  }

  /** The place of the first mark from one place on; the end of the file if there is none. */
  static int nextMark(byte[] file, int from) {
    ByteBuffer in = ByteBuffer.wrap(file);
    for (int at = from; at <= file.length - HEADER; at++) {
      if (in.getInt(at) == MARK) {
        return at;
      }
    }
    return file.length;
  }

  private static boolean beginsLikeARecord(byte[] file, int from) {
    byte[] mark = ByteBuffer.allocate(Integer.BYTES).putInt(MARK).array();
    int length = Math.min(mark.length, file.length - from);
    return Arrays.equals(file, from, from + length, mark, 0, length);
  }

  private static boolean isZero(byte[] file, int from) {
    for (int at = from; at < file.length; at++) {
      if (file[at] != 0) {
        return false;
      }
    }
    return true;
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, from, length);
    return (int) checksum.getValue();
  }
}
