package dk.sporlos.cli;

import dk.sporlos.site.Site;
import dk.sporlos.stats.InvalidQueryException;
import dk.sporlos.stats.Query;
import dk.sporlos.stats.Stats;
import dk.sporlos.stats.Table;
import java.time.Clock;
import java.util.Iterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos stats}. */
@Command(name = "stats", description = "Print a site's figures as a table.")
final class StatsCommand implements Task {
  @Parameters(paramLabel = "DOMAIN", description = "the site, as in example.com")
  private String domain = "";

  @Option(
      names = "--by",
      paramLabel = "DIMENSION",
      defaultValue = "page",
      completionCandidates = Dimensions.class,
      description = "one of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
  private String by = "";

  @Option(
      names = "--last",
      paramLabel = "RANGE",
      defaultValue = "7d",
      completionCandidates = Ranges.class,
      description = "one of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
  private String last = "";

  /** What rows may be told apart by. */
  static final class Dimensions implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Table.dimensions().iterator();
    }
  }

  /** What time may be covered. */
  static final class Ranges implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Table.ranges().iterator();
    }
  }

  @Override
  public int run(Invocation invocation) {
    Query query = query();
    try (DataAccess access = DataAccess.open(invocation.settings())) {
      Site site = access.site(domain);
      Stats stats = new Stats(access.pool(), Clock.systemUTC());
      invocation.out().print(Table.render(access.await(stats.answer(site, query))));
    }
    return Cli.OK;
  }

  private Query query() {
    try {
      return Table.query(by, last);
    } catch (InvalidQueryException fault) {
      throw new UserException(String.valueOf(fault.getMessage()));
    }
  }
}
