package dk.sporlos.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
   * A visit has several entries where a cookie was given, renewed or withdrawn in it: whichever key
   * comes next leads to it. It knows how many they are and ends with the last.
   *
   * One clean-up of the cache ends no more than a thousand visits, hence the loop in expire.
   */
  /**
   * A key is no older: a day of 25 hours, and the half hour for which a visit may go on after it.
   */
  public static final Duration LONGEST_KEY = Duration.ofMinutes(25 * 60 + 31);

  private final Clock clock;
  private final SecureRandom random;
  private final Consumer<EndedVisit> listener;
  private final RandomNumbers numbers;
  private final CookieVisits cookies;
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
   * @param returns hears of browsers that bring a cookie
   */
  public Recognition(
      Clock clock,
      SecureRandom random,
      Limits limits,
      Consumer<EndedVisit> listener,
      Returns returns) {
    this.clock = clock;
    this.random = random;
    this.listener = listener;
    this.numbers = new RandomNumbers(random);
    this.roomForVisitors = new AtomicLong(limits.visitors());
    this.openVisits =
        Caffeine.newBuilder()
            .maximumSize(limits.openVisits())
            .expireAfter(Expiry.<Fingerprint, OpenVisit>accessing((key, visit) -> OpenVisit.IDLE))
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .evictionListener(this::handOver)
            .build();
    this.cookies =
        new CookieVisits(numbers, openVisits.asMap(), this::leave, unremembered, returns);
  }

  /**
   * Enters an action; null if it is an engagement and no visit is open that viewed a page.
   *
   * @param identity of somebody who can be recognised
   */
  @Nullable Recognised recognise(
      Site site, Identity identity, Page page, Action action, Instant at) {
    DayKeys keys =
        keysBySite.computeIfAbsent(site.id(), id -> new DayKeys(random, roomForVisitors));
    synchronized (keys) {
      Instant now = clock.instant();
      keys.today(now, site.zone());
      Pass pass = new Pass(site, keys, identity, now);
      OpenVisit visit = enter(pass, page, action, at);
      return visit == null || !visit.hasStep()
          ? null
          : visit.latest(at, identity.cookie() != null, cookies.settle(pass, visit, action));
    }
  }

  /** The open visit under the number of a cookie; null if there is none. */
  @Nullable OpenVisit find(Site site, VisitorCookie cookie) {
    DayKeys keys = keysBySite.get(site.id());
    if (keys == null) {
      return null;
    }
    synchronized (keys) {
      for (DayKey key : keys.all()) {
        OpenVisit visit = openVisits.policy().getIfPresentQuietly(key.fingerprint(cookie.traits()));
        if (visit != null && !visit.isOver()) {
          return visit;
        }
      }
      return null;
    }
  }

  /**
   * Ends a visit early, so that no further hit belongs to it. The listener hears of it.
   *
   * @param visit as {@link #find} found it
   */
  void end(Site site, OpenVisit visit) {
    DayKeys keys = keysBySite.get(site.id());
    if (keys != null) {
      synchronized (keys) {
        end(visit);
      }
    }
  }

  /**
   * Ends a visit without a word to the listener: what is left of its hits is folded by the sweep,
   * once those that are to go are gone.
   *
   * @param visit as {@link #find} found it
   */
  void forget(Site site, OpenVisit visit) {
    DayKeys keys = keysBySite.get(site.id());
    if (keys != null) {
      synchronized (keys) {
        visit.end();
      }
    }
  }

  /** Lets a visit go on without the cookie that it was recognised by, as far as it can. */
  void withdraw(Site site, Identity identity) {
    DayKeys keys = keysBySite.get(site.id());
    VisitorCookie cookie = identity.cookie();
    byte[] traits = identity.traits();
    if (keys == null || cookie == null || traits == null) {
      return;
    }
    synchronized (keys) {
      OpenVisit visit = find(site, cookie);
      if (visit != null) {
        cookies.alias(new Pass(site, keys, identity, clock.instant()), traits, visit);
      }
    }
  }

  private void end(OpenVisit visit) {
    if (visit.end()) {
      listener.accept(visit.ended());
    }
  }

  /** What holds while one action is entered; made under the lock of its site. */
  record Pass(Site site, DayKeys keys, Identity identity, Instant now) {

    DayKey today() {
      return keys.today(now, site.zone());
    }

    boolean continuesOnly(Action action) {
      return action instanceof Action.Engagement;
    }
  }

  private @Nullable OpenVisit enter(Pass pass, Page page, Action action, Instant at) {
    byte[] input = input(pass.identity());
    Fingerprint fingerprint = pass.today().fingerprint(input);
    OpenVisit continued = takeFromYesterday(pass.keys(), fingerprint, input);
    return openVisits
        .asMap()
        .compute(
            fingerprint,
            (key, open) -> {
              OpenVisit current = unlessOver(open == null ? continued : open, action, pass.now());
              if (current == null) {
                if (pass.continuesOnly(action)) {
                  return null;
                }
                current = begin(pass.site(), pass.keys(), input, at);
              }
              current.take(page, action);
              return current;
            });
  }

  /** What is recognised: the cookie's number before all, else the traits, else what is new. */
  private byte[] input(Identity identity) {
    if (identity.cookie() != null) {
      return identity.cookie().traits();
    }
    return identity.traits() == null
        ? VisitorCookie.first(LocalDate.EPOCH, numbers.nextOfCookie()).traits()
        : identity.traits();
  }

  private void leave(OpenVisit visit) {
    if (visit.leave()) {
      listener.accept(visit.ended());
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

  /** All that a successor has to know to go on. */
  public Memory memory() {
    return new RecognitionMemory(clock, random, roomForVisitors, keysBySite, openVisits);
  }

  /** How long ago the day began of which the oldest key is. */
  public Duration oldestKey() {
    Instant now = clock.instant();
    Instant oldest = now;
    for (DayKeys keys : keysBySite.values()) {
      synchronized (keys) {
        for (DayKey key : keys.all()) {
          oldest = key.begins().isBefore(oldest) ? key.begins() : oldest;
        }
      }
    }
    return Duration.between(oldest, now);
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
      DayKeys keys, Fingerprint fingerprint, byte[] input) {
    DayKey yesterday = keys.yesterday();
    if (yesterday == null || openVisits.asMap().containsKey(fingerprint)) {
      return null;
    }
    return openVisits.asMap().remove(yesterday.fingerprint(input));
  }

  private @Nullable OpenVisit unlessOver(@Nullable OpenVisit visit, Action action, Instant now) {
    if (visit == null || visit.isOver()) {
      return null;
    }
    if (visit.isOver(action, now)) {
      end(visit);
      return null;
    }
    return visit;
  }

  private OpenVisit begin(Site site, DayKeys keys, byte[] input, Instant at) {
    return new OpenVisit(site.id(), numbers.next(), visitorNumber(keys, input, at), at);
  }

  /**
   * The sender's number on the day of an instant. A repeated beacon may be of yesterday: then it is
   * yesterday's number, or one that means nothing else.
   */
  private long visitorNumber(DayKeys keys, byte[] input, Instant at) {
    DayKey day = keys.covering(at);
    if (day == null) {
      return numbers.next();
    }
    Fingerprint fingerprint = day.fingerprint(input);
    long known = day.visitors().get(fingerprint);
    if (known != 0) {
      return known;
    }
    long number = numbers.next();
    if (!day.visitors().put(fingerprint, number)) {
      unremembered.increment();
    }
    return number;
  }

  private void handOver(@Nullable Fingerprint key, @Nullable OpenVisit visit, RemovalCause cause) {
    (cause == RemovalCause.SIZE ? evicted : idle).increment();
    if (visit != null) {
      leave(visit);
    }
  }
}
