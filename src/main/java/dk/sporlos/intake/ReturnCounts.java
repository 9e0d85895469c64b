package dk.sporlos.intake;

import dk.sporlos.door.Returns;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tables {@code return_gap} and {@code cohort}: how many browsers came back, and after how long.
 *
 * <p>Counts wait in memory until enough browsers stand behind them to be written together, and
 * never on a disk: a process that dies loses those that wait. May be used by any thread.
 */
public final class ReturnCounts implements Returns {

  /*
   * A small batch would tell who it was: where few browsers came on a day, a gap leads from one
   * visit to its predecessor. Hence 20 browsers to a batch; what is left when the day is over is
   * written from 10 on, and below that without gap and week. A full batch is held back until the next
   * one is full, so that what is left has it for company: a day of 10 browsers and more says all.
   *
   * A batch is of one site and day, in a transaction of its own, in the order of its values. It has a
   * random identity, so that one of unknown outcome is written again and counts once.
   */
  static final int ENOUGH = 20;
  static final int FEWEST = 10;

  /** A visit that began before midnight may go on; most of those that do end within an hour. */
  private static final Duration AFTER_MIDNIGHT = Duration.ofHours(1);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int UNKNOWN_GAP = -1;

  private static final String ADD =
      """
      with fresh as (
        insert into batch (site_id, hour, id) values (0, $1, $2)
        on conflict do nothing
        returning id
      ),
      gaps as (
        insert into return_gap (browsers, site_id, day, gap)
        select browsers, $3, $4, gap
        from unnest($5::int[], $6::bigint[]) as counted (gap, browsers)
        where exists (select from fresh)
        on conflict (site_id, day, gap) do update
        set browsers = return_gap.browsers + excluded.browsers
      )
      insert into cohort (browsers, site_id, first_week, week)
      select browsers, $3, first_week, $7
      from unnest($8::date[], $9::bigint[]) as counted (first_week, browsers)
      where exists (select from fresh)
      on conflict (site_id, first_week, week) do update
      set browsers = cohort.browsers + excluded.browsers
      """;

  private record Day(SiteId site, LocalDate day) {}

  /** Browsers that will be written together. */
  private static final class Waiting {
    private final Map<Return, Long> counts = new HashMap<>();
    private long browsers;

    /** A full batch of the same day that is held back; null if none is. */
    private @Nullable Waiting held;

    void add(Return browser, long count) {
      counts.merge(browser, count, Long::sum);
      browsers += count;
    }

    /** This and what is held back, in one. */
    Waiting whole() {
      Waiting full = held;
      if (full != null) {
        full.counts.forEach(this::add);
        held = null;
      }
      return this;
    }

    long all() {
      return browsers + (held == null ? 0 : held.browsers);
    }
  }

  /** What is to be written as one. */
  private record Batch(UUID id, Instant drawn, Day day, Waiting waiting) {}

  private final Pool pool;
  private final Clock clock;
  private final Function<SiteId, @Nullable Site> sites;

  // Guarded by this object.
  private final Map<Day, Waiting> waitingByDay = new HashMap<>();
  private final Deque<Batch> due = new ArrayDeque<>();
  private Future<Void> writing = Future.succeededFuture();

  /**
   * @param sites the site of a number, from memory; null if it is not known, or gone
   */
  public ReturnCounts(Pool pool, Clock clock, Function<SiteId, @Nullable Site> sites) {
    this.pool = pool;
    this.clock = clock;
    this.sites = sites;
  }

  @Override
  public synchronized void count(Return browser) {
    Day day = new Day(browser.site(), browser.day());
    Waiting waiting = waitingByDay.computeIfAbsent(day, none -> new Waiting());
    waiting.add(browser, 1);
    if (waiting.browsers >= ENOUGH) {
      if (waiting.held != null) {
        due.add(batch(day, waiting.held));
        waiting.held = null;
      }
      Waiting next = new Waiting();
      next.held = waiting;
      waitingByDay.put(day, next);
    }
  }

  /** How many browsers are not written yet. */
  public synchronized long waiting() {
    return waitingByDay.values().stream().mapToLong(Waiting::all).sum()
        + due.stream().mapToLong(batch -> batch.waiting().browsers).sum();
  }

  /** Writes what is due: enough browsers, or the rest of a day that is over. */
  public synchronized Future<Void> flush() {
    closeDays(/* all= */ false);
    return write();
  }

  /** Writes all, as at the end of a day; at the end of a process that hands over to nobody. */
  public synchronized Future<Void> finish() {
    closeDays(/* all= */ true);
    return write();
  }

  private void closeDays(boolean all) {
    Iterator<Map.Entry<Day, Waiting>> entries = waitingByDay.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Day, Waiting> entry = entries.next();
      if (all || isOver(entry.getKey())) {
        entries.remove();
        due.add(batch(entry.getKey(), entry.getValue().whole()));
      }
    }
  }

  private Batch batch(Day day, Waiting waiting) {
    return new Batch(UUID.randomUUID(), clock.instant(), day, waiting);
  }

  private boolean isOver(Day day) {
    Site site = sites.apply(day.site());
    ZoneId zone = site == null ? ZoneOffset.UTC : site.zone();
    Instant over = day.day().plusDays(1).atStartOfDay(zone).toInstant().plus(AFTER_MIDNIGHT);
    return !clock.instant().isBefore(over);
  }

  private Future<Void> write() {
    if (writing.isComplete()) {
      writing = writeNext();
    }
    return writing;
  }

  private synchronized Future<Void> writeNext() {
    Batch batch = due.peek();
    if (batch == null) {
      return Future.succeededFuture();
    }
    return pool.preparedQuery(ADD)
        .execute(parameters(batch))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(written -> written(batch))
        .compose(written -> writeNext());
  }

  private synchronized void written(Batch batch) {
    due.remove(batch);
  }

  private static Tuple parameters(Batch batch) {
    boolean says = batch.waiting().browsers >= FEWEST;
    LocalDate monday = mondayOf(batch.day().day());
    Map<Integer, Long> gaps = new TreeMap<>();
    long firstIssued = 0;
    Map<LocalDate, Long> weeks = new TreeMap<>();
    long newThisWeek = 0;
    for (Map.Entry<Return, Long> entry : batch.waiting().counts.entrySet()) {
      Integer gap = entry.getKey().gap();
      if (gap == null) {
        firstIssued += entry.getValue();
      } else {
        gaps.merge(gap, entry.getValue(), Long::sum);
      }
      if (gap == null || batch.day().day().minusDays(gap).isBefore(monday)) {
        weeks.merge(entry.getKey().firstWeek(), entry.getValue(), Long::sum);
        newThisWeek += entry.getValue();
      }
    }
    List<@Nullable Integer> gapValues = new ArrayList<>();
    List<Long> gapCounts = new ArrayList<>();
    List<@Nullable LocalDate> weekValues = new ArrayList<>();
    List<Long> weekCounts = new ArrayList<>();
    if (says) {
      gapValues.addAll(gaps.keySet());
      gapCounts.addAll(gaps.values());
      if (firstIssued > 0) {
        gapValues.add(null);
        gapCounts.add(firstIssued);
      }
      weekValues.addAll(weeks.keySet());
      weekCounts.addAll(weeks.values());
    } else {
      gapValues.add(UNKNOWN_GAP);
      gapCounts.add(batch.waiting().browsers);
      if (newThisWeek > 0) {
        weekValues.add(null);
        weekCounts.add(newThisWeek);
      }
    }
    return Tuple.of(Inbox.hour(batch.drawn()), batch.id())
        .addInteger(batch.day().site().value())
        .addLocalDate(batch.day().day())
        .addArrayOfInteger(gapValues.toArray(Integer[]::new))
        .addArrayOfLong(gapCounts.toArray(Long[]::new))
        .addLocalDate(monday)
        .addArrayOfLocalDate(weekValues.toArray(LocalDate[]::new))
        .addArrayOfLong(weekCounts.toArray(Long[]::new));
  }

  private static LocalDate mondayOf(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }
}
