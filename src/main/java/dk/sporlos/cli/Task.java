package dk.sporlos.cli;

import dk.sporlos.settings.Setting;
import dk.sporlos.settings.Settings;
import java.io.PrintStream;
import java.util.List;

/** What a command does once its arguments and settings are known to be valid. */
interface Task {

  /**
   * Where a command is run.
   *
   * @param out for results
   * @param err for remarks
   */
  record Invocation(Settings settings, PrintStream out, PrintStream err) {}

  /** The settings that it has. */
  default List<Setting<?>> settings() {
    return Options.OF_DATA;
  }

  /**
   * Does it.
   *
   * @return exit code
   * @throws UserException if a person can mend what went wrong
   */
  int run(Invocation invocation);
}
