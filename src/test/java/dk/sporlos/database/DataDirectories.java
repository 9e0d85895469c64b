package dk.sporlos.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test data directories, and afterwards ends what runs there and removes them. {@code
 * KEEPDB=1} in the environment keeps them.
 */
final class DataDirectories implements AfterEachCallback {
  private final Deque<Path> directories = new ArrayDeque<>();
  private final Deque<EmbeddedServer> servers = new ArrayDeque<>();
  private final Deque<ChildJvm> children = new ArrayDeque<>();

  /** An empty directory. */
  Path empty() {
    return remembered(TestDirectories.empty("data"));
  }

  /** A directory of ours without data. The programs are there, since unpacking takes long. */
  Path unused() {
    return remembered(TestDirectories.withBinaries("data"));
  }

  private Path remembered(Path directory) {
    directories.push(directory);
    return directory;
  }

  EmbeddedServer serve(Path directory) {
    return serve(directory, 0);
  }

  EmbeddedServer serve(Path directory, int port) {
    return remembered(EmbeddedServer.serve(directory, port));
  }

  EmbeddedServer command(Path directory) {
    return remembered(EmbeddedServer.command(directory, 0));
  }

  EmbeddedServer remembered(EmbeddedServer server) {
    servers.push(server);
    return server;
  }

  ChildJvm child(String role, Path directory) {
    return remembered(ChildJvm.start(ServerProgram.class, role, directory.toString()));
  }

  ChildJvm remembered(ChildJvm child) {
    children.push(child);
    return child;
  }

  /**
   * How many servers run on a directory. A process that a server has just made looks like it until
   * it gives itself a name, so only those count whose parent is none.
   */
  static long servers(Path directory) {
    String cluster = new DataDirectory(directory).cluster().toString();
    return ProcessHandle.allProcesses()
        .filter(process -> isServer(process, cluster))
        .filter(process -> process.parent().filter(parent -> isServer(parent, cluster)).isEmpty())
        .count();
  }

  private static boolean isServer(ProcessHandle process, String cluster) {
    String[] arguments = process.info().arguments().orElse(new String[0]);
    return arguments.length == 2 && arguments[1].equals(cluster);
  }

  /** Number of the first process of the server that runs on a directory. */
  static long postmaster(Path directory) {
    try {
      Postmaster running = Postmaster.running(new DataDirectory(directory).cluster());
      if (running == null) {
        throw new IllegalStateException("no server runs on " + directory);
      }
      return running.pid();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    children.forEach(ChildJvm::kill);
    servers.forEach(EmbeddedServer::close);
    for (Path directory : directories) {
      Postmaster leftOver = Postmaster.running(new DataDirectory(directory).cluster());
      if (leftOver != null) {
        ProcessHandle.of(leftOver.pid()).ifPresent(DataDirectories::end);
      }
      if (!"1".equals(System.getenv("KEEPDB"))) {
        Directories.remove(directory);
      }
    }
    children.clear();
    servers.clear();
    directories.clear();
  }

  private static void end(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().join();
  }
}
