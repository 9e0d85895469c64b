package dk.sporlos.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Data directories for tests, under {@code target}. */
final class TestDirectories {
  private static final Path PARENT = Path.of("target", "test-databases").toAbsolutePath();

  private TestDirectories() {}

  /** A new, empty directory. */
  static Path empty(String name) {
    try {
      Files.createDirectories(PARENT);
      return Files.createTempDirectory(PARENT, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A data directory without data whose programs are those unpacked by an earlier test: that takes
   * longer than everything else.
   */
  static Path withBinaries(String name) {
    try {
      DataDirectory data = DataDirectory.prepared(empty(name));
      data.mark();
      Path binaries = unpacked().directory();
      Files.createSymbolicLink(data.postgresql().resolve(binaries.getFileName()), binaries);
      return data.root();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Binaries unpacked() throws IOException {
    Path shared = PARENT.resolve("shared");
    DataDirectory data = DataDirectory.prepared(shared);
    DirectoryLock lock = lock(data);
    try {
      data.mark();
      return Binaries.unpack(data.postgresql(), Platform.current());
    } finally {
      lock.close();
    }
  }

  private static DirectoryLock lock(DataDirectory data) throws IOException {
    Deadline deadline = Deadline.in(Duration.ofMinutes(1));
    while (!deadline.isPast()) {
      DirectoryLock lock = DirectoryLock.tryAcquire(data, DirectoryLock.Role.COMMAND);
      if (lock != null) {
        return lock;
      }
      deadline.pause();
    }
    throw new IllegalStateException("unpacking takes more than a minute in " + data.root());
  }
}
