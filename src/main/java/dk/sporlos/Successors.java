package dk.sporlos;

import dk.sporlos.door.SecretBytes;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a process that runs hears of its successor: a socket that only its own user can reach. */
final class Successors {

  /*
   * The successor says SIGN and VERSION, and hears WELCOME, or why not. It makes itself ready, which
   * may take as long as it likes; until it says GIVE nothing has changed here, should it die. SHARE is
   * answered with SHARED, and it binds the ports. After GIVE this process stops; when nothing is under
   * way any more it sends the length of its memory and the memory, and hears TAKEN. It closes the
   * line when it has given back everything else. All words are integers of four bytes.
   */
  static final int SIGN = 0x53504f4e;
  static final int VERSION = 1;
  static final int WELCOME = 1;
  static final int BUSY = 2;
  static final int OTHER_VERSION = 3;
  static final int SHARE = 4;
  static final int SHARED = 5;
  static final int GIVE = 6;
  static final int TAKEN = 7;

  private static final Logger LOG = LoggerFactory.getLogger(Successors.class);
  private static final Duration TO_GET_READY = Duration.ofDays(1);

  private final Path path;
  private final ServerSocketChannel server;
  private final Consumer<Boolean> sharing;
  private final Runnable asked;
  private @Nullable Line line; // guarded by this object, as is the next
  private boolean given;

  private Successors(
      Path path, ServerSocketChannel server, Consumer<Boolean> sharing, Runnable asked) {
    this.path = path;
    this.server = server;
    this.sharing = sharing;
    this.asked = asked;
  }

  /**
   * Begins to listen. Only who owns the spool may, so whatever socket is there is a dead one's.
   *
   * @param sharing lets others listen on the ports of this process, or no more
   * @param asked is run when a successor is ready: time to stop
   */
  static Successors listen(HandOverPlace place, Consumer<Boolean> sharing, Runnable asked)
      throws IOException {
    place.make();
    Path path = place.socket();
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(HandOverPlace.OWNER_ONLY));
    } catch (IOException | RuntimeException failure) {
      server.close();
      throw failure;
    }
    Successors successors = new Successors(path, server, sharing, asked);
    start("successors", successors::accept);
    return successors;
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        receive(server.accept());
      }
    } catch (IOException failure) {
      if (server.isOpen()) {
        LOG.warn("no successor is heard any more: {}", failure.getMessage());
      }
    }
  }

  private void receive(SocketChannel channel) throws IOException {
    try {
      UserPrincipal self = HandOverPlace.self();
      if (self != null
          && !self.equals(channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user())) {
        throw new IOException("another user's");
      }
      Line received = new Line(channel);
      start("successor", () -> converse(received));
    } catch (IOException | RuntimeException failure) {
      LOG.warn("one that came as a successor is sent away: {}", failure.getMessage());
      channel.close();
    }
  }

  private synchronized boolean admit(Line received) {
    boolean free = line == null;
    line = free ? received : line;
    return free;
  }

  private void converse(Line successor) {
    boolean shared = false;
    try {
      if (successor.read(Line.ANSWER) != SIGN || successor.read(Line.ANSWER) != VERSION) {
        successor.write(OTHER_VERSION);
        throw new IOException("it speaks another form");
      }
      // Not before it is heard out: closed with something unread, a line loses the answer.
      if (!admit(successor)) {
        successor.write(BUSY);
        throw new IOException("another one is taking over");
      }
      successor.write(WELCOME);
      expect(SHARE, successor, TO_GET_READY);
      sharing.accept(true);
      shared = true;
      successor.write(SHARED);
      expect(GIVE, successor, Line.ANSWER);
      if (give(successor)) {
        LOG.info("another process takes over");
        asked.run();
      }
    } catch (IOException | RuntimeException failure) {
      LOG.warn("the process that was to take over has not: {}", failure.getMessage());
      if (shared) {
        sharing.accept(false);
      }
      dismiss(successor);
    }
  }

  private static void expect(int word, Line successor, Duration patience) throws IOException {
    if (successor.read(patience) != word) {
      throw new IOException("it says something else than was expected");
    }
  }

  private synchronized boolean give(Line successor) {
    given = line == successor;
    return given;
  }

  private synchronized void dismiss(Line successor) {
    close(successor);
    if (line == successor) {
      line = null;
    }
  }

  /** Sends all to the successor that asked for it; false if none did, or it has not taken it. */
  boolean bequeath(SecretBytes bytes) {
    Line successor = heir();
    if (successor == null) {
      return false;
    }
    try {
      successor.write(bytes.length());
      bytes.writeTo(successor);
      return successor.read(Line.ANSWER) == TAKEN;
    } catch (IOException failure) {
      LOG.warn("the process that takes over did not get the memory: {}", failure.getMessage());
      return false;
    }
  }

  private synchronized @Nullable Line heir() {
    return given ? line : null;
  }

  /** Hears of nobody any more. Whoever has not asked for memory is sent away. */
  void close() {
    try (server) {
      // Before it is closed: a successor that finds it, and nobody there, takes the spool for free.
      Files.deleteIfExists(path);
    } catch (IOException failure) {
      LOG.warn("{} cannot be removed: {}", path, failure.getMessage());
    }
    Line present;
    synchronized (this) {
      present = given ? null : line;
      line = given ? line : null;
    }
    if (present != null) {
      close(present);
    }
  }

  /** Everything is given back: the successor may go on. */
  void end() {
    Line successor = heir();
    if (successor != null) {
      close(successor);
    }
  }

  private static void close(Line line) {
    try {
      line.close();
    } catch (IOException failure) {
      LOG.debug("a line to a successor was not closed in order", failure);
    }
  }
}
