package dk.sporlos.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dk.sporlos.door.Action;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Limits;
import dk.sporlos.door.TrustedProxies;
import dk.sporlos.door.Vital;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.http.HttpListener;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What trackers of other products get, over HTTP, and what is kept of what they send. */
class DialectRoutesTest {
  private static final String UUID = "b59e9c65-ae32-47f1-8400-119fcf4861c4";
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";
  private static final String UMAMI =
      "{\"type\":\"event\",\"payload\":{\"website\":\"" + UUID + "\",%s}}";
  private static final String MATOMO = "/matomo.php?idsite=3&rec=1&url=https://example.com/";
  private static final Map<String, String> ALL =
      Map.of(
          "dialects", "plausible,umami,matomo,goatcounter",
          "matomo-id", "3",
          "umami-id", UUID,
          "goatcounter-host", "127.0.0.1");

  /** What is counted is not written in these tests. */
  private static final Pool NO_POOL = null;

  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeHitStore store = new FakeHitStore();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Vertx vertx;
  private int port;

  @BeforeEach
  void listen() {
    vertx = Vertx.vertx();
    listen(ALL, Limits.Settings.none());
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void listen(Map<String, String> said, Limits.Settings limits) {
    Site site =
        new Site(new SiteId(1), "example.com", ZoneId.of("UTC"), false)
            .with(SiteSettings.read(Profile.DK, said, unread -> fail(unread.name())));
    Reception reception =
        new Reception(
            vertx,
            new Intake(vertx, store, new Intake.Bounds(2_000, 10_000_000), () -> null, meters),
            new Refusals(NO_POOL, Clock.systemUTC()),
            new Cleanings(NO_POOL, Clock.systemUTC(), meters),
            meters);
    DialectRoutes routes =
        new DialectRoutes(
            TestDoor.create(limits, site, TrustedProxies.none()),
            reception,
            new BodyBudget(10_000_000, meters));
    port =
        HttpListener.listen(
                vertx, 1, List.of(routes::mount), new Endpoint("127.0.0.1", 0), "--listen")
            .await()
            .port();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'n':'pageview','v':36,'u':'https://example.com/blog?x=1','d':'example.com','r':null} | /blog",
        "{'name':'pageview','url':'https://www.example.com/blog/','domain':'www.example.com'} | /blog/",
        "{'n':'pageview','u':'https://example.com/a#/b','h':1} | /a#/b",
        "{'n':'pageview','u':'https://example.com/a#token=b','h':1} | /a",
        "n=pageview&u=https%3A%2F%2Fexample.com%2Fform&d=example.com | /form"
      })
  void plausibleSaysWhichPageWasViewed(String body, String path) throws Exception {
    HttpResponse<String> answer = post("/api/event", body.replace('\'', '"'));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("ok");
    assertThat(answer.headers().firstValue("x-plausible-dropped")).isEmpty();
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
    assertThat(onlyHit().action()).isEqualTo(new Action.PageView());
    assertThat(onlyHit().page().path()).isEqualTo(path);
  }

  @Test
  void plausibleSaysWhatWasDone() throws Exception {
    post("/api/event", event("'n':'pageview'"));
    post("/api/event", event("'n':'engagement','sd':62,'e':15321"));
    post("/api/event", event("'n':404,'p':'{\\'plan\\':\\'pro\\',\\'list\\':[1]}'"));
    post("/api/event", event("'n':'Buy','props':{'n':3},'$':{'amount':'15.99','currency':'USD'}"));
    post("/api/event", event("'n':'Seen','interactive':false,'revenue':{'amount':1}"));

    assertThat(store.hits.stream().map(Hit::action))
        .containsExactly(
            new Action.PageView(),
            new Action.Engagement(Duration.ofMillis(15_321), 62),
            new Action.Event("404", true),
            new Action.Event("Buy", true),
            new Action.Event("Seen", false));
    assertThat(hits().get(2).properties()).isEqualTo(Map.of("plan", "pro"));
    assertThat(hits().get(3).properties()).isEqualTo(Map.of("n", "3"));
    assertThat(hits().get(3).revenue()).hasToString("Revenue[amount=15.99, currency=USD]");
    assertThat(hits().get(4).revenue()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'domain':'example.com','name':'pageview'} | {'url':['is required']}",
        "{'d':'example.com','n':'x','u':'data:,x'} | {'url':['scheme is not allowed']}",
        "{'d':'example.com','n':'x','u':'x'} | {'url':['must be a valid url']}",
        "{'d':'example.com','u':'https://example.com/'} | {'event_name':['can`t be blank']}",
        "{'d':'','n':'x','u':'https://example.com/'} | {'domain':['can`t be blank']}",
        "{'d':'example.com','n':'engagement','u':'https://example.com/','sd':-1} |"
            + " {'event_name':['engagement event requires a valid integer value for at least one"
            + " of `sd` or `e` fields']}",
        "[] | {'request':['Unable to parse request body as json']}",
        "x | {'request':['Unable to parse request body as json']}"
      })
  void plausibleHearsWhatIsWrongInItsWords(String body, String errors) throws Exception {
    HttpResponse<String> answer = post("/api/event", body.replace('\'', '"'));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("{\"errors\":" + errors.replace('\'', '"').replace('`', '\'') + "}");
    assertThat(beacons("plausible", "malformed")).isEqualTo(1);
  }

  @Test
  void plausibleHearsHowManyOfSeveralSitesDoNotCount() throws Exception {
    HttpResponse<String> answer =
        post(
            "/api/event", event("'n':'pageview'").replace("example.com\",", "example.com,x.dk\","));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("x-plausible-dropped")).contains("1");
    assertThat(answer.headers().firstValue("sporlos-ignored")).contains("unknown-site");
    assertThat(store.hits).hasSize(1);
  }

  @Test
  void umamiSaysWhatWasDoneAndGetsNumbersThatSayNothing() throws Exception {
    HttpResponse<String> view =
        post("/api/send", UMAMI.formatted("\"hostname\":\"example.com\",\"url\":\"/a?b=c\""));
    post(
        "/api/send",
        UMAMI.formatted(
            "\"url\":\"/\",\"name\":\"signup\",\"data\":{\"plan\":{\"name\":\"pro\"},\"l\":[1]}"));

    assertThat(view.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(view.body()).getString("sessionId")).matches("[0-]+");
    assertThat(new JsonObject(view.body()).getString("cache")).isEqualTo("none");
    assertThat(hits().get(0).page().path()).isEqualTo("/a");
    assertThat(hits().get(1).action()).isEqualTo(new Action.Event("signup", true));
    assertThat(hits().get(1).properties()).isEqualTo(Map.of("plan.name", "pro", "l", "[1]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'event','payload':{'website':'%s','url':'/','name':'=1+1'}} | Bad request",
        "{'type':'event','payload':{'website':'example.com','url':'/'}} | Bad request",
        "{'type':'visit','payload':{'website':'%s','url':'/'}} | Bad request",
        "{'type':'event','payload':{'website':'b59e9c65-ae32-47f1-8400-000000000000'}} |"
            + " Website not found.",
        "{} | Bad request",
        "x | Bad request"
      })
  void umamiHearsWhatIsWrong(String body, String message) throws Exception {
    HttpResponse<String> answer = post("/api/send", body.replace('\'', '"').formatted(UUID));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getJsonObject("error"))
        .contains(Map.entry("message", message), Map.entry("status", 400));
  }

  @Test
  void umamiHearsWhichOfABatchAreWrong() throws Exception {
    String one = UMAMI.formatted("\"url\":\"/\"");
    HttpResponse<String> answer = post("/api/batch", "[" + one + ",{}," + one + "]");

    JsonObject report = new JsonObject(answer.body());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(report.getInteger("processed")).isEqualTo(2);
    assertThat(report.getJsonArray("details").getJsonObject(0).getInteger("index")).isEqualTo(1);
    assertThat(store.hits).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"identify", "performance"})
  void whatUmamiSaysOfAVisitorAloneIsNotCounted(String type) throws Exception {
    HttpResponse<String> answer =
        post(
            "/api/send",
            UMAMI
                .formatted("\"url\":\"/\",\"id\":\"kim\"")
                .replace("\"event\"", "\"" + type + "\""));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("sporlos-ignored")).contains("uncounted");
    assertThat(store.hits).isEmpty();
  }

  @Test
  void umamiSaysHowAPageLoaded() throws Exception {
    HttpResponse<String> answer =
        post(
            "/api/send",
            UMAMI
                .formatted(
                    "\"url\":\"/blog?q=1\",\"lcp\":1200,\"inp\":-1,\"cls\":\"x\",\"fcp\":9,\"ttfb\":0")
                .replace("\"event\"", "\"performance\""));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(store.hits)
        .singleElement()
        .satisfies(
            hit -> {
              assertThat(hit.page().path()).isEqualTo("/blog");
              assertThat(hit.action())
                  .isEqualTo(
                      new Action.Vitals(
                          Map.of(Vital.LCP, Vital.LCP.bucket(1_200), Vital.TTFB, 0), "Desktop"));
            });
  }

  @Test
  void matomoSaysWhatWasDone() throws Exception {
    get(MATOMO + "blog%3Fmtm_campaign=autumn%26q=x&urlref=https://news.example/&send_image=1");
    get(MATOMO + "&e_c=Video&e_a=Play&e_n=Intro&e_v=3&dimension2=pro&_id=0123456789abcdef&uid=kim");
    get(MATOMO + "&link=https://other.example/x");
    post("/matomo.php", "idsite=3&rec=1&url=https%3A%2F%2Fexample.com%2F&idgoal=2&revenue=4.50");
    get(MATOMO + "&ping=1");

    assertThat(store.hits.stream().map(Hit::action))
        .containsExactly(
            new Action.PageView(),
            new Action.Event("Play", true),
            new Action.Event("Outbound Link: Click", true),
            new Action.Event("Goal 2", true),
            new Action.Engagement(Duration.ZERO, null));
    assertThat(hits().get(0).page().path()).isEqualTo("/blog");
    assertThat(hits().get(0).attributes().campaign().name()).isEqualTo("autumn");
    assertThat(hits().get(0).attributes().source().host()).isEqualTo("news.example");
    assertThat(hits().get(1).properties())
        .isEqualTo(
            Map.of("category", "Video", "label", "Intro", "value", "3", "dimension2", "pro"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?idsite=3&rec=1&url=https://example.com/ | 200 | image/gif",
        "?idsite=3&rec=1&url=https://example.com/&send_image=0 | 204 | ''",
        "?idsite=3&url=https://example.com/ | 200 | image/gif",
        "?rec=1 | 400 | image/gif",
        "?idsite=4&rec=1&url=https://example.com/ | 400 | image/gif",
        "?idsite=-1&rec=1 | 400 | image/gif",
        "?idsite=3&rec=1&url=https://example.com/&cid=kim | 400 | image/gif",
        "'' | 200 | text/plain; charset=utf-8"
      })
  void matomoGetsAPicture(String query, int status, String type) throws Exception {
    HttpResponse<String> answer = get("/matomo.php" + query);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type").orElse("")).isEqualTo(type);
  }

  @Test
  void matomoHearsHowManyOfABulkAreGood() throws Exception {
    String good = "?idsite=3&rec=1&url=https://example.com/bulk";
    JsonObject bulk = new JsonObject().put("requests", JsonArray.of(good, "?rec=1", good + "2"));
    HttpResponse<String> answer = post("/piwik.php", bulk.encode());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"status\":\"success\",\"tracked\":2,\"invalid\":1,\"invalid_indices\":[1]}");
    assertThat(post("/piwik.php", bulk.put("send_image", 0).encode()).statusCode()).isEqualTo(204);
    assertThat(store.hits).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?p=/a%3Fb=c&t=A&s=1920,1080,1 | 200 | ''",
        "?p=a | 200 | ''",
        "?p=click&e=true | 200 | ''",
        "?p=/&b=151 | 200 | ignored because a program sent it",
        "?p=/&b=100 | 400 | wrong value: b is none of 150 to 153",
        "? | 400 | not valid: path: must be set"
      })
  void goatCounterGetsAPictureAndHearsWhy(String query, int status, String why) throws Exception {
    HttpResponse<String> answer = get("/count" + query);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("x-goatcounter").orElse("")).isEqualTo(why);
    assertThat(answer.headers().firstValue("content-type")).contains("image/gif");
  }

  @Test
  void goatCounterSaysWhatWasDone() throws Exception {
    get("/count?p=/a&q=%3Futm_campaign%3Dautumn&r=https://news.example/x");
    post("/count?p=signup&e=1", "");

    assertThat(hits().get(0).page()).hasToString("Page[host=example.com, path=/a]");
    assertThat(hits().get(0).attributes().campaign().name()).isEqualTo("autumn");
    assertThat(hits().get(1).action()).isEqualTo(new Action.Event("signup", true));
  }

  @Test
  void aSiteThatTakesNoneTakesNone() throws Exception {
    Map<String, String> off = new HashMap<>(ALL);
    off.put("dialects", "");
    listen(off, Limits.Settings.none());

    assertThat(
            post("/api/event", event("'n':'pageview'")).headers().firstValue("x-plausible-dropped"))
        .contains("1");
    assertThat(post("/api/send", UMAMI.formatted("\"url\":\"/\"")).statusCode()).isEqualTo(400);
    assertThat(get(MATOMO).statusCode()).isEqualTo(400);
    assertThat(get("/count?p=/").statusCode()).isEqualTo(400);
    assertThat(store.hits).isEmpty();
    for (String dialect : List.of("plausible", "umami", "matomo", "goatcounter")) {
      assertThat(beacons(dialect, "dialect-off")).as(dialect).isEqualTo(1);
    }
  }

  @Test
  void whatCouldNotBeStoredIsToBeSentAgainInEveryDialect() throws Exception {
    store.outcome = Promise.promise();
    store.outcome.fail("away");

    for (HttpResponse<String> answer :
        List.of(
            post("/api/event", event("'n':'pageview'")),
            post("/api/send", UMAMI.formatted("\"url\":\"/\"")),
            post("/api/batch", "[" + UMAMI.formatted("\"url\":\"/\"") + "]"),
            get(MATOMO),
            post("/matomo.php", "{\"requests\":[\"" + MATOMO + "\"]}"),
            get("/count?p=/"))) {
      assertThat(answer.statusCode()).as(answer.uri().toString()).isEqualTo(503);
      assertThat(answer.headers().firstValue("retry-after")).contains("5");
    }
  }

  @Test
  void tooManyOfOneAddressAreTooManyInEveryDialect() throws Exception {
    listen(ALL, new Limits.Settings(1, TrustedProxies.none(), 0, 0));
    get(MATOMO);

    assertThat(get(MATOMO).statusCode()).isEqualTo(429);
    assertThat(get("/count?p=/").statusCode()).isEqualTo(429);
    assertThat(post("/api/send", UMAMI.formatted("\"url\":\"/\"")).statusCode()).isEqualTo(429);
    assertThat(post("/api/event", event("'n':'pageview'")).headers().firstValue("sporlos-ignored"))
        .contains("rate-limited");
  }

  @Test
  void nobodyIsBelievedWhoNamesAVisitorWithoutAToken() throws Exception {
    get(MATOMO);
    get(MATOMO + "&cip=198.51.100.7&ua=Other&lang=fr&cdt=1700000000");
    post("/api/send", UMAMI.formatted("\"url\":\"/\",\"ip\":\"198.51.100.7\""));

    assertThat(hits()).extracting(Hit::visit).containsOnly(hits().get(0).visit());
    assertThat(hits()).extracting(Hit::at).containsOnly(hits().get(0).at());
    assertThat(get(MATOMO + "&cip=198.51.100.7&token_auth=wrong").statusCode()).isEqualTo(401);
    assertThat(post("/api/v0/count", hit("198.51.100.7")).statusCode()).isEqualTo(401);
    assertThat(store.hits).hasSize(3);
  }

  @Test
  void aServerWithATokenNamesItsVisitors() throws Exception {
    String token = "&token_auth=" + TestDoor.SEND_TOKEN;
    String other = "&cip=198.51.100.7&ua=" + BROWSER.replace(" ", "%20");
    get(MATOMO + other + token, "A Program/1.0");
    get(MATOMO + other.replace("198.51", "203.0") + token, "A Program/1.0");
    get(MATOMO + other + token, "A Program/1.0");
    HttpResponse<String> bot = get(MATOMO + "&cip=198.51.100.7&ua=Googlebot/2.1" + token);
    HttpResponse<String> old = get(MATOMO + other + "&cdt=1700000000" + token);

    assertThat(store.hits).hasSize(3);
    assertThat(hits().get(0).visit()).isEqualTo(hits().get(2).visit());
    assertThat(hits().get(0).visit()).isNotEqualTo(hits().get(1).visit());
    assertThat(bot.headers().firstValue("sporlos-ignored")).contains("bot");
    assertThat(old.headers().firstValue("sporlos-ignored")).contains("too-old");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/event", "/api/send", "/api/batch", "/matomo.php", "/count", "/api/v0/count"})
  void whatIsTooLargeIsSaidToBe(String path) throws Exception {
    assertThat(post(path, " ".repeat(1_000_001)).statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/event", "/api/send", "/matomo.php", "/count"})
  void everyPageMayAsk(String path) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method("OPTIONS", BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
    assertThat(answer.headers().firstValue("access-control-allow-methods").orElse(""))
        .contains("POST");
  }

  private static String hit(String address) {
    return "{\"hits\":[{\"path\":\"/\",\"ip\":\"" + address + "\"}]}";
  }

  private static String event(String said) {
    return "{\"d\":\"example.com\",\"u\":\"https://example.com/\"," + said.replace('\'', '"') + "}";
  }

  private List<Hit> hits() {
    return List.copyOf(store.hits);
  }

  private Hit onlyHit() {
    assertThat(store.hits).hasSize(1);
    return hits().get(0);
  }

  private double beacons(String dialect, String reason) {
    return meters
        .get("sporlos.beacons")
        .tag("dialect", dialect)
        .tag("outcome", "refused")
        .tag("reason", reason)
        .counter()
        .count();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return get(path, BROWSER);
  }

  private HttpResponse<String> get(String path, String agent) throws Exception {
    return send(request(path).setHeader("User-Agent", agent));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("User-Agent", BROWSER)
        .header("Accept-Language", "da")
        .version(HttpClient.Version.HTTP_1_1);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
