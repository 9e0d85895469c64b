package dk.sporlos.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How long the disk takes to make 8 KB durable, as PostgreSQL's log needs at each commit: written
 * over within a file that is there, then fdatasync.
 */
record Fsync(double medianMillis, double p99Millis) {
  private static final int TIMES = 500;
  private static final int BLOCK = 8 * 1024;

  static Fsync measure(Path directory) {
    try {
      Files.createDirectories(directory);
      Path file = Files.createTempFile(directory, "fsync", null);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        channel.write(ByteBuffer.allocate(TIMES * BLOCK));
        channel.force(true);
        Latencies latencies = new Latencies();
        for (int i = 0; i < TIMES; i++) {
          long began = System.nanoTime();
          channel.write(block.clear(), (long) i * BLOCK);
          channel.force(false);
          latencies.record(System.nanoTime() - began);
        }
        return new Fsync(latencies.millis(0.5), latencies.millis(0.99));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "fdatasync of 8 KB: median %.2f ms, p99 %.2f ms".formatted(medianMillis, p99Millis);
  }
}
