package dk.sporlos.cli;

import dk.sporlos.intake.Cleanings;
import dk.sporlos.site.Site;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos cleaned}. */
@Command(
    name = "cleaned",
    description =
        "Print what was left out of a site's beacons since it could lead back to a person.")
final class CleanedCommand implements Task {
  @Parameters(paramLabel = "DOMAIN", description = "the site, as in example.com")
  private String domain = "";

  @Option(
      names = "--days",
      paramLabel = "DAYS",
      defaultValue = "7",
      description = "how many days, today included (${DEFAULT-VALUE})")
  private int days;

  @Override
  public int run(Invocation invocation) {
    if (days < 1) {
      throw new UserException("--days: " + days + " is too few; write 1 or more");
    }
    try (DataAccess access = DataAccess.open(invocation.settings())) {
      Site site = access.site(domain);
      LocalDate today = LocalDate.now(Clock.system(site.zone()));
      LocalDate first = today.minusDays(days - 1L);
      List<Cleanings.Count> counts =
          access.await(Cleanings.of(access.pool(), site.id(), first, today));
      invocation.out().printf("%s, %s to %s%n%n", site.domain(), first, today);
      counts.forEach(
          count ->
              invocation.out().printf(Locale.ROOT, "%-20s %,12d%n", count.kind(), count.count()));
      if (counts.isEmpty()) {
        invocation.out().println("Nothing of this time had to be left out.");
      }
    }
    return Cli.OK;
  }
}
