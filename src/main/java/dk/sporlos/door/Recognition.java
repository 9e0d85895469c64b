package dk.sporlos.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells which visit an action belongs to, by a random key of the site's day that is kept in memory
 * only. What it tells are random numbers; nothing that leaves it can be computed from an address.
 *
 * <p>Safe for use by many threads.
 */
public final class Recognition {

  /*
   * Two structures share the work. The cache holds visits that may go on, by fingerprint; it ends
   * them when they are idle or when there are too many. The table in each day key holds the day's
   * visitor numbers for as long as the day lasts, in a form that is compact, because most of it is
   * of visitors who have left.
   *
   * All that touches one site happens under its lock (its DayKeys), so a visit moves from
   * yesterday's fingerprint to today's in one piece, and parallel first beacons open one visit. A
   * visit changes only inside the cache's compute, which is atomic with its expiry and eviction:
   * once a visit is handed over, no thread can still give its number to a hit. The order of locks is
   * site, then cache; the listener is called inside both and must not call back.
   *
   * One clean-up of the cache ends no more than a thousand visits, hence the loop in expire.
   */
  private final Clock clock;
  private final SecureRandom random;
  private final Consumer<EndedVisit> listener;
  private final AtomicLong roomForVisitors;
  private final Cache<Fingerprint, OpenVisit> openVisits;
  private final ConcurrentMap<SiteId, DayKeys> keysBySite = new ConcurrentHashMap<>();
  private final LongAdder idle = new LongAdder();
  private final LongAdder evicted = new LongAdder();
  private final LongAdder unremembered = new LongAdder();

  /**
   * How much is held in memory.
   *
   * @param openVisits past it, the visits least likely to go on are ended early; about 250 bytes
   *     each
   * @param visitors past it, a visitor who returns on the same day counts again; 32 to 64 bytes
   *     each
   */
  public record Limits(int openVisits, int visitors) {}

  /**
   * @param listener hears of each ended visit exactly once: 30 minutes after its last hit, when a
   *     hit comes too late for it (4 hours, 500 steps), or when it is evicted. A hit of it may
   *     still be on its way to the database in the last two cases. Must be quick, must not throw,
   *     and must not call back
   */
  public Recognition(
      Clock clock, SecureRandom random, Limits limits, Consumer<EndedVisit> listener) {
    this.clock = clock;
    this.random = random;
    this.listener = listener;
    this.roomForVisitors = new AtomicLong(limits.visitors());
    this.openVisits =
        Caffeine.newBuilder()
            .maximumSize(limits.openVisits())
            .expireAfter(Expiry.<Fingerprint, OpenVisit>accessing((key, visit) -> OpenVisit.IDLE))
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .evictionListener(this::handOver)
            .build();
  }

  /** Enters an action; null if it is an engagement and no visit is open that viewed a page. */
  @Nullable Recognised recognise(Site site, Sender sender, Page page, Action action, Instant at) {
    byte[] traits = sender.traits();
    DayKeys keys =
        keysBySite.computeIfAbsent(site.id(), id -> new DayKeys(random, roomForVisitors));
    synchronized (keys) {
      Instant now = clock.instant();
      Fingerprint fingerprint = keys.today(now, site.zone()).fingerprint(traits);
      OpenVisit continued = takeFromYesterday(keys, fingerprint, traits);
      OpenVisit visit =
          openVisits
              .asMap()
              .compute(
                  fingerprint,
                  (key, open) -> {
                    OpenVisit current = unlessOver(open == null ? continued : open, action, now);
                    if (current == null) {
                      if (action instanceof Action.Engagement) {
                        return null;
                      }
                      current = begin(site, keys, traits, at);
                    }
                    current.take(page, action);
                    return current;
                  });
      return visit != null && visit.hasStep() ? visit.latest(at) : null;
    }
  }

  /**
   * Ends visits that are idle and destroys keys that are no longer of use. Call every few seconds;
   * it takes about a millisecond for a thousand visits that end.
   */
  public void expire() {
    long before;
    do {
      before = idle.sum();
      openVisits.cleanUp();
    } while (idle.sum() != before);
    for (DayKeys keys : keysBySite.values()) {
      synchronized (keys) {
        keys.dropIdle(clock.instant());
      }
    }
  }

  /** How many visits may still go on. */
  public long openVisits() {
    return openVisits.estimatedSize();
  }

  /** How many visits were ended early for lack of room. */
  public long evictedVisits() {
    return evicted.sum();
  }

  /** How many visitors were not remembered for lack of room. */
  public long unrememberedVisitors() {
    return unremembered.sum();
  }

  /** The visit that a sender had under yesterday's key, no longer found there. */
  private @Nullable OpenVisit takeFromYesterday(
      DayKeys keys, Fingerprint fingerprint, byte[] traits) {
    DayKey yesterday = keys.yesterday();
    if (yesterday == null || openVisits.asMap().containsKey(fingerprint)) {
      return null;
    }
    return openVisits.asMap().remove(yesterday.fingerprint(traits));
  }

  private @Nullable OpenVisit unlessOver(@Nullable OpenVisit visit, Action action, Instant now) {
    if (visit != null && visit.isOver(action, now)) {
      listener.accept(visit.ended());
      return null;
    }
    return visit;
  }

  private OpenVisit begin(Site site, DayKeys keys, byte[] traits, Instant at) {
    return new OpenVisit(site.id(), randomNumber(), visitorNumber(keys, traits, at), at);
  }

  /**
   * The sender's number on the day of an instant. A repeated beacon may be of yesterday: then it is
   * yesterday's number, or one that means nothing else.
   */
  private long visitorNumber(DayKeys keys, byte[] traits, Instant at) {
    DayKey day = keys.covering(at);
    if (day == null) {
      return randomNumber();
    }
    Fingerprint fingerprint = day.fingerprint(traits);
    long known = day.visitors().get(fingerprint);
    if (known != 0) {
      return known;
    }
    long number = randomNumber();
    if (!day.visitors().put(fingerprint, number)) {
      unremembered.increment();
    }
    return number;
  }

  private long randomNumber() {
    long number = random.nextLong();
    return number == 0 ? randomNumber() : number;
  }

  private void handOver(@Nullable Fingerprint key, @Nullable OpenVisit visit, RemovalCause cause) {
    (cause == RemovalCause.SIZE ? evicted : idle).increment();
    if (visit != null) {
      listener.accept(visit.ended());
    }
  }
}
