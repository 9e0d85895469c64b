package dk.sporlos.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs PostgreSQL's programs as somebody they accept.
 *
 * @param root whether this process has all rights, which PostgreSQL refuses to have
 */
record Launcher(boolean root, Commands commands) {
  private static final Duration MOMENT = Duration.ofSeconds(10);

  /*
   * PostgreSQL does not run as user 0. In a user namespace of its own a process of root's is
   * nobody, as are the files of root, which outside still belong to root: so nothing need be
   * created, owned or given away. What is lost is root's right to read what belongs to others.
   */
  private static final List<String> AS_NOBODY = List.of("unshare", "-U");

  /** What suits the user of this process. */
  static Launcher ofThisUser() {
    return new Launcher(new UnixSystem().getUid() == 0, Commands.ofSystem());
  }

  /**
   * A way to run programs that work in a directory.
   *
   * @throws DatabaseException if root may not become nobody here, or cannot reach the directory
   *     then
   */
  Commands commandsFor(Path directory) throws IOException {
    if (!root) {
      return commands;
    }
    Commands asNobody = commands.preceded(AS_NOBODY);
    if (!succeeds(asNobody, Path.of("/"), "true")) {
      throw new DatabaseException(
          "PostgreSQL does not run as root, and the way round it (unshare -U) is missing or forbidden here: start Sporløs as an ordinary user, with runuser -u USER -- java -jar …, or give it a server of yours with --database.");
    }
    if (!succeeds(asNobody, Path.of("/"), "test", "-x", directory.toString())) {
      throw new DatabaseException(
          "PostgreSQL, which does not run with root's rights, cannot reach the data directory %s: a directory above it belongs to another user. Choose another with --data, or start Sporløs as that user, with runuser -u USER -- java -jar …"
              .formatted(directory));
    }
    return asNobody;
  }

  private static boolean succeeds(Commands commands, Path directory, String... command) {
    try {
      return commands.run(List.of(command), directory, "", MOMENT).succeeded();
    } catch (IOException e) {
      return false;
    }
  }
}
