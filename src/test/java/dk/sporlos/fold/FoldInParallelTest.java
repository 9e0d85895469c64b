package dk.sporlos.fold;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.EndedVisit;
import dk.sporlos.door.Hit;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes that fold the same visits at the same time. */
class FoldInParallelTest {
  private static final Instant BEGAN = Instant.parse("2026-11-02T10:00:00Z");
  private static final int VISITS = 5_000;

  private final MovableClock clock = new MovableClock(BEGAN.plus(Duration.ofMinutes(45)));
  private final Random random = new Random(7);
  private TestPool one;
  private TestPool two;
  private Site site;

  @BeforeEach
  void open() {
    DatabaseUrl url = TestDatabase.create();
    one = TestPool.of(url);
    two = TestPool.of(url);
    site = new SiteStore(one.pool()).add("example.com", ZoneId.of("UTC"), false).await();
    write();
  }

  @AfterEach
  void close() {
    two.close();
    one.close();
  }

  @Test
  void visitsHandedToBothAreWrittenOnce() {
    Future<Integer> first = handOver(fold(one), shuffled());
    Future<Integer> second = handOver(fold(two), shuffled());

    assertThat(first.await() + second.await()).isEqualTo(VISITS);
    assertThatEachVisitIsThereOnce();
  }

  @Test
  void visitsHandedToOneAndSweptByTheOtherAreWrittenOnce() {
    Future<Integer> handedOver = handOver(fold(one), shuffled());
    Future<Integer> swept = fold(two).sweep();

    handedOver.await();
    swept.await();
    assertThatEachVisitIsThereOnce();
  }

  @Test
  void sweepsOfBothWriteEachVisitOnce() {
    Future<Integer> first = fold(one).sweep();
    Future<Integer> second = fold(two).sweep();

    assertThat(first.await() + second.await()).isEqualTo(VISITS);
    assertThatEachVisitIsThereOnce();
  }

  private Fold fold(TestPool pool) {
    return new Fold(pool.pool(), new Partitions(pool.pool()), new Random(), clock);
  }

  /** Batch after batch, as the hand-over does. */
  private static Future<Integer> handOver(Fold fold, List<EndedVisit> visits) {
    Future<Integer> folded = Future.succeededFuture(0);
    for (int from = 0; from < visits.size(); from += 500) {
      List<EndedVisit> batch = visits.subList(from, Math.min(from + 500, visits.size()));
      folded = folded.compose(before -> fold.fold(batch).map(rows -> before + rows));
    }
    return folded;
  }

  private List<EndedVisit> shuffled() {
    List<EndedVisit> visits = new ArrayList<>();
    LongStream.rangeClosed(1, VISITS)
        .forEach(visit -> visits.add(new EndedVisit(site.id(), visit, BEGAN)));
    Collections.shuffle(visits, random);
    return visits;
  }

  private void write() {
    List<Hit> hits = new ArrayList<>();
    for (int visit = 1; visit <= VISITS; visit++) {
      for (int step = 0; step < 3; step++) {
        hits.add(
            aHit()
                .site(site.id())
                .visit(visit)
                .visitor(visit)
                .step(step)
                .at(BEGAN.plusSeconds(step))
                .build());
      }
    }
    Collections.shuffle(hits, random);
    new Inbox(one.pool(), new SimpleMeterRegistry()).write(hits).await();
  }

  private void assertThatEachVisitIsThereOnce() {
    var row =
        one.pool()
            .query(
                """
                select count(*) as visits, count(distinct visitor) as visitors,
                  sum(views) as views, (select count(*) from hit) as hits
                from visit
                """)
            .execute()
            .await()
            .iterator()
            .next();
    assertThat(row.getLong("visits")).isEqualTo(VISITS);
    assertThat(row.getLong("visitors")).isEqualTo(VISITS);
    assertThat(row.getLong("views")).isEqualTo(3 * VISITS);
    assertThat(row.getLong("hits")).isZero();
  }
}
