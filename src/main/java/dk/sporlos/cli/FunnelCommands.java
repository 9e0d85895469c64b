package dk.sporlos.cli;

import dk.sporlos.goal.Funnel;
import dk.sporlos.goal.Funnels;
import dk.sporlos.site.Site;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos funnel}. */
@Command(
    name = "funnel",
    description = "Put goals in a row that visitors are to reach one after the other.",
    subcommands = {
      FunnelCommands.Add.class,
      FunnelCommands.ListAll.class,
      FunnelCommands.Remove.class
    })
final class FunnelCommands {

  /** {@code sporlos funnel add}. */
  @Command(name = "add", description = "Add a funnel.")
  static final class Add extends SiteTask {
    @Option(
        names = "--name",
        required = true,
        paramLabel = "TEXT",
        description = "what reports call it")
    private String name = "";

    @Option(
        names = "--goals",
        required = true,
        split = ",",
        paramLabel = "NUMBER",
        description = "its 2 to 8 steps in order, as `sporlos goal list` prints them")
    private List<Long> goals = List.of();

    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      Funnels funnels = new Funnels(access.pool());
      Funnel checked = Arguments.checked(() -> new Funnel(0, name, goals));
      invocation
          .out()
          .println(await(access, funnels.add(site.id(), checked.name(), checked.goals())).id());
      return Cli.OK;
    }
  }

  /** {@code sporlos funnel list}. */
  @Command(
      name = "list",
      description = "List the funnels of a site with the numbers of their goals.")
  static final class ListAll extends SiteTask {
    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      for (Funnel funnel : access.await(new Funnels(access.pool()).all(site.id()))) {
        String goals =
            funnel.goals().stream().map(String::valueOf).collect(Collectors.joining(","));
        invocation.out().println(funnel.id() + "\t" + funnel.name() + "\t" + goals);
      }
      return Cli.OK;
    }
  }

  /** {@code sporlos funnel remove}. */
  @Command(name = "remove", description = "Remove a funnel; its goals stay.")
  static final class Remove extends SiteTask {
    @Parameters(
        paramLabel = "NUMBER",
        description = "the funnel, as `sporlos funnel list` prints it")
    private long id;

    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      return removed(
          access.await(new Funnels(access.pool()).remove(site.id(), id)),
          "funnel " + id,
          "funnel list");
    }
  }
}
