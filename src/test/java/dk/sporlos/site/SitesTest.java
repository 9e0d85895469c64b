package dk.sporlos.site;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import dk.sporlos.testing.WatchedPool;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SitesTest {
  private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");
  private static TestPool database;

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private WatchedPool pool;
  private SiteStore store;
  private Sites sites;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    run("truncate site cascade");
    store = new SiteStore(database.pool());
    pool = new WatchedPool(database.pool());
    sites = new Sites(new SiteStore(pool.pool()), clock);
  }

  @Test
  void aKnownSiteIsAnsweredFromMemoryHoweverOldThatIs() {
    Site added = store.add("example.com", COPENHAGEN, false).await();
    sites.byDomain("example.com").await();
    clock.move(Duration.ofDays(1));

    Future<Site> answer = sites.byDomain("example.com");

    assertThat(answer.isComplete()).isTrue();
    assertThat(answer.result()).isEqualTo(added);
    assertThat(pool.statements()).isEqualTo(1);
  }

  @Test
  void aNameThatASiteChoseForItsTrackerIsKnownAndNoOther() {
    Site site = store.add("example.com", COPENHAGEN, false).await();
    store.set(site.id(), TrackerName.SETTING, "hits").await();

    sites.refresh().await();

    assertThat(sites.trackAs("hits")).isTrue();
    assertThat(sites.trackAs("")).isFalse();
    assertThat(sites.trackAs("other")).isFalse();
  }

  @Test
  void anUnknownSiteIsLookedForOnceASecondAtMost() {
    IntStream.range(0, 100)
        .forEach(name -> assertThat(sites.byDomain(name + ".example").await()).isNull());
    assertThat(pool.statements()).isEqualTo(1);

    clock.move(Duration.ofMillis(999));
    sites.byDomain("nowhere.example").await();
    assertThat(pool.statements()).isEqualTo(1);

    clock.move(Duration.ofMillis(1));
    sites.byDomain("nowhere.example").await();
    assertThat(pool.statements()).isEqualTo(2);
  }

  @Test
  void thoseWhoAskWhileItLooksWaitForThatLook() {
    Site added = store.add("example.com", COPENHAGEN, false).await();

    List<Future<Site>> answers =
        Stream.generate(() -> sites.byDomain("example.com")).limit(100).toList();

    assertThat(answers).allMatch(answer -> added.equals(answer.await()));
    assertThat(pool.statements()).isEqualTo(1);
  }

  @Test
  void manyThreadsAtOnceMakeItLookOnce() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads =
        Stream.generate(
                () ->
                    new Thread(
                        () -> {
                          await(go);
                          for (int name = 0; name < 50; name++) {
                            sites.byDomain(name + ".example").await();
                          }
                        }))
            .limit(8)
            .toList();
    threads.forEach(Thread::start);

    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(pool.statements()).isEqualTo(1);
  }

  @Test
  void aSiteAddedLaterIsFoundOnceTheSecondIsOver() {
    assertThat(sites.byDomain("late.example").await()).isNull();
    Site added = store.add("late.example", COPENHAGEN, false).await();
    clock.move(Duration.ofSeconds(1));

    assertThat(sites.byDomain("late.example").await()).isEqualTo(added);
  }

  @Test
  void aClockSetBackDoesNotKeepItFromLooking() {
    assertThat(sites.byDomain("late.example").await()).isNull();
    store.add("late.example", COPENHAGEN, false).await();
    clock.move(Duration.ofHours(-1));

    assertThat(sites.byDomain("late.example").await()).isNotNull();
  }

  @Test
  void aLookThatFailsFailsTheAnswersUntilOneSucceeds() throws Throwable {
    store.add("example.com", COPENHAGEN, false).await();
    run("alter table site rename to gone");
    try {
      assertThatThrownBy(sites.byDomain("example.com")::await).isInstanceOf(PgException.class);
    } finally {
      run("alter table gone rename to site");
    }

    Future<Site> atOnce = sites.byDomain("example.com");
    assertThat(atOnce.failed()).isTrue();
    eventually(() -> assertThat(sites.byDomain("example.com").result()).isNotNull());
  }

  @Test
  void knownSitesAreAnsweredWhileTheDatabaseFails() {
    store.add("example.com", COPENHAGEN, false).await();
    sites.refresh().await();
    run("alter table site rename to gone");
    try {
      assertThatThrownBy(sites.refresh()::await).isInstanceOf(PgException.class);
      assertThat(sites.byDomain("example.com").await()).isNotNull();
    } finally {
      run("alter table gone rename to site");
    }
  }

  @Test
  void refreshingSeesWhatChangedAndWhatWent() {
    store.add("example.com", COPENHAGEN, false).await();
    store.add("gone.example", COPENHAGEN, false).await();
    sites.refresh().await();
    run("update site set timezone = 'Asia/Kolkata' where domain = 'example.com'");
    run("delete from site where domain = 'gone.example'");

    sites.refresh().await();

    assertThat(sites.byDomain("example.com").await().zone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
    assertThat(sites.byDomain("gone.example").await()).isNull();
  }

  @Test
  void aLookThatBeganBeforeAChangeIsNotTakenForOneAfterIt() {
    List<Future<Void>> looks = Stream.generate(sites::refresh).limit(4).toList();

    looks.forEach(look -> look.await());

    // The first may have begun too early for the others; those share the next.
    assertThat(pool.statements()).isEqualTo(2);
  }

  private static void run(String sql) {
    database.pool().query(sql).execute().await();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
