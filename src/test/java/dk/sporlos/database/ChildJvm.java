package dk.sporlos.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another process of the same classes, for what a process cannot do to itself. It is told what to
 * do by lines and answers by lines that begin with {@link #MARK}; what else it prints is its log.
 */
final class ChildJvm {
  static final String MARK = "> ";

  private final Process process;
  private final BufferedReader output;
  private final PrintWriter input;
  private final List<String> log = new ArrayList<>();

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader(UTF_8);
    this.input = new PrintWriter(process.outputWriter(UTF_8), /* autoFlush= */ true);
  }

  /** Starts a main class. */
  static ChildJvm start(Class<?> program, String... arguments) {
    return start(List.of(), classPath(), List.of(), program, arguments);
  }

  /**
   * Starts a main class in a special way.
   *
   * @param prefix a command that runs a command
   */
  static ChildJvm start(
      List<String> prefix,
      String classPath,
      List<String> options,
      Class<?> program,
      String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-cp", classPath));
    command.addAll(options);
    command.add(program.getName());
    command.addAll(List.of(arguments));
    try {
      return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The class path of the tests, which Surefire keeps in a jar of its own. */
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  long pid() {
    return process.pid();
  }

  void tell(String line) {
    input.println(line);
  }

  /** The next answer. */
  String answer() {
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(MARK)) {
          return line.substring(MARK.length());
        }
        log.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("no answer but\n" + String.join("\n", log));
  }

  /** Tells the process that nothing more comes, and waits for its end. */
  void finish() {
    input.close();
    process.onExit().join();
  }

  /** Ends the process as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }
}
