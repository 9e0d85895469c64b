package dk.sporlos.intake;

import dk.sporlos.door.Memory;
import dk.sporlos.door.Returns;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
   *
   * While the database is away what is due grows in numbers, not in rows: a batch that was never
   * sent takes in what else is due of its day. One that was sent stays as it is.
   */
  static final int ENOUGH = 20;
  static final int FEWEST = 10;

  /** A visit that began before midnight may go on; most of those that do end within an hour. */
  private static final Duration AFTER_MIDNIGHT = Duration.ofHours(1);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  record Day(SiteId site, LocalDate day) {}

  /** Browsers that will be written together. */
  static final class Waiting {
    private final Map<Return, Long> counts = new HashMap<>();
    private long browsers;

    /** A full batch of the same day that is held back; null if none is. */
    private @Nullable Waiting held;

    void add(Return browser, long count) {
      counts.merge(browser, count, Long::sum);
      browsers += count;
    }

    long browsers() {
      return browsers;
    }

    Map<Return, Long> counts() {
      return counts;
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
  record Batch(UUID id, Instant drawn, Day day, Waiting waiting) {}

  /**
   * What waits, for the next process.
   *
   * @param sent batches that may be written already
   */
  record Left(List<Batch> sent, Map<Day, Waiting> waiting) {}

  private final Pool pool;
  private final Clock clock;
  private final Function<SiteId, @Nullable Site> sites;

  // Guarded by this object.
  private final Map<Day, Waiting> waitingByDay = new HashMap<>();
  private final Map<Day, Waiting> dueByDay = new LinkedHashMap<>();
  private final Deque<Batch> sent = new ArrayDeque<>();
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
        isDue(day, waiting.held);
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
        + dueByDay.values().stream().mapToLong(Waiting::all).sum()
        + sent.stream().mapToLong(batch -> batch.waiting().browsers).sum();
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
        isDue(entry.getKey(), entry.getValue().whole());
      }
    }
  }

  private void isDue(Day day, Waiting waiting) {
    Waiting due = dueByDay.computeIfAbsent(day, none -> new Waiting());
    waiting.counts.forEach(due::add);
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
    Batch batch = nextToSend();
    if (batch == null) {
      return Future.succeededFuture();
    }
    return pool.preparedQuery(ReturnSql.ADD)
        .execute(ReturnSql.parameters(batch))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(written -> written(batch))
        .compose(written -> writeNext());
  }

  private synchronized void written(Batch batch) {
    sent.remove(batch);
  }

  private @Nullable Batch nextToSend() {
    Iterator<Map.Entry<Day, Waiting>> due = dueByDay.entrySet().iterator();
    if (sent.isEmpty() && due.hasNext()) {
      Map.Entry<Day, Waiting> next = due.next();
      due.remove();
      sent.add(new Batch(UUID.randomUUID(), clock.instant(), next.getKey(), next.getValue()));
    }
    return sent.peek();
  }

  /** How many batches are held in memory. */
  synchronized int batches() {
    long held = waitingByDay.values().stream().filter(waiting -> waiting.held != null).count();
    return waitingByDay.size() + (int) held + dueByDay.size() + sent.size();
  }

  /** What the next process has to know. */
  public Memory memory() {
    return new ReturnMemory(this);
  }

  /** Forgets what waits, which the next process has now: otherwise it would count twice. */
  public synchronized void handedOver() {
    waitingByDay.clear();
    dueByDay.clear();
    sent.clear();
  }

  synchronized Left left() {
    Map<Day, Waiting> all = new LinkedHashMap<>();
    for (Map<Day, Waiting> part : List.of(dueByDay, waitingByDay)) {
      part.forEach(
          (day, waiting) -> {
            Waiting whole = all.computeIfAbsent(day, none -> new Waiting());
            waiting.counts.forEach(whole::add);
            if (waiting.held != null) {
              waiting.held.counts.forEach(whole::add);
            }
          });
    }
    return new Left(List.copyOf(sent), all);
  }

  /** Goes on where another process stopped. */
  synchronized void take(Left left) {
    sent.addAll(left.sent());
    left.waiting()
        .forEach(
            (day, given) -> {
              Waiting waiting = waitingByDay.computeIfAbsent(day, none -> new Waiting());
              Waiting into = waiting;
              if (given.browsers >= ENOUGH) {
                into = waiting.held == null ? new Waiting() : waiting.held;
                waiting.held = into;
              }
              given.counts.forEach(into::add);
            });
  }
}
