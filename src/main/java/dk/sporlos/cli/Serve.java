package dk.sporlos.cli;

import picocli.CommandLine.Command;

/** {@code sporlos serve}. */
@Command(name = "serve", description = "Take beacons and answer questions until told to stop.")
final class Serve implements Serving {

  @Override
  public int run(Invocation invocation) {
    return new ServerProcess(invocation, /* demo= */ false).run();
  }
}
