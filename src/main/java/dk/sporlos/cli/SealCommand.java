package dk.sporlos.cli;

import dk.sporlos.fold.Horizon;
import dk.sporlos.seal.Check;
import dk.sporlos.seal.Seals;
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

/** {@code sporlos seal}. */
@Command(
    name = "seal",
    description = "Compute the totals of finished days again, as far as their visits are there.")
final class SealCommand implements Task {

  /** What {@code --check} ends with where figures differ. */
  private static final int DIFFERENT = 1;

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

  @Option(
      names = "--check",
      description =
          "change nothing; print where totals differ from visits, and end with 1 if any do")
  private boolean check;

  @Override
  public int run(Invocation invocation) {
    LocalDate first = day("--from", from);
    LocalDate last = day("--to", to);
    if (last.isBefore(first)) {
      throw new UserException("--to: " + last + " is before --from " + first);
    }
    try (DataAccess access = DataAccess.open(invocation.settings())) {
      Site site = access.site(domain);
      return check
          ? check(invocation, access, site, first, last)
          : seal(invocation, access, site, first, last);
    }
  }

  private static int check(
      Invocation invocation, DataAccess access, Site site, LocalDate first, LocalDate last) {
    List<Check.Difference> differences =
        DataAccess.awaitLong(
            new Check(access.poolForLongWork("check")).differences(site, first, last));
    for (Check.Difference difference : differences) {
      invocation
          .out()
          .printf(
              Locale.ROOT,
              "%s\t%s\t%s\t%s\t%s\t%s\t%s%n",
              difference.table(),
              difference.period(),
              difference.dimension(),
              difference.value(),
              difference.figure(),
              difference.kept().toPlainString(),
              difference.computed().toPlainString());
    }
    invocation
        .err()
        .println(
            differences.isEmpty()
                ? "Totals are what visits give."
                : "Totals differ (table, day or month, dimension, value, figure, kept, computed);"
                    + " seal these days again.");
    return differences.isEmpty() ? Cli.OK : DIFFERENT;
  }

  private static int seal(
      Invocation invocation, DataAccess access, Site site, LocalDate first, LocalDate last) {
    Clock clock = Clock.systemUTC();
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
          "--to: visits of " + last + " may still go on, or be on their way; end with " + finished);
    }
    Seals seals =
        new Seals(
            access.poolForLongWork("turn"),
            access.poolForLongWork("seal"),
            sites,
            Horizon.of(clock),
            clock,
            (dropped, count) -> {});
    int days = DataAccess.awaitLong(seals.seal(site, first, last));
    invocation.out().println(days + " days sealed.");
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
