package dk.sporlos.door;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that one address makes most of the beacons, as it looks when a proxy was not configured:
 * then all visitors are one, and figures are worth nothing. Never says which address.
 */
public final class LargestSender {

  /*
   * An office may make half of a small site's beacons, but hardly four in five of all sites'. Fewer
   * beacons than a few hundred say nothing: a person who tries the tracker out is alone, too.
   */
  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final int ENOUGH = 300;
  private static final double MOST = 0.8;

  // An address that makes most of the beacons is among the first this many, or nearly so.
  private static final int REMEMBERED = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(LargestSender.class);

  /** What was found in the last interval that had beacons enough. */
  public enum Finding {
    NOTHING,
    /** One address makes most, and brings forwarded-for headers that are not believed. */
    UNTRUSTED_PROXY,
    /** One address makes most, and brings no such headers. */
    SILENT_PROXY
  }

  private final Clock clock;
  private final SecureRandom random;

  // What follows is guarded by this object.
  private final Map<Long, Integer> beaconsBySender = new HashMap<>();
  private @Nullable KeyedHash hash;
  private Instant ends = Instant.MIN;
  private int beacons;
  private int forwarded;
  private double share;
  private Finding finding = Finding.NOTHING;

  public LargestSender(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Counts a beacon.
   *
   * @param unbelieved whether it brought a forwarded-for header from a peer that is not trusted
   */
  synchronized void observe(Address address, boolean unbelieved) {
    KeyedHash keyed = hash;
    if (keyed == null || !clock.instant().isBefore(ends)) {
      keyed = begin();
    }
    beacons++;
    forwarded += unbelieved ? 1 : 0;
    long sender = keyed.code(bytes(address)).getLong();
    if (beaconsBySender.size() < REMEMBERED || beaconsBySender.containsKey(sender)) {
      beaconsBySender.merge(sender, 1, Integer::sum);
    }
  }

  /** The part of the beacons that one address made, in the last interval that had enough. */
  public synchronized double share() {
    conclude();
    return share;
  }

  /** What that means. */
  public synchronized Finding finding() {
    conclude();
    return finding;
  }

  /*
   * An interval with beacons enough is judged as it stands, too, so that the answer does not wait
   * for its end.
   */
  private void conclude() {
    if (beacons < ENOUGH) {
      return;
    }
    int most = beaconsBySender.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    share = (double) most / beacons;
    Finding before = finding;
    if (share < MOST) {
      finding = Finding.NOTHING;
    } else {
      finding = forwarded > beacons / 2 ? Finding.UNTRUSTED_PROXY : Finding.SILENT_PROXY;
    }
    if (finding != before && finding != Finding.NOTHING) {
      LOG.warn(
          "one address makes {} % of the beacons: is a proxy missing in --trusted-proxies?"
              + " `sporlos doctor` says more",
          Math.round(share * 100));
    }
  }

  private KeyedHash begin() {
    conclude();
    if (hash != null) {
      hash.destroy();
    }
    byte[] key = new byte[KeyedHash.KEY_LENGTH];
    random.nextBytes(key);
    KeyedHash begun = new KeyedHash(key);
    hash = begun;
    ends = clock.instant().plus(INTERVAL);
    beacons = 0;
    forwarded = 0;
    beaconsBySender.clear();
    return begun;
  }

  private static byte[] bytes(Address address) {
    return ByteBuffer.allocate(17)
        .put((byte) (address.six() ? 6 : 4))
        .putLong(address.high())
        .putLong(address.low())
        .array();
  }
}
