package dk.sporlos.account;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.SignInDoor;
import dk.sporlos.door.TrustedProxies;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.seal.SiteRemoval;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.site.Sites;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SitesApiTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static TestPool database;

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private HttpServer server;
  private String all;
  private String one;
  private String reading;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void start() {
    database.pool().query("truncate site, refusal cascade").execute().await();
    SiteStore store = new SiteStore(database.pool());
    Site site = store.add("example.com", ZoneId.of("Europe/Copenhagen"), false).await();
    store.add("other.example", ZoneId.of("UTC"), false).await();
    Tokens tokens = new Tokens(database.pool(), clock, new SecureRandom());
    all = tokens.create(Tokens.Terms.of(null, Set.of(Scope.SITES))).await();
    one = tokens.create(Tokens.Terms.of(site.id(), Set.of(Scope.SITES, Scope.STATS))).await();
    reading = tokens.create(Tokens.Terms.of(null, Set.of(Scope.STATS))).await();
    Sites known = new Sites(store, clock);
    Sessions.Rules rules =
        new Sessions.Rules(Duration.ofDays(1), Duration.ofDays(30), /* secondStep= */ false);
    Credentials credentials =
        new Credentials(
            tokens,
            new TokenLimits(clock),
            new Sessions(database.pool(), rules, clock, new SecureRandom()),
            new Members(database.pool()),
            new SharedLinks(database.pool(), clock, new SecureRandom()),
            known,
            new SignInDoor(TrustedProxies.none(), clock));
    Router router = Router.router(database.vertx());
    new SitesApi(
            database.vertx(),
            credentials,
            database.pool(),
            store,
            known,
            new SiteRemoval(database.pool(), clock),
            new BodyBudget(1_000_000, new SimpleMeterRegistry()),
            tokens,
            clock,
            new SecureRandom())
        .mount(router);
    server =
        database.vertx().createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
  }

  @AfterEach
  void stop() {
    server.close().await();
  }

  @Test
  void sitesAreListedThatTheTokenOpens() {
    assertThat(ask(all, "GET", "sites", ""))
        .isEqualTo(
            "200 {'sites':[{'domain':'example.com','timezone':'Europe/Copenhagen'},"
                + "{'domain':'other.example','timezone':'UTC'}],"
                + "'meta':{'after':null,'before':null,'limit':100}}");
    assertThat(ask(one, "GET", "sites", "")).contains("example.com").doesNotContain("other");
  }

  @Test
  void listsAreAnsweredAPageAtATime() {
    String first = ask(all, "GET", "sites?limit=1", "");
    assertThat(first)
        .contains("'domain':'example.com'")
        .doesNotContain("other.example")
        .endsWith("'meta':{'after':'example.com','before':null,'limit':1}}");

    assertThat(ask(all, "GET", "sites?limit=1&after=example.com", ""))
        .contains("'domain':'other.example'")
        .endsWith("'meta':{'after':null,'before':'other.example','limit':1}}");
    assertThat(ask(all, "GET", "sites?limit=1&before=other.example", "")).isEqualTo(first);
    assertThat(ask(all, "GET", "sites?after=gone.example", ""))
        .isEqualTo("400 {'error':'Invalid pagination cursor: what it names is gone.'}");
    assertThat(ask(all, "GET", "sites?limit=0", "")).startsWith("400 ");
  }

  @Test
  void aSiteIsAddedRenamedAndRead() {
    assertThat(ask(all, "POST", "sites", "{'domain':'WWW.New.example','timezone':'Asia/Kolkata'}"))
        .isEqualTo("200 {'domain':'new.example','timezone':'Asia/Kolkata'}");
    assertThat(ask(all, "POST", "sites", "{'domain':'new.example'}")).startsWith("400 ");
    clock.move(Duration.ofSeconds(2));

    assertThat(ask(all, "PUT", "sites/new.example", "{'domain':'newer.example'}"))
        .isEqualTo("200 {'domain':'newer.example','timezone':'Asia/Kolkata'}");
    clock.move(Duration.ofSeconds(2));

    assertThat(ask(all, "GET", "sites/new.example", "")).startsWith("404 ");
    assertThat(ask(all, "GET", "sites/newer.example", ""))
        .isEqualTo(
            "200 {'domain':'newer.example','timezone':'Asia/Kolkata','custom_properties':[]}");
    assertThat(ask(all, "PUT", "sites/newer.example", "{'domain':'example.com'}"))
        .isEqualTo("400 {'error':'domain: another site has this domain'}");
  }

  @Test
  void whatIsWrongIsSaidInTheLanguageThatIsAskedFor() {
    HttpRequest.Builder wrong =
        request(all, "sites/example.com")
            .method("PUT", BodyPublishers.ofString("{\"domain\":\"other.example\"}"));

    assertThat(send(wrong.setHeader("Accept-Language", "da-DK,en;q=0.5")))
        .isEqualTo("400 {'error':'domain: et andet website har det domæne'}");
    assertThat(send(wrong.setHeader("Accept-Language", "en")))
        .isEqualTo("400 {'error':'domain: another site has this domain'}");
    assertThat(send(wrong.setHeader("Accept-Language", "de")))
        .isEqualTo("400 {'error':'domain: another site has this domain'}");
  }

  @Test
  void aSiteIsDeletedByWhoSaysItTwice() {
    assertThat(ask(one, "DELETE", "sites/example.com", ""))
        .startsWith("400 {'error':'All figures of the site would be deleted for good.");
    assertThat(ask(one, "DELETE", "sites/example.com", "{'confirm':'other.example'}"))
        .startsWith("400 ");
    assertThat(ask(one, "DELETE", "sites/other.example?confirm=other.example", ""))
        .startsWith("404 ");

    assertThat(ask(one, "DELETE", "sites/example.com", "{'confirm':'example.com'}"))
        .isEqualTo("200 {'deleted':true}");

    assertThat(ask(all, "GET", "sites", "")).doesNotContain("example.com");
    assertThat(ask(one, "GET", "sites", "")).startsWith("401 ");
  }

  @Test
  void figuresAreForgottenByWhoSaysItTwice() {
    refuse("example.com");
    refuse("other.example");
    assertThat(ask(one, "POST", "sites/example.com/reset", "{}"))
        .startsWith("400 {'error':'All figures of the site would be deleted for good.");
    assertThat(ask(one, "POST", "sites/example.com/reset", "{'confirm':'other.example'}"))
        .startsWith("400 ");
    assertThat(ask(one, "POST", "sites/other.example/reset?confirm=other.example", ""))
        .startsWith("404 ");
    assertThat(refused()).containsExactly("example.com", "other.example");

    assertThat(ask(one, "POST", "sites/example.com/reset?confirm=example.com", ""))
        .isEqualTo("200 {'deleted':true}");

    assertThat(refused()).containsExactly("other.example");
    assertThat(ask(one, "GET", "sites", "")).contains("example.com");
    assertThat(ask(all, "GET", "sites/example.com/audit", ""))
        .contains("'action':'delete','what':'figures'");
  }

  private static void refuse(String domain) {
    database
        .pool()
        .preparedQuery(
            """
            insert into refusal (site_id, day, reason, count)
            select id, '2026-11-01', 'bot', 1 from site where domain = $1
            """)
        .execute(Tuple.of(domain))
        .await();
  }

  /** Of which sites a beacon was refused. */
  private static List<String> refused() {
    List<String> domains = new ArrayList<>();
    database
        .pool()
        .query("select domain from refusal join site on id = site_id order by domain")
        .execute()
        .await()
        .forEach(row -> domains.add(row.getString(0)));
    return domains;
  }

  @Test
  void aGoalIsFoundOrCreatedListedAndDeleted() {
    String body = "{'site_id':'example.com','goal_type':'event','event_name':'Signup'}";

    String created = ask(one, "PUT", "sites/goals", body);

    String id = new JsonObject(created.substring(4).replace('\'', '"')).getString("id");
    assertThat(created)
        .isEqualTo(
            ("200 {'domain':'example.com','id':'%s','display_name':'Signup','goal_type':'event',"
                    + "'event_name':'Signup','page_path':null,'custom_props':{}}")
                .formatted(id));
    assertThat(ask(one, "PUT", "sites/goals", body)).isEqualTo(created);
    assertThat(ask(one, "GET", "sites/goals?site_id=example.com", ""))
        .isEqualTo(
            ("200 {'goals':[{'id':'%s','display_name':'Signup','goal_type':'event',"
                    + "'event_name':'Signup','page_path':null,'custom_props':{}}],"
                    + "'meta':{'after':null,'before':null,'limit':100}}")
                .formatted(id));

    assertThat(ask(one, "DELETE", "sites/goals/" + id, "{'site_id':'example.com'}"))
        .isEqualTo("200 {'deleted':true}");
    assertThat(ask(one, "DELETE", "sites/goals/" + id, "{'site_id':'example.com'}"))
        .isEqualTo("404 {'error':'Goal could not be found'}");
  }

  @Test
  void aGoalMayHaveAllThatGoalsCanHave() {
    assertThat(
            ask(
                one,
                "PUT",
                "sites/goals",
                "{'site_id':'example.com','goal_type':'page','page_path':'/blog/**',"
                    + "'scroll_threshold':75,'display_name':'Read','custom_props':{'lang':'da'},"
                    + "'currency':'dkk','value':1.5}"))
        .startsWith("200 {'domain':'example.com','id':'")
        .endsWith(
            "','display_name':'Read','goal_type':'page','event_name':null,"
                + "'page_path':'/blog/**','scroll_threshold':75,'custom_props':{'lang':'da'},"
                + "'currency':'DKK','value':1.5}");
  }

  @Test
  void formsAreReadLikeJson() {
    assertThat(
            send(
                request(one, "sites/goals")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .PUT(
                        BodyPublishers.ofString(
                            "site_id=example.com&goal_type=page&page_path=%2Fa%2F**"))))
        .startsWith("200 ")
        .contains("'display_name':'Visit /a/**'");
    String multipart =
        """
        --x\r
        Content-Disposition: form-data; name="site_id"\r
        \r
        example.com\r
        --x\r
        Content-Disposition: form-data; name="property"\r
        \r
        plan\r
        --x--\r
        """;
    assertThat(
            send(
                request(one, "sites/custom-props")
                    .header("Content-Type", "multipart/form-data; boundary=x")
                    .PUT(BodyPublishers.ofString(multipart))))
        .isEqualTo("200 {'created':true}");

    assertThat(ask(one, "GET", "sites/custom-props?site_id=example.com", ""))
        .startsWith("200 {'custom_properties':[{'property':'plan'}]");
    assertThat(ask(one, "DELETE", "sites/custom-props/plan?site_id=example.com", ""))
        .isEqualTo("200 {'deleted':true}");
  }

  @Test
  void funnelsSegmentsAndAnnotationsAreKept() {
    long first = goal("/cart");
    long second = goal("/paid");

    String funnel =
        ask(
            one,
            "POST",
            "sites/example.com/funnels",
            "{'name':'Checkout','goals':[%d,%d]}".formatted(first, second));
    String segment =
        ask(
            one,
            "POST",
            "sites/example.com/segments",
            "{'name':'Danes','filters':[['is','visit:country',['DK']]]}");
    String note =
        ask(one, "POST", "sites/example.com/annotations", "{'day':'2026-11-01','text':'New'}");

    assertThat(funnel).contains("'name':'Checkout','goals':[%d,%d]".formatted(first, second));
    assertThat(segment).contains("'filters':[['is','visit:country',['DK']]]");
    assertThat(note).contains("'day':'2026-11-01','text':'New'");
    for (String kind : new String[] {"funnels", "segments", "annotations"}) {
      String path = "sites/example.com/" + kind;
      JsonObject listed = new JsonObject(ask(one, "GET", path, "").substring(4).replace('\'', '"'));
      assertThat(listed.getJsonArray(kind)).hasSize(1);
      long id = listed.getJsonArray(kind).getJsonObject(0).getLong("id");
      assertThat(ask(one, "DELETE", path + "/" + id, "")).isEqualTo("200 {'deleted':true}");
      assertThat(ask(one, "DELETE", path + "/" + id, "")).startsWith("404 ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT  | sites/goals | {'goal_type':'event'} | 400 | Parameter `site_id` is required",
        "PUT  | sites/goals | {'site_id':'example.com'} | 400 | Parameter `goal_type` is required",
        "PUT  | sites/goals | {'site_id':'example.com','goal_type':'x'} | 400 | Parameter `goal_t",
        "PUT  | sites/goals | {'site_id':'example.com','goal_type':'event'} | 400 | Parameter `ev",
        "PUT  | sites/goals | {'site_id':'example.com','goal_type':'page','page_path':'x'} | 400 | page:",
        "PUT  | sites/goals | [] | 400 | The body is not a valid JSON object.",
        "PUT  | sites/goals | {'site_id':7} | 400 | Parameter `site_id` is invalid: write a text",
        "PUT  | sites/goals | {'site_id':'other.example'} | 404 | Site could not be found",
        "PUT  | sites/goals | {'site_id':'nowhere.example'} | 404 | Site could not be found",
        "GET  | sites/other.example | '' | 404 | Site could not be found",
        "PUT  | sites/other.example | {'domain':'mine.example'} | 404 | Site could not be found",
        "POST | sites | {'domain':'x.example'} | 401 | This API key is for one site",
        "POST | sites/example.com/funnels | {'name':'x','goals':[1,2]} | 400 | goals: each is the",
        "POST | sites/example.com/funnels | {'name':'x','goals':['a']} | 400 | Parameter `goals` is",
        "POST | sites/example.com/segments | {'name':'x'} | 400 | Parameter `filters` is invalid",
        "POST | sites/example.com/segments | {'name':'x','filters':[['is','nix',['a']]]} | 400"
            + " | #/filters/0/1: Invalid filter dimension",
        "POST | sites/example.com/annotations | {'text':'x'} | 400 | Parameter `day` is required",
        "POST | sites/example.com/annotations | {'day':'soon','text':'x'} | 400 | Parameter `day`",
        "DELETE | sites/goals/x?site_id=example.com | '' | 404 | Goal could not be found",
      })
  void saysWhatIsWrong(String method, String path, String body, int status, String message) {
    assertThat(ask(one, method, path, body)).startsWith(status + " {'error':'" + message);
  }

  @Test
  void aTokenWithoutTheScopeChangesNothing() {
    for (String token : new String[] {reading, "sporlos_wrong"}) {
      assertThat(ask(token, "GET", "sites", "")).startsWith("401 {'error':'Invalid API key.");
      assertThat(ask(token, "POST", "sites", "{'domain':'x.example'}")).startsWith("401 ");
    }
    HttpResponse<String> without = response(HttpRequest.newBuilder(uri("sites")));

    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().firstValue("www-authenticate")).hasValue("Bearer");
    assertThat(ask(all, "GET", "sites", "")).doesNotContain("x.example");
  }

  private long goal(String page) {
    String created =
        ask(
            one,
            "PUT",
            "sites/goals",
            "{'site_id':'example.com','goal_type':'page','page_path':'%s'}".formatted(page));
    return Long.parseLong(new JsonObject(created.substring(4).replace('\'', '"')).getString("id"));
  }

  /** Status and body of an answer, both with single quotes. */
  private String ask(String token, String method, String path, String body) {
    return send(
        request(token, path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  private HttpRequest.Builder request(String token, String path) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:%d/api/v1/%s".formatted(server.actualPort(), path));
  }

  private String send(HttpRequest.Builder request) {
    HttpResponse<String> response = response(request);
    return response.statusCode() + " " + response.body().replace('"', '\'');
  }

  private static HttpResponse<String> response(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
