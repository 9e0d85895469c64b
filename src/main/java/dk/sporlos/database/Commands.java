package dk.sporlos.database;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Runs other programs to their end. */
interface Commands {

  /**
   * How a program ended.
   *
   * @param output what it printed, errors included
   */
  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /**
   * Runs a program and waits for its end.
   *
   * @param directory where it runs
   * @param input what it reads
   * @throws IOException if there is no such program or it does not end in time
   */
  Outcome run(List<String> command, Path directory, String input, Duration patience)
      throws IOException;

  /** Runs programs as this process may. */
  static Commands ofSystem() {
    return new SystemCommands();
  }

  /** The same, each command preceded by some words. */
  default Commands preceded(List<String> words) {
    return (command, directory, input, patience) ->
        run(Stream.concat(words.stream(), command.stream()).toList(), directory, input, patience);
  }
}
