package dk.sporlos.cli;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.EmbeddedServer;
import picocli.CommandLine.Command;

/** {@code sporlos database}. */
@Command(
    name = "database",
    description = "Look after the database.",
    subcommands = {DatabaseCommands.Url.class, GrafanaCommand.class, DistributeCommand.class})
final class DatabaseCommands {

  /** {@code sporlos database url}. */
  @Command(
      name = "url",
      description = "Print the URL, password included, by which psql reaches the database.")
  static final class Url implements Task {

    @Override
    public int run(Invocation invocation) {
      DatabaseUrl own = invocation.settings().find(Options.DATABASE);
      if (own != null) {
        invocation.out().println(own.uri());
        return Cli.OK;
      }
      EmbeddedServer.Location location =
          EmbeddedServer.locate(invocation.settings().get(Options.DATA));
      invocation.out().println(location.url().uri());
      if (!location.running()) {
        invocation
            .err()
            .println("The database runs only while `sporlos serve` does; start that first.");
      }
      return Cli.OK;
    }
  }
}
