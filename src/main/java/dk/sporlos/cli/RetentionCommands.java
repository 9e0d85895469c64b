package dk.sporlos.cli;

import dk.sporlos.seal.Retention;
import dk.sporlos.seal.UnusedEntries;
import dk.sporlos.site.Audit;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos retention} and {@code sporlos audit}. */
final class RetentionCommands {
  private static final int LINES = 200;

  private RetentionCommands() {}

  /** {@code sporlos retention}. */
  @Command(
      name = "retention",
      description = "Delete what is kept no longer, as the server does by itself.")
  static final class Run implements Task {
    @Option(names = "--dry-run", description = "print what would be deleted, and delete nothing")
    private boolean dryRun;

    @Override
    public int run(Invocation invocation) {
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        SiteStore sites = new SiteStore(access.pool());
        Retention retention =
            new Retention(
                access.poolForLongWork("turn"),
                access.poolForLongWork("retention"),
                sites,
                Clock.systemUTC());
        UnusedEntries entries = new UnusedEntries(access.pool(), sites);
        List<Retention.Due> due = new ArrayList<>(DataAccess.awaitLong(retention.due()));
        due.addAll(access.await(entries.due()));
        for (Retention.Due one : due) {
          invocation
              .out()
              .printf(
                  Locale.ROOT,
                  "%s\t%s\t%s\t%s\t%d%n",
                  one.site().domain(),
                  one.what(),
                  Objects.requireNonNullElse(one.first(), ""),
                  Objects.requireNonNullElse(one.last(), ""),
                  one.rows());
        }
        if (due.isEmpty()) {
          invocation.err().println("Nothing is past its life.");
        } else if (dryRun) {
          invocation.err().println("Nothing was deleted: this was a dry run.");
        } else {
          DataAccess.awaitLong(retention.run());
          access.await(entries.runNow());
          invocation.err().println("Deleted; see `sporlos audit DOMAIN`.");
        }
      }
      return Cli.OK;
    }
  }

  /** {@code sporlos audit}. */
  @Command(name = "audit", description = "Print what was deleted or changed, the newest first.")
  static final class Lines implements Task {
    @Parameters(paramLabel = "DOMAIN", description = "the site, as in example.com")
    private String domain = "";

    @Override
    public int run(Invocation invocation) {
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        Site site = access.site(domain);
        for (Audit.Dated dated : access.await(Audit.latest(access.pool(), site.id(), LINES))) {
          Audit.Line line = dated.line();
          invocation
              .out()
              .printf(
                  Locale.ROOT,
                  "%s\t%s\t%s\t%s\t%s\t%d%n",
                  dated.at(),
                  line.actor(),
                  line.action(),
                  line.what(),
                  line.first() == null ? "" : line.first() + "/" + line.last(),
                  line.rows());
        }
      }
      return Cli.OK;
    }
  }
}
