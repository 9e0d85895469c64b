package dk.sporlos.fold;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Action;
import dk.sporlos.door.Attributes;
import dk.sporlos.door.Campaign;
import dk.sporlos.door.Client;
import dk.sporlos.door.EndedVisit;
import dk.sporlos.door.Hit;
import dk.sporlos.door.HitMother;
import dk.sporlos.door.Place;
import dk.sporlos.door.Source;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Audit;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.Eventually;
import dk.sporlos.testing.LogLines;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Visits that no fold can fold, and folds in each other's way. */
class FoldPoisonTest {
  private static final Instant BEGAN = Instant.parse("2026-11-02T10:20:30Z");
  private static final int GOOD = 40;
  private static TestPool database;
  private static Site site;
  private static Site nowhere;

  private final MovableClock clock = new MovableClock(BEGAN.plus(Duration.ofHours(5)));
  private Inbox inbox;
  private Fold fold;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
    SiteStore sites = new SiteStore(database.pool());
    site = sites.add("example.com", ZoneId.of("Europe/Copenhagen"), false).await();
    nowhere = sites.add("example.org", ZoneId.of("Europe/Copenhagen"), false).await();
    run("update site set timezone = 'Mars/Olympus' where id = " + nowhere.id().value());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    run("truncate hit, visit, event, set_aside");
    inbox = new Inbox(database.pool(), new SimpleMeterRegistry());
    fold = new Fold(database.pool(), new Partitions(database.pool()), new Random(1), clock);
  }

  @Test
  void aVisitThatCannotBeFoldedIsSetAsideAndHindersNoOther() {
    writeGood();
    writeEndless(17_000);
    List<EndedVisit> visits = new ArrayList<>(good());
    visits.add(13, ended(site.id(), 17_000));

    assertThat(fold.fold(visits).await()).isEqualTo(GOOD);

    assertThat(count("visit")).isEqualTo(GOOD);
    assertThat(count("hit")).isZero();
    assertThat(fold.visitsSetAside()).isEqualTo(1);
    Row aside = onlySetAside();
    assertThat(aside.getInteger("site_id")).isEqualTo(site.id().value());
    assertThat(aside.getString("reason")).isEqualTo("23514");
    assertThat(aside.getLocalDate("day")).isEqualTo(LocalDate.of(2026, 11, 2));
    assertThat(content(aside)).hasSize(501);
  }

  @Test
  void whatIsSetAsideSaysAllThatTheInboxHeld() {
    Attributes known =
        new Attributes(
            new Client("Firefox", "141", "Windows", "11", "Desktop", "Large", "da"),
            new Place("DK", "DK-84", ""),
            new Source("Organic Search", "Google", "google.com", "/"),
            new Campaign("news", "email", "autumn", "", ""));
    inbox
        .write(
            List.of(
                aHit().site(nowhere.id()).visit(7).at(BEGAN).path("/ø").attributes(known).build(),
                aHit()
                    .site(nowhere.id())
                    .visit(7)
                    .at(BEGAN)
                    .step(1)
                    .action(new Action.Event("Order", true))
                    .properties(Map.of("size", "XL"))
                    .build()))
        .await();

    fold.fold(List.of(ended(nowhere.id(), 7))).await();

    Row aside = onlySetAside();
    assertThat(aside.getString("reason")).isEqualTo("22023");
    JsonObject first = content(aside).getJsonObject(0);
    assertThat(first.getLong("visit")).isEqualTo(7);
    assertThat(first.getString("path")).isEqualTo("/ø");
    assertThat(first.getJsonObject("client").getString("browser")).isEqualTo("Firefox");
    assertThat(first.getJsonObject("place").getString("region")).isEqualTo("DK-84");
    assertThat(first.getJsonObject("referrer").getString("source")).isEqualTo("Google");
    assertThat(first.getJsonObject("campaign").getString("name")).isEqualTo("autumn");
    JsonObject second = content(aside).getJsonObject(1);
    assertThat(second.getString("name")).isEqualTo("Order");
    assertThat(second.getJsonObject("properties")).isEqualTo(new JsonObject().put("size", "XL"));
    assertThat(second.fieldNames()).doesNotContain("client", "page_id", "slot");
  }

  @Test
  void theLogSaysOfAVisitThatIsSetAsideNothingButTheKindOfFault() {
    writeEndless(17_000);

    try (LogLines log = new LogLines()) {
      fold.fold(List.of(ended(site.id(), 17_000))).await();

      assertThat(log.lines())
          .containsExactly(
              "a visit could not be folded and is set aside: PgException 23514 (1 times)");
    }
  }

  @Test
  void theSweepSetsAsideWhatItCannotFoldAndTakesTheRest() {
    writeGood();
    writeEndless(Long.MIN_VALUE + 1);
    writeEndless(17_000);

    assertThat(fold.sweep().await()).isEqualTo(GOOD + 2);
    assertThat(fold.sweep().await()).isZero();

    assertThat(count("visit")).isEqualTo(GOOD);
    assertThat(count("set_aside")).isEqualTo(2);
    assertThat(count("hit")).isZero();
  }

  @Test
  void aSweepEndsAlsoWhereNothingCanBeSetAside() {
    writeGood();
    writeEndless(17_000);
    run("alter table set_aside add constraint full_up check (site_id < 0)");
    try {
      assertThat(fold.sweep().await()).isEqualTo(GOOD + 1);
    } finally {
      run("alter table set_aside drop constraint full_up");
    }

    assertThat(count("visit")).isEqualTo(GOOD);
    assertThat(fold.visitsSetAside()).isZero();
    assertThat(fold.sweep().await()).isEqualTo(1);
    assertThat(count("set_aside")).isEqualTo(1);
  }

  @Test
  void whatWasSetAsideIsForgottenAfterThirtyDays() {
    writeEndless(17_000);
    fold.fold(List.of(ended(site.id(), 17_000))).await();
    SetAside setAside = new SetAside(database.pool(), new Random(1), clock);

    clock.move(Duration.ofDays(30));
    assertThat(setAside.forget().await()).isZero();
    clock.move(Duration.ofDays(1));

    assertThat(onlySetAside().getLong("visit")).isEqualTo(17_000);
    LocalDate day = onlySetAside().getLocalDate("day");
    assertThat(setAside.forget().await()).isEqualTo(1);
    assertThat(Audit.latest(database.pool(), site.id(), 1).await())
        .extracting(Audit.Dated::line)
        .containsExactly(new Audit.Line("retention", "delete", "set_aside", day, day, 1));
  }

  @Test
  void aFoldThatPostgresStopsToEndADeadlockTriesAgain() throws Throwable {
    inbox.write(List.of(view(1).build(), view(2).build())).await();
    SqlConnection other = database.pool().getConnection().await();
    Transaction transaction = other.begin().await();
    other.query("set local deadlock_timeout = '60s'").execute().await();
    other.query("select from hit where visit = 2 for update").execute().await();

    Future<Integer> folded = fold.fold(List.of(ended(site.id(), 1), ended(site.id(), 2)));
    Eventually.eventually(
        () ->
            assertThat(
                    count(
                        "pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))
                .isEqualTo(1));
    other.query("select from hit where visit = 1 for update").execute().await();
    transaction.rollback().await();
    other.close().await();

    assertThat(folded.await()).isEqualTo(2);
    assertThat(count("visit")).isEqualTo(2);
  }

  /** A visit of more steps than a row of table {@code visit} may have. */
  private void writeEndless(long visit) {
    List<Hit> hits = new ArrayList<>();
    for (int step = 0; step < 501; step++) {
      hits.add(view(visit).step(step).build());
    }
    inbox.write(hits).await();
  }

  private void writeGood() {
    inbox
        .write(LongStream.rangeClosed(1, GOOD).mapToObj(visit -> view(visit).build()).toList())
        .await();
  }

  private static List<EndedVisit> good() {
    return LongStream.rangeClosed(1, GOOD).mapToObj(visit -> ended(site.id(), visit)).toList();
  }

  private static HitMother view(long visit) {
    return aHit().site(site.id()).visit(visit).at(BEGAN);
  }

  private static EndedVisit ended(SiteId site, long visit) {
    return new EndedVisit(site, visit, BEGAN);
  }

  private static Row onlySetAside() {
    var rows = database.pool().query("select * from set_aside").execute().await();
    assertThat(rows.size()).isEqualTo(1);
    return rows.iterator().next();
  }

  private static JsonArray content(Row aside) {
    return new JsonArray(aside.getBuffer("content"));
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
