package dk.sporlos.door;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * How many beacons an address may send in a minute. Each minute an address has that many to send,
 * all at once if it likes; what is left is not carried over.
 */
final class RateLimit {

  /*
   * Under a random key of the minute an address becomes two places in two rows of counters, and has
   * sent what the lower of the two says: a count-min sketch (Cormode and Muthukrishnan, 2005). So
   * nothing is held that stands for an address, memory is the same for ten addresses and for ten
   * million, and two addresses that share one place hardly ever share the other.
   *
   * An IPv6 address counts as its /64, which is what a single subscriber has at least.
   */
  private static final int COLUMNS = 1 << 16;

  private static final class Minute {
    private final long number;
    private final KeyedHash hash;
    private final AtomicIntegerArray first = new AtomicIntegerArray(COLUMNS);
    private final AtomicIntegerArray second = new AtomicIntegerArray(COLUMNS);

    Minute(long number, byte[] key) {
      this.number = number;
      this.hash = new KeyedHash(key);
    }

    /** Counts a beacon of an address, and says how many that makes. */
    int count(Address address) {
      int places;
      synchronized (hash) {
        places = hash.code(network(address)).getInt();
      }
      int one = first.incrementAndGet(places & (COLUMNS - 1));
      int other = second.incrementAndGet(places >>> 16);
      return Math.min(one, other);
    }

    private static byte[] network(Address address) {
      return ByteBuffer.allocate(9)
          .put((byte) (address.six() ? 6 : 4))
          .putLong(address.six() ? address.high() : address.low())
          .array();
    }
  }

  private final int perMinute;
  private final TrustedProxies exempt;
  private final Clock clock;
  private final SecureRandom random;
  private volatile @Nullable Minute current;

  /**
   * @param perMinute how many; 0 for no limit
   * @param exempt networks that have no limit
   */
  RateLimit(int perMinute, TrustedProxies exempt, Clock clock, SecureRandom random) {
    this.perMinute = perMinute;
    this.exempt = Objects.requireNonNull(exempt, "exempt");
    this.clock = clock;
    this.random = random;
  }

  /** Counts a beacon, and says whether it is one too many. */
  boolean exceededBy(Address address) {
    return perMinute > 0 && !exempt.trusts(address) && minute().count(address) > perMinute;
  }

  private Minute minute() {
    long number = Math.floorDiv(clock.millis(), 60_000);
    Minute minute = current;
    return minute != null && minute.number == number ? minute : begin(number);
  }

  private synchronized Minute begin(long number) {
    Minute last = current;
    if (last != null && last.number == number) {
      return last;
    }
    byte[] key = new byte[KeyedHash.KEY_LENGTH];
    random.nextBytes(key);
    Minute minute = new Minute(number, key);
    current = minute;
    if (last != null) {
      synchronized (last.hash) {
        last.hash.destroy();
      }
    }
    return minute;
  }
}
