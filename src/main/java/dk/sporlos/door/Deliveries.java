package dk.sporlos.door;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The beacons that are being stored, and those stored in the last ten minutes, by their nonces: a
 * tracker that did not hear the answer sends a beacon again, and it shall count once.
 *
 * <p>In memory only, and safe for use by many threads.
 */
public final class Deliveries implements Memory {

  /*
   * A stored beacon is remembered as 64 bits of a keyed hash of site and nonce. Nobody outside knows
   * the key, so nobody can choose a nonce that hides another's beacon; and among the four million
   * that there is room for, a beacon is taken for another once in 10^12 times.
   *
   * Hashes are kept by the minute in which their beacon was stored, so that forgetting is dropping a
   * set. Where they are too many the oldest minute goes early, and is counted.
   */

  /** How long a stored beacon is remembered: for as long as a tracker may send it again. */
  static final Duration MEMORY = Duration.ofMinutes(10);

  private static final Duration GENERATION = Duration.ofMinutes(1);
  private static final int KEY_LENGTH = 32;
  private static final int MOST = 4_000_000;

  /** The beacons that were stored from one moment on, for a minute. */
  private record Generation(Instant from, LongSet hashes) {}

  private final Clock clock;
  private final int most;
  private final byte[] key = new byte[KEY_LENGTH];
  private final MessageDigest sha256 = sha256();
  private final Map<Long, Entered> underWay = new HashMap<>();
  private final Deque<Generation> generations = new ArrayDeque<>();
  private int remembered;
  private long forgottenEarly;

  /** Remembers four million beacons at most, in 100 MB at most. */
  public Deliveries(Clock clock, SecureRandom random) {
    this(clock, random, MOST);
  }

  Deliveries(Clock clock, SecureRandom random, int most) {
    this.clock = clock;
    this.most = most;
    random.nextBytes(key);
  }

  /** A beacon under way that has a nonce. */
  final class Entered implements Delivery {
    private final long hash;
    private final Promise<Void> end = Promise.promise();

    private Entered(long hash) {
      this.hash = hash;
    }

    @Override
    public void done() {
      settle(this, /* durable= */ true);
      end.tryComplete();
    }

    @Override
    public void failed(Throwable failure) {
      settle(this, /* durable= */ false);
      end.tryFail(failure);
    }
  }

  /** How the delivery of a beacon stands to those before it. */
  sealed interface Entry {

    /** There is none before it. */
    record First(Delivery delivery) implements Entry {}

    /**
     * It was delivered before.
     *
     * @param earlier succeeds once the earlier one is durable, and fails if that was not stored
     */
    record Again(Future<Void> earlier) implements Entry {}
  }

  /** Enters a beacon. Whoever gets a first delivery has to say how it ended. */
  Entry enter(SiteId site, @Nullable String nonce) {
    if (nonce == null || nonce.isEmpty()) {
      return new Entry.First(new Delivery.Unnamed());
    }
    synchronized (this) {
      long hash = hash(site, nonce);
      Entered earlier = underWay.get(hash);
      if (earlier != null) {
        return new Entry.Again(earlier.end.future());
      }
      forgetOld(clock.instant());
      if (isStored(hash)) {
        return new Entry.Again(Future.succeededFuture());
      }
      Entered delivery = new Entered(hash);
      underWay.put(hash, delivery);
      return new Entry.First(delivery);
    }
  }

  /** How many beacons were forgotten before their ten minutes were over, for lack of room. */
  public synchronized long forgottenEarly() {
    return forgottenEarly;
  }

  /** How many beacons are remembered as stored. */
  public synchronized int remembered() {
    return remembered;
  }

  @Override
  public String name() {
    return "deliveries";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public synchronized void writeTo(DataOutput out) throws IOException {
    out.write(key);
    out.writeInt(generations.size());
    for (Generation generation : generations) {
      out.writeLong(generation.from().toEpochMilli());
      long[] hashes = generation.hashes().toArray();
      out.writeInt(hashes.length);
      for (long hash : hashes) {
        out.writeLong(hash);
      }
    }
  }

  @Override
  public Runnable read(ByteBuffer in) {
    byte[] predecessors = new byte[KEY_LENGTH];
    in.get(predecessors);
    List<Generation> read = new ArrayList<>();
    int count = Bounds.count(in, Long.BYTES + Integer.BYTES);
    for (int i = 0; i < count; i++) {
      Generation generation = new Generation(Instant.ofEpochMilli(in.getLong()), new LongSet());
      for (long hash : Bounds.longs(in, Bounds.count(in, Long.BYTES))) {
        generation.hashes().add(hash);
      }
      read.add(generation);
    }
    return () -> take(predecessors, read);
  }

  private synchronized void take(byte[] predecessors, List<Generation> read) {
    System.arraycopy(predecessors, 0, key, 0, KEY_LENGTH);
    Arrays.fill(predecessors, (byte) 0);
    generations.clear();
    generations.addAll(read);
    remembered = read.stream().mapToInt(generation -> generation.hashes().size()).sum();
  }

  private synchronized void settle(Entered delivery, boolean durable) {
    if (underWay.remove(delivery.hash, delivery) && durable) {
      remember(delivery.hash, clock.instant());
    }
  }

  private void remember(long hash, Instant now) {
    Generation newest = generations.peekLast();
    if (newest == null || !now.isBefore(newest.from().plus(GENERATION))) {
      newest = new Generation(now, new LongSet());
      generations.addLast(newest);
    }
    if (newest.hashes().add(hash)) {
      remembered++;
    }
    while (remembered > most && generations.size() > 1) {
      forgottenEarly += forgetOldest();
    }
  }

  private void forgetOld(Instant now) {
    Instant oldest = now.minus(MEMORY).minus(GENERATION);
    while (!generations.isEmpty() && generations.getFirst().from().isBefore(oldest)) {
      forgetOldest();
    }
  }

  private int forgetOldest() {
    int forgotten = generations.removeFirst().hashes().size();
    remembered -= forgotten;
    return forgotten;
  }

  private boolean isStored(long hash) {
    for (Generation generation : generations) {
      if (generation.hashes().contains(hash)) {
        return true;
      }
    }
    return false;
  }

  private long hash(SiteId site, String nonce) {
    sha256.update(key);
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(site.value()).flip());
    return ByteBuffer.wrap(sha256.digest(nonce.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
