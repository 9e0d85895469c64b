package dk.sporlos.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Whom a process speaks to, as Linux knows it: addresses and ports at the other end of its sockets,
 * those of TCP and of UDP, in the hexadecimal form of {@code /proc/net}.
 */
public final class Peers {
  private static final List<String> TABLES = List.of("tcp", "tcp6", "udp", "udp6");

  /** What one socket is connected to. */
  public record Peer(int localPort, String address, int port) {}

  private Peers() {}

  /** Whether this system tells. */
  public static boolean areKnown() {
    return Files.isReadable(Path.of("/proc/self/net/tcp"));
  }

  /** The peers of a process at this moment; sockets that only listen have none. */
  public static Set<Peer> of(long pid) throws IOException {
    Set<String> sockets = sockets(pid);
    Set<Peer> peers = new HashSet<>();
    for (String table : TABLES) {
      Path file = Path.of("/proc", Long.toString(pid), "net", table);
      if (!Files.exists(file)) {
        continue;
      }
      for (String line : Files.readAllLines(file)) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length > 9 && sockets.contains(fields[9]) && !fields[2].endsWith(":0000")) {
          String[] remote = fields[2].split(":", -1);
          peers.add(
              new Peer(
                  Integer.parseInt(fields[1].split(":", -1)[1], 16),
                  remote[0],
                  Integer.parseInt(remote[1], 16)));
        }
      }
    }
    return peers;
  }

  private static Set<String> sockets(long pid) throws IOException {
    Set<String> inodes = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        try {
          String target = Files.readSymbolicLink(file).toString();
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring("socket:[".length(), target.length() - 1));
          }
        } catch (NoSuchFileException closed) {
          // it was closed meanwhile
        }
      }
    }
    return inodes;
  }
}
