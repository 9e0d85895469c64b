package dk.sporlos.stats;

import static dk.sporlos.stats.TestServer.json;
import static dk.sporlos.stats.TestServer.rows;
import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.site.Site;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Figures, asked for as a program asks for them. Queries are written with single quotes. */
class StatsTest {

  private static final String ALL_METRICS =
      "'metrics':['visitors','visits','pageviews','views_per_visit','bounce_rate',"
          + "'visit_duration','events']";

  private static final Vertx VERTX = Vertx.vertx();
  private static TestSites sites;
  private static TestServer server;

  @BeforeAll
  static void create() {
    sites = TestSites.create(VERTX).month("2026-11");
    Site site = sites.site("example.com", "Europe/Copenhagen");
    Site hosts = sites.site("hosts.dk", "Europe/Copenhagen");
    sites.ended(
        site,
        aVisit("2026-11-20T09:15:00+01:00").by(1).views("/", "/prices").does("signup", "/prices"),
        aVisit("2026-11-20T21:00:00+01:00").by(1).views("/"),
        aVisit("2026-11-24T00:10:00+01:00").by(2).views("/prices"));
    sites.open(site, aVisit("2026-11-24T13:20:00+01:00").by(3).views("/", "/", "/prices"));
    sites.open(
        hosts,
        aVisit("2026-11-24T10:00:00+01:00").views("/").viewsOn("shop.hosts.dk", "/"),
        aVisit("2026-11-24T10:30:00+01:00").viewsOn("shop.hosts.dk", "/"),
        aVisit("2026-11-24T10:40:00+01:00").notices("loaded", "/"));
    Clock clock = Clock.fixed(Instant.parse("2026-11-24T12:34:56Z"), ZoneOffset.UTC);
    server = new TestServer(VERTX, new Stats(sites.pool(), clock), site, hosts);
  }

  @AfterAll
  static void close() {
    server.close();
    sites.close();
    VERTX.close().await();
  }

  @Test
  void writesAnAnswerAsTheLanguageDoes() {
    JsonObject answer =
        ask(
            "'metrics':['visitors','pageviews','bounce_rate'],"
                + "'date_range':'7d','dimensions':['event:page']");

    assertThat(answer)
        .isEqualTo(
            json(
                """
                {'results':[
                  {'metrics':[3,3,100],'dimensions':['/prices']},
                  {'metrics':[2,4,33],'dimensions':['/']}],
                 'meta':{},
                 'query':{'site_id':'example.com','metrics':['visitors','pageviews','bounce_rate'],
                  'date_range':['2026-11-18T00:00:00+01:00','2026-11-24T23:59:59+01:00'],
                  'filters':[],'dimensions':['event:page'],'order_by':[['visitors','desc']],
                  'include':{},'pagination':{'offset':0,'limit':10000}}}
                """));
  }

  @Test
  void countsEndedAndOpenVisitsTogether() {
    assertThat(figures("'date_range':'7d'," + ALL_METRICS)).containsExactly("3 4 7 1.75 50 10 8");
    assertThat(figures("'date_range':'day'," + ALL_METRICS)).containsExactly("2 2 4 2.0 50 10 4");
  }

  @Test
  void givesOneRowOfZeroesWhereNothingHappened() {
    assertThat(figures("'date_range':['2026-11-21','2026-11-22']," + ALL_METRICS))
        .containsExactly("0 0 0 0.0 0 0 0");
    assertThat(
            figures(
                "'date_range':['2199-01-01','2199-01-02'],'dimensions':['time']," + ALL_METRICS))
        .isEmpty();
  }

  @Test
  void countsForAPageTheVisitsThatViewedIt() {
    assertThat(
            figures(
                "'date_range':'7d','dimensions':['event:page'],"
                    + "'metrics':['visitors','visits','pageviews','events']"))
        .containsExactly("/prices 3 3 3 4", "/ 2 3 4 4");
  }

  @Test
  void averagesForAPageTheVisitsThatEnteredOnIt() {
    assertThat(
            figures(
                "'date_range':'7d','dimensions':['event:page'],"
                    + "'metrics':['bounce_rate','visit_duration']"))
        .containsExactly("/prices 100 0", "/ 33 13");
    assertThat(
            figures(
                "'date_range':['2026-11-20','2026-11-20'],'dimensions':['event:page'],"
                    + "'metrics':['bounce_rate','visit_duration']"))
        .containsExactly("/ 50 10", "/prices null null");
  }

  @Test
  void tellsVisitsApartByWhereTheyBeganAndEnded() {
    assertThat(
            figures(
                "'date_range':'7d','dimensions':['visit:entry_page','visit:exit_page'],"
                    + "'metrics':['visits','views_per_visit']"))
        .containsExactly("/ /prices 2 2.5", "/ / 1 1.0", "/prices /prices 1 1.0");
  }

  @Test
  void ordersAsAsked() {
    assertThat(
            figures(
                "'date_range':'7d','dimensions':['event:page'],'metrics':['visitors'],"
                    + "'order_by':[['visitors','asc']]"))
        .containsExactly("/ 2", "/prices 3");
    assertThat(
            figures(
                "'date_range':'7d','dimensions':['time:day'],'metrics':['visitors'],"
                    + "'order_by':[['time:day','desc']]"))
        .containsExactly("2026-11-24 2", "2026-11-20 1");
  }

  @Test
  void givesAPageOfTheRowsAndTheCountOfAll() {
    String query =
        "'date_range':'7d','dimensions':['event:page'],'metrics':['visitors'],"
            + "'include':{'total_rows':true},'pagination':{'limit':1,'offset':%d}";

    JsonObject second = ask(query.formatted(1));
    JsonObject third = ask(query.formatted(2));

    assertThat(rows(second)).containsExactly("/ 2");
    assertThat(second.getJsonObject("meta")).isEqualTo(json("{'total_rows':2}"));
    assertThat(rows(third)).isEmpty();
    assertThat(third.getJsonObject("meta")).isEqualTo(json("{'total_rows':2}"));
  }

  @Test
  void countsAVisitOnceForAPathThatItViewedOnTwoHosts() {
    String query = "'date_range':'day','metrics':['visits','pageviews','bounce_rate'],";

    assertThat(rows(server.answer("hosts.dk", query + "'dimensions':['event:page']")))
        .containsExactly("/ 2 3 50");
    assertThat(rows(server.answer("hosts.dk", query + "'dimensions':['event:hostname']")))
        .containsExactly("shop.hosts.dk 2 2 100", "example.com 1 1 0");
  }

  @Test
  void countsAVisitWithoutAPageViewInNoPage() {
    assertThat(rows(server.answer("hosts.dk", "'date_range':'day'," + ALL_METRICS)))
        .containsExactly("3 3 3 1.0 67 3 4");
    assertThat(
            rows(
                server.answer(
                    "hosts.dk",
                    "'date_range':'day','metrics':['visits'],'dimensions':['visit:entry_page']")))
        .containsExactly("/ 2");
  }

  private static JsonObject ask(String members) {
    return server.answer("example.com", members);
  }

  private static List<String> figures(String members) {
    return rows(ask(members));
  }
}
