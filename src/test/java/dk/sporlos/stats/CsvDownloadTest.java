package dk.sporlos.stats;

import static dk.sporlos.stats.TestServer.TOKEN;
import static dk.sporlos.stats.TestServer.error;
import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.http.Bearer;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.site.Site;
import dk.sporlos.testing.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvDownloadTest {

  private static final String QUERY =
      """
      {"site_id":"example.com","metrics":["visitors","pageviews"],"dimensions":["event:page"],
       "date_range":["2026-03-15","2026-03-16"]}""";
  private static final String TABLE =
      """
      event:page,visitors,pageviews\r
      /,2,2\r
      "/a,b",1,1\r
      /c,1,1\r
      /d,1,3\r
      """;

  private static final Vertx VERTX = Vertx.vertx();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static TestSites sites;
  private static Site site;
  private static HttpServer server;

  @BeforeAll
  static void create() {
    sites = TestSites.create(VERTX).month("2026-03");
    site = sites.site("example.com", "Europe/Copenhagen");
    sites.ended(
        site,
        aVisit("2026-03-15T12:00:00+01:00").views("/", "/a,b", "/c"),
        aVisit("2026-03-16T12:00:00+01:00").views("/", "/d", "/d", "/d"));
    Router router = Router.router(VERTX);
    Stats stats = new Stats(sites.pool(), new MovableClock("2026-03-17T11:00:00Z"));
    BodyBudget bodies = new BodyBudget(1_000_000, new SimpleMeterRegistry());
    new StatsRoutes(CsvDownloadTest::authorize, stats, bodies, /* csvPage= */ 2).mount(router);
    server = VERTX.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
  }

  @AfterAll
  static void close() {
    server.close().await();
    sites.close();
    VERTX.close().await();
  }

  private static Future<Reader> authorize(HttpServerRequest request, String domain) {
    return Future.succeededFuture(
        TOKEN.equals(Bearer.token(request)) ? new Reader.Inside(site) : null);
  }

  @Test
  void sendsAllPagesOfAnAnswerInOneFile() throws Exception {
    HttpResponse<String> response = send("/api/v2/query.csv", "*/*", QUERY);

    assertThat(response.body()).isEqualTo(TABLE);
    assertThat(response.headers().firstValue("content-type"))
        .hasValue("text/csv; charset=utf-8; header=present");
    assertThat(response.headers().firstValue("content-disposition"))
        .hasValue("attachment; filename=\"example.com_2026-03-15_2026-03-16.csv\"");
    assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
  }

  @Test
  void sendsThePageThatIsAskedFor() throws Exception {
    String query = QUERY.replaceFirst("}$", ",\"pagination\":{\"limit\":1,\"offset\":1}}");

    assertThat(send("/api/v2/query.csv", "*/*", query).body())
        .isEqualTo("event:page,visitors,pageviews\r\n\"/a,b\",1,1\r\n");
  }

  @Test
  void sendsTotalsAsOneLine() throws Exception {
    String query = QUERY.replace("\"dimensions\":[\"event:page\"],", "");

    assertThat(send("/api/v2/query.csv", "*/*", query).body())
        .isEqualTo("visitors,pageviews\r\n2,7\r\n");
  }

  @Test
  void sendsWhatFiguresAreComparedWithBesideThem() throws Exception {
    String query =
        """
        {"site_id":"example.com","metrics":["visitors","pageviews"],"dimensions":["event:page"],
         "date_range":["2026-03-16","2026-03-16"],"filters":[["is","event:page",["/","/d"]]],
         "include":{"comparisons":{"mode":"previous_period"}}}""";

    assertThat(send("/api/v2/query.csv", "*/*", query).body())
        .isEqualTo(
            """
            event:page,visitors,visitors_comparison,visitors_change,pageviews,pageviews_comparison,pageviews_change\r
            /,1,1,0,1,1,0\r
            /d,1,0,100,3,0,100\r
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "text/csv # text/csv",
        "text/csv, application/json;q=0.5 # text/csv",
        "application/json;q=0.5, text/csv;q=0.9 # text/csv",
        "application/json, text/csv;q=0.9 # application/json",
        "*/*, text/csv;q=0.1 # application/json",
        "text/html # application/json",
      })
  void sendsWhatTheCallerLikesBest(String accept, String type) throws Exception {
    assertThat(send("/api/v2/query", accept, QUERY).headers().firstValue("content-type"))
        .get()
        .asString()
        .startsWith(type);
  }

  @Test
  void saysWhatIsWrongBeforeItSendsAnything() throws Exception {
    assertThat(error(send("/api/v2/query.csv", "text/csv", QUERY.replace("visitors", "baa"))))
        .isEqualTo("400 #/metrics/0: Invalid metric \"baa\"");
    assertThat(error(send("/api/v2/query.csv", "text/csv", "{\"site_id\":\"example.com\"}")))
        .startsWith("400 #: Required properties");
  }

  @Test
  void breaksOffRatherThanEndAFileThatIsNotWhole() {
    CsvDownload failing =
        new CsvDownload(
            (asked, document) ->
                document.getJsonObject("pagination").getLong("offset") == 0
                    ? Future.succeededFuture(aPageOf(document))
                    : Future.failedFuture(new IOException("the database went away")),
            1);
    Router router = Router.router(VERTX);
    router
        .post("/api/v2/query.csv")
        .respond(
            context -> failing.send(context.response(), new Reader.Inside(site), new JsonObject()))
        .failureHandler(Callers::refuse);
    HttpServer broken =
        VERTX.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();

    assertThatThrownBy(() -> send(broken.actualPort(), "/api/v2/query.csv", "*/*", QUERY))
        .isInstanceOf(IOException.class);
    broken.close().await();
  }

  private static JsonObject aPageOf(JsonObject document) {
    return TestServer.json(
            """
            {'results':[{'dimensions':['/'],'metrics':[1]}],
             'query':{'metrics':['visits'],'dimensions':['event:page'],'include':{},
              'date_range':['2026-03-15T00:00:00+01:00','2026-03-15T23:59:59+01:00']}}
            """)
        .mergeIn(
            new JsonObject()
                .put(
                    "query",
                    new JsonObject().put("pagination", document.getJsonObject("pagination"))),
            true);
  }

  private static HttpResponse<String> send(String path, String accept, String query)
      throws IOException, InterruptedException {
    return send(server.actualPort(), path, accept, query);
  }

  private static HttpResponse<String> send(int port, String path, String accept, String query)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofString(query))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
