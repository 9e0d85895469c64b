package dk.sporlos.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Policy.VarExpiration;
import dk.sporlos.site.SiteId;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a recognition hands over: day keys with their visitors, and visits that may go on. */
final class RecognitionMemory implements Memory {
  private static final int VERSION = 1;
  private static final int ENTRY = 3 * Long.BYTES + Integer.BYTES;
  private static final int FEWEST_BYTES_OF_SITE = 2 * Integer.BYTES;
  private static final int FEWEST_BYTES_OF_VISIT = 3 * Integer.BYTES + 3 * Long.BYTES + 1;
  private static final int MOST_KEYS = 2;

  private final Clock clock;
  private final SecureRandom random;
  private final AtomicLong room;
  private final ConcurrentMap<SiteId, DayKeys> keysBySite;
  private final Cache<Fingerprint, OpenVisit> openVisits;

  RecognitionMemory(
      Clock clock,
      SecureRandom random,
      AtomicLong room,
      ConcurrentMap<SiteId, DayKeys> keysBySite,
      Cache<Fingerprint, OpenVisit> openVisits) {
    this.clock = clock;
    this.random = random;
    this.room = room;
    this.keysBySite = keysBySite;
    this.openVisits = openVisits;
  }

  /**
   * A way to an open visit.
   *
   * @param ends when the visit ends if nothing more is heard of it
   * @param visit by its place among the visits
   */
  private record Entry(Fingerprint fingerprint, Instant ends, int visit) {}

  private record KeysOfSite(SiteId site, List<DayKeyMemory> newestFirst) {}

  @Override
  public String name() {
    return "recognition";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    Map<SiteId, DayKeys> sites = Map.copyOf(keysBySite);
    out.writeInt(sites.size());
    for (Map.Entry<SiteId, DayKeys> site : sites.entrySet()) {
      synchronized (site.getValue()) {
        List<DayKey> keys = site.getValue().all();
        out.writeInt(site.getKey().value());
        out.writeInt(keys.size());
        for (DayKey key : keys) {
          DayKeyMemory.write(key, out);
        }
      }
    }
    writeVisits(out);
  }

  private void writeVisits(DataOutput out) throws IOException {
    IdentityHashMap<OpenVisit, Integer> places = new IdentityHashMap<>();
    List<OpenVisit> visits = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    Instant now = clock.instant();
    openVisits
        .asMap()
        .forEach(
            (fingerprint, visit) -> {
              if (!visit.isOver()) {
                Integer place = places.computeIfAbsent(visit, added -> visits.size());
                if (place == visits.size()) {
                  visits.add(visit);
                }
                Duration left = expiry().getExpiresAfter(fingerprint).orElse(Duration.ZERO);
                entries.add(new Entry(fingerprint, now.plus(left), place));
              }
            });
    out.writeInt(visits.size());
    for (OpenVisit visit : visits) {
      OpenVisitMemory.write(visit.toMemory(), out);
    }
    out.writeInt(entries.size());
    for (Entry entry : entries) {
      out.writeLong(entry.fingerprint.high());
      out.writeLong(entry.fingerprint.low());
      out.writeLong(entry.ends.toEpochMilli());
      out.writeInt(entry.visit);
    }
  }

  @Override
  public Runnable read(ByteBuffer in) {
    List<KeysOfSite> sites = new ArrayList<>();
    try {
      int count = Bounds.count(in, FEWEST_BYTES_OF_SITE);
      for (int i = 0; i < count; i++) {
        readSite(in, sites);
      }
      List<OpenVisitMemory> visits = new ArrayList<>();
      int visitCount = Bounds.count(in, FEWEST_BYTES_OF_VISIT);
      for (int i = 0; i < visitCount; i++) {
        visits.add(OpenVisitMemory.read(in));
      }
      List<Entry> entries = new ArrayList<>();
      int entryCount = Bounds.count(in, ENTRY);
      for (int i = 0; i < entryCount; i++) {
        Fingerprint fingerprint = new Fingerprint(in.getLong(), in.getLong());
        Instant ends = Instant.ofEpochMilli(in.getLong());
        entries.add(new Entry(fingerprint, ends, Bounds.count(in.getInt(), visits.size() - 1)));
      }
      return () -> take(sites, visits, entries);
    } catch (RuntimeException damaged) {
      sites.forEach(site -> site.newestFirst.forEach(key -> Arrays.fill(key.key(), (byte) 0)));
      throw damaged;
    }
  }

  private static void readSite(ByteBuffer in, List<KeysOfSite> sites) {
    KeysOfSite site = new KeysOfSite(new SiteId(in.getInt()), new ArrayList<>());
    sites.add(site);
    int count = Bounds.count(in.getInt(), MOST_KEYS);
    for (int i = 0; i < count; i++) {
      site.newestFirst.add(DayKeyMemory.read(in));
    }
  }

  private void take(List<KeysOfSite> sites, List<OpenVisitMemory> visits, List<Entry> entries) {
    for (KeysOfSite site : sites) {
      DayKeys keys = keysBySite.computeIfAbsent(site.site, id -> new DayKeys(random, room));
      synchronized (keys) {
        List<DayKey> restored =
            site.newestFirst.stream().map(memory -> memory.restore(room)).toList();
        keys.restore(restored);
      }
    }
    Instant now = clock.instant();
    @Nullable OpenVisit[] restored = new @Nullable OpenVisit[visits.size()];
    for (Entry entry : entries) {
      OpenVisit visit = restored[entry.visit];
      if (visit == null) {
        visit = OpenVisit.of(visits.get(entry.visit));
        restored[entry.visit] = visit;
      } else {
        visit.enter();
      }
      var unused = expiry().put(entry.fingerprint, visit, left(entry, now));
    }
  }

  /** At least a moment, after which it ends as every visit does. */
  private static Duration left(Entry entry, Instant now) {
    Duration left = Duration.between(now, entry.ends);
    Duration least = Duration.ofMillis(1);
    Duration shorter = left.compareTo(OpenVisit.IDLE) > 0 ? OpenVisit.IDLE : left;
    return shorter.compareTo(least) < 0 ? least : shorter;
  }

  private VarExpiration<Fingerprint, OpenVisit> expiry() {
    return openVisits.policy().expireVariably().orElseThrow();
  }
}
