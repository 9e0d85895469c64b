package dk.sporlos.intake;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.door.Hit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
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
    Future<Void> first = intake.append(aHit().visit(1).build());
    Write one = store.next();
    Future<Void> second = intake.append(aHit().visit(2).build());
    Write two = store.next();
    Future<Void> third = intake.append(aHit().visit(3).build());
    Future<Void> fourth = intake.append(aHit().visit(4).build());

    one.done.complete();
    Write three = store.next();
    two.done.complete();
    three.done.complete();

    Future.all(first, second, third, fourth).await();
    assertThat(visits(one)).containsExactly(1L);
    assertThat(visits(two)).containsExactly(2L);
    assertThat(visits(three)).containsExactly(3L, 4L);
  }

  @Test
  void acknowledgesNothingBeforeTheWrite() throws InterruptedException {
    Future<Void> appended = intake(100).append(aHit().build());
    Write write = store.next();

    assertThat(appended.isComplete()).isFalse();

    write.done.complete();
    appended.await();
  }

  @Test
  void tellsEveryHitOfABatchThatItsWriteFailed() throws InterruptedException {
    Future<Void> appended = intake(100).append(aHit().build());

    store.next().done.fail("gone");

    assertThatThrownBy(appended::await).hasMessage("gone");
  }

  @Test
  void goesOnAfterAStoreThatThrows() throws InterruptedException {
    store.broken = true;
    Intake intake = intake(100);
    Future<Void> lost = intake.append(aHit().build());
    assertThatThrownBy(lost::await).hasMessage("broken");

    store.broken = false;
    Future<Void> kept = intake.append(aHit().build());
    store.next().done.complete();

    kept.await();
  }

  @Test
  void goesOnAfterAStoreThatNeverAnswers() throws InterruptedException {
    Intake intake = new Intake(vertx, store, 100, Duration.ofMillis(50), new SimpleMeterRegistry());
    for (int stuck = 0; stuck < 3; stuck++) {
      Future<Void> lost = intake.append(aHit().build());
      store.next();
      assertThatThrownBy(() -> lost.await(10, TimeUnit.SECONDS))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("50");
    }

    Future<Void> kept = intake.append(aHit().build());
    store.next().done.complete();

    kept.await();
  }

  @Test
  void refusesWhatExceedsItsCapacityAndTakesAgainOnceThereIsRoom() throws InterruptedException {
    Intake intake = intake(1);
    Future<Void> held = intake.append(aHit().build());

    assertThatThrownBy(() -> intake.append(aHit().build()).await())
        .isInstanceOf(OverloadedException.class);

    store.next().done.complete();
    held.await();
    Future<Void> taken = intake.append(aHit().build());
    store.next().done.complete();
    taken.await();
  }

  @Test
  void isDrainedOnceEverythingIsWritten() throws InterruptedException {
    Intake intake = intake(100);
    Future<Void> appended = intake.append(aHit().build());
    Future<Void> drained = intake.drain();
    Write write = store.next();
    assertThat(drained.isComplete()).isFalse();

    write.done.complete();

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

    store.next().done.complete();

    assertThat(sameContext.future().await()).isTrue();
  }

  private Intake intake(int capacity) {
    return new Intake(vertx, store, capacity, new SimpleMeterRegistry());
  }

  private static List<Long> visits(Write write) {
    return write.hits.stream().map(Hit::visit).toList();
  }

  private record Write(List<Hit> hits, Promise<Void> done) {}

  /** A store whose writes end when the test says so. */
  private static final class SlowStore implements HitStore {
    private final BlockingQueue<Write> writes = new LinkedBlockingQueue<>();
    private volatile boolean broken;

    @Override
    public Future<Void> write(List<Hit> hits) {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      Write write = new Write(hits, Promise.promise());
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
