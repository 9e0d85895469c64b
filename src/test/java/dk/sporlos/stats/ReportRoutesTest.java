package dk.sporlos.stats;

import static dk.sporlos.stats.TestReports.answer;
import static dk.sporlos.stats.TestReports.rows;
import static dk.sporlos.stats.TestServer.error;
import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask for reports and how; and those that are read without following visits. */
class ReportRoutesTest {

  private static final String NOW = "2026-03-17T11:00:30Z";

  private static final Vertx VERTX = Vertx.vertx();
  private static final MovableClock CLOCK = new MovableClock(NOW);
  private static TestSites sites;
  private static Site site;
  private static Site strict;

  private TestReports reports;

  @BeforeAll
  static void create() {
    sites = TestSites.create(VERTX).month("2026-03");
    site = sites.site("example.com", "Europe/Copenhagen");
    strict =
        Objects.requireNonNull(
            new SiteStore(sites.pool())
                .add("strict.example", ZoneId.of("UTC"), false, Profile.STRICT)
                .await());
  }

  @AfterAll
  static void close() {
    sites.close();
    VERTX.close().await();
  }

  @BeforeEach
  void empty() {
    run("truncate hit, page, refusal, cleaned, cohort");
    CLOCK.set(NOW);
    reports = new TestReports(VERTX, sites.pool(), CLOCK, site, strict);
  }

  @AfterEach
  void stop() {
    reports.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"realtime", "retention", "refusals", "funnel", "paths"})
  void answersNobodyWithoutTheToken(String report) {
    HttpResponse<String> without =
        reports.send(reports.request(report).POST(HttpRequest.BodyPublishers.ofString("{}")));
    HttpResponse<String> elsewhere = reports.post(report, "{'site_id':'other.example'}");

    assertThat(error(without))
        .isEqualTo("401 Missing API key. Please use a valid API key as a Bearer Token.");
    assertThat(error(elsewhere)).startsWith("401 Invalid API key or site ID.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "realtime  | {'site_id':'example.com','x':1} | #/x: Schema does not allow additional",
        "realtime  | [] | #: Type mismatch. Expected Object but got Array.",
        "realtime  | {  | The body is not valid JSON.",
        "realtime  | {} | Missing site ID.",
        "retention | {'site_id':'example.com','date_range':'soon'} | #/date_range: Invalid date",
        "refusals  | {'site_id':'example.com','date_range':['2026-03-02','2026-03-01']} | #/date_r",
        "funnel    | {'site_id':'example.com'} | Name either the number of a funnel",
        "funnel    | {'site_id':'example.com','goals':'1'} | #/goals: Type mismatch.",
        "funnel    | {'site_id':'example.com','goals':[1]} | #/goals: goals: a funnel has 2 to 8",
        "funnel    | {'site_id':'example.com','goals':[1,'2']} | #/goals/1: Type mismatch.",
        "funnel    | {'site_id':'example.com','goals':[1,2]} | #/goals/0: The site has no goal",
        "funnel    | {'site_id':'example.com','funnel_id':1} | #/funnel_id: The site has no fun",
        "funnel    | {'site_id':'strict.example','goals':[1,2]} | The site recognises nobody",
        "paths     | {'site_id':'example.com'} | #/page: Type mismatch.",
        "paths     | {'site_id':'example.com','page':'\\u0000'} | #/page: Expected the path",
        "paths     | {'site_id':'example.com','page':'/','depth':6} | #/depth: Expected the value",
        "paths     | {'site_id':'strict.example','page':'/'} | The site recognises nobody",
      })
  void saysWhatIsWrong(String report, String document, String message) {
    HttpResponse<String> response = reports.post(report, document);

    assertThat(error(response)).startsWith("400 " + message);
  }

  @Test
  void answersWithJsonThatNobodyKeeps() {
    HttpResponse<String> response = reports.get("realtime", "site_id=example.com");

    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
  }

  @Test
  void tellsWhoIsHereNow() {
    sites.open(
        site,
        aVisit("2026-03-17T11:29:59+01:00").views("/old"),
        aVisit("2026-03-17T11:31:00+01:00").by(1).views("/a"),
        aVisit("2026-03-17T11:31:20+01:00").by(2).views("/a", "/b"),
        aVisit("2026-03-17T11:55:30+01:00").by(3).views("/late"),
        aVisit("2026-03-17T11:56:00+01:00").by(1).views("/a", "/b", "/a"),
        aVisit("2026-03-17T12:00:10+01:00").by(4).does("click", "/a").views("/a"));
    run(
        "insert into referrer (site_id, id, channel, source, host, path)"
            + " select id, 7, 'Organic Search', 'Google', 'google.com', '' from site"
            + " where domain = 'example.com' on conflict do nothing");
    run("update hit set referrer_id = 7 where visitor = 4 and step = 0");

    JsonObject answer = answer(reports.get("realtime", "site_id=example.com"));

    assertThat(answer.getLong("visitors")).isEqualTo(2);
    assertThat(rows(answer.getJsonArray("minutes"), "minute", "visitors", "pageviews"))
        .hasSize(30)
        .startsWith("2026-03-17 11:31:00 2 3", "2026-03-17 11:32:00 0 0")
        .endsWith(
            "2026-03-17 11:55:00 1 1",
            "2026-03-17 11:56:00 1 3",
            "2026-03-17 11:57:00 0 0",
            "2026-03-17 11:58:00 0 0",
            "2026-03-17 11:59:00 0 0",
            "2026-03-17 12:00:00 1 1");
    assertThat(rows(answer.getJsonArray("pages"), "page", "visitors", "pageviews"))
        .containsExactly("/a 2 3", "/b 1 1");
    assertThat(rows(answer.getJsonArray("sources"), "source", "visitors"))
        .containsExactly("Direct / None 1", "Google 1");
  }

  @Test
  void tellsTheSameForSomeSeconds() {
    answer(reports.get("realtime", "site_id=example.com"));
    sites.open(site, aVisit("2026-03-17T11:00:20Z").views("/"));

    CLOCK.move(Duration.ofSeconds(4));
    assertThat(answer(reports.get("realtime", "site_id=example.com")).getLong("visitors")).isZero();

    CLOCK.move(Duration.ofSeconds(1));
    assertThat(answer(reports.get("realtime", "site_id=example.com")).getLong("visitors"))
        .isEqualTo(1);
  }

  @Test
  void tellsNoVisitorsWhereNobodyIsRecognised() {
    sites.open(strict, aVisit("2026-03-17T11:00:00Z").views("/", "/"));
    run("update hit set visit = 0, visitor = 0, slot = 8");

    JsonObject answer = answer(reports.get("realtime", "site_id=strict.example"));

    assertThat(answer.getMap()).containsEntry("visitors", null);
    assertThat(rows(answer.getJsonArray("minutes"), "minute", "visitors", "pageviews"))
        .endsWith("2026-03-17 11:00:00 null 2");
    assertThat(rows(answer.getJsonArray("pages"), "page", "visitors", "pageviews"))
        .containsExactly("/ null 2");
    assertThat(answer.getJsonArray("sources")).isEmpty();
  }

  @Test
  void tellsHowManyCameAgainByWeek() {
    cohort("'2026-02-16'", "2026-03-02", 50);
    cohort("'2026-03-02'", "2026-03-02", 40);
    cohort("'2026-03-02'", "2026-03-16", 12);
    cohort("'2026-03-09'", "2026-03-09", 30);
    cohort("null", "2026-03-09", 11);
    cohort("null", "2026-02-09", 13);

    JsonObject answer =
        answer(reports.get("retention", "site_id=example.com&date_range=2026-03-04,2026-03-10"));

    assertThat(rows(answer.getJsonArray("results"), "week", "browsers"))
        .containsExactly("2026-03-02 [40,0,12]", "2026-03-09 [30,0]");
    assertThat(answer.getJsonObject("meta").getLong("browsers_of_unknown_weeks")).isEqualTo(11);
  }

  @Test
  void tellsWhatWasNotCountedAndWhatWasLeftOut() {
    for (String row :
        new String[] {
          "'2026-03-16', 'bot', 'crawler', 7",
          "'2026-03-17', 'bot', 'crawler', 3",
          "'2026-03-17', 'signal', '', 5",
          "'2026-01-01', 'bot', '', 99"
        }) {
      run(
          "insert into refusal (site_id, day, reason, detail, count) values (%d, %s)"
              .formatted(site.id().value(), row));
    }
    run(
        "insert into cleaned (site_id, day, kind, count) values (%d, '2026-03-17', 'email', 2)"
            .formatted(site.id().value()));

    JsonObject answer = answer(reports.post("refusals", "{'site_id':'example.com'}"));

    assertThat(rows(answer.getJsonArray("refused"), "day", "reason", "detail", "count"))
        .containsExactly(
            "2026-03-16 bot crawler 7", "2026-03-17 signal  5", "2026-03-17 bot crawler 3");
    assertThat(rows(answer.getJsonArray("cleaned"), "day", "kind", "count"))
        .containsExactly("2026-03-17 email 2");
    assertThat(answer.getJsonObject("reasons").getMap().keySet())
        .isSubsetOf(Map.of("bot", "", "signal", "").keySet())
        .isNotEmpty();
  }

  private static void cohort(String first, String week, int browsers) {
    run(
        "insert into cohort (site_id, first_week, week, browsers) values (%d, %s, '%s', %d)"
            .formatted(site.id().value(), first, week, browsers));
  }

  private static void run(String sql) {
    sites.pool().query(sql).execute().await();
  }
}
