package dk.sporlos.stats;

import static dk.sporlos.stats.TestServer.error;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.site.Site;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatsRoutesTest {

  private static final String QUERY =
      "{'site_id':'example.com','metrics':['visitors'],'date_range':'day'}";
  private static final String NO_ACCESS =
      "401 Invalid API key or site ID. Please make sure you're using a valid API key with access"
          + " to the site you've requested.";

  private static final Vertx VERTX = Vertx.vertx();
  private static TestSites sites;
  private static Site site;
  private static TestServer server;

  @BeforeAll
  static void create() {
    sites = TestSites.create(VERTX);
    site = sites.site("example.com", "Europe/Copenhagen");
    server = new TestServer(VERTX, new Stats(sites.pool(), Clock.systemUTC()), site);
  }

  @AfterAll
  static void close() {
    server.close();
    sites.close();
    VERTX.close().await();
  }

  @Test
  void answersWithJsonThatNobodyKeeps() {
    HttpResponse<String> response = server.ask(QUERY);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        "the-right-token",
        "Bearerthe-right-token",
        ""
      })
  void asksForAToken(String authorization) {
    HttpResponse<String> response =
        server.send(server.request(QUERY).header("Authorization", authorization));

    assertThat(error(response))
        .isEqualTo("401 Missing API key. Please use a valid API key as a Bearer Token.");
    assertThat(response.headers().firstValue("www-authenticate")).hasValue("Bearer");
  }

  @Test
  void asksForATokenWhenThereIsNoHeader() {
    assertThat(error(server.send(server.request(QUERY)))).startsWith("401 Missing API key.");
  }

  @Test
  void doesNotTellAWrongTokenFromAnUnknownSite() {
    HttpRequest.Builder wrong =
        server.request(QUERY.replace('\'', '"')).header("Authorization", "Bearer wrong");

    assertThat(error(server.send(wrong))).isEqualTo(NO_ACCESS);
    assertThat(error(server.ask(QUERY.replace("example.com", "unknown.dk")))).isEqualTo(NO_ACCESS);
  }

  @Test
  void doesNotLookForASiteThatCannotExist() {
    Access access =
        (request, domain) -> Future.failedFuture(new AssertionError("asked for " + domain));

    try (TestServer careful =
        new TestServer(VERTX, new Stats(sites.pool(), Clock.systemUTC()), access)) {
      assertThat(error(careful.ask(QUERY.replace("example.com", "x".repeat(254)))))
          .isEqualTo(NO_ACCESS);
      assertThat(error(careful.ask(QUERY.replace("example.com", "example\\u0000.com"))))
          .isEqualTo(NO_ACCESS);
    }
  }

  @Test
  void findsASiteHoweverItsNameIsCased() {
    assertThat(server.ask(QUERY.replace("example", "EXAMPLE")).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'site_id':''}", "{'site_id':null,'metrics':7}"})
  void asksForASite(String query) {
    assertThat(error(server.ask(query)))
        .isEqualTo(
            "400 Missing site ID. Please provide the required site_id parameter with your request.");
  }

  @Test
  void saysWhatIsWrongWithAQuery() {
    assertThat(error(server.ask("{'site_id':7}")))
        .isEqualTo("400 #/site_id: Type mismatch. Expected String but got Integer.");
    assertThat(error(server.ask("[1,2]")))
        .isEqualTo("400 #: Type mismatch. Expected Object but got Array.");
    assertThat(error(server.ask(QUERY.replace("'visitors'", "'visitors','baa'"))))
        .isEqualTo("400 #/metrics/1: Invalid metric \"baa\"");
  }

  @Test
  void refusesMoreTimeLabelsThanAnybodyReads() {
    HttpResponse<String> response =
        server.ask(
            """
            {'site_id':'example.com','metrics':['visits'],'dimensions':['time:hour'],
             'date_range':['1990-01-01','2026-12-31'],'include':{'time_labels':true}}
            """);

    assertThat(error(response)).startsWith("400 #/include/time_labels: ");
  }

  @Test
  void refusesWhatIsNotJson() {
    String deep = "[".repeat(60_000);
    byte[] notUtf8 = QUERY.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    notUtf8[notUtf8.length / 2] = (byte) 0xff;

    for (String body : new String[] {"", "{", "{'site_id'", "hello", QUERY + QUERY, deep}) {
      assertThat(error(server.ask(body))).startsWith("400 The body is not valid JSON. Send an");
    }
    assertThat(
            error(
                server.send(
                    server.request(notUtf8).header("Authorization", "Bearer " + TestServer.TOKEN))))
        .startsWith("400 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x"})
  void readsAQueryWhateverContentTypeItClaims(String contentType) {
    String query = QUERY.replace("}", ",'filters':[]" + " ".repeat(5_000) + "}").replace('\'', '"');

    HttpResponse<String> response =
        server.send(
            server
                .request(query)
                .header("Authorization", "Bearer " + TestServer.TOKEN)
                .header("Content-Type", contentType));

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void refusesABodyThatNoQueryNeeds() {
    String large = QUERY + " ".repeat(64 * 1024);

    assertThat(error(server.ask(large)))
        .isEqualTo("413 The body is too large. A query has at most 64 KB.");
  }

  @Test
  void sendsCallersAwayWhileTheDatabaseIsAway() throws IOException {
    Pool nowhere =
        PgBuilder.pool()
            .using(VERTX)
            .connectingTo(
                new PgConnectOptions().setHost("127.0.0.1").setPort(unusedPort()).setUser("x"))
            .build();

    try (TestServer lonely = new TestServer(VERTX, new Stats(nowhere, Clock.systemUTC()), site)) {
      HttpResponse<String> response = lonely.ask(QUERY);

      assertThat(error(response))
          .isEqualTo("503 The database cannot be reached. Please try again in a moment.");
      assertThat(response.headers().firstValue("retry-after")).hasValue("5");
    }
    nowhere.close().await();
  }

  @Test
  void givesUpOnAnAnswerThatTakesTooLong() {
    SqlConnection blocker = sites.pool().getConnection().await();
    Transaction transaction = blocker.begin().await();
    blocker.query("lock table visit in access exclusive mode").execute().await();

    Stats hasty =
        new Stats(
            sites.pool(), Clock.systemUTC(), Duration.ofMillis(50), new SimpleMeterRegistry());
    try (TestServer impatient = new TestServer(VERTX, hasty, site)) {
      HttpResponse<String> response = impatient.ask(QUERY);

      assertThat(error(response))
          .startsWith("503 The answer takes longer than ")
          .endsWith(" seconds. Ask for a shorter date range or fewer dimensions.");
    }
    transaction.rollback().await();
    blocker.close().await();
  }

  @Test
  void tellsNothingOfItsOwnFaults() {
    Access broken = (request, domain) -> Future.failedFuture(new IllegalStateException("secret"));

    try (TestServer failing =
        new TestServer(VERTX, new Stats(sites.pool(), Clock.systemUTC()), broken)) {
      assertThat(error(failing.ask(QUERY)))
          .isEqualTo("500 The server failed to answer. Its log says why.");
    }
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
