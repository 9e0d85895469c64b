package dk.sporlos.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first process of a PostgreSQL server, as the file {@code postmaster.pid} of its cluster
 * tells.
 *
 * @param ready whether it takes connections
 */
record Postmaster(Path cluster, long pid, int port, boolean ready) {
  private static final String FILE = "postmaster.pid";

  /** The postmaster that runs on a cluster, null if none does. */
  static @Nullable Postmaster running(Path cluster) throws IOException {
    Postmaster noted = noted(cluster);
    return noted != null && noted.isAlive() ? noted : null;
  }

  /**
   * Removes the note of a postmaster that is dead while its number has gone to another process:
   * PostgreSQL would take that process for the postmaster and not start.
   */
  static void forget(Path cluster) throws IOException {
    Postmaster noted = noted(cluster);
    if (noted != null && ProcessHandle.of(noted.pid).isPresent() && !noted.isAlive()) {
      Files.deleteIfExists(cluster.resolve(FILE));
    }
  }

  /** What the file says: number, directory, start, port, two about sockets, memory, status. */
  private static @Nullable Postmaster noted(Path cluster) throws IOException {
    try {
      List<String> lines = Files.readAllLines(cluster.resolve(FILE));
      return lines.size() < 4
          ? null
          : new Postmaster(
              cluster,
              Long.parseLong(lines.get(0).strip()),
              Integer.parseInt(lines.get(3).strip()),
              lines.size() > 7 && lines.get(7).strip().equals("ready"));
    } catch (NoSuchFileException | NumberFormatException e) {
      return null;
    }
  }

  boolean isAlive() {
    return ProcessHandle.of(pid).map(ProcessHandle::info).filter(this::isOurs).isPresent();
  }

  /**
   * Whether a process is a PostgreSQL of this cluster, and not one that has its number by chance.
   */
  private boolean isOurs(ProcessHandle.Info process) {
    boolean postgres =
        process.command().map(Path::of).filter(command -> command.endsWith("postgres")).isPresent();
    return postgres && worksHere(process);
  }

  private boolean worksHere(ProcessHandle.Info process) {
    Path workingDirectory = Path.of("/proc", Long.toString(pid), "cwd");
    try {
      if (Files.exists(workingDirectory)) {
        return Files.isSameFile(workingDirectory, cluster);
      }
    } catch (IOException e) {
      return false;
    }
    return process
        .arguments()
        .filter(arguments -> Arrays.asList(arguments).contains(cluster.toString()))
        .isPresent();
  }
}
