package dk.sporlos.fold;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.EndedVisit;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndedVisitsTest {
  private static final Instant BEGAN = Instant.parse("2026-11-02T10:00:00Z");
  private static TestPool database;
  private static Site site;

  private final MovableClock clock = new MovableClock(BEGAN.plusSeconds(1_800));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Fold fold;
  private EndedVisits endedVisits;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
    site = new SiteStore(database.pool()).add("example.com", ZoneId.of("UTC"), false).await();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    run("truncate hit, visit");
    fold = new Fold(database.pool(), new Partitions(database.pool()), new Random(1), clock);
    endedVisits = new EndedVisits(fold, clock, meters);
  }

  @Test
  void aVisitRestsForAMinuteBeforeItIsFolded() {
    write(1, 1);
    end(1, 1);

    clock.move(Duration.ofMillis(59_999));
    assertThat(endedVisits.foldDue().await()).isZero();
    clock.move(Duration.ofMillis(1));
    assertThat(endedVisits.foldDue().await()).isEqualTo(1);

    assertThat(endedVisits.foldDue().await()).isZero();
    assertThat(count("visit")).isEqualTo(1);
  }

  @Test
  void whatEndedLaterGoesOnResting() {
    write(1, 2);
    end(1, 1);
    clock.move(Duration.ofSeconds(30));
    end(2, 2);
    clock.move(Duration.ofSeconds(30));

    assertThat(endedVisits.foldDue().await()).isEqualTo(1);
    assertThat(count("hit")).isEqualTo(1);
    clock.move(Duration.ofSeconds(30));
    assertThat(endedVisits.foldDue().await()).isEqualTo(1);
  }

  @Test
  void moreThanABatchIsFoldedInOneGo() {
    int visits = 2 * Fold.MAX_BATCH + 7;
    write(1, visits);
    end(1, visits);
    clock.move(EndedVisits.REST);

    assertThat(endedVisits.foldDue().await()).isEqualTo(visits);

    assertThat(count("visit")).isEqualTo(visits);
    assertThat(count("hit")).isZero();
    assertThat(meters.get("sporlos.fold.visits").counter().count()).isEqualTo(visits);
  }

  @Test
  void aBatchThatFailsStaysInItsOrderAndIsTriedAgain() {
    int visits = Fold.MAX_BATCH + 1;
    write(1, visits);
    end(1, visits);
    clock.move(EndedVisits.REST);
    end(visits + 1, visits + 1);
    run("alter table visit rename to away");
    try {
      assertThatThrownBy(endedVisits.foldDue()::await).isInstanceOf(PgException.class);
    } finally {
      run("alter table away rename to visit");
    }
    assertThat(count("hit")).isEqualTo(visits);

    // The one that rests is not due: that the others are folded shows that they are in front of it.
    assertThat(endedVisits.foldDue().await()).isEqualTo(visits);
    assertThat(count("visit")).isEqualTo(visits);
  }

  @Test
  void theLagIsHowLongTheOldestVisitHasBeenDue() {
    assertThat(lag()).isZero();
    end(1, 1);
    clock.move(Duration.ofSeconds(59));
    assertThat(lag()).isZero();

    clock.move(Duration.ofSeconds(11));
    end(2, 2);
    assertThat(lag()).isEqualTo(10);

    endedVisits.foldDue().await();
    assertThat(lag()).isZero();
  }

  @Test
  void theLagIsThatOfTheOldestVisitAlsoWhileItIsFolded() {
    write(1, 1);
    end(1, 1);
    clock.move(EndedVisits.REST.plusSeconds(10));
    SqlConnection other = database.pool().getConnection().await();
    Transaction holding = other.begin().await();
    other.query("select from hit for update").execute().await();

    Future<Integer> folding = endedVisits.foldDue();
    assertThat(lag()).isEqualTo(10);
    holding.rollback().await();
    other.close().await();

    assertThat(folding.await()).isEqualTo(1);
    assertThat(lag()).isZero();
  }

  @Test
  void aVisitWaitsForHitsThatMayStillBeInASpool() {
    write(1, 1);
    Instant ended = clock.instant();
    AtomicReference<Instant> horizon = new AtomicReference<>(ended.minusSeconds(600));
    endedVisits =
        new EndedVisits(
            fold, () -> Future.succeededFuture(horizon.get()), clock, new SimpleMeterRegistry());
    end(1, 1);

    clock.move(Duration.ofHours(1));
    assertThat(endedVisits.foldDue().await()).isZero();
    horizon.set(ended.plus(EndedVisits.REST).minusMillis(1));
    assertThat(endedVisits.foldDue().await()).isZero();
    horizon.set(ended.plus(EndedVisits.REST));

    assertThat(endedVisits.foldDue().await()).isEqualTo(1);
  }

  @Test
  void nothingIsFoldedWhileNobodyCanTellTheHorizon() {
    write(1, 1);
    endedVisits =
        new EndedVisits(fold, () -> Future.failedFuture("away"), clock, new SimpleMeterRegistry());
    end(1, 1);
    clock.move(Duration.ofHours(1));

    assertThatThrownBy(endedVisits.foldDue()::await).hasMessage("away");

    assertThat(count("hit")).isEqualTo(1);
  }

  @Test
  void aSweepTakesForOrphansOnlyWhatIsOldAtTheHorizon() {
    write(1, 1);
    clock.move(Duration.ofHours(3));
    AtomicReference<Instant> horizon = new AtomicReference<>(BEGAN.plus(Fold.ORPHANED));
    Fold waiting =
        new Fold(
            database.pool(),
            new Partitions(database.pool()),
            new Random(1),
            clock,
            () -> Future.succeededFuture(horizon.get()));

    assertThat(waiting.sweep().await()).isZero();
    horizon.set(BEGAN.plus(Fold.ORPHANED).plusSeconds(1));

    assertThat(waiting.sweep().await()).isEqualTo(1);
  }

  @Test
  void theLagGrowsWhileTheFoldFails() {
    end(1, 1);
    clock.move(EndedVisits.REST);
    run("alter table visit rename to away");
    try {
      assertThatThrownBy(endedVisits.foldDue()::await).isInstanceOf(PgException.class);
      clock.move(Duration.ofMinutes(5));
      assertThatThrownBy(endedVisits.foldDue()::await).isInstanceOf(PgException.class);
    } finally {
      run("alter table away rename to visit");
    }

    assertThat(lag()).isEqualTo(300);
  }

  private void write(long first, long last) {
    new Inbox(database.pool(), new SimpleMeterRegistry())
        .write(
            LongStream.rangeClosed(first, last)
                .mapToObj(visit -> aHit().site(site.id()).visit(visit).at(BEGAN).build())
                .toList())
        .await();
  }

  private void end(long first, long last) {
    LongStream.rangeClosed(first, last)
        .forEach(visit -> endedVisits.accept(new EndedVisit(site.id(), visit, BEGAN)));
  }

  private double lag() {
    return meters.get("sporlos.fold.lag").timeGauge().value();
  }

  private static void run(String sql) {
    database.pool().query(sql).execute().await();
  }

  private static long count(String from) {
    return database
        .pool()
        .query("select count(*) from " + from)
        .execute()
        .await()
        .iterator()
        .next()
        .getLong(0);
  }
}
