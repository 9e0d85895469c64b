package dk.sporlos.door;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The random key of one site and local day, and the visitors found under it. Nothing of it is ever
 * written anywhere. Confined to the lock of its site.
 */
final class DayKey {

  static final int LENGTH = KeyedHash.KEY_LENGTH;

  private final KeyedHash hash;
  private final ZoneId zone;
  private final Instant begins;
  private final Instant ends;
  private final VisitorNumbers visitors;

  /** The browsers that are counted as having come back, by half of their fingerprint. */
  private final LongSet returned = new LongSet();

  /**
   * @param key random bytes, owned from now on and zeroed in the end
   * @param room as of {@link VisitorNumbers}
   */
  DayKey(byte[] key, LocalDate day, ZoneId zone, AtomicLong room) {
    this.hash = new KeyedHash(key);
    this.zone = zone;
    this.begins = day.atStartOfDay(zone).toInstant();
    this.ends = day.plusDays(1).atStartOfDay(zone).toInstant();
    this.visitors = new VisitorNumbers(room);
  }

  /** The key itself, not a copy of it. */
  byte[] bytes() {
    return hash.key();
  }

  LocalDate day() {
    return LocalDate.ofInstant(begins, zone);
  }

  /** The browsers counted as having come back, by half of their fingerprint. */
  long[] returned() {
    return returned.toArray();
  }

  ZoneId zone() {
    return zone;
  }

  /** The day's midnight. */
  Instant begins() {
    return begins;
  }

  /** The next day's midnight. */
  Instant ends() {
    return ends;
  }

  boolean covers(Instant instant) {
    return !instant.isBefore(begins) && instant.isBefore(ends);
  }

  VisitorNumbers visitors() {
    return visitors;
  }

  /** Notes that a browser is counted as having come back; false if it was before. */
  boolean markReturned(Fingerprint fingerprint) {
    return returned.add(fingerprint.low());
  }

  Fingerprint fingerprint(byte[] traits) {
    ByteBuffer code = hash.code(traits);
    return new Fingerprint(code.getLong(), code.getLong());
  }

  /** Zeroes the key and forgets the visitors. */
  void destroy() {
    hash.destroy();
    visitors.clear();
    returned.clear();
  }
}
