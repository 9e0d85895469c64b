package dk.sporlos.stats;

import static dk.sporlos.stats.TestServer.json;
import static dk.sporlos.stats.TestServer.rows;
import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.site.Site;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Figures of days and hours, asked for as a program asks for them. */
class StatsOverTimeTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static TestSites sites;
  private static TestServer server;

  @BeforeAll
  static void create() {
    sites = TestSites.create(VERTX).month("2026-10").month("2026-11");
    Site site = sites.site("example.com", "Europe/Copenhagen");
    sites.ended(
        site,
        aVisit("2026-11-20T09:15:00+01:00").by(1).views("/"),
        aVisit("2026-11-20T21:00:00+01:00").by(1).views("/"),
        aVisit("2026-11-24T00:10:00+01:00").by(2).views("/"));
    sites.open(site, aVisit("2026-11-24T13:20:00+01:00").by(3).views("/", "/", "/"));
    Site autumn = sites.site("autumn.dk", "Europe/Copenhagen");
    sites.ended(
        autumn,
        aVisit("2026-10-25T01:59:00+02:00").views("/"),
        aVisit("2026-10-25T02:30:00+02:00").views("/"),
        aVisit("2026-10-25T02:30:00+01:00").views("/", "/"),
        aVisit("2026-10-25T23:59:00+01:00").views("/"));
    Site fresh = sites.site("fresh.dk", "Europe/Copenhagen");
    sites.open(
        fresh,
        aVisit("2026-11-24T00:10:00+01:00").views("/"),
        aVisit("2026-11-23T23:50:00+01:00").views("/"));
    Site empty = sites.site("empty.in", "Asia/Kolkata");
    Clock clock = Clock.fixed(Instant.parse("2026-11-24T12:34:56Z"), ZoneOffset.UTC);
    Stats stats = new Stats(sites.pool(), clock);
    server = new TestServer(VERTX, stats, site, autumn, fresh, empty);
  }

  @AfterAll
  static void close() {
    server.close();
    sites.close();
    VERTX.close().await();
  }

  @Test
  void countsAVisitInTheDayAndHourInWhichItBeganOnTheSitesClock() {
    assertThat(
            figures("'date_range':'7d','dimensions':['time:day'],'metrics':['visitors','visits']"))
        .containsExactly("2026-11-20 1 2", "2026-11-24 2 2");
    assertThat(figures("'date_range':'day','dimensions':['time'],'metrics':['visits']"))
        .containsExactly("2026-11-24 00:00:00 1", "2026-11-24 13:00:00 1");
    assertThat(figures("'date_range':'7d','dimensions':['time:week'],'metrics':['visits']"))
        .containsExactly("2026-11-16 2", "2026-11-23 2");
    assertThat(figures("'date_range':'6mo','dimensions':['time'],'metrics':['visits']"))
        .containsExactly("2026-11-01 4");
  }

  @Test
  void cutsARangeOfMomentsAtWholeHours() {
    JsonObject answer =
        ask(
            "'date_range':['2026-11-24T12:59:00Z','2026-11-24T13:00:00Z'],"
                + "'metrics':['pageviews']");

    assertThat(rows(answer)).containsExactly("3");
    assertThat(answer.getJsonObject("query").getJsonArray("date_range"))
        .containsExactly("2026-11-24T13:00:00+01:00", "2026-11-24T14:59:59+01:00");
  }

  @Test
  void countsTheHourThatIsLivedThroughTwiceInOneRowUnlessAskedForOneOfTheTwo() {
    assertThat(
            rows(
                server.answer(
                    "autumn.dk",
                    "'date_range':['2026-10-25','2026-10-25'],'dimensions':['time'],"
                        + "'metrics':['visits']")))
        .containsExactly("2026-10-25 01:00:00 1", "2026-10-25 02:00:00 2", "2026-10-25 23:00:00 1");
    assertThat(
            rows(
                server.answer(
                    "autumn.dk",
                    "'date_range':['2026-10-25T02:10:00+01:00','2026-10-25T02:20:00+01:00'],"
                        + "'metrics':['visits','pageviews']")))
        .containsExactly("1 2");
  }

  @Test
  void beginsAllWithTheFirstVisitEndedOrOpen() {
    assertThat(rangeOfAll("example.com"))
        .containsExactly("2026-11-20T00:00:00+01:00", "2026-11-24T23:59:59+01:00");
    assertThat(rangeOfAll("fresh.dk"))
        .containsExactly("2026-11-23T00:00:00+01:00", "2026-11-24T23:59:59+01:00");
    assertThat(rangeOfAll("empty.in"))
        .containsExactly("2026-11-24T00:00:00+05:30", "2026-11-24T23:59:59+05:30");
  }

  @Test
  void labelsTheWholeRangeWhenAsked() {
    JsonObject answer =
        ask(
            "'date_range':['2026-11-19','2026-11-21'],'dimensions':['time:day'],"
                + "'metrics':['visits'],'include':{'time_labels':true,'imports':true}");

    assertThat(rows(answer)).containsExactly("2026-11-20 2");
    assertThat(answer.getJsonObject("meta"))
        .isEqualTo(
            json(
                "{'imports_included':false,"
                    + "'time_labels':['2026-11-19','2026-11-20','2026-11-21']}"));
    assertThat(answer.getJsonObject("query").getJsonObject("include"))
        .isEqualTo(json("{'imports':true,'time_labels':true}"));
  }

  @Test
  void saysWhichBucketTimeWasDividedInto() {
    JsonObject answer = ask("'date_range':'day','dimensions':['time'],'metrics':['visits']");

    assertThat(answer.getJsonObject("query").encode())
        .contains("\"dimensions\":[\"time:hour\"]")
        .contains("\"order_by\":[[\"time:hour\",\"asc\"],[\"visits\",\"desc\"]]");
  }

  private static JsonArray rangeOfAll(String domain) {
    return server
        .answer(domain, "'date_range':'all','metrics':['visits']")
        .getJsonObject("query")
        .getJsonArray("date_range");
  }

  private static JsonObject ask(String members) {
    return server.answer("example.com", members);
  }

  private static List<String> figures(String members) {
    return rows(ask(members));
  }
}
