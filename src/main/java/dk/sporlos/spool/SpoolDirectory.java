package dk.sporlos.spool;

import dk.sporlos.database.DatabaseException;
import dk.sporlos.database.Directories;
import dk.sporlos.database.OwnerOnlyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The directory of a spool, which one process owns at a time, and the names of the files in it. */
final class SpoolDirectory implements AutoCloseable {
  private static final Pattern SEGMENT = Pattern.compile("(\\d{19})\\.spool");
  private static final Pattern DAMAGED = Pattern.compile("(\\d{19})\\.damaged");

  private final Path path;
  private final FileChannel lock;
  private final UUID id;

  private SpoolDirectory(Path path, FileChannel lock, UUID id) {
    this.path = path;
    this.lock = lock;
    this.id = id;
  }

  /**
   * Takes possession of a directory, which is made if there is none.
   *
   * @throws DatabaseException if that cannot be
   */
  static SpoolDirectory open(Path given) {
    Path path = given.toAbsolutePath().normalize();
    try {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Directories.sync(path.getParent());
      FileChannel lock = lock(path);
      try {
        return new SpoolDirectory(path, lock, id(path.resolve("id")));
      } catch (IOException | RuntimeException failure) {
        lock.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw unusable(path, failure);
    }
  }

  /** Whether some process owns the directory; false if there is none yet. */
  static boolean isInUse(Path given) throws IOException {
    Path file = given.toAbsolutePath().normalize().resolve("lock");
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException ofThisProcess) {
      return true;
    }
  }

  static DatabaseException unusable(Path path, IOException failure) {
    return new DatabaseException(
        "The spool %s cannot be used (%s): correct that, or name another directory with --spool."
            .formatted(path, failure.getClass().getSimpleName().replace("Exception", "")),
        failure);
  }

  /* The lock is the operating system's, so a killed process leaves none behind. */
  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve("lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException ofThisProcess) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new DatabaseException(
          "The spool %s is in use by another process: stop that one, or name another directory with --spool."
              .formatted(path));
    }
    return channel;
  }

  private static UUID id(Path file) throws IOException {
    if (!Files.exists(file)) {
      OwnerOnlyFile.write(file, UUID.randomUUID() + "\n");
    }
    try {
      return UUID.fromString(Files.readString(file).strip());
    } catch (IllegalArgumentException noId) {
      throw new DatabaseException(
          "The file %s is damaged: remove it, and a new one is made.".formatted(file));
    }
  }

  UUID id() {
    return id;
  }

  Path segment(long number) {
    return path.resolve("%019d.spool".formatted(number));
  }

  /** The files that hold batches, the oldest first. */
  List<Path> segments() throws IOException {
    return files(SEGMENT);
  }

  int damagedFiles() throws IOException {
    return files(DAMAGED).size();
  }

  /** The files put aside that were last written to before an instant. */
  List<Path> damagedFilesBefore(Instant instant) throws IOException {
    FileTime limit = FileTime.from(instant);
    List<Path> old = new ArrayList<>();
    for (Path file : files(DAMAGED)) {
      if (Files.getLastModifiedTime(file).compareTo(limit) < 0) {
        old.add(file);
      }
    }
    return old;
  }

  long lastDamagedNumber() throws IOException {
    return files(DAMAGED).stream().mapToLong(SpoolDirectory::number).max().orElse(0);
  }

  static long number(Path file) {
    return Long.parseLong(file.getFileName().toString().substring(0, 19));
  }

  private List<Path> files(Pattern name) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> name.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  /** Gives a file a name under which it is not read again. */
  void putAside(Path segment) throws IOException {
    String name = segment.getFileName().toString().replace(".spool", ".damaged");
    Files.move(segment, segment.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
    sync();
  }

  /** Makes the names in the directory durable. */
  void sync() throws IOException {
    Directories.sync(path);
  }

  /** Gives it back. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    }
  }
}
