package dk.sporlos.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of the spool that is read. */
final class Segment {
  static final int HEADER = 8;

  /** What every file begins with, the last byte being the version. */
  static final long MAGIC = 0x5350_4f52_4c4f_5301L;

  private final Path file;
  private final byte[] bytes;
  private final List<RecordFormat.Found.Whole> records;
  private final boolean damaged;

  private Segment(
      Path file, byte[] bytes, List<RecordFormat.Found.Whole> records, boolean damaged) {
    this.file = file;
    this.bytes = bytes;
    this.records = records;
    this.damaged = damaged;
  }

  /**
   * Reads a file. What a crash left unfinished at its end is passed over: nobody was promised it.
   */
  static Segment read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<RecordFormat.Found.Whole> records = new ArrayList<>();
    boolean damaged = bytes.length >= HEADER && !beginsRight(bytes);
    int at = Math.min(HEADER, bytes.length);
    RecordFormat.@Nullable Found found = RecordFormat.find(bytes, at);
    while (found != null) {
      if (found instanceof RecordFormat.Found.Whole whole) {
        records.add(whole);
        at = whole.to();
      } else {
        int next = next(bytes, at + 1);
        damaged |= found instanceof RecordFormat.Found.Damaged || next < bytes.length;
        at = next;
      }
      found = RecordFormat.find(bytes, at);
    }
    return new Segment(file, bytes, List.copyOf(records), damaged);
  }

  /** Where the next whole record begins; the end of the file if there is none. */
  private static int next(byte[] bytes, int from) {
    int at = RecordFormat.nextMark(bytes, from);
    while (at < bytes.length
        && !(RecordFormat.find(bytes, at) instanceof RecordFormat.Found.Whole)) {
      at = RecordFormat.nextMark(bytes, at + 1);
    }
    return at;
  }

  private static boolean beginsRight(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong(0) == MAGIC;
  }

  Path file() {
    return file;
  }

  /** How long the file is. */
  int size() {
    return bytes.length;
  }

  /** How many batches were found whole. */
  int batches() {
    return records.size();
  }

  /** A batch, counted from 0 in the order in which they were written. */
  Batch batch(int number) throws DamagedException {
    return RecordFormat.read(bytes, records.get(number));
  }

  /** Whether something is in the file that was not written so. */
  boolean isDamaged() {
    return damaged;
  }

  /** When the oldest hit of any batch was received; null if there is none. */
  @Nullable Instant oldest() {
    return records.stream()
        .map(RecordFormat.Found.Whole::oldest)
        .min(Instant::compareTo)
        .orElse(null);
  }
}
