package dk.sporlos.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Action;
import dk.sporlos.door.Attributes;
import dk.sporlos.door.Campaign;
import dk.sporlos.door.Client;
import dk.sporlos.door.EndedVisit;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Page;
import dk.sporlos.door.Place;
import dk.sporlos.door.Source;
import dk.sporlos.fold.Fold;
import dk.sporlos.fold.Partitions;
import dk.sporlos.intake.DictionaryTable;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Audit;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.spool.Batch;
import dk.sporlos.testing.Eventually;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries of dictionaries whose last visit is gone, and readers who come in between. */
class UnusedEntriesTest {
  private static final Instant NOON = Instant.parse("2026-03-02T11:00:00Z");
  private static final int ENTRIES = 8;

  private final MovableClock clock = new MovableClock(NOON.toString());
  private TestPool database;
  private Site site;
  private Inbox inbox;
  private UnusedEntries entries;

  @BeforeEach
  void open() {
    database = TestPool.of(TestDatabase.create());
    SiteStore sites = new SiteStore(database.pool());
    site =
        Objects.requireNonNull(
            sites.add("a.example", ZoneId.of("Europe/Copenhagen"), false).await());
    inbox = anotherInbox();
    entries = new UnusedEntries(database.pool(), sites);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatNothingRefersToIsMarkedAndGoesAfterTwoHours() {
    visit();
    run("delete from hit");

    assertThat(entries.runNow().await()).isZero();
    assertThat(all("unused_since is not null")).isEqualTo(ENTRIES);
    marksAreOlderBy("1 hour 59 minutes");
    assertThat(entries.runNow().await()).isZero();
    assertThat(all("true")).isEqualTo(ENTRIES);
    marksAreOlderBy("2 minutes");
    assertThat(entries.due().await())
        .extracting(Retention.Due::what)
        .containsExactly("page", "event_name", "client", "place", "referrer", "campaign");
    assertThat(entries.runNow().await()).isEqualTo(ENTRIES);

    assertThat(all("true")).isZero();
    assertThat(Audit.latest(database.pool(), site.id(), 10).await())
        .extracting(Audit.Dated::line)
        .contains(new Audit.Line("retention", "delete", "page", null, null, 3))
        .hasSize(DictionaryTable.values().length);
  }

  @Test
  void whatAHitRefersToStays() {
    visit();

    runTwice();

    assertThat(all("true")).isEqualTo(ENTRIES);
  }

  @Test
  void whatAVisitRefersToStaysAlsoInTheMiddleOfItsSteps() {
    visit();
    fold();
    run("delete from event");

    runTwice();

    assertThat(all("true")).isEqualTo(ENTRIES);
    assertThat(rows("select count(*) from visit")).isEqualTo(1);
  }

  @Test
  void whatARestrictedHitRefersToStays() {
    visit();
    run(
        """
        insert into restricted_hit (site_id, kept_until, code_hash, at, step, kind, page_id, name_id,
          engaged_ms, interactive, client_id, place_id, referrer_id, campaign_id)
        select site_id, '2026-04-01', '', at, step, kind, page_id, name_id, engaged_ms, interactive,
          client_id, place_id, referrer_id, campaign_id
        from hit
        """);
    run("delete from hit");

    runTwice();

    assertThat(all("true")).isEqualTo(ENTRIES);
  }

  @Test
  void aPageWhoseVitalsAreKeptStays() {
    visit();
    run("delete from hit");
    run(
        "insert into vital (views, site_id, day, page_id, device, metric, bucket)"
            + " select 1, site_id, '2026-03-02', id, '', 0, 0 from page");

    runTwice();

    assertThat(all("true")).isEqualTo(3);
  }

  @Test
  void anEntryOfOneSiteIsNotKeptByTheSameNumberAtAnother() {
    visit();
    run("insert into page (site_id, id, host, path) select site_id + 1, id, host, path from page");
    run("insert into site (domain, timezone) values ('b.example', 'UTC')");

    runTwice();

    assertThat(rows("select count(*) from page where site_id = " + site.id().value())).isEqualTo(3);
    assertThat(rows("select count(*) from page")).isEqualTo(3);
  }

  /**
   * But for those of tables that are not logged: snapshots of the inbox, made anew within minutes.
   * An entry is kept for hours after its last use.
   */
  @Test
  void everyColumnThatHoldsNumbersOfADictionaryIsLookedAt() {
    for (DictionaryTable table : DictionaryTable.values()) {
      List<String> described = new ArrayList<>();
      database
          .pool()
          .preparedQuery(
              """
              select relname || '.' || attname from pg_description
              join pg_class on pg_class.oid = objoid
              join pg_attribute on attrelid = objoid and attnum = objsubid
              where description like '%(table ' || $1 || ')%' and relpersistence = 'p'
              """)
          .execute(Tuple.of(table.word()))
          .await()
          .forEach(row -> described.add(row.getString(0)));

      assertThat(described).as(table.word()).contains("hit." + column(table));
      assertThat(DictionaryUse.columns(table))
          .as(table.word())
          .extracting(column -> column.relation() + "." + column.name())
          .containsAll(described);
    }
  }

  @Test
  void whatIsReadIsNotMarkedAnyMore() {
    visit();
    run("delete from hit");
    entries.runNow().await();
    marksAreOlderBy("3 hours");

    write(anotherInbox(), 2, "/entry");
    run("delete from hit");
    entries.runNow().await();

    assertThat(rows("select count(*) from page where path = '/entry' and unused_since is not null"))
        .isEqualTo(1);
    assertThat(rows("select count(*) from page where path = '/exit'")).isZero();
  }

  @Test
  void whatIsWrittenFromACacheAfterItWasMarkedStays() {
    visit();
    run("delete from hit");
    entries.runNow().await();

    visit();
    marksAreOlderBy("3 hours");
    assertThat(entries.runNow().await()).isZero();

    assertThat(all("unused_since is not null")).isEqualTo(ENTRIES);
  }

  @Test
  void whatSomebodyReadsBetweenTheLookAndTheDeletionStays() throws Throwable {
    visit();
    run("delete from hit");
    entries.runNow().await();
    marksAreOlderBy("3 hours");
    SqlConnection reader = database.pool().getConnection().await();
    Transaction reading = reader.begin().await();
    reader.query("lock table page in share row exclusive mode").execute().await();

    Future<Long> deleting = entries.runNow();
    Eventually.eventually(
        () ->
            assertThat(
                    rows(
                        "select count(*) from pg_stat_activity"
                            + " where datname = current_database() and wait_event_type = 'Lock'"))
                .isEqualTo(1));
    reader.query("update page set unused_since = null where path = '/entry'").execute().await();
    reading.commit().await();
    reader.close().await();
    deleting.await();

    assertThat(rows("select count(*) from page")).isEqualTo(1);
    assertThat(rows("select count(*) from page where path = '/entry'")).isEqualTo(1);
  }

  @Test
  void whatSomebodyHoldsIsPassedOverAndNobodyWaits() {
    visit();
    run("delete from hit");
    entries.runNow().await();
    marksAreOlderBy("3 hours");
    SqlConnection reader = database.pool().getConnection().await();
    Transaction reading = reader.begin().await();
    reader.query("update page set unused_since = null where path = '/entry'").execute().await();

    assertThat(entries.runNow().await()).isEqualTo(ENTRIES - 1);

    reading.commit().await();
    reader.close().await();
    assertThat(rows("select count(*) from page where path = '/entry'")).isEqualTo(1);
  }

  @Test
  void aSiteIsLookedAtOnceADay() {
    visit();
    run("delete from hit");
    entries.run().await();
    marksAreOlderBy("3 hours");

    assertThat(entries.run().await()).isZero();
    run("update site set entries_checked_at = entries_checked_at - interval '22 hours'");
    assertThat(entries.run().await()).isZero();
    run("update site set entries_checked_at = entries_checked_at - interval '2 hours'");
    assertThat(entries.run().await()).isEqualTo(ENTRIES);
  }

  private static String column(DictionaryTable table) {
    return switch (table) {
      case PAGE -> "page_id";
      case EVENT_NAME -> "name_id";
      default -> table.word() + "_id";
    };
  }

  private void runTwice() {
    entries.runNow().await();
    marksAreOlderBy("3 hours");
    entries.runNow().await();
  }

  private void marksAreOlderBy(String interval) {
    for (DictionaryTable table : DictionaryTable.values()) {
      run(
          "update %s set unused_since = unused_since - interval '%s'"
              .formatted(table.word(), interval));
    }
  }

  private Inbox anotherInbox() {
    return new Inbox(database.pool(), clock, new SimpleMeterRegistry());
  }

  /** Three pages, an event and one of each that is of a visit as a whole. */
  private void visit() {
    write(inbox, 1, "/entry", "/middle", "/exit");
  }

  private void write(Inbox into, long visit, String... paths) {
    List<Hit> hits = new ArrayList<>();
    for (int step = 0; step < paths.length; step++) {
      hits.add(hit(visit, step, paths[step], new Action.PageView()));
    }
    hits.add(hit(visit, paths.length, paths[0], new Action.Event("signup", true)));
    into.write(Batch.of(hits)).await();
  }

  private Hit hit(long visit, int step, String path, Action action) {
    return new Hit(
        site.id(),
        visit,
        7,
        NOON.plusSeconds(step),
        step,
        new Page("a.example", path),
        action,
        step == 0
            ? new Attributes(
                new Client("Firefox", "140", "Linux", "", "Desktop", "", "da"),
                new Place("DK", "DK-84", ""),
                new Source("Direct", "", "", ""),
                new Campaign("mail", "mail", "spring", "", ""))
            : null,
        action instanceof Action.Event ? Map.of("plan", "x") : Map.of(),
        null,
        true);
  }

  private void fold() {
    clock.set(NOON.plus(Duration.ofMinutes(40)).toString());
    Fold fold = new Fold(database.pool(), new Partitions(database.pool()), new Random(1), clock);
    fold.fold(List.of(new EndedVisit(site.id(), 1, NOON))).await();
    assertThat(rows("select count(*) from hit")).isZero();
  }

  private long all(String condition) {
    return Arrays.stream(DictionaryTable.values())
        .mapToLong(
            table -> rows("select count(*) from %s where %s".formatted(table.word(), condition)))
        .sum();
  }

  private long rows(String sql) {
    return database.pool().query(sql).execute().await().iterator().next().getLong(0);
  }

  private void run(String sql) {
    database.pool().query(sql).execute().await();
  }
}
