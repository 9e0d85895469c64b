package dk.sporlos.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A directory in which everything is that Sporløs keeps, and where in it each thing is.
 *
 * @param root absolute
 */
record DataDirectory(Path root) {
  private static final String FORMAT = "sporlos 1";

  /**
   * What may be in a directory before it is marked as ours: the beginnings of marking it, and what
   * a process leaves there that has a database elsewhere.
   */
  private static final Set<String> NEUTRAL =
      Set.of("lock", "format.new", "lost+found", "spool", Installation.MARK);

  /**
   * A directory of ours, or one that can become ours; created if it does not exist.
   *
   * @throws DatabaseException if it is something else, or may not be written to
   */
  static DataDirectory prepared(Path path) throws IOException {
    DataDirectory directory = new DataDirectory(path.toAbsolutePath().normalize());
    directory.create();
    directory.check();
    return directory;
  }

  /**
   * A directory that is ours already.
   *
   * @throws DatabaseException if it is not
   */
  static DataDirectory existing(Path path) throws IOException {
    DataDirectory directory = new DataDirectory(path.toAbsolutePath().normalize());
    if (!Files.exists(directory.format())) {
      throw new DatabaseException(
          "There is no data of Sporløs in %s: name its directory with --data, or make one with the command serve."
              .formatted(directory.root));
    }
    directory.check();
    return directory;
  }

  private void create() {
    if (Files.isDirectory(root)) {
      return;
    }
    try {
      Path parent = root.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(root)) {
        throw new DatabaseException(
            "The data directory %s cannot be made, for %s is a file: name another with --data."
                .formatted(root, e.getFile()));
      }
    } catch (IOException e) {
      throw new DatabaseException(
          "The data directory %s cannot be made (%s): name another with --data, or make it yourself and give it to this user."
              .formatted(root, reason(e)),
          e);
    }
  }

  private void check() throws IOException {
    if (!Files.isReadable(root) || !Files.isExecutable(root) || !Files.isWritable(root)) {
      throw new DatabaseException(
          "The data directory %s may not be written to: it belongs to %s. Start Sporløs as that user, or name another directory with --data."
              .formatted(root, Files.getOwner(root).getName()));
    }
    if (Files.exists(format())) {
      checkFormat();
    } else {
      checkEmpty();
    }
  }

  private void checkFormat() throws IOException {
    if (!Files.getAttribute(format(), "unix:uid").equals((int) new UnixSystem().getUid())) {
      String owner = Files.getOwner(format()).getName();
      throw new DatabaseException(
          "The data directory %s belongs to %s: start Sporløs as that user (as root: runuser -u %s -- java -jar …)."
              .formatted(root, owner, owner));
    }
    String found = Files.readString(format()).strip();
    if (!found.equals(FORMAT)) {
      throw new DatabaseException(
          "The data directory %s has the format \"%s\" where this version of Sporløs knows \"%s\": start the version that made it."
              .formatted(root, found.lines().findFirst().orElse(""), FORMAT));
    }
  }

  private void checkEmpty() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        if (!NEUTRAL.contains(entry.getFileName().toString())) {
          throw new DatabaseException(
              "The directory %s is not empty and not Sporløs's (it has no file named format): name another with --data."
                  .formatted(root));
        }
      }
    }
  }

  /** Marks the directory as ours. To be called by the owner of its lock. */
  void mark() throws IOException {
    if (!Files.exists(format())) {
      OwnerOnlyFile.write(format(), FORMAT + "\n");
    }
    Files.createDirectories(log());
  }

  private Path format() {
    return root.resolve("format");
  }

  Path lock() {
    return root.resolve("lock");
  }

  Path postgresql() {
    return root.resolve("postgresql");
  }

  Path cluster() {
    return postgresql().resolve("cluster");
  }

  Path password() {
    return postgresql().resolve("password");
  }

  Path port() {
    return postgresql().resolve("port");
  }

  Path log() {
    return postgresql().resolve("log");
  }

  /** Why something could not be done with a file, in a few words. */
  static String reason(IOException failure) {
    if (failure instanceof FileSystemException files && files.getFile() != null) {
      String kind = files.getReason();
      return "%s: %s"
          .formatted(
              files.getFile(),
              kind == null ? failure.getClass().getSimpleName().replace("Exception", "") : kind);
    }
    return String.valueOf(failure.getMessage());
  }
}
