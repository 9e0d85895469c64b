package dk.sporlos.cli;

import dk.sporlos.intake.Refusals;
import dk.sporlos.site.Site;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos refusals}. */
@Command(
    name = "refusals",
    description = "Print how many beacons of a site were not counted, and why.")
final class RefusalsCommand implements Task {
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
      Clock clock = Clock.systemUTC();
      LocalDate today = LocalDate.ofInstant(clock.instant(), site.zone());
      List<Refusals.Count> counts =
          access.await(
              new Refusals(access.pool(), clock).of(site.id(), today.minusDays(days - 1L), today));
      invocation.out().printf("%s, %s to %s%n%n", site.domain(), today.minusDays(days - 1L), today);
      counts.forEach(
          count ->
              invocation
                  .out()
                  .printf(
                      Locale.ROOT,
                      "%-20s %-30s %,12d%n",
                      count.reason(),
                      count.detail(),
                      count.count()));
      if (counts.isEmpty()) {
        invocation.out().println("Every beacon of this time was counted.");
      }
    }
    return Cli.OK;
  }
}
