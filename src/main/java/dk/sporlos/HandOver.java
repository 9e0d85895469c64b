package dk.sporlos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dk.sporlos.door.Memories;
import dk.sporlos.door.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands memory over to the next process at the same spool, by a file on a file system that is in
 * memory itself. The file is the owner's only, is read once, and is gone before it is read.
 */
final class HandOver {

  /*
   * What is written is not overwritten with zeros before it is removed: a tmpfs has no blocks that
   * would keep it, and zeros written to it may go to other pages than those that were swapped out.
   * The kernel clears a page before it gives it to another process.
   */
  private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
  private static final String PRIVATE = "rwx------";
  private static final String OWNER_ONLY = "rw-------";
  private static final long MOST_BYTES = 1 << 30;

  private final Memories memories;
  private final Clock clock;
  private final @Nullable Path file;

  private HandOver(Memories memories, Clock clock, @Nullable Path file) {
    this.memories = memories;
    this.clock = clock;
    this.file = file;
  }

  /**
   * @param spool of which there is one for each process that runs
   */
  static HandOver at(Path spool, Memories memories, Clock clock) {
    Path base = firstInMemory(places());
    if (base == null) {
      LOG.warn(
          "visitors are not known again after a restart: neither $XDG_RUNTIME_DIR nor /dev/shm is"
              + " a tmpfs that can be written; --handover none accepts that");
    }
    return new HandOver(memories, clock, base == null ? null : fileIn(base, spool));
  }

  /** Hands nothing over. */
  static HandOver none(Memories memories, Clock clock) {
    return new HandOver(memories, clock, null);
  }

  private static List<Path> places() {
    String own = System.getenv("XDG_RUNTIME_DIR");
    return Stream.of(own, "/dev/shm")
        .filter(Objects::nonNull)
        .filter(place -> !place.isEmpty())
        .map(Path::of)
        .toList();
  }

  /** The first of these that is in memory and can be written to. */
  static @Nullable Path firstInMemory(List<Path> places) {
    return places.stream().filter(HandOver::isInMemory).findFirst().orElse(null);
  }

  private static boolean isInMemory(Path place) {
    try {
      return Files.isWritable(place) && IN_MEMORY.contains(Files.getFileStore(place).type());
    } catch (IOException unknown) {
      return false;
    }
  }

  /** In a directory of the spool's own; its name does not say where that is. */
  static Path fileIn(Path base, Path spool) {
    String name = HexFormat.of().formatHex(sha256(spool), 0, 16);
    return base.resolve("sporlos-" + name).resolve("memory");
  }

  /** Takes what the predecessor left; false if that is nothing, or not all. */
  boolean take() {
    byte[] bytes = null;
    try {
      bytes = file == null ? null : readOnce(file);
      return bytes != null && memories.take(bytes, clock.instant());
    } catch (Memories.RefusedException refused) {
      LOG.warn(
          "what the process before this one handed over is not taken: {}", refused.getMessage());
    } catch (IOException failure) {
      LOG.warn("what the process before this one handed over cannot be read: {}", said(failure));
    } finally {
      if (bytes != null) {
        Arrays.fill(bytes, (byte) 0);
      }
    }
    return false;
  }

  /** Leaves all to the successor; false if it could not. Nothing may be under way any more. */
  boolean leave() {
    if (file == null) {
      return false;
    }
    try (SecretBytes bytes = memories.write(clock.instant())) {
      makePrivate(Objects.requireNonNull(file.getParent()));
      Files.deleteIfExists(file);
      write(bytes, file);
      return true;
    } catch (IOException | RuntimeException failure) {
      LOG.warn("memory is not handed over, visitors of today may count twice: {}", said(failure));
      return false;
    }
  }

  private static void write(SecretBytes bytes, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)))) {
      bytes.writeTo(channel);
    } catch (IOException failure) {
      Files.deleteIfExists(file);
      throw failure;
    }
  }

  private static void makePrivate(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
    }
    checkOwn(directory, PRIVATE);
  }

  /** Whoever else could write there could choose the keys. */
  private static void checkOwn(Path path, String permissions) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Path own = Path.of("/proc/self");
    boolean isOwn =
        !Files.exists(own) || Files.getOwner(own.toRealPath()).equals(attributes.owner());
    if (!isOwn || !attributes.permissions().equals(PosixFilePermissions.fromString(permissions))) {
      throw new IOException(path + " is not this user's alone");
    }
  }

  private static byte @Nullable [] readOnce(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    checkOwn(Objects.requireNonNull(file.getParent()), PRIVATE);
    checkOwn(file, OWNER_ONLY);
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      Files.delete(file);
      if (channel.size() > MOST_BYTES) {
        throw new IOException("it is too large");
      }
      return read(channel);
    } catch (NoSuchFileException taken) {
      return null;
    }
  }

  private static byte[] read(FileChannel channel) throws IOException {
    byte[] bytes = new byte[(int) channel.size()];
    ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 16);
    int length = 0;
    while (length < bytes.length && channel.read(chunk.clear()) > 0) {
      int count = Math.min(chunk.flip().remaining(), bytes.length - length);
      chunk.get(bytes, length, count);
      length += count;
    }
    chunk.clear().put(new byte[chunk.capacity()]);
    return bytes;
  }

  private static byte[] sha256(Path path) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(path.toAbsolutePath().normalize().toString().getBytes(UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** Not with what an exception of reading may quote. */
  private static String said(Exception failure) {
    return failure instanceof IOException ? String.valueOf(failure.getMessage()) : "it is damaged";
  }
}
