package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.site.SiteId;
import dk.sporlos.testing.MovableClock;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
  private static final SiteId SITE = new SiteId(1);

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private final Deliveries deliveries = new Deliveries(clock, new SecureRandom(), 3);

  @Test
  void whatIsSentAgainWhileItIsStoredWaitsForThat() {
    Delivery first = first("a");

    Future<Void> again = again("a");
    assertThat(again.isComplete()).isFalse();

    first.done();
    assertThat(again.succeeded()).isTrue();
  }

  @Test
  void whatIsSentAgainAfterItWasStoredIsKnownForTenMinutes() {
    first("a").done();

    clock.move(Deliveries.MEMORY);
    assertThat(again("a").succeeded()).isTrue();

    clock.move(Duration.ofMinutes(2));
    assertThat(deliveries.enter(SITE, "a")).isInstanceOf(Deliveries.Entry.First.class);
    assertThat(deliveries.remembered()).isZero();
  }

  @Test
  void theTenMinutesBeginWhenItIsStored() {
    Delivery slow = first("a");
    clock.move(Duration.ofMinutes(8));
    slow.done();

    clock.move(Duration.ofMinutes(8));
    assertThat(again("a").succeeded()).isTrue();
  }

  @Test
  void whatWasNotStoredMayComeAgain() {
    Delivery first = first("a");
    Future<Void> again = again("a");

    first.failed(new IllegalStateException());

    assertThat(again.failed()).isTrue();
    first("a").done();
    assertThat(again("a").succeeded()).isTrue();
  }

  @Test
  void theSameNonceOfAnotherSiteIsAnother() {
    first("a").done();

    assertThat(deliveries.enter(new SiteId(2), "a")).isInstanceOf(Deliveries.Entry.First.class);
  }

  @Test
  void whatHasNoNonceIsNeverKnown() {
    for (String nonce : new String[] {null, ""}) {
      assertThat(deliveries.enter(SITE, nonce)).isInstanceOf(Deliveries.Entry.First.class);
      assertThat(deliveries.enter(SITE, nonce)).isInstanceOf(Deliveries.Entry.First.class);
    }
  }

  @Test
  void forgetsTheOldestMinuteWhenThereAreTooManyAndSaysSo() {
    first("a").done();
    clock.move(Duration.ofMinutes(1));
    List.of("b", "c", "d").forEach(nonce -> first(nonce).done());

    assertThat(deliveries.forgottenEarly()).isEqualTo(1);
    assertThat(deliveries.remembered()).isEqualTo(3);
    assertThat(deliveries.enter(SITE, "a")).isInstanceOf(Deliveries.Entry.First.class);
    assertThat(again("d").succeeded()).isTrue();
  }

  @Test
  void ofManyAtOnceOneIsTheFirst() throws InterruptedException {
    int threads = 8;
    ExecutorService senders = Executors.newFixedThreadPool(threads);
    for (int round = 0; round < 200; round++) {
      String nonce = "round " + round;
      AtomicInteger firsts = new AtomicInteger();
      CountDownLatch done = new CountDownLatch(threads);
      for (int thread = 0; thread < threads; thread++) {
        senders.execute(
            () -> {
              if (deliveries.enter(SITE, nonce) instanceof Deliveries.Entry.First first) {
                firsts.incrementAndGet();
                first.delivery().done();
              }
              done.countDown();
            });
      }

      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(firsts).hasValue(1);
    }
    senders.shutdownNow();
  }

  private Delivery first(String nonce) {
    return ((Deliveries.Entry.First) deliveries.enter(SITE, nonce)).delivery();
  }

  private Future<Void> again(String nonce) {
    return ((Deliveries.Entry.Again) deliveries.enter(SITE, nonce)).earlier();
  }
}
