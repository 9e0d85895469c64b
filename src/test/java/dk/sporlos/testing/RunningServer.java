package dk.sporlos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code sporlos serve} as a process of its own, on ports that the system chose. */
public final class RunningServer implements AutoCloseable {
  private static final Pattern LISTENS =
      Pattern.compile("listens on (https?://\\S+?)[;,.]? .*?(http://[^\\s;,]+?)[;,.]?\\s");

  /** The agent of a browser that people use. */
  public static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"
          + " Safari/537.36";

  private final Process process;
  private final Path out;
  private final Path err;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final URI address;
  private final URI management;

  private RunningServer(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
    Matcher matcher = awaitAddresses();
    this.address = URI.create(matcher.group(1));
    this.management = URI.create(matcher.group(2));
  }

  /** Starts on a data directory and waits until it listens. */
  public static RunningServer on(Path data, String... more) {
    return start(List.of(), data, more);
  }

  /**
   * Starts on a data directory and waits until it listens.
   *
   * @param options of the Java machine
   */
  public static RunningServer start(List<String> options, Path data, String... more) {
    return start(Jar.FILE, "serve", options, data, more);
  }

  /** The same with some other jar of the program. */
  public static RunningServer start(Path jar, List<String> options, Path data, String... more) {
    return start(jar, "serve", options, data, more);
  }

  /**
   * Starts on two ports of this machine, where another process may run that is to be replaced.
   *
   * @param port of beacons and questions; the next one is that of management
   */
  public static RunningServer beside(int port, Path data, String... more) {
    return start(
        Jar.FILE,
        List.of(
            "serve", "--listen", "127.0.0.1:" + port, "--management", "127.0.0.1:" + (port + 1)),
        List.of(),
        data,
        more);
  }

  /** Starts the demo on a data directory and waits until it listens. */
  public static RunningServer demo(Path data) {
    return start(Jar.FILE, "demo", List.of(), data);
  }

  private static RunningServer start(
      Path jar, String command, List<String> options, Path data, String... more) {
    return start(
        jar,
        List.of(command, "--listen", "127.0.0.1:0", "--management", "127.0.0.1:0"),
        options,
        data,
        more);
  }

  private static RunningServer start(
      Path jar, List<String> command, List<String> options, Path data, String... more) {
    try {
      Path out = Files.createTempFile("sporlos-serve", ".out");
      Path err = Files.createTempFile("sporlos-serve", ".err");
      List<String> arguments = new ArrayList<>(command);
      arguments.addAll(List.of("--data", data.toString()));
      arguments.addAll(List.of(more));
      Process process =
          Jar.process(jar, options, arguments.toArray(String[]::new))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      return new RunningServer(process, out, err);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public URI address() {
    return address;
  }

  public URI management() {
    return management;
  }

  public long pid() {
    return process.pid();
  }

  /** What it has printed, results and log. */
  public String output() {
    return read(out) + read(err);
  }

  /** What it has logged. */
  public String log() {
    return read(err);
  }

  /** Posts a beacon as a browser does. */
  public HttpResponse<String> beacon(String json) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address.resolve("/b"))
            .timeout(Duration.ofSeconds(20))
            .header("User-Agent", BROWSER)
            .header("Accept-Language", "da,en;q=0.8")
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Gets a path of the management port. */
  public HttpResponse<String> manage(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(management.resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Asks {@code POST /api/v2/query}. */
  public HttpResponse<String> query(String token, String json)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address.resolve("/api/v2/query"))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Kills it without a chance to do anything (SIGKILL). */
  public void kill() {
    process.destroyForcibly();
    await();
  }

  /** Tells it to stop as an operator does (SIGTERM), and does not wait. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for its end, and says with what exit code it came. */
  public int exitCode() {
    await();
    return process.exitValue();
  }

  /** Stops it as an operator does (SIGTERM), and waits for its end. */
  @Override
  public void close() {
    terminate();
    await();
  }

  private void await() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("did not stop within a minute\n" + output());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private Matcher awaitAddresses() {
    Instant deadline = Instant.now().plusSeconds(60);
    while (Instant.now().isBefore(deadline) && process.isAlive()) {
      Matcher matcher = LISTENS.matcher(read(out));
      if (matcher.find()) {
        return matcher;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException("did not start\n" + output());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
