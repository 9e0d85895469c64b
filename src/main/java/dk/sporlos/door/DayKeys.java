package dk.sporlos.door;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one site: today's, and yesterday's while a visit of yesterday may still go on. The
 * object itself is the lock of its site; whoever calls holds it.
 */
final class DayKeys {

  /*
   * Yesterday's key is of use for 30 minutes after midnight: until then a visit may go on, and its
   * first hit after midnight enters it under today's key.
   *
   * A clock that is set back a little over midnight goes on with the newer key, as if it had stood
   * still; one that is set back further was wrong before, and its keys go.
   */
  private static final Duration SLIGHT = Duration.ofHours(1);

  private final SecureRandom random;
  private final AtomicLong room;
  private @Nullable DayKey today;
  private @Nullable DayKey yesterday;

  /**
   * @param room as of {@link VisitorNumbers}
   */
  DayKeys(SecureRandom random, AtomicLong room) {
    this.random = random;
    this.room = room;
  }

  /** Today's key, made by the first who asks. */
  DayKey today(Instant now, ZoneId zone) {
    dropIdle(now);
    DayKey newest = today;
    if (newest != null && newest.zone().equals(zone)) {
      if (newest.covers(now) || isSlightlyBefore(now, newest)) {
        return newest;
      }
      if (!now.isBefore(newest.ends())) {
        return renew(newest, now, zone);
      }
    }
    drop(newest);
    return renew(null, now, zone);
  }

  @Nullable DayKey yesterday() {
    return yesterday;
  }

  /** Today's and yesterday's, as far as they exist. */
  List<DayKey> all() {
    return Stream.of(today, yesterday)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  /**
   * Takes over the keys of a predecessor.
   *
   * @param newestFirst two at most
   */
  void restore(List<DayKey> newestFirst) {
    all().forEach(DayKey::destroy);
    today = newestFirst.isEmpty() ? null : newestFirst.get(0);
    yesterday = newestFirst.size() < 2 ? null : newestFirst.get(1);
  }

  /** The key of the day in which an instant lies; null if it is gone, or never was. */
  @Nullable DayKey covering(Instant instant) {
    if (today != null && today.covers(instant)) {
      return today;
    }
    return yesterday != null && yesterday.covers(instant) ? yesterday : null;
  }

  /** Destroys the keys of days of which no visit can go on. */
  void dropIdle(Instant now) {
    yesterday = keptUnlessIdle(yesterday, now);
    today = keptUnlessIdle(today, now);
  }

  private static @Nullable DayKey keptUnlessIdle(@Nullable DayKey key, Instant now) {
    if (key == null || now.isBefore(key.ends().plus(OpenVisit.IDLE))) {
      return key;
    }
    key.destroy();
    return null;
  }

  private static void drop(@Nullable DayKey key) {
    if (key != null) {
      key.destroy();
    }
  }

  private DayKey renew(@Nullable DayKey previous, Instant now, ZoneId zone) {
    drop(yesterday);
    yesterday = previous;
    byte[] bytes = new byte[DayKey.LENGTH];
    random.nextBytes(bytes);
    DayKey key = new DayKey(bytes, now.atZone(zone).toLocalDate(), zone, room);
    today = key;
    return key;
  }

  private static boolean isSlightlyBefore(Instant now, DayKey key) {
    return now.isBefore(key.begins()) && now.plus(SLIGHT).isAfter(key.begins());
  }
}
