package dk.sporlos.stats;

import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.fold.Horizon;
import dk.sporlos.seal.Check;
import dk.sporlos.seal.Redaction;
import dk.sporlos.seal.Seals;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A site's days as they are sealed, and what its figures are read from meanwhile. */
class SealedDaysTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
  private static final String TOTALS =
      "{'site_id':'example.com','metrics':['visitors','pageviews'],'date_range':'all'}";
  private static final String PAGES =
      "{'site_id':'example.com','metrics':['visitors','pageviews'],'date_range':'all',"
          + "'dimensions':['event:page']}";

  private Vertx vertx;
  private TestSites sites;
  private Seals seals;
  private Stats stats;
  private Site site;

  @BeforeEach
  void create() {
    vertx = Vertx.vertx();
    sites = TestSites.create(vertx).month("2026-09").month("2026-10").month("2026-11");
    seals = seals();
    stats = new Stats(sites.pool(), CLOCK);
    site = sites.site("example.com", "Europe/Copenhagen");
    sites.ended(
        site,
        aVisit("2026-09-20T09:00:00+02:00").views("/", "/a"),
        aVisit("2026-10-25T02:30:00+02:00").views("/"),
        aVisit("2026-10-25T02:30:00+01:00").views("/a"),
        aVisit("2026-11-02T09:00:00+01:00")
            .views("/", "/b")
            .with(Dimension.VISIT_REFERRER, "news.example"));
    sites.open(site, aVisit("2026-11-24T12:30:00+01:00").views("/b"));
  }

  @AfterEach
  void close() {
    sites.close();
    vertx.close().await();
  }

  private Seals seals() {
    return new Seals(
        sites.pool(),
        sites.pool(),
        new SiteStore(sites.pool()),
        Horizon.of(CLOCK),
        CLOCK,
        (dropped, count) -> {});
  }

  @Test
  void readsMonthsThenDaysThenVisitsAndFiguresStayWhatTheyWere() {
    JsonObject totals = ask(TOTALS);
    JsonObject pages = ask(PAGES);

    seals.run().await();

    assertThat(ask(TOTALS).getJsonArray("results")).isEqualTo(totals.getJsonArray("results"));
    assertThat(ask(PAGES).getJsonArray("results")).isEqualTo(pages.getJsonArray("results"));
    assertThat(sources()).isEqualTo(new JsonObject("{\"months\":1,\"days\":34,\"visits\":1}"));
  }

  @Test
  void regionsGoByTheirEnglishNamesAndElseByTheirCodes() {
    sites.ended(
        site,
        aVisit("2026-11-03T09:00:00+01:00").with(Dimension.VISIT_REGION, "DK-84").views("/"),
        aVisit("2026-11-03T09:00:00+01:00").with(Dimension.VISIT_REGION, "XX-YZ").views("/"));
    String question =
        "{'site_id':'example.com','metrics':['visits'],'dimensions':['visit:region_name'],"
            + "'date_range':['2026-11-03','2026-11-03']}";
    JsonObject ofVisits = ask(question);

    seals.run().await();

    assertThat(ofVisits.getJsonArray("results").encode())
        .contains("[\"Capital Region\"]", "[\"XX-YZ\"]");
    assertThat(ask(question).getJsonArray("results")).isEqualTo(ofVisits.getJsonArray("results"));
    assertThat(
            figures(
                ask(
                    "{'site_id':'example.com','metrics':['visits'],"
                        + "'date_range':['2026-11-03','2026-11-03'],"
                        + "'filters':[['is','visit:region_name',['Capital Region']]]}")))
        .isEqualTo("[1]");
  }

  @Test
  void aLateVisitCountsAtOnceAndItsMonthIsReadWholeAgainOnceItIsSealed() {
    seals.run().await();

    sites.ended(site, aVisit("2026-10-05T10:00:00+02:00").views("/late"));

    assertThat(figures(ask(TOTALS))).isEqualTo("[6,8]");
    assertThat(sources()).isEqualTo(new JsonObject("{\"months\":0,\"days\":64,\"visits\":2}"));
    seals.run().await();
    assertThat(figures(ask(TOTALS))).isEqualTo("[6,8]");
    assertThat(sources()).isEqualTo(new JsonObject("{\"months\":1,\"days\":34,\"visits\":1}"));
  }

  @Test
  void aSealThatDiesAnywhereLeavesTheDayToItsVisitsAndIsMadeGoodByTheNext() {
    JsonObject pages = ask(PAGES);
    for (int dimension : List.of(0, 14, 1, 24)) {
      dieBeforeStoring(dimension);

      assertThatThrownBy(() -> seals.seal(site, day("2026-11-02"), day("2026-11-02")).await())
          .isNotNull();

      assertThat(count("select count(*) from daily")).isZero();
      assertThat(ask(PAGES).getJsonArray("results")).isEqualTo(pages.getJsonArray("results"));
    }
    run("drop trigger die on daily");

    seals.run().await();

    assertThat(sources()).isEqualTo(new JsonObject("{\"months\":1,\"days\":34,\"visits\":1}"));
    assertThat(ask(PAGES).getJsonArray("results")).isEqualTo(pages.getJsonArray("results"));
  }

  @Test
  void twoProcessesAtOnceSealEachDayOnce() {
    Seals other = seals();

    Future.all(seals.run(), other.run(), seals.seal(site, day("2026-11-01"), day("2026-11-03")))
        .await();
    seals.run().await();

    assertThat(count("select count(*) from daily where dimension = 0")).isEqualTo(3);
    assertThat(figures(ask(TOTALS))).isEqualTo("[5,7]");
    assertThat(
            new Check(sites.pool()).differences(site, day("2026-09-01"), day("2026-11-30")).await())
        .isEmpty();
  }

  @Test
  void aCheckNamesTheFiguresThatAreNotThoseOfTheVisits() {
    seals.run().await();
    run("update daily set views = array[9] where dimension = 0 and day = '2026-11-02'");
    run("update monthly set texts = array['/x'] where dimension = 3 and month = '2026-09-01'");

    List<Check.Difference> differences =
        new Check(sites.pool()).differences(site, day("2026-09-01"), day("2026-11-30")).await();

    assertThat(differences)
        .extracting(d -> d.table() + " " + d.period() + " " + d.dimension() + " " + d.value())
        .contains(
            "daily 2026-11-02 total ", "monthly 2026-09-01 entry /", "monthly 2026-09-01 entry /x");
    assertThat(differences.get(0).figure()).isEqualTo("views");
    assertThat(differences.get(0).kept()).isEqualByComparingTo("9");
    assertThat(differences.get(0).computed()).isEqualByComparingTo("2");
  }

  @Test
  void whatWasImportedHasTotalsOfItsOwnThatCountLikeAnyOther() {
    run("update visit set origin = 7 where day = '2026-11-02'");

    seals.run().await();

    assertThat(count("select origin from daily where dimension = 0 and day = '2026-11-02'"))
        .isEqualTo(7);
    assertThat(figures(ask(TOTALS))).isEqualTo("[5,7]");
  }

  @Test
  void aHostIsTakenOutOfTheReferrersOfTotals() {
    run("update referrer set path = '/story' where host = 'news.example'");
    seals.run().await();
    assertThat(count("select count(*) from daily where 'news.example/story' = any (texts)"))
        .isEqualTo(1);

    new Redaction(sites.pool()).value(site, "news.example", true).await();

    assertThat(count("select count(*) from daily where 'news.example/story' = any (texts)"))
        .isZero();
  }

  /** The connection that seals is closed by the server when it comes to a dimension. */
  private void dieBeforeStoring(int dimension) {
    run(
        """
        create or replace function die() returns trigger language plpgsql as $$
        begin
          if new.dimension = %d then
            perform pg_terminate_backend(pg_backend_pid());
          end if;
          return new;
        end
        $$
        """
            .formatted(dimension));
    run("create or replace trigger die before insert on daily for each row execute function die()");
  }

  private JsonObject ask(String question) {
    return TestQueries.answer(stats, site, question.replace('\'', '"'));
  }

  private JsonObject sources() {
    return ask(TOTALS).getJsonObject("meta").getJsonObject("sources");
  }

  private static String figures(JsonObject answer) {
    return answer.getJsonArray("results").getJsonObject(0).getJsonArray("metrics").encode();
  }

  private static LocalDate day(String text) {
    return LocalDate.parse(text);
  }

  private long count(String sql) {
    Row row = sites.pool().query(sql).execute().await().iterator().next();
    return ((Number) row.getValue(0)).longValue();
  }

  private void run(String sql) {
    sites.pool().query(sql).execute().await();
  }
}
