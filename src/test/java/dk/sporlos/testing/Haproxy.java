package dk.sporlos.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A HAProxy as Debian has it, in the foreground. */
public final class Haproxy implements AutoCloseable {
  private final Process process;
  private final Path log;

  private Haproxy(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one, and waits until it listens.
   *
   * @param directory for its configuration and what it says
   */
  public static Haproxy start(Path directory, String configuration, int port) throws Throwable {
    Path file = Files.writeString(directory.resolve("haproxy.cfg"), configuration);
    Path log = directory.resolve("haproxy.log");
    Haproxy haproxy = new Haproxy(process(file, log), log);
    try {
      Eventually.eventually(() -> haproxy.connect(port));
    } catch (AssertionError deaf) {
      haproxy.close();
      throw deaf;
    }
    return haproxy;
  }

  private static Process process(Path file, Path log) {
    try {
      return new ProcessBuilder("haproxy", "-db", "-f", file.toString())
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException missing) {
      throw new IllegalStateException("HAProxy is needed: apt-get install haproxy", missing);
    }
  }

  /** What it has said. */
  public String output() throws IOException {
    return Files.readString(log);
  }

  private void connect(int port) throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException("HAProxy ended: " + output());
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
    } catch (SocketException deaf) {
      throw new AssertionError("HAProxy does not listen on " + port, deaf);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
