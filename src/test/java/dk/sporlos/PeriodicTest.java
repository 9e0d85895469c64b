package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.testing.LogLines;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeriodicTest {
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Promise<Void>> runs = new LinkedBlockingQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Periodic periodic = new Periodic(vertx, PAUSE, "it failed", this::job);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /** A run that ends when the test says so. */
  private Future<Void> job() {
    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    Promise<Void> run = Promise.promise();
    runs.add(run);
    return run.future().onComplete(over -> underWay.decrementAndGet());
  }

  @Test
  void aRunBeginsAtOnceAndTheNextOnesAfterEachOther() throws InterruptedException {
    periodic.start();

    for (int run = 0; run < 50; run++) {
      next().complete();
    }

    assertThat(most).hasValue(1);
  }

  @Test
  void noRunBeginsWhileOneIsUnderWay() throws InterruptedException {
    periodic.start();
    Promise<Void> slow = next();

    assertThat(runs.poll(100, TimeUnit.MILLISECONDS)).isNull();

    slow.complete();
    next();
  }

  @Test
  void itGoesOnAfterARunThatFailed() throws InterruptedException {
    try (LogLines log = new LogLines()) {
      periodic.start();
      next().fail(new IllegalStateException("secret"));
      next().complete();
      next();

      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("it failed: IllegalStateException")
          .doesNotContain("secret");
    }
  }

  @Test
  void itGoesOnAfterAJobThatThrew() throws Throwable {
    AtomicInteger calls = new AtomicInteger();
    Periodic throwing =
        new Periodic(
            vertx,
            PAUSE,
            "it failed",
            () -> {
              calls.incrementAndGet();
              throw new IllegalStateException();
            });

    throwing.start();

    eventually(() -> assertThat(calls).hasValueGreaterThan(3));
    throwing.stop().await();
  }

  @Test
  void stoppingWaitsForTheRunUnderWayAndNoOtherFollows() throws InterruptedException {
    periodic.start();
    Promise<Void> last = next();

    Future<Void> stopped = periodic.stop();
    assertThat(stopped.isComplete()).isFalse();
    last.complete();

    stopped.await();
    assertThat(runs.poll(50, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void stoppingAfterARunThatFailsIsNoFailure() throws InterruptedException {
    periodic.start();
    Promise<Void> last = next();
    Future<Void> stopped = periodic.stop();

    last.fail("gone");

    stopped.await();
  }

  @Test
  void stoppingBetweenRunsIsDoneAtOnce() throws InterruptedException {
    Periodic rare = new Periodic(vertx, Duration.ofHours(1), "it failed", this::job);
    rare.start();
    next().complete();

    rare.stop().await();

    assertThat(runs).isEmpty();
  }

  @Test
  void stoppingWaitsAlsoForARunThatHasOnlyJustBegun() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Promise<Void> run = Promise.promise();
    Periodic slow =
        new Periodic(
            vertx,
            PAUSE,
            "it failed",
            () -> {
              begun.countDown();
              awaitUninterruptibly(goOn);
              return run.future();
            });
    slow.start();
    begun.await();

    Future<Void> stopped = slow.stop();
    assertThat(stopped.isComplete()).isFalse();
    goOn.countDown();
    assertThat(stopped.isComplete()).isFalse();

    run.complete();
    stopped.await();
  }

  @Test
  void stoppingBeforeTheFirstPauseCancelsNobodyElsesTimer() throws Exception {
    Promise<Void> firstTimer = Promise.promise();
    vertx.setTimer(50, ignored -> firstTimer.complete());
    periodic.start();
    Promise<Void> run = next();

    Future<Void> stopped = periodic.stop();
    run.complete();
    stopped.await();

    firstTimer.future().await(10, TimeUnit.SECONDS);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private Promise<Void> next() throws InterruptedException {
    Promise<Void> run = runs.poll(10, TimeUnit.SECONDS);
    assertThat(run).as("a run within ten seconds").isNotNull();
    return run;
  }
}
