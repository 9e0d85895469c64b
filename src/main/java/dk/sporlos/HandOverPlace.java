package dk.sporlos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory in which the processes at one spool, of which one follows the other, find each
 * other: in memory, and its owner's alone. Its name does not say where the spool is.
 */
record HandOverPlace(Path directory) {
  static final String OWNER_ONLY = "rw-------";

  private static final Logger LOG = LoggerFactory.getLogger(HandOverPlace.class);
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
  private static final String PRIVATE = "rwx------";
  private static final Pattern NAME = Pattern.compile("sporlos-[0-9a-f]{32}");

  /** That of a spool; null, and a line in the log, if nothing here is in memory. */
  static @Nullable HandOverPlace of(Path spool) {
    Path base = firstInMemory(places());
    if (base == null) {
      LOG.warn(
          "visitors are not known again after a restart: neither $XDG_RUNTIME_DIR nor /dev/shm is"
              + " a tmpfs that can be written; --handover none accepts that");
      return null;
    }
    return in(base, spool);
  }

  static HandOverPlace in(Path base, Path spool) {
    return new HandOverPlace(
        base.resolve("sporlos-" + HexFormat.of().formatHex(sha256(spool), 0, 16)));
  }

  /** Those of all spools, wherever they could be. */
  static List<HandOverPlace> all() throws IOException {
    List<HandOverPlace> all = new ArrayList<>();
    for (Path base : places()) {
      if (isInMemory(base)) {
        all.addAll(allIn(base));
      }
    }
    return all;
  }

  static List<HandOverPlace> allIn(Path base) throws IOException {
    try (Stream<Path> directories = Files.list(base)) {
      return directories
          .filter(directory -> NAME.matcher(directory.getFileName().toString()).matches())
          .map(HandOverPlace::new)
          .toList();
    }
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
    return places.stream().filter(HandOverPlace::isInMemory).findFirst().orElse(null);
  }

  private static boolean isInMemory(Path place) {
    try {
      return Files.isWritable(place) && IN_MEMORY.contains(Files.getFileStore(place).type());
    } catch (IOException unknown) {
      return false;
    }
  }

  /** Where memory waits for the next process after this one has ended. */
  Path file() {
    return directory.resolve("memory");
  }

  /** Where a process that runs hears of its successor. */
  Path socket() {
    return directory.resolve("successor");
  }

  /** Sees that the directory is there, and this user's alone. */
  void make() throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
    }
    checkOwn(directory, PRIVATE);
  }

  /**
   * Checks that nobody else could have written there: whoever could might choose the keys.
   *
   * @param path of something in the directory
   */
  void check(Path path) throws IOException {
    checkOwn(directory, PRIVATE);
    checkOwn(path, OWNER_ONLY);
  }

  /** Whether nobody but this user could have written there. */
  boolean isOwn(Path path) {
    try {
      check(path);
      return true;
    } catch (IOException others) {
      return false;
    }
  }

  private static void checkOwn(Path path, String permissions) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    UserPrincipal self = self();
    boolean isOwn = self == null || self.equals(attributes.owner());
    if (!isOwn || !attributes.permissions().equals(PosixFilePermissions.fromString(permissions))) {
      throw new IOException(path + " is not this user's alone");
    }
  }

  /** The user of this process; null on a system that does not say. */
  static @Nullable UserPrincipal self() throws IOException {
    Path own = Path.of("/proc/self");
    return Files.exists(own) ? Files.getOwner(own.toRealPath()) : null;
  }

  private static byte[] sha256(Path path) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(path.toAbsolutePath().normalize().toString().getBytes(UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
