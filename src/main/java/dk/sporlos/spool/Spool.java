package dk.sporlos.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory in which batches wait until the database takes them, in the order in which they came.
 *
 * <p>All methods but the questions about its contents block; they may be called from any thread.
 */
public final class Spool implements AutoCloseable {

  /*
   * Batches are appended to a file until it is full or to be read, and read from the oldest file.
   * Where the reader stands is written nowhere: after a crash it begins at the oldest file again,
   * and the numbers of the batches keep those that were stored before from being stored twice. A
   * file goes once all of its batches are stored; one that is damaged is put aside instead.
   */
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private static final int SEGMENT_BYTES = 16 * 1024 * 1024;

  /** A file that waits to be read. */
  private record Waiting(Path file, long bytes, int batches, @Nullable Instant oldest) {}

  /**
   * What is in a spool.
   *
   * @param bytes of its files
   * @param batches not known to be stored
   * @param oldest when the oldest hit of them was received; null if there is none
   * @param damagedFiles how many files have been put aside because they are damaged
   */
  public record Contents(long bytes, int batches, @Nullable Instant oldest, int damagedFiles) {}

  private final SpoolDirectory directory;
  private final long capacity;
  private final int segmentBytes;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private @Nullable SegmentWriter writing;
  private @Nullable Reading reading;
  private long lastNumber;
  private int damagedFiles;
  private volatile boolean full;
  private volatile boolean stuck;
  private volatile boolean unwritable;
  private volatile Contents contents = new Contents(0, 0, null, 0);

  private Spool(SpoolDirectory directory, long capacity, int segmentBytes) {
    this.directory = directory;
    this.capacity = capacity;
    this.segmentBytes = segmentBytes;
  }

  /**
   * Takes possession of a directory, which is made if there is none, and of the batches in it.
   *
   * @param capacity how many bytes it may hold
   * @throws dk.sporlos.database.DatabaseException if it cannot be used, or another process has it
   */
  public static Spool open(Path path, long capacity) {
    return open(path, capacity, SEGMENT_BYTES);
  }

  static Spool open(Path path, long capacity, int segmentBytes) {
    SpoolDirectory directory = SpoolDirectory.open(path);
    Spool spool = new Spool(directory, capacity, segmentBytes);
    try {
      spool.findFiles();
      return spool;
    } catch (IOException failure) {
      directory.close();
      throw SpoolDirectory.unusable(path, failure);
    }
  }

  /** Whether some process has that directory now. */
  public static boolean isInUse(Path path) throws IOException {
    return SpoolDirectory.isInUse(path);
  }

  private synchronized void findFiles() throws IOException {
    damagedFiles = directory.damagedFiles();
    for (Path file : directory.segments()) {
      lastNumber = Math.max(lastNumber, SpoolDirectory.number(file));
      Segment segment = Segment.read(file);
      if (segment.batches() == 0 && !segment.isDamaged()) {
        Files.delete(file);
      } else if (segment.batches() == 0) {
        directory.putAside(file);
        damagedFiles++;
      } else {
        waiting.add(new Waiting(file, segment.size(), segment.batches(), segment.oldest()));
      }
    }
    lastNumber = Math.max(lastNumber, directory.lastDamagedNumber());
    look();
  }

  /** Random number of this spool, the same for every process that has it. */
  public UUID id() {
    return directory.id();
  }

  /** What is in it now. Does not block. */
  public Contents contents() {
    return contents;
  }

  /** Whether it has refused a batch for want of room and none has come since. Does not block. */
  public boolean isFull() {
    return full || contents.bytes() >= capacity;
  }

  /** Whether the disk did not obey when it was last written to. Does not block. */
  public boolean isUnwritable() {
    return unwritable;
  }

  /**
   * Whether the disk did not obey when it was last read from, so that what waits in it says nothing
   * about the database. Does not block.
   */
  public boolean isStuck() {
    return stuck;
  }

  /** Whether nothing waits in it. Does not block. */
  public boolean isEmpty() {
    return contents.batches() == 0;
  }

  /**
   * Adds a batch; it is durable when this returns.
   *
   * @param although whether to take it although the spool is full: a batch that may have been
   *     stored has to be kept until that is known
   * @throws SpoolFullException if there is no room for it
   */
  public synchronized void append(Batch batch, boolean although) throws IOException {
    ByteBuffer record = RecordFormat.write(batch);
    if (!although && contents.bytes() + record.remaining() > capacity) {
      full = true;
      throw new SpoolFullException();
    }
    try {
      append(record, batch.oldest());
      unwritable = false;
    } catch (IOException failure) {
      unwritable = true;
      throw failure;
    }
  }

  private void append(ByteBuffer record, Instant oldest) throws IOException {
    SegmentWriter writer = writing;
    if (writer != null && writer.size() + record.remaining() > segmentBytes) {
      finishWriting(writer);
      writer = null;
    }
    if (writer == null) {
      writer = begin();
    }
    try {
      writer.append(record, oldest);
    } catch (IOException failure) {
      // Nobody knows what of it is on the disk, so nothing is added behind it.
      finishWriting(writer);
      throw failure;
    } finally {
      look();
    }
  }

  private SegmentWriter begin() throws IOException {
    lastNumber++;
    SegmentWriter begun = SegmentWriter.create(directory.segment(lastNumber));
    try {
      directory.sync();
    } catch (IOException failure) {
      begun.abandon(failure);
      throw failure;
    }
    writing = begun;
    return begun;
  }

  /** Tries whether it can be written to again, if it could not. */
  public synchronized void tryAgain() throws IOException {
    if (unwritable) {
      if (writing == null) {
        begin();
        look();
      }
      unwritable = false;
    }
  }

  private void finishWriting(SegmentWriter writer) throws IOException {
    writing = null;
    writer.close();
    if (writer.batches() == 0) {
      Files.deleteIfExists(writer.file());
    } else {
      waiting.add(new Waiting(writer.file(), writer.size(), writer.batches(), writer.oldest()));
    }
  }

  /** The oldest batch; null if there is none. It stays until it is said to be stored. */
  public synchronized @Nullable Batch oldest() throws IOException {
    try {
      Batch oldest = findOldest();
      stuck = false;
      return oldest;
    } catch (IOException failure) {
      stuck = true;
      throw failure;
    }
  }

  private @Nullable Batch findOldest() throws IOException {
    while (true) {
      Reading current = reading == null ? beginReading() : reading;
      if (current == null) {
        return null;
      }
      Batch batch = current.next();
      if (batch != null) {
        return batch;
      }
      endReading(current);
    }
  }

  private @Nullable Reading beginReading() throws IOException {
    if (waiting.isEmpty() && writing != null) {
      finishWriting(writing);
    }
    Waiting oldest = waiting.peek();
    try {
      reading = oldest == null ? null : Reading.of(oldest.file());
      return reading;
    } catch (NoSuchFileException removed) {
      LOG.warn("a file of the spool was removed by somebody, with the batches in it");
      waiting.remove();
      look();
      return beginReading();
    }
  }

  private void endReading(Reading read) throws IOException {
    if (read.isDamaged()) {
      directory.putAside(read.file());
      damagedFiles++;
    } else {
      Files.deleteIfExists(read.file());
    }
    waiting.remove();
    reading = null;
    full = false;
    look();
    // Last, for it fails where somebody has removed the directory.
    directory.sync();
  }

  /** Says that the oldest batch is stored. */
  public synchronized void stored() throws IOException {
    Reading current = Objects.requireNonNull(reading, "a batch has been read before it is stored");
    current.stored();
    if (current.isOver()) {
      endReading(current);
    } else {
      look();
    }
  }

  /** Says that the oldest batch can never be stored: its file will be put aside, not removed. */
  public synchronized void unfit() throws IOException {
    Objects.requireNonNull(reading, "a batch has been read before it is stored").damaged();
    stored();
  }

  /** How many damaged files were last written to before an instant. */
  public synchronized int damagedBefore(Instant instant) throws IOException {
    return directory.damagedFilesBefore(instant).size();
  }

  /** Removes the damaged files that were last written to before an instant. */
  public synchronized void forgetDamaged(Instant instant) throws IOException {
    for (Path file : directory.damagedFilesBefore(instant)) {
      Files.deleteIfExists(file);
    }
    damagedFiles = directory.damagedFiles();
    look();
    directory.sync();
  }

  private void look() {
    SegmentWriter writer = writing;
    long bytes = writer == null ? 0 : writer.size();
    int batches = writer == null ? 0 : writer.batches();
    Instant oldest = writer == null ? null : writer.oldest();
    for (Waiting file : waiting) {
      bytes += file.bytes();
      batches += file.batches();
      Instant other = file.oldest();
      oldest = oldest == null || (other != null && other.isBefore(oldest)) ? other : oldest;
    }
    int done = reading == null ? 0 : reading.done();
    contents = new Contents(bytes, batches - done, oldest, damagedFiles);
  }

  /** Gives the directory back. What waits in it stays there. */
  @Override
  public synchronized void close() throws IOException {
    try (directory) {
      if (writing != null) {
        finishWriting(writing);
      }
    }
  }
}
