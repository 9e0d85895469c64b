package dk.sporlos.intake;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.door.Action;
import dk.sporlos.door.Hit;
import dk.sporlos.door.HitMother;
import dk.sporlos.door.Reason;
import dk.sporlos.door.Vital;
import dk.sporlos.spool.Batch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private final Vertx vertx = Vertx.vertx();
  private final SlowStore store = new SlowStore();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void gathersWhatArrivesDuringAWriteIntoTheNextBatch() throws InterruptedException {
    Intake intake = intake(100);
    Future<Intake.Outcome> first = intake.append(aHit().visit(1).build());
    Write one = store.next();
    Future<Intake.Outcome> second = intake.append(aHit().visit(2).build());
    Write two = store.next();
    Future<Intake.Outcome> third = intake.append(aHit().visit(3).build());
    Future<Intake.Outcome> fourth = intake.append(aHit().visit(4).build());

    one.done.complete(Set.of());
    Write three = store.next();
    two.done.complete(Set.of());
    three.done.complete(Set.of());

    Future.all(first, second, third, fourth).await();
    assertThat(visits(one)).containsExactly(1L);
    assertThat(visits(two)).containsExactly(2L);
    assertThat(visits(three)).containsExactly(3L, 4L);
  }

  @Test
  void writesVitalsApartAndInTurn() throws InterruptedException {
    Action vitals = new Action.Vitals(Map.of(Vital.LCP, 1), "");
    Intake intake = intake(100);
    List<Future<Intake.Outcome>> appended = new ArrayList<>();
    appended.add(intake.append(aHit().visit(1).build()));
    Write one = store.next();
    appended.add(intake.append(aHit().visit(2).build()));
    Write two = store.next();
    for (int visit = 3; visit < 7; visit++) {
      boolean even = visit % 2 == 0;
      HitMother hit = aHit().visit(even ? 0 : visit);
      appended.add(intake.append(even ? hit.action(vitals).build() : hit.build()));
    }

    one.done.complete(Set.of());
    Write three = store.next();
    two.done.complete(Set.of());
    Write four = store.next();
    three.done.complete(Set.of());
    four.done.complete(Set.of());

    Future.all(appended).await();
    assertThat(visits(three)).containsExactly(0L, 0L);
    assertThat(visits(four)).containsExactly(3L, 5L);
  }

  @Test
  void acknowledgesNothingBeforeTheWrite() throws InterruptedException {
    Future<Intake.Outcome> appended = intake(100).append(aHit().build());
    Write write = store.next();

    assertThat(appended.isComplete()).isFalse();

    write.done.complete(Set.of());
    appended.await();
  }

  @Test
  void tellsEveryHitOfABatchThatItsWriteFailed() throws InterruptedException {
    Future<Intake.Outcome> appended = intake(100).append(aHit().build());

    store.next().done.fail("gone");

    assertThatThrownBy(appended::await).hasMessage("gone");
  }

  @Test
  void goesOnAfterAStoreThatThrows() throws InterruptedException {
    store.broken = true;
    Intake intake = intake(100);
    Future<Intake.Outcome> lost = intake.append(aHit().build());
    assertThatThrownBy(lost::await).hasMessage("broken");

    store.broken = false;
    Future<Intake.Outcome> kept = intake.append(aHit().build());
    store.next().done.complete(Set.of());

    kept.await();
  }

  @Test
  void goesOnAfterAStoreThatNeverAnswers() throws InterruptedException {
    Intake intake =
        new Intake(
            vertx,
            store,
            bounds(100),
            () -> null,
            Duration.ofMillis(50),
            new SimpleMeterRegistry());
    for (int stuck = 0; stuck < 3; stuck++) {
      Future<Intake.Outcome> lost = intake.append(aHit().build());
      store.next();
      assertThatThrownBy(() -> lost.await(10, TimeUnit.SECONDS))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("50");
    }

    Future<Intake.Outcome> kept = intake.append(aHit().build());
    store.next().done.complete(Set.of());

    kept.await();
  }

  @Test
  void refusesWhatExceedsItsCapacityAndTakesAgainOnceThereIsRoom() throws InterruptedException {
    Intake intake = intake(1);
    Future<Intake.Outcome> held = intake.append(aHit().build());

    assertThatThrownBy(() -> intake.append(aHit().build()).await())
        .isInstanceOf(NotTakenException.class);

    store.next().done.complete(Set.of());
    held.await();
    Future<Intake.Outcome> taken = intake.append(aHit().build());
    store.next().done.complete(Set.of());
    taken.await();
  }

  @Test
  void refusesWhatExceedsItsBytes() throws InterruptedException {
    Intake intake =
        new Intake(
            vertx, store, new Intake.Bounds(100, 2_000), () -> null, new SimpleMeterRegistry());
    Hit large = aHit().properties(Map.of("text", "x".repeat(1_400))).build();
    Future<Intake.Outcome> held = intake.append(large);

    assertThatThrownBy(() -> intake.append(large).await())
        .isInstanceOfSatisfying(
            NotTakenException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.OVERLOADED));

    store.next().done.complete(Set.of());
    held.await();
    Future<Intake.Outcome> taken = intake.append(large);
    store.next().done.complete(Set.of());
    assertThat(taken.await()).isEqualTo(Intake.Outcome.STORED);
  }

  @Test
  void takesNothingWhileNothingCanBeStored() {
    Intake intake =
        new Intake(vertx, store, bounds(100), () -> Reason.STORAGE_FULL, new SimpleMeterRegistry());

    assertThatThrownBy(() -> intake.append(aHit().build()).await())
        .isInstanceOfSatisfying(
            NotTakenException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.STORAGE_FULL));
    assertThat(intake.held()).isZero();
  }

  @Test
  void tellsAHitThatWasSetAsideFromTheOthersOfItsBatch() throws InterruptedException {
    Intake intake = intake(100);
    Future<Intake.Outcome> first = intake.append(aHit().build());
    Write one = store.next();
    Future<Intake.Outcome> second = intake.append(aHit().build());
    Write two = store.next();
    Future<Intake.Outcome> good = intake.append(aHit().build());
    Future<Intake.Outcome> poison = intake.append(aHit().build());
    one.done.complete(Set.of());

    store.next().done.complete(Set.of(1));
    two.done.complete(Set.of(0));

    assertThat(first.await()).isEqualTo(Intake.Outcome.STORED);
    assertThat(second.await()).isEqualTo(Intake.Outcome.SET_ASIDE);
    assertThat(good.await()).isEqualTo(Intake.Outcome.STORED);
    assertThat(poison.await()).isEqualTo(Intake.Outcome.SET_ASIDE);
  }

  @Test
  void isDrainedOnceEverythingIsWritten() throws InterruptedException {
    Intake intake = intake(100);
    Future<Intake.Outcome> appended = intake.append(aHit().build());
    Future<Void> drained = intake.drain();
    Write write = store.next();
    assertThat(drained.isComplete()).isFalse();

    write.done.complete(Set.of());

    drained.await();
    appended.await();
  }

  @Test
  void completesAHitOnTheContextThatAppendedIt() throws InterruptedException {
    Intake intake = intake(100);
    Promise<Boolean> sameContext = Promise.promise();
    vertx.runOnContext(
        ignored -> {
          var mine = Vertx.currentContext();
          intake
              .append(aHit().build())
              .onComplete(done -> sameContext.complete(Vertx.currentContext() == mine));
        });

    store.next().done.complete(Set.of());

    assertThat(sameContext.future().await()).isTrue();
  }

  private Intake intake(int capacity) {
    return new Intake(vertx, store, bounds(capacity), () -> null, new SimpleMeterRegistry());
  }

  private static Intake.Bounds bounds(int hits) {
    return new Intake.Bounds(hits, 1_000_000);
  }

  private static List<Long> visits(Write write) {
    return write.hits.stream().map(Hit::visit).toList();
  }

  private record Write(List<Hit> hits, Promise<Set<Integer>> done) {}

  /** A store whose writes end when the test says so. */
  private static final class SlowStore implements HitStore {
    private final BlockingQueue<Write> writes = new LinkedBlockingQueue<>();
    private volatile boolean broken;

    @Override
    public Future<Set<Integer>> write(Batch batch) {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      Write write = new Write(batch.hits(), Promise.promise());
      writes.add(write);
      return write.done.future();
    }

    Write next() throws InterruptedException {
      Write write = writes.poll(10, TimeUnit.SECONDS);
      assertThat(write).as("a write within ten seconds").isNotNull();
      return write;
    }
  }
}
