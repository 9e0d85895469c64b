package dk.sporlos.intake;

import static dk.sporlos.door.HitMother.aHit;
import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.Availability;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Reason;
import dk.sporlos.spool.Batch;
import dk.sporlos.spool.Spool;
import dk.sporlos.testing.TcpProxy;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That every batch is stored once, whatever happens between the collector and its database. */
class SpoolingStoreTest {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static DatabaseUrl url;
  private static TestPool database;

  @TempDir private Path directory;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Vertx vertx;
  private WorkerExecutor worker;
  private TcpProxy proxy;
  private Inbox inbox;
  private Availability availability;
  private Spool spool;

  @BeforeAll
  static void openDatabase() {
    url = TestDatabase.create();
    database = TestPool.of(url);
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void open() {
    database.pool().query("truncate hit, batch, set_aside").execute().await();
    vertx = Vertx.vertx();
    worker = vertx.createSharedWorkerExecutor("spool", 1);
    proxy = new TcpProxy(url.host(), url.port());
    Pool onlyOneConnection =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(1))
            .connectingTo(url.connectOptions().setPort(proxy.port()))
            .using(vertx)
            .build();
    inbox = new Inbox(onlyOneConnection, meters);
    availability = new Availability(meters);
    spool = Spool.open(directory, 1_000_000);
  }

  @AfterEach
  void close() throws Exception {
    proxy.close();
    vertx.close().await();
    spool.close();
  }

  @Test
  void aBatchThatIsWrittenTwiceIsStoredOnce() {
    Batch batch = batch("/a", "/b");

    inbox.write(batch).await();
    inbox.write(batch).await();

    assertThat(stored()).containsExactly("/a", "/b");
  }

  @Test
  void aBatchThatManyWriteAtOnceIsStoredOnce() {
    Batch batch = batch("/a", "/b");
    Inbox other = new Inbox(database.pool(), meters);
    List<Future<?>> writes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      writes.add(other.write(batch));
    }

    Future.all(writes).await();

    assertThat(stored()).containsExactly("/a", "/b");
  }

  @Test
  void aBatchWhoseAnswerWasLostIsStoredOnce() throws Throwable {
    inbox.write(batch("/a")).await();
    proxy.loseNextAnswer();

    store(inbox).write(batch("/a", "/a")).await();

    assertThat(availability.isAway()).isTrue();
    assertThat(spool.contents().batches()).isEqualTo(1);
    eventually(() -> assertThat(stored()).hasSize(3));
    replayAll();
    assertThat(stored()).hasSize(3);
    assertThat(availability.isAway()).isFalse();
  }

  @Test
  void aStoreThatCommitsAndThenFailsLosesAndDoublesNothing() throws Throwable {
    AtomicBoolean failing = new AtomicBoolean(true);
    HitStore lying =
        batch ->
            inbox
                .write(batch)
                .compose(
                    written ->
                        failing.getAndSet(false)
                            ? Future.failedFuture("who knows")
                            : Future.succeededFuture(written));

    store(lying).write(batch("/a")).await();
    store(lying).write(batch("/b")).await();
    replayAll();

    assertThat(stored()).containsExactlyInAnyOrder("/a", "/b");
  }

  @Test
  void whileTheDatabaseIsAwayBatchesWaitAndAreStoredInOrderOnceItIsBack() throws Throwable {
    HitStore store = store(inbox);
    store.write(batch("/0")).await();
    proxy.cut();
    for (int i = 1; i <= 20; i++) {
      store.write(batch("/" + i)).await();
    }
    assertThat(stored()).containsExactly("/0");
    replay().run().await();
    assertThat(spool.contents().batches()).isEqualTo(20);

    proxy.mend();
    replayAll();
    store.write(batch("/21")).await();

    assertThat(stored())
        .containsExactlyElementsOf(IntStream.rangeClosed(0, 21).mapToObj(i -> "/" + i).toList());
    assertThat(spool.isEmpty()).isTrue();
  }

  @Test
  void aDatabaseThatHangsIsWaitedForOnceAndWhatItStoresLateCountsOnce() throws Throwable {
    HitStore store = store(inbox);
    store.write(batch("/a")).await();
    proxy.pause();

    store.write(batch("/a")).await();
    assertThat(availability.isAway()).isTrue();
    long began = System.nanoTime();
    for (int i = 0; i < 5; i++) {
      store.write(batch("/a")).await();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE.multipliedBy(4));
    assertThat(spool.contents().batches()).isEqualTo(6);

    proxy.resume();
    replayAll();
    assertThat(stored()).hasSize(7);
  }

  @Test
  void aCrashBetweenSpoolAndDatabaseLosesNothing() throws Throwable {
    proxy.cut();
    store(inbox).write(batch("/a", "/b")).await();

    proxy.mend();
    spool.close();
    spool = Spool.open(directory, 1_000_000);
    replayAll();

    assertThat(stored()).containsExactly("/a", "/b");
  }

  @Test
  void aCrashBetweenTheCommitAndTheEndOfTheFileDoublesNothing() throws Throwable {
    for (int i = 0; i < 3; i++) {
      spool.append(batch("/" + i), false);
    }
    inbox.write(spool.oldest()).await();
    spool.stored();
    inbox.write(spool.oldest()).await();

    spool.close();
    spool = Spool.open(directory, 1_000_000);
    assertThat(spool.contents().batches()).isEqualTo(3);
    replayAll();

    assertThat(stored()).containsExactly("/0", "/1", "/2");
  }

  @Test
  void aFullSpoolTakesNoMoreAndSaysSo() throws Throwable {
    spool.close();
    spool = Spool.open(directory, 300);
    HitStore store = store(inbox);
    proxy.cut();
    store.write(batch("/unknown")).await();
    store.write(batch("/a")).await();

    assertThatThrownBy(() -> store.write(batch("/b")).await())
        .isInstanceOfSatisfying(
            NotTakenException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.SPOOL_FULL));

    proxy.mend();
    replayAll();
    store.write(batch("/c")).await();
    assertThat(stored()).containsExactly("/unknown", "/a", "/c");
  }

  @Test
  void poisonAmongReplayedHitsIsSetAsideAndHoldsUpNone() throws Throwable {
    Hit poison = aHit().path("/poison\0").build();
    proxy.cut();
    HitStore store = store(inbox);
    store.write(batch("/a")).await();
    store
        .write(Batch.of(List.of(aHit().path("/b").build(), poison, aHit().path("/c").build())))
        .await();
    store.write(batch("/d")).await();

    proxy.mend();
    replayAll();

    assertThat(stored()).containsExactly("/a", "/b", "/c", "/d");
    assertThat(rows("set_aside")).isEqualTo(1);
  }

  @Test
  void aBatchThatMayBeUnderWayIsWaitedFor() {
    Batch batch = batch("/a");
    var connection = database.pool().getConnection().await();
    var transaction = connection.begin().await();
    connection
        .preparedQuery("insert into batch (site_id, hour, id) values ($1, $2, $3)")
        .execute(
            io.vertx.sqlclient.Tuple.of(
                batch.site().value(), Inbox.hour(batch.oldest()), batch.id()))
        .await();

    Future<Set<Integer>> written = inbox.write(batch);
    transaction.rollback().await();
    written.await();

    assertThat(stored()).containsExactly("/a");
    connection.close().await();
  }

  private HitStore store(HitStore real) {
    return new SpoolingStore(real, spool, worker, availability, PATIENCE);
  }

  private Replay replay() {
    return new Replay(spool, inbox, worker, availability, meters);
  }

  private void replayAll() throws Throwable {
    eventually(
        () -> {
          replay().run().await();
          assertThat(spool.isEmpty()).isTrue();
        });
  }

  private static Batch batch(String... paths) {
    return Batch.of(
        IntStream.range(0, paths.length)
            .mapToObj(i -> aHit().path(paths[i]).step(i).build())
            .toList());
  }

  private static int rows(String table) {
    return database.pool().query("select from " + table).execute().await().size();
  }

  /** Paths in the order in which their hits were stored. */
  private static List<String> stored() {
    return StreamSupport.stream(
            database
                .pool()
                .query("select path from hit join page on page.id = page_id order by hit.ctid")
                .execute()
                .await()
                .spliterator(),
            false)
        .map(row -> row.getString("path"))
        .toList();
  }
}
