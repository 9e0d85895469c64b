package dk.sporlos.cli;

import picocli.CommandLine.Command;

/** {@code sporlos demo}. */
@Command(
    name = "demo",
    description =
        "Serve with the site demo.example and 90 days of made-up visits, in ./demo-data unless"
            + " --data or --database is given.")
final class Demo implements Serving {

  @Override
  public int run(Invocation invocation) {
    return new ServerProcess(invocation, /* demo= */ true).run();
  }
}
