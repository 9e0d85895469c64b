package dk.sporlos.stats;

import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.fold.Horizon;
import dk.sporlos.seal.Seals;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions about a site of which sealed days say that it has very many visits. */
class CostTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
  private static final String JOINT = "'dimensions':['event:page','visit:country']";
  private static final String FILTERED =
      "'filters':[['is','visit:country',['DK']],['is','visit:browser',['Firefox']]]";

  private Vertx vertx;
  private TestSites sites;
  private Stats stats;
  private Site site;

  @BeforeEach
  void create() {
    vertx = Vertx.vertx();
    sites = TestSites.create(vertx).month("2026-11");
    stats = new Stats(sites.pool(), CLOCK);
    site = sites.site("example.com", "Europe/Copenhagen");
    sites.ended(
        site,
        aVisit("2026-11-01T09:00:00+01:00").views("/", "/a"),
        aVisit("2026-11-02T09:00:00+01:00").views("/b"));
    new Seals(
            sites.pool(),
            sites.pool(),
            new SiteStore(sites.pool()),
            Horizon.of(CLOCK),
            CLOCK,
            (dropped, count) -> {})
        .run()
        .await();
    sites
        .pool()
        .query("update daily set visits = '{50000000}' where dimension = 0")
        .execute()
        .await();
  }

  @AfterEach
  void close() {
    sites.close();
    vertx.close().await();
  }

  @Test
  void whatCannotBeAnsweredInTimeIsRefusedWithHowToAskForLess() {
    assertThatThrownBy(() -> ask("2026-11-01", "2026-11-02", JOINT))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessage(
            "The answer would have to be read from 100,000,000 visits, which takes longer than 20"
                + " seconds. Ask for about a day at a time, or for whole days without filters, by"
                + " time and one other dimension at most.");
  }

  @Test
  void whatMayBeAnsweredInTimeIsTried() {
    assertThat(ask("2026-11-01", "2026-11-02", FILTERED)).isNotNull();
  }

  @Test
  void daysOfWhichNothingIsKnownCostNothing() {
    assertThat(ask("2026-11-03", "2026-11-04", JOINT)).isNotNull();
    assertThat(ask("2027-01-01", "2999-01-01", JOINT)).isNotNull();
  }

  @Test
  void whatTotalsAnswerIsNotRefused() {
    assertThat(ask("2026-11-01", "2026-11-02", "'dimensions':['event:page']")).isNotNull();
    assertThat(ask("2026-11-01", "2026-11-02", "'filters':[['is','visit:country',['DK']]]"))
        .isNotNull();
  }

  @Test
  void aReportThatCannotBeMadeInTimeIsRefusedWithHowToAskForLess() {
    sites
        .pool()
        .query("update daily set visits = '{150000000}' where dimension = 0")
        .execute()
        .await();
    try (TestReports reports = new TestReports(vertx, sites.pool(), CLOCK, site)) {
      HttpResponse<String> answer =
          reports.post(
              "paths",
              "{'site_id':'example.com','page':'/a','date_range':['2026-11-01','2026-11-02']}");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body())
          .contains(
              "The answer would have to be read from 300,000,000 visits, which takes longer than 20"
                  + " seconds. Ask for about a day at a time.");
      assertThat(
              reports
                  .post(
                      "paths",
                      "{'site_id':'example.com','page':'/a','date_range':['2026-11-01','2026-11-01']}")
                  .statusCode())
          .isEqualTo(200);
    }
  }

  private JsonObject ask(String from, String to, String more) {
    return TestQueries.answer(
        stats,
        site,
        "{'site_id':'any','metrics':['visitors','pageviews'],'date_range':['%s','%s'],%s}"
            .formatted(from, to, more)
            .replace('\'', '"'));
  }
}
