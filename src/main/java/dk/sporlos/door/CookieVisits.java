package dk.sporlos.door;

import dk.sporlos.door.Recognition.Pass;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of visits: which one an answer gives, and under which keys a visit is found for it.
 * Called under the lock of the site alone.
 */
final class CookieVisits {
  private final RandomNumbers numbers;
  private final ConcurrentMap<Fingerprint, OpenVisit> openVisits;
  private final Consumer<OpenVisit> leave;
  private final LongAdder unremembered;
  private final Returns returns;

  /**
   * @param leave is told of a visit that has one entry less
   * @param unremembered counts visitors for whom there was no room
   */
  CookieVisits(
      RandomNumbers numbers,
      ConcurrentMap<Fingerprint, OpenVisit> openVisits,
      Consumer<OpenVisit> leave,
      LongAdder unremembered,
      Returns returns) {
    this.numbers = numbers;
    this.openVisits = openVisits;
    this.leave = leave;
    this.unremembered = unremembered;
    this.returns = returns;
  }

  /** Sees to the cookie, once an action is entered; returns the one that the answer gives. */
  @Nullable VisitorCookie settle(Pass pass, OpenVisit visit, Action action) {
    Identity identity = pass.identity();
    LocalDate day = LocalDate.ofInstant(visit.began(), pass.site().zone());
    VisitorCookie brought = identity.cookie();
    if (brought == null) {
      return identity.mayHaveCookie() && visit.hasRoomForCookie()
          ? giveFirst(pass, visit, day)
          : null;
    }
    countReturn(pass, brought, visit, day);
    if (!identity.mayHaveCookie()) {
      if (identity.traits() != null) {
        alias(pass, identity.traits(), visit);
      }
      return null;
    }
    parkTraits(pass, visit);
    boolean opens = visit.steps() == 1 && !pass.continuesOnly(action);
    return opens && brought.lastVisit().isBefore(day) ? renew(pass, brought, visit, day) : null;
  }

  private VisitorCookie giveFirst(Pass pass, OpenVisit visit, LocalDate day) {
    VisitorCookie given = VisitorCookie.first(day, numbers.nextOfCookie());
    alias(pass, given.traits(), visit);
    DayKey key = pass.keys().covering(visit.began());
    if (key != null) {
      Fingerprint fingerprint = key.fingerprint(given.traits());
      visit.take(fingerprint);
      if (visit.isReturned()) {
        key.markReturned(fingerprint);
      }
    }
    return given;
  }

  private VisitorCookie renew(Pass pass, VisitorCookie brought, OpenVisit visit, LocalDate day) {
    VisitorCookie given = brought.renewed(day, numbers.nextOfCookie());
    alias(pass, given.traits(), visit);
    DayKey key = pass.keys().covering(visit.began());
    if (key != null) {
      key.markReturned(key.fingerprint(given.traits()));
    }
    return given;
  }

  /**
   * Enters a visit under one more key, so that who is known by it next is still in it. An entry
   * already there stays, unless its visit is over.
   */
  void alias(Pass pass, byte[] input, OpenVisit visit) {
    DayKey day = pass.keys().covering(visit.began());
    if (day != null) {
      Fingerprint visitor = day.fingerprint(input);
      if (day.visitors().get(visitor) == 0 && !day.visitors().put(visitor, visit.visitor())) {
        unremembered.increment();
      }
    }
    if (visit.enter() && !lead(pass.today().fingerprint(input), visit)) {
      leave.accept(visit);
    }
  }

  /** Makes a key lead to a visit; false if it leads to one that goes on, or to this one already. */
  private boolean lead(Fingerprint key, OpenVisit visit) {
    OpenVisit there = openVisits.putIfAbsent(key, visit);
    if (there == null) {
      return true;
    }
    if (!there.isOver() || !openVisits.replace(key, there, visit)) {
      return false;
    }
    leave.accept(there);
    return true;
  }

  /**
   * Drops the entry of a visit under the traits of its sender, now that the cookie has arrived: a
   * neighbour who looks alike gets a visit, and a number, of their own.
   */
  private void parkTraits(Pass pass, OpenVisit visit) {
    byte[] traits = pass.identity().traits();
    if (traits == null || !visit.hasOtherEntries()) {
      return;
    }
    for (DayKey key : pass.keys().all()) {
      Fingerprint fingerprint = key.fingerprint(traits);
      if (openVisits.remove(fingerprint, visit)) {
        leave.accept(visit);
      }
      if (key.visitors().get(fingerprint) == visit.visitor()) {
        key.visitors().replace(fingerprint, numbers.next());
      }
    }
  }

  /** Counts a browser that brings a cookie, once on the day to which its visit belongs. */
  private void countReturn(Pass pass, VisitorCookie brought, OpenVisit visit, LocalDate day) {
    boolean firstIssued = !brought.lastVisit().isBefore(day);
    if (firstIssued && !brought.firstWeek().equals(VisitorCookie.mondayOf(day))) {
      return;
    }
    DayKey key = pass.keys().covering(visit.began());
    boolean counted = (key == null || firstIssued) && visit.isReturned();
    if (key != null) {
      counted |= !key.markReturned(key.fingerprint(brought.traits()));
      visit.cookies().forEach(key::markReturned);
    }
    visit.markReturned();
    if (!counted) {
      Integer gap = firstIssued ? null : (int) ChronoUnit.DAYS.between(brought.lastVisit(), day);
      returns.count(new Returns.Return(pass.site().id(), day, gap, brought.firstWeek()));
    }
  }
}
