package dk.sporlos.seal;

import dk.sporlos.database.SqlStates;
import dk.sporlos.metrics.Doctor.Finding;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Whether totals are what visits give, on the last sealed day of as many sites as there is time
 * for. The sites are taken in random order, so that whoever asks again sees others.
 */
public final class SealsExamination {
  private static final String LAST_DAYS =
      """
      select site_id, max(day) as day
      from sealed_day
      join site on site.id = sealed_day.site_id
      where not due and day >= coalesce(visits_complete_from, '-infinity'::date)
      group by site_id
      order by random()
      limit 1000
      """;

  private record LastDay(Site site, LocalDate day) {}

  private final Pool pool;
  private final Check check;
  private final Function<SiteId, @Nullable Site> sites;
  private final Duration patience;

  /**
   * @param sites by their numbers, from memory alone
   * @param patience after which no further site is looked at
   */
  public SealsExamination(Pool pool, Function<SiteId, @Nullable Site> sites, Duration patience) {
    this.pool = pool;
    this.check = new Check(pool);
    this.sites = sites;
    this.patience = patience;
  }

  /** Where totals differ, and how many sites were looked at if not all were. */
  public Future<List<Finding>> findings() {
    long deadline = System.nanoTime() + patience.toNanos();
    return pool.query(LAST_DAYS)
        .execute()
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).flatMap(this::day).toList())
        .compose(days -> compare(days, deadline));
  }

  private Stream<LastDay> day(Row row) {
    Site site = sites.apply(new SiteId(row.getInteger("site_id")));
    return site == null ? Stream.of() : Stream.of(new LastDay(site, row.getLocalDate("day")));
  }

  private Future<List<Finding>> compare(List<LastDay> days, long deadline) {
    List<Finding> findings = new ArrayList<>();
    AtomicInteger compared = new AtomicInteger();
    Future<Void> done = Future.succeededFuture();
    for (LastDay day : days) {
      done =
          done.compose(
              before ->
                  System.nanoTime() - deadline > 0
                      ? Future.succeededFuture()
                      : compare(day, findings)
                          .onSuccess(looked -> compared.addAndGet(looked ? 1 : 0))
                          .mapEmpty());
    }
    return done.map(
        all -> {
          if (compared.get() < days.size()) {
            findings.add(partly(compared.get(), days.size()));
          }
          return List.copyOf(findings);
        });
  }

  /** Tells whether it could be compared: somebody may be in the way, or it may take too long. */
  private Future<Boolean> compare(LastDay day, List<Finding> findings) {
    return check
        .differencesOfDays(day.site(), day.day(), day.day())
        .map(
            differences -> {
              if (!differences.isEmpty()) {
                findings.add(differing(day, differences.size()));
              }
              return true;
            })
        .recover(
            failure ->
                SqlStates.isCollision(failure) || SqlStates.isCanceled(failure)
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(failure));
  }

  private static Finding differing(LastDay day, int figures) {
    return new Finding(
        "seals-differ",
        "Of %s, %s, %d totals are not what its visits give."
            .formatted(day.site().domain(), day.day(), figures),
        "sporlos seal --site %1$s --from %2$s --to %2$s (with --check it shows them and changes nothing)"
            .formatted(day.site().domain(), day.day()));
  }

  private static Finding partly(int compared, int all) {
    return Finding.note(
        "seals-partly",
        "In the time there was, totals of %d of %d sites were compared with visits."
            .formatted(compared, all),
        "sporlos seal --check compares whole ranges of a site.");
  }
}
