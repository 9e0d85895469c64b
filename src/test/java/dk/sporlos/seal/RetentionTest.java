package dk.sporlos.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Action;
import dk.sporlos.door.Attributes;
import dk.sporlos.door.Client;
import dk.sporlos.door.EndedVisit;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Page;
import dk.sporlos.door.Place;
import dk.sporlos.door.Source;
import dk.sporlos.fold.Fold;
import dk.sporlos.fold.Horizon;
import dk.sporlos.fold.Partitions;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Audit;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.spool.Batch;
import dk.sporlos.stats.InvalidQueryException;
import dk.sporlos.stats.Stats;
import dk.sporlos.stats.TestQueries;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sites of three profiles whose visits grow old, under a moved clock. */
class RetentionTest {
  private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");
  private static final LocalDate FIRST = LocalDate.parse("2026-03-02");
  private static final int DAYS = 10;
  private static final String RANGE = "['2026-03-02','2026-03-11']";

  private final Random random = new Random(20261126);
  private final MovableClock clock = new MovableClock("2026-03-02T08:00:00Z");
  private final List<Integer> late = new ArrayList<>();
  private DatabaseUrl url;
  private TestPool database;
  private SiteStore sites;
  private Inbox inbox;
  private Fold fold;
  private Seals seals;
  private Retention retention;
  private Stats stats;
  private long numbers;

  @BeforeEach
  void open() {
    url = TestDatabase.create();
    database = TestPool.of(url);
    sites = new SiteStore(database.pool());
    inbox = new Inbox(database.pool(), clock, new SimpleMeterRegistry());
    Partitions partitions = new Partitions(database.pool());
    fold = new Fold(database.pool(), partitions, random, clock, Horizon.of(clock));
    seals =
        new Seals(
            database.pool(),
            database.pool(),
            sites,
            Horizon.of(clock),
            clock,
            (site, count) -> late.add(count));
    retention = new Retention(database.pool(), database.pool(), sites, clock);
    stats = new Stats(database.pool(), clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void eachProfileLosesItsOwnRowsOnItsOwnDayAndNoSealedFigureChanges() {
    Site dk = site("dk.example", Profile.DK);
    Site cnil = site("cnil.example", Profile.CNIL);
    Site uk = site("uk.example", Profile.UK);
    List<Site> all = List.of(dk, cnil, uk);
    live(all);
    for (Site site : all) {
      assertThat(days(site)).as(site.domain()).isEqualTo(DAYS);
    }
    List<JsonObject> figures = figures(all);
    List<String> totals = totals();

    for (int after :
        List.of(29, 30, 31, 39, 40, 41, 89, 90, 91, 99, 100, 179, 180, 181, 189, 190, 191, 260)) {
      LocalDate day = FIRST.plusDays(after);
      clock.set(day.atTime(12, 0).atZone(COPENHAGEN).toInstant().toString());
      seals.run().await();
      retention.run().await();
      assertThat(days(cnil)).as("cnil on " + day).isEqualTo(kept(day, 30));
      assertThat(days(uk)).as("uk on " + day).isEqualTo(kept(day, 90));
      assertThat(days(dk)).as("dk on " + day).isEqualTo(kept(day, 180));
    }

    assertThat(figures(all)).isEqualTo(figures);
    assertThat(totals()).isEqualTo(totals);
    assertThat(rows("select count(*) from event")).isZero();
    assertThat(Audit.latest(database.pool(), cnil.id(), 1_000).await())
        .filteredOn(dated -> dated.line().what().equals("visit"))
        .hasSize(DAYS)
        .allSatisfy(
            dated -> {
              assertThat(dated.line().actor()).isEqualTo("retention");
              assertThat(dated.line().rows()).isPositive();
            });
  }

  @Test
  void partitionsGoOnceTheyAreEmptyAndMetersSayWhatWasDone() {
    live(List.of(site("cnil.example", Profile.CNIL)));
    MeterRegistry meters = new SimpleMeterRegistry();
    seals.bindTo(meters);
    retention.bindTo(meters);
    FunctionTimer sealed = meters.get("sporlos.seal.day").functionTimer();
    assertThat(sealed.count()).isEqualTo(DAYS);
    assertThat(sealed.totalTime(TimeUnit.MILLISECONDS)).isPositive();
    FunctionCounter deleted = meters.get("sporlos.retention.rows").functionCounter();
    double before = deleted.count();
    assertThat(rows("select count(*) from pg_class where relname = 'visit_2026_03'")).isEqualTo(1);

    clock.set("2026-06-15T12:00:00Z");
    seals.run().await();
    retention.run().await();

    assertThat(
            rows(
                "select count(*) from pg_class where relname in ('visit_2026_03', 'event_2026_03')"))
        .isZero();
    assertThat(deleted.count()).isGreaterThan(before);
    assertThat(meters.get("sporlos.retention.last.run.timestamp.seconds").gauge().value())
        .isEqualTo(clock.millis() / 1_000.0);
    assertThat(meters.get("sporlos.seal.lag").timeGauge().value(TimeUnit.SECONDS)).isZero();
  }

  @Test
  void aDayThatCannotBeSealedIsSeenByItsLag() {
    MeterRegistry meters = new SimpleMeterRegistry();
    seals.bindTo(meters);
    live(List.of(site("cnil.example", Profile.CNIL)));
    run("update sealed_day set due = true");
    run("alter table daily add constraint broken check (site_id < 0) not valid");

    seals.run().await();
    clock.move(Duration.ofMinutes(5));
    seals.run().await();
    TimeGauge lag = meters.get("sporlos.seal.lag").timeGauge();
    assertThat(lag.value(TimeUnit.SECONDS)).isEqualTo(300);

    run("alter table daily drop constraint broken");
    seals.run().await();
    assertThat(lag.value(TimeUnit.SECONDS)).isZero();
  }

  @Test
  void aMonthPastEveryLimitGoesWholeWithWhatIsLeftOfSitesThatAreNoMore() {
    Site site = site("cnil.example", Profile.CNIL);
    live(List.of(site));
    run(
        "insert into visit select (jsonb_populate_record(visit, '{\"site_id\": 999}')).*"
            + " from visit limit 4");
    clock.set("2026-06-15T12:00:00Z");
    seals.run().await();

    assertThat(retention.run().await()).isEqualTo(DAYS * 3 + 4);

    assertThat(rows("select count(*) from pg_class where relname = 'visit_2026_03'")).isZero();
    assertThat(Audit.latest(database.pool(), site.id(), 10).await())
        .extracting(Audit.Dated::line)
        .contains(
            new Audit.Line(
                "retention", "delete", "visit", FIRST, FIRST.plusDays(DAYS - 1L), DAYS * 3))
        .contains(new Audit.Line("retention", "drop", "visit_2026_03", null, null, DAYS * 3 + 4));
    assertThat(sites.visitsCompleteFrom(site.id()).await()).isEqualTo(FIRST.plusDays(DAYS));
  }

  @Test
  void aMonthThatSomebodyHoldsIsLeftForTheNextTime() {
    live(List.of(site("cnil.example", Profile.CNIL)));
    clock.set("2026-06-15T12:00:00Z");
    seals.run().await();
    SqlConnection reader = database.pool().getConnection().await();
    Transaction reading = reader.begin().await();
    reader.query("lock table event_2026_03 in access share mode").execute().await();

    retention.run().await();
    assertThat(rows("select count(*) from pg_class where relname = 'visit_2026_03'")).isEqualTo(1);
    reading.commit().await();
    reader.close().await();
    retention.run().await();

    assertThat(rows("select count(*) from pg_class where relname = 'visit_2026_03'")).isZero();
  }

  @Test
  void everyTableOfTotalsLosesWhatIsPastItsLifeAndSaysSo() {
    Site site = site("dk.example", Profile.DK);
    clock.set("2028-06-15T12:00:00Z");
    for (String values :
        List.of(
            "refusal values (%d, '%s', 'bot', '', 1)",
            "cleaned values (%d, '%s', 'email', 1)",
            "interruption values (%d, '%s')",
            "vital (site_id, day, views, page_id, device, metric, bucket)"
                + " values (%d, '%s', 1, 1, '', 0, 0)",
            "return_gap (site_id, day, browsers) values (%d, '%s', 20)",
            "cohort (site_id, week, browsers) values (%d, '%s', 20)",
            "import (site_id, last_day, at, first_day, lines, visits, views, events)"
                + " values (%d, '%s', now(), '2026-04-30', 1, 1, 1, 1)")) {
      run("insert into " + values.formatted(site.id().value(), "2026-05-04"));
      run("insert into " + values.formatted(site.id().value(), "2026-05-18"));
    }

    retention.run().await();

    for (String table :
        List.of("refusal", "cleaned", "interruption", "return_gap", "cohort", "import", "vital")) {
      assertThat(rows("select count(*) from " + table)).as(table).isEqualTo(1);
      assertThat(Audit.latest(database.pool(), site.id(), 10).await())
          .extracting(Audit.Dated::line)
          .contains(
              new Audit.Line(
                  "retention",
                  "delete",
                  table,
                  LocalDate.parse("2026-05-04"),
                  LocalDate.parse("2026-05-04"),
                  1));
    }
  }

  @Test
  void totalsGoAfterTheirMonthsAndNothingIsLeft() {
    Site site = site("dk.example", Profile.DK);
    live(List.of(site));
    assertThat(totals()).isNotEmpty();

    clock.set("2028-04-03T12:00:00Z");
    retention.run().await();
    assertThat(totals()).isNotEmpty();
    clock.set("2028-04-22T12:00:00Z");
    seals.run().await();
    retention.run().await();

    assertThat(rows("select count(*) from daily where day < '2026-03-22'")).isZero();
  }

  @Test
  void aDryRunSaysWhatWouldGoAndDeletesNothing() {
    Site site = site("cnil.example", Profile.CNIL);
    live(List.of(site));
    clock.set("2026-04-10T12:00:00Z");
    seals.run().await();

    List<Retention.Due> due = retention.due().await();

    assertThat(due).extracting(Retention.Due::what).containsOnly("visit").hasSize(9);
    assertThat(due.get(0).first()).isEqualTo(FIRST);
    assertThat(days(site)).isEqualTo(DAYS);
  }

  @Test
  void aDayThatIsNotSealedIsKept() {
    Site site = site("cnil.example", Profile.CNIL);
    live(List.of(site));
    run("update sealed_day set due = true where day = '2026-03-05'");
    clock.set("2026-06-20T12:00:00Z");

    retention.run().await();

    assertThat(days(site)).isEqualTo(DAYS - 3);
  }

  @Test
  void aVisitThatIsFoldedWhileItsDayIsAboutToGoKeepsItAndThoseAfterIt() {
    Site site = site("cnil.example", Profile.CNIL);
    live(List.of(site));
    clock.set("2026-04-20T12:00:00Z");
    SqlConnection folding = database.pool().getConnection().await();
    Transaction late = folding.begin().await();
    folding.query("update sealed_day set due = true where day = '2026-03-05'").execute().await();

    Future<Long> deleted = retention.run();
    awaitBlocked();
    late.commit().await();
    folding.close().await();
    deleted.await();

    assertThat(days(site)).isEqualTo(DAYS - 3);
    assertThat(sites.visitsCompleteFrom(site.id()).await()).isEqualTo("2026-03-05");
    seals.run().await();
    retention.run().await();
    assertThat(days(site)).isZero();
  }

  @Test
  void jobsDoTheirWorkOverOneConnectionBesideThatOfTheirTurns() {
    Site site = site("cnil.example", Profile.CNIL);
    live(List.of(site));
    clock.set("2026-04-20T12:00:00Z");
    run("update sealed_day set due = true");
    try (TestPool one = TestPool.of(url, 1)) {
      Seals sealing =
          new Seals(
              database.pool(), one.pool(), sites, Horizon.of(clock), clock, (of, count) -> {});
      Retention deleting = new Retention(database.pool(), one.pool(), sites, clock);

      Future.all(sealing.run(), deleting.run(), sealing.seal(site, FIRST, FIRST))
          .await(30, TimeUnit.SECONDS);
      deleting.run().await(30, TimeUnit.SECONDS);
    } catch (TimeoutException waiting) {
      throw new AssertionError("they wait for each other's connections", waiting);
    }

    assertThat(days(site)).isZero();
  }

  @Test
  void aDayIsSealedAgainToTheSameBytesAndAfterALateVisitWithIt() {
    Site site = site("dk.example", Profile.DK);
    live(List.of(site));
    List<String> totals = totals();

    seals.seal(site, FIRST, FIRST.plusDays(DAYS - 1L)).await();
    assertThat(totals()).isEqualTo(totals);

    visit(site, FIRST.plusDays(3).atTime(12, 0).atZone(COPENHAGEN).toInstant(), "/late");
    assertThat(seals.run().await()).isEqualTo(1);
    assertThat(totals()).isNotEqualTo(totals);
    JsonObject answer = ask(site, "'metrics':['visits'],'date_range':" + RANGE);
    long visits =
        answer.getJsonArray("results").getJsonObject(0).getJsonArray("metrics").getLong(0);
    assertThat(sealedVisits()).isEqualTo(visits);
  }

  @Test
  void aVisitThatComesAfterItsDayHasGoneChangesNoFigure() {
    Site site = site("cnil.example", Profile.CNIL);
    live(List.of(site));
    clock.set("2026-06-20T12:00:00Z");
    seals.run().await();
    retention.run().await();
    List<JsonObject> figures = figures(List.of(site));

    visit(site, FIRST.plusDays(3).atTime(12, 0).atZone(COPENHAGEN).toInstant(), "/late");
    clock.set("2026-06-20T12:00:00Z");
    seals.run().await();

    assertThat(figures(List.of(site))).isEqualTo(figures);
    retention.run().await();
    assertThat(days(site)).isZero();
  }

  @Test
  void whatTotalsCannotAnswerSaysFromWhereItAnswersOrWhyNot() {
    Site site = site("cnil.example", Profile.CNIL);
    live(List.of(site));
    clock.set("2026-04-10T12:00:00Z");
    seals.run().await();
    retention.run().await();
    String byBoth = "'metrics':['pageviews'],'dimensions':['event:page','visit:entry_page'],";

    JsonObject answer = ask(site, byBoth + "'date_range':" + RANGE);

    assertThat(answer.getJsonObject("meta").getString("data_from")).isEqualTo("2026-03-11");
    assertThatThrownBy(() -> ask(site, byBoth + "'date_range':['2026-03-02','2026-03-05']"))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("ask from 2026-03-11 on");
  }

  @Test
  void aComparisonWithDaysWhoseVisitsAreDeletedIsLeftOutAndTheAnswerSaysSo() {
    Site site = site("cnil.example", Profile.CNIL);
    live(List.of(site));
    clock.set("2026-04-09T12:00:00Z");
    seals.run().await();
    retention.run().await();
    String byBoth =
        "'metrics':['pageviews'],'dimensions':['event:page','visit:entry_page'],"
            + "'date_range':['2026-03-11','2026-03-11'],'include':{'comparisons':{'mode':'custom',"
            + "'date_range':['2026-03-%s','2026-03-10']}}";

    JsonObject whole = ask(site, byBoth.formatted("10"));
    JsonObject partly = ask(site, byBoth.formatted("09"));
    clock.set("2026-04-10T12:00:00Z");
    retention.run().await();
    JsonObject none = ask(site, byBoth.formatted("02"));

    assertThat(whole.getJsonObject("meta").containsKey("comparison_warning")).isFalse();
    assertThat(whole.getJsonArray("results").getJsonObject(0).getJsonObject("comparison"))
        .isNotNull();
    assertThat(partly.getJsonObject("meta").getJsonObject("comparison_warning").getString("code"))
        .isEqualTo("visits_partly_deleted");
    assertThat(
            partly.getJsonObject("meta").getJsonObject("comparison_warning").getString("warning"))
        .contains("2026-03-10");
    assertThat(none.getJsonObject("meta").getJsonObject("comparison_warning").getString("code"))
        .isEqualTo("visits_deleted");
    assertThat(none.getJsonArray("results").encode())
        .contains("\"comparison\":null")
        .doesNotContain("\"change\"");
  }

  @Test
  void whereNobodyIsRecognisedHitsWaitForTheirDayToBeSealedAndGo() {
    Site strict = site("strict.example", Profile.STRICT);
    Instant noon = FIRST.atTime(12, 0).atZone(COPENHAGEN).toInstant();
    for (int view = 0; view < 7; view++) {
      write(hit(strict, 0, 0, 0, noon.plusSeconds(view), "/" + view % 2, true));
    }
    write(
        new Hit(
            strict.id(),
            0,
            0,
            noon,
            0,
            new Page("strict.example", "/0"),
            new Action.Engagement(Duration.ofSeconds(9), 50),
            null,
            Map.of(),
            null,
            false));
    clock.set("2026-03-02T23:14:59Z");
    String question =
        "'metrics':['pageviews','visitors','visits','bounce_rate'],'date_range':['2026-03-02','2026-03-02']";
    JsonObject live = ask(strict, question + ",'dimensions':['event:page']");
    String reading =
        "'metrics':['time_on_page','scroll_depth'],'dimensions':['event:page'],"
            + "'date_range':['2026-03-02','2026-03-02']";
    assertThat(ask(strict, reading).getJsonArray("results").encode())
        .contains("{\"metrics\":[2,50],\"dimensions\":[\"/0\"]}");
    String filtered =
        "'metrics':['time_on_page','scroll_depth'],'filters':[['is','event:page',['/0']]],"
            + "'date_range':['2026-03-02','2026-03-02']";
    assertThat(ask(strict, filtered).getJsonArray("results").encode()).contains("[2,50]");
    JsonObject liveReading = ask(strict, reading);
    fold.sweep().await();
    assertThat(seals.run().await()).isZero();
    assertThat(rows("select count(*) from hit")).isEqualTo(8);

    clock.set("2026-03-02T23:15:00Z");
    assertThat(seals.run().await()).isEqualTo(1);

    assertThat(rows("select count(*) from hit")).isZero();
    assertThat(rows("select count(*) from visit")).isZero();
    JsonObject sealed = ask(strict, question + ",'dimensions':['event:page']");
    assertThat(sealed.getJsonArray("results")).isEqualTo(live.getJsonArray("results"));
    assertThat(sealed.getJsonArray("results").encode())
        .isEqualTo(
            "[{\"metrics\":[4,null,null,null],\"dimensions\":[\"/0\"]},"
                + "{\"metrics\":[3,null,null,null],\"dimensions\":[\"/1\"]}]");
    assertThat(sealed.getJsonObject("meta").getJsonObject("metric_warnings").fieldNames())
        .containsExactlyInAnyOrder("visitors", "visits", "bounce_rate");

    assertThat(ask(strict, reading).getJsonArray("results"))
        .isEqualTo(liveReading.getJsonArray("results"));

    write(hit(strict, 0, 0, 0, noon, "/0", true));
    seals.run().await();
    assertThat(late).containsExactly(1);
    assertThat(rows("select count(*) from hit")).isZero();
    assertThat(ask(strict, question + ",'dimensions':['event:page']").getJsonArray("results"))
        .isEqualTo(sealed.getJsonArray("results"));
  }

  @Test
  void aTextIsTakenOutOfAllThatIsKeptAndTheFiguresStay() {
    Site site = site("dk.example", Profile.DK);
    live(List.of(site));
    Redaction redaction = new Redaction(database.pool());
    String question = "'metrics':['pageviews'],'date_range':" + RANGE;
    JsonObject before = ask(site, question);

    database
        .pool()
        .query(
            "insert into open_event (visit, site_id, day, step, properties) values (1, "
                + site.id().value()
                + ", current_date, 0, '{\"plan\": \"x\"}')")
        .execute()
        .await();

    assertThat(redaction.page(site, "/end", false).await()).containsKeys("page", "daily");
    assertThat(everything()).contains("/end");
    assertThat(redaction.page(site, "/end", true).await()).containsKeys("page", "daily");
    assertThat(redaction.value(site, "x", true).await()).containsOnlyKeys("event", "open_event");
    seals.run().await();

    assertThat(everything()).doesNotContain("/end").doesNotContain("\"x\"");
    assertThat(ask(site, question).getJsonArray("results"))
        .isEqualTo(before.getJsonArray("results"));
    assertThat(redaction.page(site, "/end", true).await()).isEmpty();
    assertThat(Audit.latest(database.pool(), site.id(), 10).await())
        .anySatisfy(dated -> assertThat(dated.line().action()).isEqualTo("redact"))
        .noneSatisfy(dated -> assertThat(dated.line().what()).contains("/end"));
  }

  @Test
  void aDayThatWasPassedOverIsSealedAllTheSame() {
    Site site = site("dk.example", Profile.DK);
    live(List.of(site));
    run("delete from sealed_day where day = '2026-03-05'");

    assertThat(seals.run().await()).isEqualTo(1);
  }

  @Test
  void aVisitThatComesAfterItsMonthWasDroppedIsFolded() {
    Site site = site("cnil.example", Profile.CNIL);
    live(List.of(site));
    clock.set("2026-06-15T12:00:00Z");
    seals.run().await();
    retention.run().await();

    visit(site, FIRST.plusDays(3).atTime(12, 0).atZone(COPENHAGEN).toInstant(), "/late");

    assertThat(days(site)).isEqualTo(1);
    assertThat(rows("select count(*) from set_aside")).isZero();
  }

  private String everything() {
    StringBuilder text = new StringBuilder();
    for (String table : List.of("page", "event", "daily", "referrer", "campaign", "audit")) {
      database
          .pool()
          .query("select row_to_json(t)::text from " + table + " as t")
          .execute()
          .await()
          .forEach(row -> text.append(row.getString(0)).append('\n'));
    }
    return text.toString();
  }

  private Site site(String domain, Profile profile) {
    return Objects.requireNonNull(sites.add(domain, COPENHAGEN, false, profile).await());
  }

  /** Some weeks of visits, sealed as they go. */
  private void live(List<Site> all) {
    for (int day = 0; day < DAYS; day++) {
      for (Site site : all) {
        for (int visit = 0; visit < 3; visit++) {
          LocalDate date = FIRST.plusDays(day);
          Instant at = date.atTime(1 + random.nextInt(20), 5).atZone(COPENHAGEN).toInstant();
          visit(site, at, "/" + random.nextInt(5), "/end");
        }
      }
      clock.set(FIRST.plusDays(day + 1L).atTime(9, 0).atZone(COPENHAGEN).toInstant().toString());
      seals.run().await();
    }
  }

  private void visit(Site site, Instant at, String... paths) {
    long number = ++numbers;
    List<Hit> hits = new ArrayList<>();
    for (int step = 0; step < paths.length; step++) {
      hits.add(
          hit(
              site,
              number,
              at.getEpochSecond() / 86_400 * 10 + number % 3,
              step,
              at.plusSeconds(step),
              paths[step],
              step == 0));
    }
    inbox.write(Batch.of(hits)).await();
    clock.set(at.plus(Duration.ofMinutes(31)).toString());
    fold.fold(List.of(new EndedVisit(site.id(), number, at))).await();
  }

  private void write(Hit hit) {
    inbox.write(Batch.of(List.of(hit))).await();
  }

  private static Hit hit(
      Site site, long visit, long visitor, int step, Instant at, String path, boolean opens) {
    return new Hit(
        site.id(),
        visit,
        visitor,
        at,
        step,
        new Page(site.domain(), path),
        new Action.PageView(),
        opens
            ? new Attributes(
                new Client("Firefox", "140", "Linux", "", "Desktop", "", "da"),
                new Place("DK", "DK-84", ""),
                new Source("Direct", "", "", ""),
                null)
            : null,
        step == 0 ? Map.of("plan", "x") : Map.of(),
        null,
        false);
  }

  private static long kept(LocalDate today, int days) {
    LocalDate oldest = today.minusDays(days);
    return FIRST.datesUntil(FIRST.plusDays(DAYS)).filter(day -> !day.isBefore(oldest)).count();
  }

  private List<JsonObject> figures(List<Site> all) {
    List<JsonObject> figures = new ArrayList<>();
    for (Site site : all) {
      for (String dimensions :
          List.of(
              "[]",
              "['time:day']",
              "['time:week']",
              "['event:page']",
              "['visit:entry_page']",
              "['visit:exit_page']",
              "['event:hostname']",
              "['time:day','event:page']")) {
        String duration = dimensions.contains("event:") ? "" : ",'views_per_visit'";
        figures.add(
            ask(
                site,
                "'metrics':['visitors','visits','pageviews','bounce_rate','visit_duration','events'"
                    + duration
                    + "],'date_range':"
                    + RANGE
                    + ",'dimensions':"
                    + dimensions));
      }
    }
    return figures;
  }

  private JsonObject ask(Site site, String question) {
    return TestQueries.answer(
        stats, site, "{'site_id':'%s',%s}".formatted(site.domain(), question).replace('\'', '"'));
  }

  private long days(Site site) {
    return rows("select count(distinct day) from visit where site_id = " + site.id().value());
  }

  private long sealedVisits() {
    return rows("select sum(visits[1]) from daily where dimension = 0");
  }

  private List<String> totals() {
    List<String> rows = new ArrayList<>();
    database
        .pool()
        .query("select daily::text from daily where day < '2026-03-22' order by 1")
        .execute()
        .await()
        .forEach(row -> rows.add(row.getString(0)));
    return rows;
  }

  /** Waits until a statement waits for another. */
  private void awaitBlocked() {
    String waiting =
        "select count(*) from pg_stat_activity"
            + " where datname = current_database() and wait_event_type = 'Lock'";
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (rows(waiting) == 0) {
      assertThat(System.nanoTime()).as("nothing waits for a lock").isLessThan(patience);
    }
  }

  private long rows(String sql) {
    Number count =
        (Number) database.pool().query(sql).execute().await().iterator().next().getValue(0);
    return count.longValue();
  }

  private void run(String sql) {
    database.pool().query(sql).execute().await();
  }
}
