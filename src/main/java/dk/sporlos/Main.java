package dk.sporlos;

import dk.sporlos.cli.Cli;
import dk.sporlos.metrics.LogGuard;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    LogGuard.install();
    // Whatever the locale says: the program's name alone needs a letter that ASCII lacks.
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    int exitCode = new Cli(out, err, System.getenv()).run(arguments);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
