package dk.sporlos.door;

import static dk.sporlos.door.FakeVisitors.SITE;
import static dk.sporlos.door.FakeVisitors.VIEW;
import static dk.sporlos.door.FakeVisitors.aPage;
import static dk.sporlos.door.FakeVisitors.aSender;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.testing.MovableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RecognitionInParallelTest {
  private static final int THREADS = 4;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void makesOneVisitOfParallelFirstBeacons() throws Exception {
    FakeVisitors visitors = new FakeVisitors(1_000, 1_000);
    for (int round = 0; round < 200; round++) {
      Sender sender = aSender("192.0." + round + ".1", "Agent");

      List<Recognised> all = inParallel(() -> visitors.recognise(SITE, sender, VIEW, "/"));

      assertThat(all).extracting(Recognised::visit).containsOnly(all.get(0).visit());
      assertThat(all).extracting(Recognised::visitor).containsOnly(all.get(0).visitor());
      assertThat(all).extracting(Recognised::step).containsExactlyInAnyOrder(0, 1, 2, 3);
    }
  }

  @Test
  void continuesOneVisitWithParallelBeaconsAfterMidnight() throws Exception {
    FakeVisitors visitors = new FakeVisitors(1_000, 1_000);
    List<Sender> senders =
        IntStream.range(0, 200).mapToObj(i -> aSender("192.0." + i + ".1", "Agent")).toList();
    visitors.clock.set("2026-11-23T22:59:00Z");
    List<Recognised> before =
        senders.stream().map(sender -> visitors.recognise(SITE, sender, VIEW, "/")).toList();
    visitors.clock.set("2026-11-23T23:01:00Z");

    for (int i = 0; i < senders.size(); i++) {
      Sender sender = senders.get(i);

      List<Recognised> after = inParallel(() -> visitors.recognise(SITE, sender, VIEW, "/"));

      assertThat(after).extracting(Recognised::visit).containsOnly(before.get(i).visit());
      assertThat(after).extracting(Recognised::step).containsExactlyInAnyOrder(1, 2, 3, 4);
    }
    assertThat(visitors.ended).isEmpty();
  }

  @Test
  void givesNoHitTheNumberOfAVisitThatWasHandedOver() throws Exception {
    MovableClock clock = new MovableClock("2026-11-23T20:00:00Z");
    AtomicLong moment = new AtomicLong();
    Map<Long, Long> endedByVisit = new ConcurrentHashMap<>();
    Queue<String> faults = new ConcurrentLinkedQueue<>();
    Recognition recognition =
        new Recognition(
            clock,
            new SecureRandom(),
            new Recognition.Limits(200, 10_000),
            visit -> {
              if (endedByVisit.put(visit.visit(), moment.incrementAndGet()) != null) {
                faults.add("handed over twice");
              }
            },
            browser -> {});
    Map<Long, Boolean> visits = new ConcurrentHashMap<>();
    AtomicLong seeds = new AtomicLong();

    inParallel(
        () -> {
          SplittableRandom random = new SplittableRandom(seeds.incrementAndGet());
          for (int i = 0; i < 50_000; i++) {
            Sender sender = aSender("192.0." + random.nextInt(250) + ".1", "Agent");
            long start = moment.incrementAndGet();
            Recognised hit =
                Objects.requireNonNull(
                    recognition.recognise(
                        SITE,
                        FakeVisitors.identity(SITE, sender),
                        aPage("/"),
                        VIEW,
                        clock.instant()));
            visits.put(hit.visit(), true);
            if (endedByVisit.getOrDefault(hit.visit(), Long.MAX_VALUE) < start) {
              faults.add("a hit after the end");
            }
            if (random.nextInt(100) == 0) {
              clock.move(Duration.ofSeconds(random.nextInt(40)));
              recognition.expire();
            }
          }
          return true;
        });
    clock.move(Duration.ofHours(1));
    recognition.expire();

    assertThat(faults).isEmpty();
    assertThat(recognition.openVisits()).isZero();
    assertThat(recognition.evictedVisits()).isPositive();
    assertThat(endedByVisit.keySet()).isEqualTo(visits.keySet());
  }

  private <T> List<T> inParallel(Callable<T> task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<T>> futures = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      futures.add(
          threads.submit(
              () -> {
                start.await();
                return task.call();
              }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(future.get());
    }
    return results;
  }
}
