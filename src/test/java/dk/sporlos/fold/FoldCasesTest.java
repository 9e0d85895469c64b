package dk.sporlos.fold;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Action;
import dk.sporlos.door.EndedVisit;
import dk.sporlos.door.Hit;
import dk.sporlos.door.HitMother;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The edges of what a visit may be. */
class FoldCasesTest {
  private static final Instant BEGAN = Instant.parse("2026-11-02T10:20:30Z");
  private static TestPool database;
  private static Site site;
  private static Site kathmandu;

  private final MovableClock clock = new MovableClock(BEGAN.plus(Duration.ofHours(5)));
  private Inbox inbox;
  private Fold fold;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
    SiteStore sites = new SiteStore(database.pool());
    site = sites.add("example.com", ZoneId.of("Europe/Copenhagen"), false).await();
    kathmandu = sites.add("example.np", ZoneId.of("Asia/Kathmandu"), false).await();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.pool().query("truncate hit, visit").execute().await();
    inbox = new Inbox(database.pool(), new SimpleMeterRegistry());
    fold = new Fold(database.pool(), new Partitions(database.pool()), new Random(1), clock);
  }

  @Test
  void aVisitOfFiveHundredStepsOverFourHoursIsOneRow() {
    List<Hit> hits = new ArrayList<>();
    for (int step = 0; step < 500; step++) {
      HitMother hit = step(7, step, BEGAN.plusSeconds(28L * step)).path("/" + step);
      hits.add(hit.build());
      hits.add(hit.action(new Action.Engagement(Duration.ofSeconds(20), 50)).build());
    }
    inbox.write(hits).await();

    assertThat(fold.fold(List.of(ended(7))).await()).isEqualTo(1);

    Row visit = rows("select *, length(steps) as size from visit").get(0);
    assertThat(visit.getShort("views")).isEqualTo((short) 500);
    assertThat(visit.getInteger("size")).isEqualTo(4_000);
    assertThat(visit.getShort("seconds")).isEqualTo((short) (28 * 499));
    assertThat(rows("select from hit")).isEmpty();
  }

  @Test
  void anEngagementWhosePageViewIsMissingAddsNothing() {
    write(
        step(7, 0, BEGAN),
        step(7, 5, BEGAN.plusSeconds(600))
            .path("/lost")
            .action(new Action.Engagement(Duration.ofSeconds(30), 80)));

    fold.fold(List.of(ended(7))).await();

    Row visit = rows("select *, length(steps) as size from visit").get(0);
    assertThat(visit.getShort("views")).isEqualTo((short) 1);
    assertThat(visit.getShort("seconds")).isZero();
    assertThat(visit.getBoolean("bounced")).isTrue();
    assertThat(visit.getInteger("size")).isEqualTo(8);
    assertThat(rows("select from hit")).isEmpty();
  }

  @Test
  void aVisitOfEventsAloneHasNoEntryPage() {
    write(step(7, 0, BEGAN).action(new Action.Event("Signed in", true)));

    fold.fold(List.of(ended(7))).await();

    Row visit = rows("select * from visit").get(0);
    assertThat(visit.getInteger("entry_page")).isNull();
    assertThat(visit.getInteger("exit_page")).isNull();
    assertThat(visit.getShort("events")).isEqualTo((short) 1);
  }

  @Test
  void visitsOfSeveralSitesAndZonesAreFoldedInOneBatch() {
    Instant evening = Instant.parse("2026-10-31T18:20:00Z"); // 00:05 of November in Kathmandu
    write(
        step(7, 0, evening),
        step(7, 0, evening).site(kathmandu.id()),
        step(8, 0, BEGAN).site(kathmandu.id()));

    int rows =
        fold.fold(
                List.of(
                    new EndedVisit(site.id(), 7, evening),
                    new EndedVisit(kathmandu.id(), 7, evening),
                    new EndedVisit(kathmandu.id(), 8, BEGAN)))
            .await();

    assertThat(rows).isEqualTo(3);
    assertThat(rows("select domain, day::text, hour from visit join site on site.id = site_id"))
        .extracting(
            row -> row.getString(0) + " " + row.getString(1) + " " + row.getOffsetDateTime(2))
        .containsExactlyInAnyOrder(
            "example.com 2026-10-31 2026-10-31T18:00Z",
            "example.np 2026-11-01 2026-10-31T18:15Z",
            "example.np 2026-11-02 2026-11-02T10:15Z");
  }

  @Test
  void visitsThatShareANumberAtTwoSitesAreFoldedApart() {
    write(step(7, 0, BEGAN), step(7, 0, BEGAN).site(kathmandu.id()));

    fold.fold(List.of(ended(7))).await();

    assertThat(rows("select from visit")).hasSize(1);
    assertThat(rows("select from hit where site_id = " + kathmandu.id().value())).hasSize(1);
  }

  @Test
  void hitsOfASiteThatWasDeletedGoWithoutAVisit() {
    SiteId gone = new SiteId(999);
    write(step(7, 0, BEGAN).site(gone), step(8, 0, BEGAN));

    int rows = fold.fold(List.of(new EndedVisit(gone, 7, BEGAN), ended(8))).await();

    assertThat(rows).isEqualTo(1);
    assertThat(rows("select from hit")).isEmpty();
  }

  @Test
  void aHitSentAgainLateIsFoundAlsoInTheSlotBeforeItsVisit() {
    write(step(7, 0, BEGAN), step(7, 1, BEGAN.minus(Duration.ofMinutes(14))));

    fold.fold(List.of(ended(7))).await();

    assertThat(rows("select from hit")).isEmpty();
  }

  @Test
  void aSweepTakesMoreThanABatch() {
    int visits = Fold.MAX_BATCH + 5;
    List<Hit> hits = new ArrayList<>();
    for (int visit = 1; visit <= visits; visit++) {
      hits.add(step(visit, 0, BEGAN).build());
    }
    inbox.write(hits).await();

    assertThat(fold.sweep().await()).isEqualTo(visits);
    assertThat(rows("select from visit")).hasSize(visits);
  }

  @Test
  void aSweepFindsOrphansOfADayOnWhichNothingRan() {
    write(step(7, 0, BEGAN), step(7, 1, BEGAN.plus(Duration.ofHours(3))));
    clock.move(Duration.ofDays(40));

    assertThat(fold.sweep().await()).isEqualTo(1);

    assertThat(rows("select from hit")).isEmpty();
    assertThat(rows("select from visit where day = '2026-11-02'")).hasSize(1);
  }

  @Test
  void whileOneProcessSweepsAnotherFindsNothingToDo() {
    write(step(7, 0, BEGAN));
    SqlConnection sweeper = database.pool().getConnection().await();
    Transaction sweeping = sweeper.begin().await();
    try {
      sweeper.query("select pg_advisory_xact_lock(7310002)").execute().await();

      assertThat(fold.sweep().await()).isZero();
    } finally {
      sweeping.rollback().await();
      sweeper.close().await();
    }
    assertThat(fold.sweep().await()).isEqualTo(1);
  }

  private static HitMother step(long visit, int step, Instant at) {
    return aHit().site(site.id()).visit(visit).step(step).at(at);
  }

  private static EndedVisit ended(long visit) {
    return new EndedVisit(site.id(), visit, BEGAN);
  }

  private void write(HitMother... hits) {
    inbox.write(Arrays.stream(hits).map(HitMother::build).toList()).await();
  }

  private static List<Row> rows(String sql) {
    List<Row> rows = new ArrayList<>();
    database.pool().query(sql).execute().await().forEach(rows::add);
    return rows;
  }
}
