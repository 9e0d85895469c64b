package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * What a question about visits takes at least, known before it is asked.
 *
 * @param visits that are read, of days whose totals say how many there were
 * @param otherwise how less may be asked for than by fewer days
 */
record Cost(long visits, Duration least, String otherwise) {

  /*
   * What a visit takes in nanoseconds where docs/performance.md was measured, rounded down; filters
   * let few visits get as far as their steps, so what those take counts where there is no filter.
   * Machines differ, and a question that might be answered is tried: the time limit of statements ends
   * it if need be. Only what would take several times as long is refused, so that nobody waits for it.
   */
  private static final long EACH = 200;
  private static final long VISITOR = 50;
  private static final long STEPS = 2_500;
  private static final long READING = 2_500;
  private static final long VALUE = 100;
  private static final int DOUBT = 3;

  /** A funnel or path looks for its pages in the packed steps of each visit. */
  private static final long REPORT = 300;

  private static final String OF_QUERIES =
      ", or for whole days without filters, by time and one other dimension at most";

  private static final String VISITS =
      """
      select coalesce(sum(coalesce(visits[1], views[1])), 0)::bigint as visits
      from daily
      where site_id = $1 and day between $2 and $3 and dimension = 0 and part = 0
      """;

  /** That of a question which is answered from visits alone. */
  static Future<Cost> of(SqlConnection connection, Site site, Plan plan, Period period) {
    return connection
        .preparedQuery(VISITS)
        .execute(Parameters.days(site.id(), period))
        .map(rows -> of(plan, rows.iterator().next().getLong("visits")));
  }

  /** That of a report which is made of single visits. */
  static Future<Cost> ofReport(SqlConnection connection, Site site, Period period) {
    return connection
        .preparedQuery(VISITS)
        .execute(Parameters.days(site.id(), period))
        .map(rows -> rows.iterator().next().getLong("visits"))
        .map(visits -> new Cost(visits, Duration.ofNanos(REPORT).multipliedBy(visits), ""));
  }

  static Cost of(Plan plan, long visits) {
    long nanos = QuerySql.parts(plan).stream().mapToLong(Cost::nanosPerVisit).sum();
    return new Cost(visits, Duration.ofNanos(nanos).multipliedBy(visits), OF_QUERIES);
  }

  private static long nanosPerVisit(Part part) {
    boolean filtered = part.filter().allComparisons().findAny().isPresent();
    long values = part.dimensions().stream().filter(attribute -> !attribute.ofTime()).count();
    return EACH
        + VALUE * values
        + (part.needsVisitors() ? VISITOR : 0)
        + (part.ofSteps() && !filtered ? STEPS : 0)
        + (part.ofReading() && !filtered ? READING : 0);
  }

  /**
   * Lets a question pass that may be answered in time.
   *
   * @throws InvalidQueryException if it cannot, with how to ask for less
   */
  void refuseIfHopeless(Period period, Duration longest) {
    if (least.compareTo(longest.multipliedBy(DOUBT)) <= 0) {
      return;
    }
    long all = ChronoUnit.DAYS.between(period.firstDay(), period.lastDay()) + 1;
    long days = all * longest.toMillis() / least.toMillis();
    throw new InvalidQueryException(
        ("The answer would have to be read from %,d visits, which takes longer than %d seconds. Ask"
                + " for about %s at a time%s.")
            .formatted(
                visits, longest.toSeconds(), days > 1 ? days + " days" : "a day", otherwise));
  }
}
