package dk.sporlos.intake;

import dk.sporlos.door.Hit;
import dk.sporlos.door.Reason;
import dk.sporlos.spool.Batch;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Commits hits in batches. The future of a hit succeeds once the hit is committed, so whoever waits
 * for it acknowledges only what is durable; it fails if the hit was not stored, or if nobody can
 * tell.
 *
 * <p>Bounded: a hit for which there is no room fails at once with {@link NotTakenException}.
 */
public final class Intake {

  /*
   * A few writes are in flight, and whatever arrives meanwhile is the next batch. Batches are thus
   * single hits when idle and grow with the load, without a timer to tune. Vitals make batches of
   * their own, in turn with the others, since rows of one transaction can be joined.
   *
   * `inFlight`, `wroteVitals` and `drained` are touched on the context only, which is why they need no lock. Only
   * the first of the hits that arrive at a time wakes the context: waking a thread costs more than
   * all that is done for a hit. A hit's future completes on the context that appended it: responses are written by the
   * event loop that owns their connection, woken once for all its hits of a batch.
   */
  private static final int MAX_BATCH = 1_000;
  private static final long MAX_BATCH_BYTES = 4_000_000;
  private static final int MAX_IN_FLIGHT = 2;

  /*
   * A server that is gone without a word keeps a write waiting for a quarter of an hour, and no
   * other would begin. Shorter than the time after which the listener closes an idle connection.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration[] COMMIT_BUCKETS =
      IntStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  /** What became of a hit. */
  public enum Outcome {
    STORED,
    /** It can never be stored, and is kept where an operator can look at it. */
    SET_ASIDE
  }

  /**
   * How much may wait or be in flight.
   *
   * @param bytes of the hits' texts, roughly
   */
  public record Bounds(int hits, long bytes) {}

  private record Entry(Hit hit, int bytes, Promise<Outcome> committed, @Nullable Context caller) {}

  private final Context context;
  private final HitStore store;
  private final Bounds bounds;
  private final Supplier<@Nullable Reason> obstacle;
  private final Patience patience;
  private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();
  private final Queue<Entry> waitingVitals = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicLong heldBytes = new AtomicLong();
  private final Timer commits;
  private final DistributionSummary batchSizes;
  private final AtomicInteger inFlight = new AtomicInteger();
  private boolean wroteVitals;
  private @Nullable Promise<Void> drained;

  /**
   * @param obstacle why nothing can be stored at present, null if it can; asked for each hit
   */
  public Intake(
      Vertx vertx,
      HitStore store,
      Bounds bounds,
      Supplier<@Nullable Reason> obstacle,
      MeterRegistry meters) {
    this(vertx, store, bounds, obstacle, PATIENCE, meters);
  }

  /**
   * The same.
   *
   * @param patience after which nobody can tell whether a batch was stored
   */
  Intake(
      Vertx vertx,
      HitStore store,
      Bounds bounds,
      Supplier<@Nullable Reason> obstacle,
      Duration patience,
      MeterRegistry meters) {
    this.context = vertx.getOrCreateContext();
    this.store = Objects.requireNonNull(store, "store");
    this.bounds = bounds;
    this.obstacle = obstacle;
    this.patience = new Patience(patience);
    this.commits =
        Timer.builder("sporlos.commit")
            .description("Time from sending a batch of hits to its commit")
            .serviceLevelObjectives(COMMIT_BUCKETS)
            .register(meters);
    this.batchSizes =
        DistributionSummary.builder("sporlos.batch.hits")
            .description("Hits committed together")
            .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
            .register(meters);
    Gauge.builder("sporlos.intake.commits", inFlight, AtomicInteger::get)
        .description("Batches of hits that are being committed")
        .register(meters);
    Gauge.builder("sporlos.intake.held", held, AtomicInteger::get)
        .description("Hits that wait to be committed or are being committed")
        .register(meters);
    Gauge.builder("sporlos.intake.held.bytes", heldBytes, AtomicLong::get)
        .description("Bytes of the hits that wait to be committed or are being committed, roughly")
        .register(meters);
  }

  /** Commits a hit; may be called from any thread. */
  public Future<Outcome> append(Hit hit) {
    Reason reason = obstacle.get();
    int bytes = Weight.of(hit);
    if (reason == null && !hold(1, bytes)) {
      reason = Reason.OVERLOADED;
    }
    if (reason != null) {
      return Future.failedFuture(new NotTakenException(reason));
    }
    Entry entry = new Entry(hit, bytes, Promise.promise(), Vertx.currentContext());
    (Batch.isOfVitals(hit) ? waitingVitals : waiting).add(entry);
    if (woken.compareAndSet(false, true)) {
      context.runOnContext(ignored -> take());
    }
    return entry.committed().future();
  }

  /** Writes what arrived, unless enough is being written already. */
  private void take() {
    woken.set(false);
    writeNextBatch();
  }

  private boolean hold(int hits, long bytes) {
    if (held.addAndGet(hits) <= bounds.hits()) {
      if (heldBytes.addAndGet(bytes) <= bounds.bytes()) {
        return true;
      }
      heldBytes.addAndGet(-bytes);
    }
    held.addAndGet(-hits);
    return false;
  }

  /** How many hits wait to be committed or are being committed. */
  public int held() {
    return held.get();
  }

  /** Completes once every hit appended so far is committed or has failed. */
  public Future<Void> drain() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        ignored -> {
          drained = done;
          completeIfDrained();
        });
    return done.future();
  }

  private void writeNextBatch() {
    if (isNothingWaiting() || inFlight.get() == MAX_IN_FLIGHT) {
      return;
    }
    List<Entry> batch = nextBatch();
    inFlight.incrementAndGet();
    long began = System.nanoTime();
    write(batch)
        .onComplete(
            written -> {
              commits.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
              batchSizes.record(batch.size());
              context.runOnContext(ignored -> settle(batch, written));
            });
  }

  private boolean isNothingWaiting() {
    return waiting.isEmpty() && waitingVitals.isEmpty();
  }

  private List<Entry> nextBatch() {
    boolean ofVitals = waiting.isEmpty() || (!wroteVitals && !waitingVitals.isEmpty());
    wroteVitals = ofVitals;
    return nextBatch(ofVitals ? waitingVitals : waiting);
  }

  private static List<Entry> nextBatch(Queue<Entry> waiting) {
    List<Entry> batch = new ArrayList<>();
    long bytes = 0;
    while (batch.size() < MAX_BATCH && bytes < MAX_BATCH_BYTES) {
      Entry next = waiting.poll();
      if (next == null) {
        break;
      }
      bytes += next.bytes();
      batch.add(next);
    }
    return batch;
  }

  /**
   * The write, a store that throws or never answers being one that fails: a batch must never stay
   * in flight.
   */
  private Future<Set<Integer>> write(List<Entry> batch) {
    try {
      return patience.with(store.write(Batch.of(batch.stream().map(Entry::hit).toList())));
    } catch (RuntimeException failure) {
      return Future.failedFuture(failure);
    }
  }

  private void settle(List<Entry> batch, AsyncResult<Set<Integer>> written) {
    inFlight.decrementAndGet();
    held.addAndGet(-batch.size());
    heldBytes.addAndGet(-batch.stream().mapToLong(Entry::bytes).sum());
    Map<@Nullable Context, List<Integer>> byCaller = new LinkedHashMap<>();
    for (int position = 0; position < batch.size(); position++) {
      byCaller
          .computeIfAbsent(batch.get(position).caller(), caller -> new ArrayList<>())
          .add(position);
    }
    byCaller.forEach(
        (caller, positions) -> {
          if (caller == null) {
            positions.forEach(position -> tell(batch, position, written));
          } else {
            caller.runOnContext(
                ignored -> positions.forEach(position -> tell(batch, position, written)));
          }
        });
    writeNextBatch();
    completeIfDrained();
  }

  private static void tell(List<Entry> batch, int position, AsyncResult<Set<Integer>> written) {
    Promise<Outcome> committed = batch.get(position).committed();
    if (written.failed()) {
      committed.fail(written.cause());
    } else {
      committed.complete(written.result().contains(position) ? Outcome.SET_ASIDE : Outcome.STORED);
    }
  }

  private void completeIfDrained() {
    if (drained != null && inFlight.get() == 0 && isNothingWaiting()) {
      drained.complete();
      drained = null;
    }
  }
}
