package dk.sporlos.cli;

import dk.sporlos.site.Site;
import dk.sporlos.transfer.Imported;
import dk.sporlos.transfer.Imports;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sporlos import}. */
@Command(
    name = "import",
    description = "See what was imported into sites (POST /api/import/hits), and take it back.",
    subcommands = {ImportCommands.ListOfSite.class, ImportCommands.Undo.class})
final class ImportCommands {

  /** {@code sporlos import list}. */
  @Command(
      name = "list",
      description =
          "Print the imports into a site: number, time, first and last day, lines, visits, page"
              + " views, events.")
  static final class ListOfSite implements Task {
    @Parameters(paramLabel = "DOMAIN", description = "the site, as in example.com")
    private String domain = "";

    @Override
    public int run(Invocation invocation) {
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        Site site = access.site(domain);
        for (Imported one : access.await(new Imports(access.pool()).of(site.id()))) {
          invocation
              .out()
              .printf(
                  Locale.ROOT,
                  "%d\t%s\t%s\t%s\t%d\t%d\t%d\t%d%n",
                  one.id(),
                  one.at(),
                  one.first(),
                  one.last(),
                  one.lines(),
                  one.visits(),
                  one.views(),
                  one.events());
        }
      }
      return Cli.OK;
    }
  }

  /** {@code sporlos import undo}. */
  @Command(
      name = "undo",
      description = "Take an import back, visits and totals; sealed days are sealed again without.")
  static final class Undo implements Task {
    @Parameters(
        paramLabel = "NUMBER",
        description = "the import, as its answer and `sporlos import list` name it")
    private int number;

    @Override
    public int run(Invocation invocation) {
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        @Nullable Imported gone = access.await(new Imports(access.pool()).undo(number));
        if (gone == null) {
          throw new UserException(
              "there is no import " + number + "; see `sporlos import list DOMAIN`");
        }
        invocation
            .out()
            .printf(
                Locale.ROOT,
                "Import %d of %s to %s is taken back.%n",
                gone.id(),
                gone.first(),
                gone.last());
      }
      return Cli.OK;
    }
  }
}
