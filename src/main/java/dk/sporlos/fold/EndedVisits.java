package dk.sporlos.fold;

import dk.sporlos.door.EndedVisit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The visits that the door saw end, on their way to the fold.
 *
 * <p>A visit waits a minute, and for the horizon, so that hits of it that are still on their way
 * are there when it is folded. Bounded: what finds no room is left to the sweep.
 */
public final class EndedVisits implements Consumer<EndedVisit> {
  static final Duration REST = Duration.ofMinutes(1);
  private static final int CAPACITY = 1_000_000;
  private static final Duration[] BUCKETS =
      Stream.of(10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private record Waiting(EndedVisit visit, Instant since) {}

  private final Fold fold;
  private final Horizon horizon;
  private final Clock clock;
  private final LinkedBlockingDeque<Waiting> queue = new LinkedBlockingDeque<>(CAPACITY);
  private final Counter folded;
  private final Timer batches;

  /** The oldest of those that are being folded; null while none is. */
  private volatile @Nullable Waiting underWay;

  /** With the clock as the horizon, where no hit waits in a spool. */
  public EndedVisits(Fold fold, Clock clock, MeterRegistry meters) {
    this(fold, Horizon.of(clock), clock, meters);
  }

  public EndedVisits(Fold fold, Horizon horizon, Clock clock, MeterRegistry meters) {
    this.fold = fold;
    this.horizon = horizon;
    this.clock = clock;
    this.folded =
        Counter.builder("sporlos.fold.visits")
            .description("Visits written by the fold")
            .register(meters);
    this.batches =
        Timer.builder("sporlos.fold")
            .description("Time that a batch of ended visits took to fold")
            .serviceLevelObjectives(BUCKETS)
            .register(meters);
    TimeGauge.builder("sporlos.fold.lag", this, TimeUnit.SECONDS, EndedVisits::lagSeconds)
        .description("How long the oldest ended visit has been due for folding")
        .register(meters);
  }

  /** Takes a visit that ended; may be called from any thread. */
  @Override
  public void accept(EndedVisit visit) {
    queue.offer(new Waiting(visit, clock.instant()));
  }

  /**
   * Folds every visit that has waited long enough. A batch that fails stays for the next time. One
   * at a time.
   *
   * @return how many rows were written
   */
  public Future<Integer> foldDue() {
    return queue.isEmpty()
        ? Future.succeededFuture(0)
        : horizon.now().compose(now -> foldUntil(now.minus(REST)));
  }

  private Future<Integer> foldUntil(Instant latest) {
    underWay = queue.peek();
    List<Waiting> batch = due(latest);
    if (batch.isEmpty()) {
      underWay = null;
      return Future.succeededFuture(0);
    }
    long began = System.nanoTime();
    return fold.fold(batch.stream().map(Waiting::visit).toList())
        .onFailure(failure -> putBack(batch))
        .onComplete(done -> underWay = null)
        .onSuccess(folded::increment)
        .onSuccess(rows -> batches.record(System.nanoTime() - began, TimeUnit.NANOSECONDS))
        .compose(
            rows ->
                batch.size() < Fold.MAX_BATCH
                    ? Future.succeededFuture(rows)
                    : foldUntil(latest).map(more -> rows + more));
  }

  private List<Waiting> due(Instant latest) {
    List<Waiting> batch = new ArrayList<>();
    while (batch.size() < Fold.MAX_BATCH) {
      Waiting next = queue.poll();
      if (next == null) {
        break;
      }
      if (next.since().isAfter(latest)) {
        queue.offerFirst(next);
        break;
      }
      batch.add(next);
    }
    return batch;
  }

  private void putBack(List<Waiting> batch) {
    for (int i = batch.size() - 1; i >= 0; i--) {
      queue.offerFirst(batch.get(i));
    }
  }

  private double lagSeconds() {
    Waiting oldest = underWay;
    if (oldest == null) {
      oldest = queue.peek();
    }
    if (oldest == null) {
      return 0;
    }
    return Math.max(
        0, Duration.between(oldest.since().plus(REST), clock.instant()).toMillis() / 1_000.0);
  }
}
