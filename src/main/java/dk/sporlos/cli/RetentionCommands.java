package dk.sporlos.cli;

import dk.sporlos.fold.Horizon;
import dk.sporlos.seal.Retention;
import dk.sporlos.seal.Seals;
import dk.sporlos.site.Audit;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos retention}, {@code sporlos audit} and {@code sporlos seal}. */
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
        Retention retention =
            new Retention(access.pool(), new SiteStore(access.pool()), Clock.systemUTC());
        List<Retention.Due> due = access.await(retention.due());
        for (Retention.Due one : due) {
          invocation
              .out()
              .printf(
                  Locale.ROOT,
                  "%s\t%s\t%s\t%s\t%d%n",
                  one.site().domain(),
                  one.what(),
                  one.first(),
                  one.last(),
                  one.rows());
        }
        if (due.isEmpty()) {
          invocation.err().println("Nothing is past its life.");
        } else if (dryRun) {
          invocation.err().println("Nothing was deleted: this was a dry run.");
        } else {
          access.await(retention.run());
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

  /** {@code sporlos seal}. */
  @Command(
      name = "seal",
      description = "Compute the totals of finished days again, as far as their visits are there.")
  static final class Again implements Task {
    @Option(
        names = "--site",
        required = true,
        paramLabel = "DOMAIN",
        description = "the site, as in example.com")
    private String domain = "";

    @Option(
        names = "--from",
        required = true,
        paramLabel = "DAY",
        description = "the first day, as in 2026-11-01")
    private String from = "";

    @Option(
        names = "--to",
        required = true,
        paramLabel = "DAY",
        description = "the last day, as in 2026-11-30")
    private String to = "";

    @Override
    public int run(Invocation invocation) {
      LocalDate first = day("--from", from);
      LocalDate last = day("--to", to);
      if (last.isBefore(first)) {
        throw new UserException("--to: " + last + " is before --from " + first);
      }
      Clock clock = Clock.systemUTC();
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        Site site = access.site(domain);
        SiteStore sites = new SiteStore(access.pool());
        @Nullable LocalDate complete = access.await(sites.visitsCompleteFrom(site.id()));
        if (complete != null && first.isBefore(complete)) {
          throw new UserException(
              "--from: visits before "
                  + complete
                  + " are deleted, and their totals cannot be computed again; begin there");
        }
        LocalDate finished = Seals.lastFinished(site, clock.instant());
        if (last.isAfter(finished)) {
          throw new UserException(
              "--to: visits of "
                  + last
                  + " may still go on, or be on their way; end with "
                  + finished);
        }
        Seals seals =
            new Seals(access.pool(), sites, Horizon.of(clock), clock, (dropped, count) -> {});
        int days = access.await(seals.seal(site, first, last));
        invocation.out().println(days + " days sealed.");
      }
      return Cli.OK;
    }

    private static LocalDate day(String option, String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeException unreadable) {
        throw new UserException(option + ": '" + text + "' is no day; write one as in 2026-11-01");
      }
    }
  }
}
