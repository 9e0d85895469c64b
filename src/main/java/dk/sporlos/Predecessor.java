package dk.sporlos;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The process at the same spool that runs, as its successor sees it. All methods block. */
final class Predecessor implements AutoCloseable {

  /** What it may take to finish what it has begun: more than any grace that makes sense. */
  private static final Duration LAST_WORK = Duration.ofMinutes(2);

  private final Line line;

  private Predecessor(Line line) {
    this.line = line;
  }

  /**
   * Finds it; null if nothing runs there.
   *
   * @throws SuccessionException if it does not want this process for a successor
   */
  static @Nullable Predecessor find(HandOverPlace place) throws IOException {
    if (!Files.exists(place.socket(), LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    place.check(place.socket());
    try {
      Line line = new Line(SocketChannel.open(UnixDomainSocketAddress.of(place.socket())));
      try {
        introduce(line);
        return new Predecessor(line);
      } catch (IOException | RuntimeException failure) {
        line.close();
        throw failure;
      }
    } catch (ConnectException | EOFException nobody) {
      return null;
    }
  }

  private static void introduce(Line line) throws IOException {
    line.write(Successors.SIGN);
    line.write(Successors.VERSION);
    switch (line.read(Line.ANSWER)) {
      case Successors.WELCOME -> {}
      case Successors.BUSY ->
          throw new SuccessionException(
              "Another process is taking over from the one that runs: wait for it, or stop it.");
      default ->
          throw new SuccessionException(
              "The process that runs cannot be replaced by this version: stop it first.");
    }
  }

  /** Asks it to share its ports. */
  void sharePorts() throws IOException {
    line.write(Successors.SHARE);
    if (line.read(Line.ANSWER) != Successors.SHARED) {
      throw new IOException("the process that runs does not share its ports");
    }
  }

  /** Takes all that it knows, once it has finished its work; the caller's to zero. */
  byte[] memory() throws IOException {
    line.write(Successors.GIVE);
    int length = line.read(LAST_WORK);
    if (length < 0) {
      throw new IOException("it is damaged");
    }
    byte[] bytes = line.read(length, Line.ANSWER);
    line.write(Successors.TAKEN);
    return bytes;
  }

  /** Waits until it has given back all that only one process can have. */
  void awaitEnd() throws IOException {
    try {
      line.read(LAST_WORK);
    } catch (EOFException gone) {
      // That is how it says so.
    }
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
