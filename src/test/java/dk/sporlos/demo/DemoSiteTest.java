package dk.sporlos.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.fold.Fold;
import dk.sporlos.fold.Partitions;
import dk.sporlos.goal.Funnels;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.Properties;
import dk.sporlos.intake.HitStore;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import dk.sporlos.spool.Batch;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoSiteTest {
  /** Midnight in Copenhagen, 89 days before the day of the clock, in summer time. */
  private static final Instant BEGINNING = Instant.parse("2026-08-04T22:00:00Z");

  private final MovableClock clock = new MovableClock("2026-11-02T10:20:00Z");
  private TestPool database;
  private Pool pool;
  private Inbox inbox;

  @BeforeEach
  void open() {
    database = TestPool.of(TestDatabase.create());
    pool = database.pool();
    inbox = new Inbox(pool, new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void ninetyDaysAreFilledOnceAndThenUpToNow() {
    DemoSite demo = demo(inbox);

    demo.fill().await();
    assertThat(visits()).isEqualTo(madeUpUntil(clock.instant()));
    assertThat(count("(select distinct day from visit) as days")).isEqualTo(90);
    demo.fill().await();
    assertThat(visits()).isEqualTo(madeUpUntil(clock.instant()));

    for (int minute = 0; minute < 180; minute += 45) {
      clock.move(Duration.ofMinutes(45));
      demo.fill().await();
    }
    assertThat(visits()).isEqualTo(madeUpUntil(clock.instant()));
    sweep();
    assertThat(visits()).isEqualTo(madeUpUntil(clock.instant()));
  }

  @Test
  void aNewSiteHasGoalsThatVisitorsReach() {
    demo(inbox).fill().await();

    SiteId site = new SiteStore(pool).find(DemoSite.DOMAIN).await().id();
    assertThat(new Goals(pool).all(site).await().stream().map(Goal::name))
        .containsExactly(
            "Looked at a product", "Ordered", "Signed up for news", "Read about delivery");
    assertThat(new Funnels(pool).all(site).await().get(0).goals()).hasSize(2);
    assertThat(new Properties(pool).all(site).await()).containsExactly("delivery");
    assertThat(count("event where revenue is not null")).isPositive();
  }

  @Test
  void aRestartDoublesNothingAndLeavesOutLessThanAnHour() {
    demo(inbox).fill().await();
    int before = visits();

    demo(inbox).fill().await();
    assertThat(visits()).isEqualTo(before);

    clock.move(Duration.ofDays(1));
    sweep();
    demo(inbox).fill().await();
    Instant hourAfter = Instant.parse("2026-11-02T11:00:00Z");
    assertThat(visits())
        .isEqualTo(before + madeUp(hourAfter, clock.instant().minus(DemoVisits.LONGEST)));
  }

  @Test
  void afterAFailureItGoesOnWhereTheDataEnd() {
    FailingOnce store = new FailingOnce(inbox);
    DemoSite demo = demo(store);

    assertThatThrownBy(demo.fill()::await).hasMessage("the database is away");
    demo.fill().await();

    // The batches before the failure are there already; their last hour is not begun again.
    int all = madeUpUntil(clock.instant());
    assertThat(visits()).isLessThanOrEqualTo(all).isGreaterThan(all - 60);
    assertThat(count("(select distinct day from visit) as days")).isEqualTo(90);
  }

  @Test
  void aRealSiteOfThatNameIsLeftAlone() {
    new SiteStore(pool).add(DemoSite.DOMAIN, ZoneId.of("UTC"), false).await();

    assertThatThrownBy(demo(inbox).fill()::await)
        .hasMessage("demo.example is registered as a real site; remove it or use other data");

    assertThat(visits()).isZero();
    assertThat(new SiteStore(pool).find(DemoSite.DOMAIN).await().demo()).isFalse();
  }

  private DemoSite demo(HitStore store) {
    Partitions partitions = new Partitions(pool);
    return new DemoSite(
        pool, store, partitions, new Fold(pool, partitions, new Random(), clock), clock);
  }

  private void sweep() {
    new Fold(pool, new Partitions(pool), new Random(), clock).sweep().await();
  }

  private int madeUpUntil(Instant now) {
    return madeUp(BEGINNING, now.minus(DemoVisits.LONGEST));
  }

  private int madeUp(Instant from, Instant to) {
    Site site = new SiteStore(pool).find(DemoSite.DOMAIN).await();
    return new DemoVisits(site).between(from, to).size();
  }

  /** Visits, folded or not. */
  private int visits() {
    return count("visit") + count("(select distinct visit from hit) as open");
  }

  private int count(String from) {
    return pool.query("select count(*) from " + from)
        .execute()
        .await()
        .iterator()
        .next()
        .getInteger(0);
  }

  /** Fails once, after some batches. */
  private static final class FailingOnce implements HitStore {
    private final HitStore real;
    private int writes;

    FailingOnce(HitStore real) {
      this.real = real;
    }

    @Override
    public Future<Set<Integer>> write(Batch batch) {
      writes++;
      return writes == 4 ? Future.failedFuture("the database is away") : real.write(batch);
    }
  }
}
