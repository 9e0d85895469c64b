package dk.sporlos.door;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The random key of one site and local day, and the visitors found under it. Nothing of it is ever
 * written anywhere. Confined to the lock of its site.
 */
final class DayKey {

  /*
   * HMAC as RFC 2104 defines it, written out, because javax.crypto.Mac copies the key into arrays
   * that nobody can clear, and a key that stays in memory still tells who came. Here the one array
   * with the key is the caller's, and the padded copy is cleared after each use.
   */
  static final int LENGTH = 32;

  private static final int BLOCK = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private final byte[] key;
  private final byte[] padded = new byte[BLOCK];
  private final MessageDigest sha256 = sha256();
  private final ZoneId zone;
  private final Instant begins;
  private final Instant ends;
  private final VisitorNumbers visitors;

  /**
   * @param key random bytes, owned from now on and zeroed in the end
   * @param room as of {@link VisitorNumbers}
   */
  DayKey(byte[] key, LocalDate day, ZoneId zone, AtomicLong room) {
    this.key = key;
    this.zone = zone;
    this.begins = day.atStartOfDay(zone).toInstant();
    this.ends = day.plusDays(1).atStartOfDay(zone).toInstant();
    this.visitors = new VisitorNumbers(room);
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

  Fingerprint fingerprint(byte[] traits) {
    sha256.update(pad(INNER));
    byte[] inner = sha256.digest(traits);
    sha256.update(pad(OUTER));
    ByteBuffer code = ByteBuffer.wrap(sha256.digest(inner));
    Arrays.fill(padded, (byte) 0);
    return new Fingerprint(code.getLong(), code.getLong());
  }

  private byte[] pad(byte mask) {
    Arrays.fill(padded, mask);
    for (int i = 0; i < key.length; i++) {
      padded[i] ^= key[i];
    }
    return padded;
  }

  /** Zeroes the key and forgets the visitors. */
  void destroy() {
    Arrays.fill(key, (byte) 0);
    visitors.clear();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
