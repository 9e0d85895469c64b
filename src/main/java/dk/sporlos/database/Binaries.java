package dk.sporlos.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path.
 *
 * @param directory holds {@code bin}, {@code lib} and {@code share}
 */
record Binaries(Path directory) {
  private static final String PREFIX = "binaries-";
  private static final String VERSION = version();

  /** Major version of the programs, as {@code PG_VERSION} in a cluster has it. */
  static String majorVersion() {
    return VERSION.substring(0, VERSION.indexOf('.'));
  }

  /**
   * Does nothing if there are programs for a platform.
   *
   * @throws DatabaseException if there are none
   */
  static void requireFor(Platform platform) {
    if (Binaries.class.getResource(archive(platform)) == null) {
      throw new DatabaseException(
          "This build has no PostgreSQL for %s: start one yourself and name it with --database."
              .formatted(platform.name()));
    }
  }

  private static String archive(Platform platform) {
    return "/postgres-" + platform.name() + ".txz";
  }

  /**
   * The programs for a platform, unpacked into a directory of their own if they are not yet. The
   * directory gets its name last, so what is there under that name is complete.
   */
  static Binaries unpack(Path parent, Platform platform) throws IOException {
    Path finished = parent.resolve(PREFIX + VERSION + "-" + platform.name());
    if (!Files.isDirectory(finished)) {
      Path unfinished = finished.resolveSibling(finished.getFileName() + ".new");
      Directories.remove(unfinished);
      requireFor(platform);
      try (InputStream packed = Binaries.class.getResourceAsStream(archive(platform))) {
        extract(new XZInputStream(new BufferedInputStream(packed)), unfinished);
      }
      Directories.finish(unfinished, finished);
    }
    return new Binaries(finished);
  }

  /** Unpacks a tar archive into a new directory, with links and permissions. */
  static void extract(InputStream tar, Path directory) throws IOException {
    Files.createDirectories(directory);
    try (TarArchiveInputStream entries = new TarArchiveInputStream(tar)) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        Path target = inside(directory, directory.resolve(entry.getName()), entry);
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
          inside(directory, target.resolveSibling(entry.getLinkName()), entry);
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
          write(entries, target);
          Files.setPosixFilePermissions(target, permissions(entry.getMode()));
        } else {
          throw new IOException("an archive entry of unknown kind: " + entry.getName());
        }
      }
    }
  }

  private static Path inside(Path directory, Path target, TarArchiveEntry entry)
      throws IOException {
    Path normal = target.normalize();
    if (!normal.startsWith(directory.normalize())) {
      throw new IOException("an archive entry that leads outside: " + entry.getName());
    }
    return normal;
  }

  private static void write(InputStream content, Path target) throws IOException {
    try (FileChannel channel =
        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      content.transferTo(Channels.newOutputStream(channel));
      channel.force(/* metaData= */ true);
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    PosixFilePermission[] highestFirst = PosixFilePermission.values();
    return IntStream.range(0, highestFirst.length)
        .filter(bit -> (mode & (1 << (highestFirst.length - 1 - bit))) != 0)
        .mapToObj(bit -> highestFirst[bit])
        .collect(Collectors.toSet());
  }

  /** Removes the programs of other versions, and what a crash left of unpacking. */
  void removeOthers() throws IOException {
    try (DirectoryStream<Path> others =
        Files.newDirectoryStream(directory.resolveSibling(""), PREFIX + "*")) {
      for (Path other : others) {
        if (!other.equals(directory)) {
          Directories.remove(other);
        }
      }
    }
  }

  /** Path of a program. */
  String program(String name) {
    return directory.resolve("bin").resolve(name).toString();
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream stream = Binaries.class.getResourceAsStream("binaries.properties")) {
      properties.load(stream);
    } catch (IOException e) {
      throw new IllegalStateException("binaries.properties cannot be read", e);
    }
    return properties.getProperty("version");
  }
}
