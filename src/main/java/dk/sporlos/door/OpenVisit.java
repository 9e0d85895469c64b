package dk.sporlos.door;

import dk.sporlos.site.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A visit that may go on. What tells its pages apart is a hash, so that a long visit does not hold
 * the texts of its pages in memory. Changed only inside the atomic operations of the map it is in.
 */
final class OpenVisit {
  /** A visit ends when nothing was heard of it for so long. */
  static final Duration IDLE = Duration.ofMinutes(30);

  /** A visit ends so long after it began, whatever is heard of it. */
  static final Duration LONGEST = Duration.ofHours(4);

  /** How many page views and events a visit has at most. */
  static final int MOST_STEPS = 500;

  /** How many cookies a visit is given: a browser that brings none of them keeps none. */
  private static final int MOST_COOKIES = 3;

  private static final int NO_PAGE_VIEW = -1;
  private static final int FEW_STEPS = 4;

  private final SiteId site;
  private final long number;
  private final long visitor;
  private final Instant began;

  /** By step: the hash of the page viewed, 0 for an event. */
  private int[] pages = new int[FEW_STEPS];

  private int steps;
  private int latestStep = NO_PAGE_VIEW;

  /** The cookies that were given in it, as the key of its day knows them. */
  private final List<Fingerprint> cookies = new ArrayList<>(1);

  /** Whether its browser is counted as one that came back. */
  private boolean returned;

  /** How many entries of the map lead here; it is over for good once there is none. */
  private final AtomicInteger entries = new AtomicInteger(1);

  private final AtomicBoolean over = new AtomicBoolean();

  /** Whether the action entered last is to say what is known of the visit. */
  private boolean introduces;

  /**
   * Whether a hit is under way, or stored, that says it. Alone of all this is also changed from
   * outside the map.
   */
  private volatile boolean introduced;

  /**
   * @param began when its first hit happened, in whole seconds
   */
  OpenVisit(SiteId site, long number, long visitor, Instant began) {
    this.site = site;
    this.number = number;
    this.visitor = visitor;
    this.began = began;
  }

  /** A visit as a predecessor handed it over, to which one entry leads. */
  static OpenVisit of(OpenVisitMemory memory) {
    OpenVisit visit =
        new OpenVisit(new SiteId(memory.site()), memory.number(), memory.visitor(), memory.began());
    visit.steps = memory.pages().length;
    visit.pages = Arrays.copyOf(memory.pages(), Math.max(FEW_STEPS, visit.steps));
    for (int i = 0; i < memory.cookies().length; i += 2) {
      visit.cookies.add(new Fingerprint(memory.cookies()[i], memory.cookies()[i + 1]));
    }
    visit.returned = memory.returned();
    visit.introduced = memory.introduced();
    return visit;
  }

  OpenVisitMemory toMemory() {
    return new OpenVisitMemory(
        site.value(),
        number,
        visitor,
        began,
        Arrays.copyOf(pages, steps),
        OpenVisitMemory.halves(cookies),
        returned,
        introduced);
  }

  /** Whether this action cannot belong to the visit any more. */
  boolean isOver(Action action, Instant now) {
    boolean full = steps == MOST_STEPS && !(action instanceof Action.Engagement);
    return full || !now.isBefore(began.plus(LONGEST));
  }

  SiteId site() {
    return site;
  }

  long number() {
    return number;
  }

  long visitor() {
    return visitor;
  }

  Instant began() {
    return began;
  }

  /** How many page views and events were entered. */
  int steps() {
    return steps;
  }

  /** Notes that one more entry leads here; false if the visit is over. */
  boolean enter() {
    return !over.get() && entries.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /** Notes that an entry is gone; true if it was the last, and the visit is over with it. */
  boolean leave() {
    return entries.decrementAndGet() == 0 && end();
  }

  /** Whether more than one entry leads here. */
  boolean hasOtherEntries() {
    return entries.get() > 1;
  }

  /** Ends it; false if it was over before. */
  boolean end() {
    return !over.getAndSet(true);
  }

  boolean isOver() {
    return over.get();
  }

  /** Whether it may be given one more cookie. */
  boolean hasRoomForCookie() {
    return cookies.size() < MOST_COOKIES;
  }

  /** Notes that it is given a cookie. */
  void take(Fingerprint cookie) {
    cookies.add(cookie);
  }

  /** The cookies that were given in it. */
  List<Fingerprint> cookies() {
    return List.copyOf(cookies);
  }

  boolean isReturned() {
    return returned;
  }

  /** Notes that its browser is counted as one that came back. */
  void markReturned() {
    returned = true;
  }

  /** Enters an action and finds its step. */
  void take(Page page, Action action) {
    introduces = !introduced && !(action instanceof Action.Engagement);
    if (action instanceof Action.Engagement) {
      latestStep = stepViewing(hash(page));
      return;
    }
    introduced = true;
    if (steps == pages.length) {
      pages = Arrays.copyOf(pages, Math.min(2 * steps, MOST_STEPS));
    }
    pages[steps] = action instanceof Action.PageView ? hash(page) : 0;
    latestStep = steps++;
  }

  /** The step of the latest view of a page, else of the latest page view, else none. */
  private int stepViewing(int page) {
    int latestView = NO_PAGE_VIEW;
    for (int step = steps - 1; step >= 0; step--) {
      if (pages[step] == page) {
        return step;
      }
      if (latestView == NO_PAGE_VIEW && pages[step] != 0) {
        latestView = step;
      }
    }
    return latestView;
  }

  /** Whether the action entered last has a step; an engagement without any page view has none. */
  boolean hasStep() {
    return latestStep != NO_PAGE_VIEW;
  }

  /** The action entered last, as part of this visit. */
  Recognised latest(Instant at, boolean byCookie, @Nullable VisitorCookie given) {
    return new Recognised(
        number,
        visitor,
        latestStep,
        at.isBefore(began) ? began : at,
        introduces ? this : null,
        byCookie,
        given);
  }

  /** Notes that the hit that said what is known of it was not stored: the next one says it. */
  void notIntroduced() {
    introduced = false;
  }

  EndedVisit ended() {
    return new EndedVisit(site, number, began);
  }

  /**
   * FNV-1a over host and path, never 0. Differs from String.hashCode, which collides on "Aa", "BB".
   */
  private static int hash(Page page) {
    int hash = hash(hash(0x811c9dc5, page.host()), page.path());
    return hash == 0 ? 1 : hash;
  }

  private static int hash(int seed, String text) {
    int hash = seed;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x01000193;
    }
    return hash;
  }
}
