package dk.sporlos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as users have it: the runnable jar. */
public final class Jar {
  static final Path FILE = Path.of(System.getProperty("sporlos.jar", "target/sporlos.jar"));
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private Jar() {}

  /** What a command that ended has left. */
  public record Outcome(int exitCode, String out, String err) {}

  /** Runs a command to its end, in an environment without settings. */
  public static Outcome run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /** Runs a command to its end. */
  public static Outcome run(Map<String, String> environment, String... arguments) {
    try {
      Path out = Files.createTempFile("sporlos", ".out");
      Path err = Files.createTempFile("sporlos", ".err");
      ProcessBuilder builder = process(List.of(), arguments);
      builder.environment().putAll(environment);
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "did not end within a minute: " + List.of(arguments) + "\n" + Files.readString(err));
      }
      Outcome outcome =
          new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return outcome;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Prepares a process that runs the jar, in an environment without settings. */
  public static ProcessBuilder process(String... arguments) {
    return process(List.of(), arguments);
  }

  /**
   * The same.
   *
   * @param options of the Java machine
   */
  static ProcessBuilder process(List<String> options, String... arguments) {
    return process(FILE, options, arguments);
  }

  /** Prepares a process that runs some jar of the program. */
  static ProcessBuilder process(Path jar, List<String> options, String... arguments) {
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(jar + " is missing; run mvn package first");
    }
    List<String> command = new ArrayList<>();
    command.add(JAVA);
    command.addAll(options);
    command.add("-Dfile.encoding=" + StandardCharsets.UTF_8);
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("SPORLOS_"));
    return builder;
  }
}
