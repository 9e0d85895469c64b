package dk.sporlos.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file of the spool that is written, which only its owner may read. */
final class SegmentWriter implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private long size;
  private int batches;
  private @Nullable Instant oldest;

  private SegmentWriter(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Makes a file. Its name is durable once the directory is synced. */
  static SegmentWriter create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    SegmentWriter writer = new SegmentWriter(file, channel);
    try {
      writer.write(ByteBuffer.allocate(Segment.HEADER).putLong(Segment.MAGIC).flip());
      return writer;
    } catch (IOException failure) {
      writer.abandon(failure);
      throw failure;
    }
  }

  /** Leaves nothing of a file that could not be begun: on a full disk there would be thousands. */
  void abandon(IOException failure) {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException worse) {
      failure.addSuppressed(worse);
    }
  }

  /** Adds a batch, durably. If that fails nothing of it is left, as far as the disk obeys. */
  void append(ByteBuffer record, Instant oldestOfBatch) throws IOException {
    long before = size;
    try {
      write(record);
      channel.force(/* metaData= */ false);
      if (!Files.exists(file)) {
        // Writing goes well also after somebody has removed it.
        throw new NoSuchFileException(file.toString());
      }
    } catch (IOException failure) {
      takeBack(before, failure);
      throw failure;
    }
    batches++;
    oldest = oldest == null || oldestOfBatch.isBefore(oldest) ? oldestOfBatch : oldest;
  }

  private void takeBack(long before, IOException failure) {
    try {
      channel.truncate(before);
      channel.force(/* metaData= */ true);
      size = before;
    } catch (IOException worse) {
      failure.addSuppressed(worse);
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      size += channel.write(bytes, size);
    }
  }

  Path file() {
    return file;
  }

  long size() {
    return size;
  }

  int batches() {
    return batches;
  }

  @Nullable Instant oldest() {
    return oldest;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
