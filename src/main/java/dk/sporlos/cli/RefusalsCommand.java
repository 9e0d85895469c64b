package dk.sporlos.cli;

import dk.sporlos.door.Reason;
import dk.sporlos.intake.Refusals;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos refusals}. */
@Command(
    name = "refusals",
    description = "Print how many beacons of a site, or of none, were not counted, and why.")
final class RefusalsCommand implements Task {
  @Parameters(
      paramLabel = "DOMAIN",
      arity = "0..1",
      description =
          "the site, as in example.com; without it, beacons that named none that is known")
  private @Nullable String domain;

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
      Site site = domain == null ? null : access.site(domain);
      Clock clock = Clock.systemUTC();
      LocalDate today =
          LocalDate.ofInstant(clock.instant(), site == null ? ZoneOffset.UTC : site.zone());
      SiteId id = site == null ? Refusals.INSTALLATION : site.id();
      List<Refusals.Count> counts =
          access.await(
              new Refusals(access.pool(), clock).of(id, today.minusDays(days - 1L), today));
      invocation
          .out()
          .printf(
              "%s, %s to %s%n%n",
              site == null ? "No known site" : site.domain(), today.minusDays(days - 1L), today);
      print(counts, invocation.out());
    }
    return Cli.OK;
  }

  /** Each reason with its sum, the most frequent first, and below it its details. */
  static void print(List<Refusals.Count> counts, PrintStream out) {
    if (counts.isEmpty()) {
      out.println("Every beacon of this time was counted.");
      return;
    }
    Map<String, List<Refusals.Count>> byReason =
        counts.stream()
            .collect(
                Collectors.groupingBy(
                    Refusals.Count::reason, LinkedHashMap::new, Collectors.toList()));
    byReason.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> -sum(entry.getValue())))
        .forEach(entry -> print(entry.getKey(), entry.getValue(), out));
  }

  private static void print(String reason, List<Refusals.Count> details, PrintStream out) {
    out.printf(Locale.ROOT, "%,12d  %-16s  %s%n", sum(details), reason, words(reason));
    for (Refusals.Count count : details) {
      if (!count.detail().isEmpty()) {
        out.printf(Locale.ROOT, "%,12d    %s%n", count.count(), count.detail());
      }
    }
  }

  private static long sum(List<Refusals.Count> counts) {
    return counts.stream().mapToLong(Refusals.Count::count).sum();
  }

  /** What a reason means; nothing of one that another version wrote. */
  private static String words(String label) {
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.label().equals(label))
        .map(Reason::words)
        .findAny()
        .orElse("");
  }
}
