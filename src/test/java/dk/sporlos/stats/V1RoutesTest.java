package dk.sporlos.stats;

import static dk.sporlos.stats.TestServer.TOKEN;
import static dk.sporlos.stats.TestServer.error;
import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.http.Bearer;
import dk.sporlos.site.Site;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RawHttp;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class V1RoutesTest {

  private static final String NOW = "2026-03-17T11:00:00Z";

  private static final Vertx VERTX = Vertx.vertx();
  private static final MovableClock CLOCK = new MovableClock(NOW);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static TestSites sites;
  private static Site site;
  private static HttpServer server;

  @BeforeAll
  static void create() {
    sites = TestSites.create(VERTX).month("2026-02").month("2026-03");
    site = sites.site("example.com", "Europe/Copenhagen");
    sites.ended(
        site,
        aVisit("2026-02-20T12:00:00+01:00").views("/old"),
        aVisit("2026-03-14T12:00:00+01:00").views("/"),
        aVisit("2026-03-15T00:30:00+01:00").views("/", "/shop"),
        aVisit("2026-03-15T23:30:00+01:00").views("/shop").does("Buy", "/shop"),
        aVisit("2026-03-16T12:00:00+01:00").views("/shop", "/", "/shop"));
    Router router = Router.router(VERTX);
    Stats stats = new Stats(sites.pool(), CLOCK);
    new V1Routes(V1RoutesTest::authorize, stats, sites.pool(), CLOCK).mount(router);
    server = VERTX.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
  }

  @AfterAll
  static void close() {
    server.close().await();
    sites.close();
    VERTX.close().await();
  }

  private static Future<Reader> authorize(HttpServerRequest request, String domain) {
    boolean opens = TOKEN.equals(Bearer.token(request)) && domain.equals(site.domain());
    return Future.succeededFuture(opens ? new Reader.Inside(site) : null);
  }

  @Test
  void addsUpAPeriod() {
    assertThat(results("aggregate?period=7d&metrics=visitors,visits,pageviews,events,bounce_rate"))
        .isEqualTo(
            "{'visitors':{'value':4},'visits':{'value':4},'pageviews':{'value':7},"
                + "'events':{'value':8},'bounce_rate':{'value':25}}");
  }

  @Test
  void countsVisitorsOfThirtyDaysUnlessAsked() {
    assertThat(results("aggregate?")).isEqualTo("{'visitors':{'value':5}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "period=day&date=2026-03-15 2",
        "period=day 0",
        "period=7d&date=2026-03-15 3",
        "period=30d&date=2026-03-15 4",
        "period=month&date=2026-02-01 1",
        "period=month 4",
        "period=6mo&date=2026-02-28 1",
        "period=12mo 5",
        "period=custom&date=2026-02-20,2026-03-14 2",
        "period=custom&date=2026-02-20,%202026-03-14 2",
      })
  void readsPeriodsRelativeToADay(String period, int visitors) {
    assertThat(results("aggregate?" + period)).isEqualTo("{'visitors':{'value':%d}}", visitors);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "event:page==/shop 3",
        "event:page==/shop|/old 4",
        "event:page==/s* 3",
        "event:page~sho 3",
        "visit:entry_page==/shop 2",
        "visit:entry_page!=/shop 3",
        "event:page==/shop;visit:entry_page==/ 1",
      })
  void narrowsFiguresByFilters(String filters, int visitors) {
    String encoded = filters.replace("|", "%7C");

    assertThat(results("aggregate?period=30d&filters=" + encoded))
        .isEqualTo("{'visitors':{'value':%d}}", visitors);
  }

  @Test
  void comparesWithAsManyDaysBefore() {
    assertThat(
            results(
                "aggregate?period=custom&date=2026-03-15,2026-03-15&compare=previous_period"
                    + "&metrics=visitors,pageviews,bounce_rate,views_per_visit"))
        .isEqualTo(
            "{'visitors':{'value':2,'change':100,'comparison_value':1},"
                + "'pageviews':{'value':3,'change':200,'comparison_value':1},"
                + "'bounce_rate':{'value':0,'change':-100,'comparison_value':100},"
                + "'views_per_visit':{'value':1.5,'change':50,'comparison_value':1.0}}");
  }

  @Test
  void comparesADayWithNoMoreThanTheDayBefore() {
    assertThat(results("aggregate?period=day&date=2026-03-16&compare=previous_period"))
        .isEqualTo("{'visitors':{'value':1,'change':-50,'comparison_value':2}}");
  }

  @Test
  void saysThatEverythingIsNewAfterNothing() {
    assertThat(
            results(
                "aggregate?period=day&date=2026-02-20&compare=previous_period"
                    + "&metrics=visitors,bounce_rate,visit_duration"))
        .isEqualTo(
            "{'visitors':{'value':1,'change':100,'comparison_value':0},"
                + "'bounce_rate':{'value':100,'change':null,'comparison_value':0},"
                + "'visit_duration':{'value':0,'change':0,'comparison_value':0}}");
  }

  @Test
  void tellsEveryDayAlsoThoseOnWhichNothingHappened() {
    assertThat(
            results(
                "timeseries?period=custom&date=2026-03-13,2026-03-14"
                    + "&metrics=visitors,views_per_visit,bounce_rate,visit_duration"))
        .isEqualTo(
            "[{'date':'2026-03-13','visitors':0,'views_per_visit':0.0,'bounce_rate':null,"
                + "'visit_duration':null},"
                + "{'date':'2026-03-14','visitors':1,'views_per_visit':1.0,'bounce_rate':100,"
                + "'visit_duration':0}]");
  }

  @Test
  void tellsADayByHoursOfTheSitesClock() {
    assertThat(results("timeseries?period=day&date=2026-03-15"))
        .startsWith("[{'date':'2026-03-15 00:00:00','visitors':1},{'date':'2026-03-15 01:00:00'")
        .endsWith("{'date':'2026-03-15 23:00:00','visitors':1}]");
  }

  @Test
  void tellsHalfAYearByMonths() {
    assertThat(results("timeseries?period=6mo"))
        .isEqualTo(
            "[{'date':'2025-10-01','visitors':0},{'date':'2025-11-01','visitors':0},"
                + "{'date':'2025-12-01','visitors':0},{'date':'2026-01-01','visitors':0},"
                + "{'date':'2026-02-01','visitors':1},{'date':'2026-03-01','visitors':4}]");
  }

  @Test
  void tellsTheIntervalThatIsAskedFor() {
    assertThat(results("timeseries?period=month&interval=month"))
        .isEqualTo("[{'date':'2026-03-01','visitors':4}]");
    assertThat(results("timeseries?period=month&interval=date&date=2026-02-01"))
        .startsWith("[{'date':'2026-02-01','visitors':0},{'date':'2026-02-02'")
        .contains("{'date':'2026-02-20','visitors':1}");
  }

  @Test
  void breaksDownByAProperty() {
    assertThat(results("breakdown?period=7d&property=event:page&metrics=visitors,pageviews"))
        .isEqualTo(
            "[{'visitors':3,'pageviews':3,'page':'/'},{'visitors':3,'pageviews':4,'page':'/shop'}]");
    assertThat(results("breakdown?period=7d&property=visit:entry_page&metrics=visits"))
        .isEqualTo("[{'visits':2,'entry_page':'/'},{'visits':2,'entry_page':'/shop'}]");
  }

  @Test
  void givesOnePageOfRows() {
    String question = "breakdown?period=30d&property=event:page&metrics=pageviews&limit=2&page=";

    assertThat(results(question + 1))
        .isEqualTo("[{'pageviews':4,'page':'/shop'},{'pageviews':3,'page':'/'}]");
    assertThat(results(question + 2)).isEqualTo("[{'pageviews':1,'page':'/old'}]");
    assertThat(results(question + 3)).isEqualTo("[]");
  }

  @Test
  void countsWhoViewedAPageInTheLastFiveMinutes() {
    Site busy = sites.site("busy.dk", "Europe/Copenhagen");
    sites.open(
        busy,
        aVisit("2026-03-17T10:54:00Z").views("/gone"),
        aVisit("2026-03-17T10:58:00Z").by(7).views("/"),
        aVisit("2026-03-17T10:59:00Z").by(7).views("/again"),
        aVisit("2026-03-17T10:59:00Z").does("Buy", "/"),
        aVisit("2026-03-17T10:59:50Z").by(8).views("/"));
    CurrentVisitors visitors = new CurrentVisitors(sites.pool(), new MovableClock(NOW));

    assertThat(visitors.of(busy).await()).isEqualTo(2);
  }

  @Test
  void countsThemAgainAfterSomeSeconds() {
    Site quiet = sites.site("quiet.dk", "Europe/Copenhagen");
    MovableClock clock = new MovableClock(NOW);
    CurrentVisitors visitors = new CurrentVisitors(sites.pool(), clock);
    assertThat(visitors.of(quiet).await()).isZero();
    sites.open(quiet, aVisit("2026-03-17T10:59:50Z").views("/"));

    assertThat(visitors.of(quiet).await()).isZero();
    clock.move(Duration.ofSeconds(6));

    assertThat(visitors.of(quiet).await()).isEqualTo(1);
  }

  @Test
  void givesTheNumberOfCurrentVisitorsAlone() {
    HttpResponse<String> response = get("realtime/visitors?site_id=example.com", TOKEN);

    assertThat(response.body()).isEqualTo("0");
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "aggregate?period=2d # Error parsing `period` parameter: invalid period `2d`.",
        "aggregate?period=day&date=tomorrow # Error parsing `date` parameter: invalid_format.",
        "aggregate?period=day&date=%2B999999999-12-31 # Error parsing `date` parameter: invalid",
        "aggregate?period=day&date=2026-02-30 # Error parsing `date` parameter: invalid_format.",
        "aggregate?period=custom # The `date` parameter is required when using a custom period.",
        "aggregate?period=custom&date=2026-03-15 # Invalid format for `date` parameter.",
        "aggregate?period=custom&date=,2026-03-15 # Invalid format for `date` parameter.",
        "aggregate?metrics= # The metric `` is not recognized.",
        "aggregate?metrics=visitors,people # The metric `people` is not recognized.",
        "aggregate?metrics=visitors,visitors # Metrics cannot be queried multiple times.",
        "aggregate?metrics=time_on_page # Metric `time_on_page` can only be queried in a page",
        "aggregate?metrics=conversion_rate # Metric `conversion_rate` can only be queried in a goal",
        "aggregate?metrics=visits&filters=event:goal==Buy # Session metric `visits` cannot be",
        "aggregate?filters=page==/ # Invalid filter property 'page'.",
        "timeseries?interval=week # Error parsing `interval` parameter: invalid interval `week`.",
        "breakdown?period=7d # The `property` parameter is required.",
        "breakdown?property=page # Invalid property 'page'.",
        "breakdown?property=event:page&limit=0 # Please provide limit as a number between 1 and",
        "breakdown?property=event:page&limit=1001 # Please provide limit as a number between 1",
        "breakdown?property=event:page&page=x # Please provide page as a positive number.",
        "breakdown?property=event:page&metrics=views_per_visit # Metric `views_per_visit` is not",
        "breakdown?property=event:goal&metrics=bounce_rate # Session metric `bounce_rate` cannot",
      })
  void saysWhatIsWrongWithAQuestion(String question, String error) {
    assertThat(error(get(question + "&site_id=example.com", TOKEN))).startsWith("400 " + error);
  }

  @ParameterizedTest
  @CsvSource({"aggregate", "timeseries", "breakdown", "realtime/visitors"})
  void opensNothingWithoutTheRightToken(String endpoint) {
    assertThat(error(get(endpoint + "?site_id=example.com", "wrong")))
        .startsWith("401 Invalid API key or site ID.");
    assertThat(error(get(endpoint + "?site_id=unknown.dk", TOKEN)))
        .startsWith("401 Invalid API key or site ID.");
    assertThat(error(get(endpoint + "?site_id=example.com", "")))
        .startsWith("401 Missing API key.");
    assertThat(error(get(endpoint, TOKEN))).startsWith("400 Missing site ID.");
  }

  @Test
  void refusesWhatIsNotPercentEncoded() throws IOException {
    String answer =
        RawHttp.exchange(
            server.actualPort(),
            """
            GET /api/v1/stats/aggregate?site_id=%F HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer x\r
            Connection: close\r
            \r
            """);

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("{\"error\":");
  }

  private static String results(String question) {
    HttpResponse<String> response = get(question + "&site_id=example.com", TOKEN);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body().replaceFirst("^\\{\"results\":(.*)}$", "$1").replace('"', '\'');
  }

  private static HttpResponse<String> get(String question, String token) {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/api/v1/stats/%s"
                .formatted(server.actualPort(), question.replace("`", "%60")));
    try {
      return CLIENT.send(
          HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
