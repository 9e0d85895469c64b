package dk.sporlos.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of this machine, in English and without the user's settings for PostgreSQL. */
final class SystemCommands implements Commands {

  @Override
  public Outcome run(List<String> command, Path directory, String input, Duration patience)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PG"));
    environment.put("LC_ALL", "C");
    Process process = builder.start();
    feed(process, input);
    return new Outcome(exitCode(process, command, patience), output(process));
  }

  private static void feed(Process process, String input) {
    try (OutputStream stream = process.getOutputStream()) {
      stream.write(input.getBytes(UTF_8));
    } catch (IOException e) {
      // A program that ends without reading says why by its exit code and its output.
    }
  }

  private static int exitCode(Process process, List<String> command, Duration patience)
      throws IOException {
    try {
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroy();
    throw new IOException(
        "%s did not end within %d s".formatted(command.get(0), patience.toSeconds()));
  }

  /** What the process printed. Read after its end, for what these programs print fits the pipe. */
  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }
}
