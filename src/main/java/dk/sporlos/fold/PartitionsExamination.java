package dk.sporlos.fold;

import dk.sporlos.intake.Inbox;
import dk.sporlos.metrics.Doctor.Finding;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Whether visits of this month and the next, and hits of every hour, have a place. */
public final class PartitionsExamination {
  private static final String MISSING =
      """
      select name from unnest($1::text[]) as wanted (name)
      where not exists (select from pg_inherits where inhrelid = to_regclass(name))
      order by name
      """;

  private final Pool pool;
  private final Partitions partitions;
  private final Clock clock;

  public PartitionsExamination(Pool pool, Partitions partitions, Clock clock) {
    this.pool = pool;
    this.partitions = partitions;
    this.clock = clock;
  }

  /* A process that has just started may not have made them yet, so they are made first, as always. */
  /** What is missing although it should have been made. */
  public Future<List<Finding>> findings() {
    YearMonth month = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    YearMonth next = month.plusMonths(1);
    return partitions
        .ensure(month.atDay(1), next.atEndOfMonth())
        .compose(made -> pool.preparedQuery(MISSING).execute(Tuple.of(wanted(month, next))))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getString("name"))
                    .toList())
        .map(PartitionsExamination::findings);
  }

  private static String[] wanted(YearMonth... months) {
    Stream<String> slots =
        IntStream.rangeClosed(0, Inbox.WITHOUT_VISIT).mapToObj(slot -> "hit_" + slot);
    Stream<String> ofMonths = Stream.of(months).flatMap(month -> Partitions.names(month).stream());
    return Stream.concat(slots, ofMonths).toArray(String[]::new);
  }

  private static List<Finding> findings(List<String> missing) {
    return missing.isEmpty()
        ? List.of()
        : List.of(
            new Finding(
                "partitions-missing",
                "Visits or hits have no place: these partitions are missing: %s."
                    .formatted(String.join(", ", missing)),
                "Start the process again: it makes those of months. Those of hits come with a"
                    + " backup alone."));
  }
}
