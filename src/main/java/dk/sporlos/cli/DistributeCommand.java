package dk.sporlos.cli;

import dk.sporlos.database.Distribution;
import dk.sporlos.fold.Nodes;
import dk.sporlos.site.SiteId;
import java.time.Clock;
import java.util.UUID;
import picocli.CommandLine.Command;

/** {@code sporlos database distribute}. */
@Command(
    name = "distribute",
    description = {
      "Spread the tables of hits, visits and totals over a Citus cluster, by site, with every process"
          + " stopped.",
      "Said again, it goes on where it was broken off, and spreads what a later version added."
    })
final class DistributeCommand implements Task {

  @Override
  public int run(Invocation invocation) {
    if (invocation.settings().find(Options.DATABASE) == null) {
      throw new UserException(
          "the embedded PostgreSQL is one server: name the coordinator of a Citus cluster with --database");
    }
    try (DataAccess access = DataAccess.open(invocation.settings())) {
      int others = access.await(command(access).living()) - 1;
      if (others > 0) {
        throw new UserException(
            "%d of the processes that write to %s %s still running: stop them, since tables are locked while their rows move (one that was killed is forgotten after a quarter of an hour)"
                .formatted(others, access.url(), others == 1 ? "is" : "are"));
      }
      Distribution.Outcome outcome = new Distribution(access.url()).distribute();
      access.audit(SiteId.INSTALLATION, "change", "tables spread");
      invocation
          .out()
          .printf(
              "%d tables were spread by site, %d copied to every server; they are now as they are to be.%n",
              outcome.spread().size(), outcome.copied().size());
      return Cli.OK;
    }
  }

  private static Nodes command(DataAccess access) {
    return new Nodes(
        access.pool(), Clock.systemUTC(), UUID.randomUUID(), DataAccess.ACTOR, () -> null);
  }
}
