package dk.sporlos.cli;

import dk.sporlos.goal.Properties;
import dk.sporlos.site.Site;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sporlos property}. */
@Command(
    name = "property",
    description = "Say of which properties of page views and events the values are totalled.",
    subcommands = {
      PropertyCommands.Add.class,
      PropertyCommands.ListAll.class,
      PropertyCommands.Remove.class
    })
final class PropertyCommands {

  /** {@code sporlos property add}. */
  @Command(name = "add", description = "Add a property; finished days are counted again for it.")
  static final class Add extends SiteTask {
    @Parameters(paramLabel = "NAME", description = "its name, as the pages send it")
    private String name = "";

    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      Properties properties = new Properties(access.pool());
      Arguments.checked(
          () -> {
            access.await(properties.add(site.id(), name));
            return name;
          });
      return Cli.OK;
    }
  }

  /** {@code sporlos property list}. */
  @Command(name = "list", description = "List the properties of a site.")
  static final class ListAll extends SiteTask {
    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      access.await(new Properties(access.pool()).all(site.id())).forEach(invocation.out()::println);
      return Cli.OK;
    }
  }

  /** {@code sporlos property remove}. */
  @Command(name = "remove", description = "Remove a property; its values are totalled no longer.")
  static final class Remove extends SiteTask {
    @Parameters(
        paramLabel = "NAME",
        description = "the property, as `sporlos property list` prints it")
    private String name = "";

    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      return removed(
          access.await(new Properties(access.pool()).remove(site.id(), name)),
          "property " + name,
          "property list");
    }
  }
}
