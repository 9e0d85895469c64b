package dk.sporlos.fold;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Action;
import dk.sporlos.door.EndedVisit;
import dk.sporlos.door.Hit;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots made by two processes of one database. */
class SnapshotsTest {
  private static final Instant BEGAN = Instant.parse("2026-11-02T10:00:00Z");

  private final MovableClock clock = new MovableClock(BEGAN.plus(Duration.ofMinutes(45)));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private TestPool one;
  private TestPool two;
  private Snapshots snapshots;
  private Snapshots others;
  private Fold fold;
  private Site site;

  @BeforeEach
  void open() {
    DatabaseUrl url = TestDatabase.create();
    one = TestPool.of(url);
    two = TestPool.of(url);
    snapshots = new Snapshots(one.vertx(), one.pool(), clock, meters);
    others = new Snapshots(two.vertx(), two.pool(), clock, meters);
    fold = new Fold(two.pool(), new Partitions(two.pool()), new Random(7), clock);
    site = new SiteStore(one.pool()).add("example.com", ZoneId.of("UTC"), false).await();
  }

  @AfterEach
  void close() {
    two.close();
    one.close();
  }

  @Test
  void holdsTheVisitsOfTheInboxAndWhatIsSaidOfThem() {
    write(view(1, 0), view(1, 1), event(1, 2, Map.of("plan", "pro")), view(2, 0));

    snapshots.make(site.id()).await();

    assertThat(texts("select visit || ' ' || views || ' ' || events from open_visit order by 1"))
        .containsExactly("1 2 1", "2 1 0");
    assertThat(texts("select visit || ' ' || step || ' ' || properties from open_event"))
        .containsExactly("1 2 {\"plan\": \"pro\"}");
    assertThat(ask(snapshots).takenAt()).isEqualTo(clock.instant());
  }

  @Test
  void noneOfItIsLoggedSoThatACrashTakesAllOfItTogether() {
    assertThat(
            texts(
                "select relname from pg_class where relpersistence = 'u' and relkind = 'r' order by 1"))
        .containsExactly("folded_visit", "open_event", "open_visit", "snapshot");

    write(view(1, 0));
    snapshots.make(site.id()).await();
    run("truncate folded_visit, open_event, open_visit, snapshot");

    assertThat(ask(snapshots)).isNull();
    snapshots.make(site.id()).await();
    assertThat(count("open_visit")).isEqualTo(1);
  }

  @Test
  void whoAsksAtOnceWaitsForTheSameInWhicheverProcess() {
    write(view(1, 0));

    Future.all(
            snapshots.make(site.id()),
            snapshots.make(site.id()),
            others.make(site.id()),
            others.make(site.id()))
        .await();

    assertThat(count("open_visit")).isEqualTo(1);
    assertThat(made()).isEqualTo(1);
  }

  @Test
  void isMadeAnewOnceItIsDueByOneOfThoseThatAreAsked() {
    write(view(1, 0));
    snapshots.make(site.id()).await();
    ask(snapshots);
    ask(others);
    snapshots.answered(site.id());
    others.answered(site.id());
    write(view(2, 0));

    clock.move(Duration.ofSeconds(9));
    refresh();
    assertThat(count("open_visit")).isEqualTo(1);

    clock.move(Duration.ofSeconds(1));
    refresh();
    assertThat(count("open_visit")).isEqualTo(2);
    assertThat(made()).isEqualTo(2);
  }

  @Test
  void isNotMadeAnewInAProcessThatIsNotAsked() {
    snapshots.make(site.id()).await();
    clock.move(Duration.ofSeconds(15));

    refresh();

    assertThat(made()).isEqualTo(1);
  }

  @Test
  void isShownOnceTheQuestionsUnderWayAreAnswered() throws InterruptedException {
    write(view(1, 0));
    snapshots.make(site.id()).await();
    ask(snapshots);
    write(view(2, 0));
    clock.move(Duration.ofSeconds(10));

    Future<Void> refreshed = snapshots.refresh();
    Thread.sleep(600);
    assertThat(count("open_visit")).isEqualTo(1);
    assertThat(refreshed.isComplete()).isFalse();
    snapshots.answered(site.id());
    refreshed.await();

    assertThat(count("open_visit")).isEqualTo(2);
  }

  @Test
  void isShownThoughNobodyStopsAsking() {
    write(view(1, 0));
    snapshots.make(site.id()).await();
    ask(snapshots);
    write(view(2, 0));
    clock.move(Duration.ofSeconds(10));

    snapshots.refresh().await();

    assertThat(count("open_visit")).isEqualTo(2);
  }

  @Test
  void isGoneSomeMinutesAfterTheLastWhoAskedWhicheverProcessTheyAsked() {
    write(view(1, 0), event(1, 1, Map.of("plan", "pro")));
    snapshots.make(site.id()).await();
    fold.fold(List.of(new EndedVisit(site.id(), 1, BEGAN))).await();

    clock.move(Duration.ofSeconds(60));
    others.forget().await();
    assertThat(count("open_visit")).isEqualTo(1);
    assertThat(count("folded_visit")).isEqualTo(1);

    clock.move(Duration.ofSeconds(60));
    others.forget().await();
    for (String table : List.of("snapshot", "open_visit", "open_event", "folded_visit")) {
      assertThat(count(table)).as(table).isZero();
    }
  }

  @Test
  void aVisitThatIsFoldedLaterIsSaidToBeUntilTheNextSnapshot() {
    write(view(1, 0), view(2, 0));
    snapshots.make(site.id()).await();
    assertThat(counted()).containsExactlyInAnyOrder("open 1", "open 2");

    fold.fold(List.of(new EndedVisit(site.id(), 1, BEGAN))).await();
    assertThat(counted()).containsExactlyInAnyOrder("folded", "open 2");

    clock.move(Duration.ofMinutes(1));
    snapshots.make(site.id()).await();
    assertThat(counted()).containsExactlyInAnyOrder("folded", "open 2");
    assertThat(count("folded_visit")).isZero();
  }

  @Test
  void nothingIsSaidOfVisitsOfSitesThatNobodyLooksAt() {
    Site another = new SiteStore(one.pool()).add("other.dk", ZoneId.of("UTC"), false).await();
    write(view(1, 0));
    snapshots.make(another.id()).await();

    fold.fold(List.of(new EndedVisit(site.id(), 1, BEGAN))).await();

    assertThat(count("folded_visit")).isZero();
  }

  @Test
  void aVisitThatIsFoldedWhileASnapshotIsMadeCountsOnce() {
    write(view(1, 0), view(2, 0));
    snapshots.make(site.id()).await();
    clock.move(Duration.ofMinutes(1));
    SqlConnection connection = two.pool().getConnection().await();
    Transaction inTheWay = connection.begin().await();
    connection.query("lock table open_event in exclusive mode").execute().await();

    // It has begun and sees the inbox as it is now, but gets no further.
    Future<Void> making = snapshots.make(site.id());
    waitFor("select count(*) from pg_locks where not granted", 1);
    fold.fold(List.of(new EndedVisit(site.id(), 1, BEGAN))).await();
    inTheWay.commit().await();
    connection.close().await();
    making.await();

    assertThat(count("open_visit")).isEqualTo(2);
    assertThat(counted()).containsExactlyInAnyOrder("folded", "open 2");
  }

  @Test
  void theFirstSnapshotWaitsForFoldsThatBeganBeforeTheyKnewOfIt() {
    write(view(1, 0), view(2, 0));
    SqlConnection connection = two.pool().getConnection().await();
    Transaction folding = connection.begin().await();
    connection
        .query("select pg_advisory_xact_lock_shared(" + SnapshotSql.FOLDING_LOCK + ")")
        .execute()
        .await();
    connection.query("delete from hit where visit = 1").execute().await();

    Future<Void> making = snapshots.make(site.id());
    waitFor("select count(*) from pg_locks where not granted", 1);
    assertThat(making.isComplete()).isFalse();
    folding.commit().await();
    connection.close().await();
    making.await();

    assertThat(counted()).containsExactly("open 2");
  }

  @Test
  void aHitThatComesAfterItsVisitWasFoldedCountsWithTheNextSnapshot() {
    write(view(1, 0));
    snapshots.make(site.id()).await();
    fold.fold(List.of(new EndedVisit(site.id(), 1, BEGAN))).await();
    write(view(1, 1));
    assertThat(counted()).containsExactly("folded");

    clock.move(Duration.ofMinutes(1));
    snapshots.make(site.id()).await();

    assertThat(counted()).containsExactlyInAnyOrder("folded", "open 1");
  }

  @Test
  void asManyHitsAsBeforeTheFoldMakeNoVisitOfBefore() {
    write(view(1, 0));
    snapshots.make(site.id()).await();
    fold.fold(List.of(new EndedVisit(site.id(), 1, BEGAN))).await();
    write(hit(1, 0, new Action.Engagement(Duration.ofSeconds(3), 40), Map.of()));

    next();

    assertThat(counted()).containsExactly("folded");
  }

  @Test
  void failsForWhoWaitsAndIsMadeOnceThatIsPossible() {
    write(view(1, 0));
    run("alter table open_visit rename to away");
    assertThat(
            snapshots
                .make(site.id())
                .transform(done -> Future.succeededFuture(done.failed()))
                .await())
        .isTrue();
    assertThat(ask(snapshots)).isNull();

    run("alter table away rename to open_visit");
    others.make(site.id()).await();

    assertThat(counted()).containsExactly("open 1");
  }

  @Test
  void manyVisitsAreAllThere() {
    write(LongStream.rangeClosed(1, 3_000).mapToObj(visit -> view(visit, 0)).toArray(Hit[]::new));

    snapshots.make(site.id()).await();

    assertThat(count("open_visit")).isEqualTo(3_000);
  }

  @Test
  void onlyVisitsThatHaveMoreHitsAreMadeAnew() {
    write(view(1, 0), event(1, 1, Map.of("plan", "pro")), view(2, 0));
    next();
    Map<String, String> before = rows();
    write(view(2, 1), view(3, 0));

    next();

    assertThat(rows()).containsOnlyKeys("1", "2", "3").containsEntry("1", before.get("1"));
    assertThat(rows().get("2")).isNotEqualTo(before.get("2"));
    assertThat(texts("select visit || ' ' || views from open_visit order by 1"))
        .containsExactly("1 1", "2 2", "3 1");
    assertThat(count("open_event")).isEqualTo(1);
  }

  @Test
  void aVisitWithAHitThatMakesNoStepStaysToo() {
    Action read = new Action.Engagement(Duration.ofSeconds(3), 40);
    write(view(1, 0), hit(1, 5, read, Map.of()));
    next();
    Map<String, String> before = rows();

    next();

    assertThat(rows()).isEqualTo(before).hasSize(1);
  }

  @Test
  void aVisitWithAHitThatIsNotWhatItWasIsMadeAnew() {
    write(view(1, 0), view(2, 0));
    next();
    run("update hit set referrer_id = 7 where visit = 1");

    one.pool().withTransaction(connection -> Snapshots.outdate(connection, site.id(), 1)).await();
    next();

    assertThat(texts("select visit || ' ' || referrer_id from open_visit order by 1"))
        .containsExactly("1 7", "2 0");
  }

  /** Whatever came and went since the one before. */
  @Test
  void isAsIfItWereMadeOfAllHits() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      for (int hit = random.nextInt(12); hit > 0; hit--) {
        write(anyHit(random));
      }
      if (random.nextInt(4) == 0) {
        int gone = 1 + random.nextInt(8);
        run("delete from hit where visit = " + gone);
      }
      next();
      assertThat(texts(DIFFERENCE)).as("round %d of seed %d", round, seed).isEmpty();
    }
  }

  private static final String OPEN_HITS = "(select * from hit where visit <> 0)";

  /** What the snapshot has and the hits do not say, and the other way round. */
  private static final String DIFFERENCE =
      """
      with gone as (select * from %1$s as hit),
      counted as (select visit, count(*) as hits from gone group by visit),
      made as (select visit, hits, %2$s from (%3$s) as made join counted using (visit)),
      kept as (select visit, hits, %2$s from open_visit),
      said as (
        select visit, site_id, properties from hit
        where properties is not null and visit in (select visit from kept)
      ),
      noted as (select visit, site_id, properties from open_event)
      select 'visit ' || x::text from (
        (select * from made except all select * from kept)
        union all (select * from kept except all select * from made)) as x
      union all
      select 'said ' || y::text from (
        (select * from said except all select * from noted)
        union all (select * from noted except all select * from said)) as y
      """
          .formatted(OPEN_HITS, VisitSql.COLUMNS, VisitSql.of("gone"));

  private Hit anyHit(Random random) {
    int visit = 1 + random.nextInt(8);
    int step = random.nextInt(6);
    return switch (random.nextInt(3)) {
      case 0 -> view(visit, 10 * step);
      case 1 -> event(visit, 10 * step + 1, random.nextBoolean() ? Map.of() : Map.of("a", "b"));
      default -> hit(visit, 10 * step, new Action.Engagement(Duration.ofSeconds(3), 40), Map.of());
    };
  }

  /** The next snapshot, made at once. */
  private void next() {
    clock.move(Duration.ofMinutes(1));
    snapshots.make(site.id()).await();
  }

  /** Where the row of each visit is. */
  private Map<String, String> rows() {
    Map<String, String> rows = new HashMap<>();
    one.pool()
        .query("select visit::text as visit, ctid::text as place from open_visit")
        .execute()
        .await()
        .forEach(row -> rows.put(row.getString("visit"), row.getString("place")));
    return rows;
  }

  private void refresh() {
    // Nobody has asked for a moment.
    one.vertx().timer(400, TimeUnit.MILLISECONDS).await();
    Future.all(snapshots.refresh(), others.refresh()).await();
  }

  private @Nullable Snapshot ask(Snapshots some) {
    return one.pool().withConnection(connection -> some.ask(connection, site.id())).await();
  }

  private long made() {
    return meters.get("sporlos.snapshot").timer().count();
  }

  /** The visits that a question counts. */
  private List<String> counted() {
    return texts(
        """
        select 'folded' from visit
        union all
        select 'open ' || visit from open_visit
        where (site_id, visit) not in (select site_id, visit from folded_visit)
        """);
  }

  private Hit view(long visit, int step) {
    return hit(visit, step, new Action.PageView(), Map.of());
  }

  private Hit event(long visit, int step, Map<String, String> properties) {
    return hit(visit, step, new Action.Event("Order", true), properties);
  }

  private Hit hit(long visit, int step, Action action, Map<String, String> properties) {
    return aHit()
        .site(site.id())
        .visit(visit)
        .visitor(visit)
        .step(step)
        .at(BEGAN.plusSeconds(step))
        .action(action)
        .properties(properties)
        .build();
  }

  private void write(Hit... hits) {
    new Inbox(one.pool(), new SimpleMeterRegistry()).write(Arrays.asList(hits)).await();
  }

  private void waitFor(String count, long atLeast) {
    long began = System.nanoTime();
    while (one.pool().query(count).execute().await().iterator().next().getLong(0) < atLeast) {
      assertThat(System.nanoTime() - began).isLessThan(Duration.ofSeconds(20).toNanos());
    }
  }

  private void run(String sql) {
    one.pool().query(sql).execute().await();
  }

  private long count(String table) {
    return one.pool()
        .query("select count(*) from " + table)
        .execute()
        .await()
        .iterator()
        .next()
        .getLong(0);
  }

  private List<String> texts(String sql) {
    return one.pool().query(sql).execute().await().stream().map(row -> row.getString(0)).toList();
  }
}
