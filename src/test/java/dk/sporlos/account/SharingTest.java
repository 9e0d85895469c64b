package dk.sporlos.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.page.DashboardDocument;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outsiders over HTTP: shared links, public sites, badges and tokens of scope outside. */
class SharingTest {
  private static final String QUERY =
      """
      {"site_id":"example.com","metrics":["visits"],"date_range":"7d"%s}
      """;
  private static final String LINKS = "/api/v1/sites/example.com/shared-links";

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private TestPool database;
  private RunningApplication application;
  private Site site;
  private Site other;
  private People people;
  private People.Person owner;

  @BeforeEach
  void start() {
    DatabaseUrl url = TestDatabase.create();
    database = TestPool.of(url);
    SiteStore sites = new SiteStore(database.pool());
    site = sites.add("example.com", ZoneId.of("Europe/Copenhagen"), false).await();
    other = sites.add("other.example", ZoneId.of("UTC"), false).await();
    for (int day = 26; day <= 31; day++) {
      seal(site, LocalDate.of(2026, 10, day));
    }
    people = new People(database.pool(), clock);
    owner = people.member("olga", site.id(), Role.OWNER);
    application = RunningApplication.on(url, clock, new SecureRandom());
  }

  @AfterEach
  void stop() {
    application.close();
    database.close();
  }

  /** A day of 23 visits. */
  private void seal(Site of, LocalDate day) {
    database
        .pool()
        .preparedQuery("insert into sealed_day (site_id, day, due) values ($1, $2, false)")
        .execute(Tuple.of(of.id().value(), day))
        .await();
    database
        .pool()
        .preparedQuery(
            """
            insert into daily (site_id, day, origin, dimension, part, texts, visitors, visits,
              views, actions)
            select $1, $2, 0, dimension, 0, array[text], array[21], array[23], array[40], array[40]
            from (values (0, ''), (1, '/<b>')) as cell (dimension, text)
            """)
        .execute(Tuple.of(of.id().value(), day))
        .await();
  }

  @Test
  void aLinkShowsRoundedFiguresOfItsSiteAlone() throws Exception {
    String secret = secret(add("{\"name\":\"Board\"}"));

    HttpResponse<String> figures = query(secret, "");

    assertThat(figures.statusCode()).as(figures.body()).isEqualTo(200);
    int visits =
        json(figures)
            .getJsonArray("results")
            .getJsonObject(0)
            .getJsonArray("metrics")
            .getInteger(0);
    assertThat(visits % 5).isZero();
    assertThat(visits).isBetween(5 * 20, 5 * 25);
    assertThat(json(figures).getJsonObject("meta").getInteger("rounded_to")).isEqualTo(5);
    assertThat(
            application
                .send(
                    application
                        .request("/api/v2/query")
                        .header("Sporlos-Link", secret)
                        .POST(
                            BodyPublishers.ofString(
                                QUERY.formatted("").replace("example.com", "other.example"))))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void whoHasSignedInSeesOnASharedPageWhatEverybodySees() throws Exception {
    String secret = secret(add("{\"name\":\"Board\"}"));

    HttpResponse<String> figures =
        application.send(
            owner.signForm(
                application
                    .request("/api/v2/query")
                    .header("Sporlos-Link", secret)
                    .POST(BodyPublishers.ofString(QUERY.formatted("")))));

    assertThat(json(figures).getJsonObject("meta").containsKey("rounded_to")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"filters\":[[\"is\",\"event:page\",[\"/\"]]]",
        ",\"dimensions\":[\"time:hour\"]",
        ",\"dimensions\":[\"event:page\",\"visit:country\"]"
      })
  void aLinkAnswersNoFinerQuestion(String more) throws Exception {
    HttpResponse<String> refused = query(secret(add("{\"name\":\"Board\"}")), more);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).getString("error"))
        .startsWith("Shared links, public pages and tokens");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v2/realtime?site_id=example.com",
        "/api/v2/retention?site_id=example.com",
        "/api/v2/refusals?site_id=example.com",
        "/api/v1/stats/realtime/visitors?site_id=example.com",
        "/api/export/example.com.zip",
        "/api/export/example.com.ndjson",
        "/api/v1/stats/timeseries?site_id=example.com&period=day"
      })
  void aLinkOpensNothingElse(String path) throws Exception {
    String secret = secret(add("{\"name\":\"Board\"}"));

    HttpResponse<String> refused =
        application.send(application.request(path).header("Sporlos-Link", secret));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("rounded figures of finished days");
  }

  @ParameterizedTest
  @ValueSource(strings = {"funnel", "paths"})
  void aLinkFollowsNobody(String report) throws Exception {
    String secret = secret(add("{\"name\":\"Board\"}"));

    HttpResponse<String> refused =
        application.send(
            application
                .request("/api/v2/" + report)
                .header("Sporlos-Link", secret)
                .POST(BodyPublishers.ofString("{\"site_id\":\"example.com\"}")));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("open to the members");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/me",
        "/api/v1/sites",
        "/api/v1/sites/example.com",
        "/api/v1/sites/goals?site_id=example.com",
        "/api/v1/sites/example.com/shared-links"
      })
  void aLinkIsNobodyToOwners(String path) throws Exception {
    String secret = secret(add("{\"name\":\"Board\"}"));

    assertThat(
            application.send(application.request(path).header("Sporlos-Link", secret)).statusCode())
        .isIn(401, 404);
  }

  @Test
  void theOlderStatisticsAreRoundedToo() throws Exception {
    String secret = secret(add("{\"name\":\"Board\"}"));

    HttpResponse<String> figures =
        application.send(
            application
                .request(
                    "/api/v1/stats/aggregate?site_id=example.com&period=7d&metrics=visits&compare=previous_period")
                .header("Sporlos-Link", secret));

    assertThat(figures.statusCode()).as(figures.body()).isEqualTo(200);
    assertThat(
            json(figures).getJsonObject("results").getJsonObject("visits").getInteger("value") % 5)
        .isZero();
  }

  @Test
  void aTokenOfScopeOutsideGetsWhatOutsidersGet() throws Exception {
    Tokens tokens = new Tokens(database.pool(), clock, new SecureRandom());
    String outside = tokens.create(Tokens.Terms.of(site.id(), Set.of(Scope.OUTSIDE))).await();
    String both =
        tokens.create(Tokens.Terms.of(site.id(), Set.of(Scope.OUTSIDE, Scope.STATS))).await();

    assertThat(json(asProgram(outside)).getJsonObject("meta").containsKey("rounded_to")).isTrue();
    assertThat(json(asProgram(both)).getJsonObject("meta").containsKey("rounded_to")).isFalse();
  }

  @Test
  void anAddressIsToldOnceAndEndsWhenItIsTakenBack() throws Exception {
    JsonObject added = add("{\"name\":\"Board\",\"expires\":\"2026-11-04\"}");
    String secret = secret(added);

    HttpResponse<String> again = post(owner, LINKS, "{\"name\":\"Board\"}");
    JsonObject listed = json(get(owner, LINKS)).getJsonArray("shared_links").getJsonObject(0);

    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body()).contains("told once");
    assertThat(listed.getString("name")).isEqualTo("Board");
    assertThat(listed.getString("expires")).isEqualTo("2026-11-04");
    assertThat(get(owner, LINKS).body()).doesNotContain(secret);
    assertThat(query(secret, "").statusCode()).isEqualTo(200);

    assertThat(delete(owner, LINKS + "/" + added.getInteger("id")).statusCode()).isEqualTo(200);

    assertThat(query(secret, "").statusCode()).isEqualTo(401);
    assertThat(page(secret).statusCode()).isEqualTo(404);
    assertThat(delete(owner, LINKS + "/" + added.getInteger("id")).statusCode()).isEqualTo(404);
    assertThat(audit()).isEqualTo("account " + owner.account() + " (owner) remove shared link");
  }

  @Test
  void aLinkThatHasExpiredOpensNothing() throws Exception {
    String secret = secret(add("{\"name\":\"Board\",\"expires\":\"2026-11-03\"}"));
    assertThat(page(secret).statusCode()).isEqualTo(200);

    clock.move(Duration.ofDays(1));

    assertThat(page(secret).statusCode()).isEqualTo(404);
    assertThat(query(secret, "").statusCode()).isEqualTo(401);
  }

  @Test
  void onlyOwnersShare() throws Exception {
    People.Person editor = people.member("edda", site.id(), Role.EDITOR);
    People.Person stranger = people.member("stig", other.id(), Role.OWNER);

    assertThat(post(editor, LINKS, "{\"name\":\"x\"}").statusCode()).isEqualTo(403);
    assertThat(get(editor, LINKS).statusCode()).isEqualTo(403);
    assertThat(post(stranger, LINKS, "{\"name\":\"x\"}").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"\"}",
        "{\"name\":\"x\",\"filters\":[[\"is\",\"visit:shoe\",[\"1\"]]]}",
        "{\"name\":\"x\",\"filters\":7}",
        "{\"name\":\"x\",\"frames\":[\"https://a.example; script-src *\"]}",
        "{\"name\":\"x\",\"frames\":[\"example.com\"]}",
        "{\"name\":\"x\",\"password\":\"short\"}",
        "{\"name\":\"x\",\"password\":\"a long enough one\",\"frames\":[\"*\"]}",
        "{\"name\":\"x\",\"expires\":\"soon\"}"
      })
  void saysWhatIsWrongWithALink(String link) throws Exception {
    HttpResponse<String> refused = post(owner, LINKS, link);

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(json(refused).getString("error")).isNotBlank();
  }

  @Test
  void aPageShowsFiguresWithoutScriptAndMayBeFramedWhereItsOwnerSays() throws Exception {
    String closed = secret(add("{\"name\":\"<i>Board</i>\"}"));
    String framed = secret(add("{\"name\":\"b\",\"frames\":[\"https://intra.example\"]}"));

    HttpResponse<String> page = page(closed);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("&lt;i&gt;Board", "/&lt;b&gt;").doesNotContain("<script");
    assertThat(page.body()).doesNotContain("<i>Board", "/<b>");
    assertThat(security(page)).contains("default-src 'none'").endsWith("frame-ancestors 'none'");
    assertThat(page.headers().firstValue("referrer-policy")).hasValue("no-referrer");
    assertThat(page.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(page.headers().allValues("set-cookie")).isEmpty();
    assertThat(security(page(framed))).endsWith("frame-ancestors https://intra.example");
  }

  @Test
  void thePageIsTheDashboardWhereTheJarHasOne() throws Exception {
    assumeThat(DashboardDocument.find())
        .as("dashboard/dist, which npm run build makes")
        .isNotNull();
    String secret = secret(add("{\"name\":\"b\",\"frames\":[\"https://intra.example\"]}"));

    HttpResponse<String> page = application.get("/share/" + secret);

    assertThat(page.body())
        .contains("<script", "href=\"?plain=1\"")
        .doesNotContain("<table", secret);
    assertThat(security(page))
        .contains("default-src 'none'", "require-trusted-types-for 'script'")
        .endsWith("frame-ancestors https://intra.example");
    assertThat(page.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(page.headers().firstValue("referrer-policy")).hasValue("no-referrer");
  }

  @Test
  void aPasswordIsAskedForOnceInABrowser() throws Exception {
    String secret = secret(add("{\"name\":\"Board\",\"password\":\"correct horse\"}"));

    HttpResponse<String> asked = page(secret);
    HttpResponse<String> wrong = give(secret, "battery staple");
    HttpResponse<String> right = give(secret, "correct horse");

    assertThat(asked.body()).contains("type=\"password\"").doesNotContain("<table");
    assertThat(query(secret, "").statusCode()).isEqualTo(401);
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.headers().allValues("set-cookie")).isEmpty();
    assertThat(right.statusCode()).isEqualTo(303);
    String cookie = right.headers().firstValue("set-cookie").orElseThrow().split(";", -1)[0];
    assertThat(cookie).startsWith("sporlos-link=");
    assertThat(
            application
                .send(application.request("/share/" + secret + "?plain=1").header("Cookie", cookie))
                .body())
        .contains("<table");
    assertThat(withCookie(secret, cookie).statusCode()).isEqualTo(200);
    assertThat(withCookie(secret(add("{\"name\":\"b\",\"password\":\"correct horse\"}")), cookie))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(401);

    clock.move(Duration.ofHours(13));

    assertThat(withCookie(secret, cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void guessingAPasswordTakesEverLonger() throws Exception {
    String secret = secret(add("{\"name\":\"Board\",\"password\":\"correct horse\"}"));
    for (int i = 0; i < 5; i++) {
      assertThat(give(secret, "wrong guess").statusCode()).isEqualTo(401);
    }
    give(secret, "wrong guess");

    assertThat(give(secret, "correct horse").statusCode()).isEqualTo(429);

    clock.move(Duration.ofMinutes(15));
    assertThat(give(secret, "correct horse").statusCode()).isEqualTo(303);
  }

  @Test
  void aPasswordIsGivenOnAPageOfThisHost() throws Exception {
    String secret = secret(add("{\"name\":\"Board\",\"password\":\"correct horse\"}"));

    assertThat(
            application
                .send(
                    application
                        .request("/share/" + secret)
                        .header("Sec-Fetch-Site", "cross-site")
                        .POST(BodyPublishers.ofString("password=correct+horse")))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void aSiteIsPublicIfItsOwnerSaysSo() throws Exception {
    assertThat(application.get("/public/example.com").statusCode()).isEqualTo(404);
    assertThat(application.get("/badge/example.com.svg").statusCode()).isEqualTo(404);
    assertThat(query("public", "").statusCode()).isEqualTo(401);

    makePublic();

    HttpResponse<String> page = application.get("/public/example.com");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(security(page)).endsWith("frame-ancestors *");
    assertThat(query("public", "").statusCode()).isEqualTo(200);
    assertThat(
            json(application.send(
                    application
                        .request("/api/shared?site_id=example.com")
                        .header("Sporlos-Link", "public")))
                .getInteger("rounded_to"))
        .isEqualTo(5);
    assertThat(application.get("/public/other.example").statusCode()).isEqualTo(404);
    assertThat(
            application
                .send(application.request("/api/v2/query").POST(BodyPublishers.ofString(QUERY)))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void aBadgeIsAPictureThatCachesKeep() throws Exception {
    makePublic();

    HttpResponse<String> badge = application.get("/badge/example.com.svg");

    assertThat(badge.statusCode()).isEqualTo(200);
    assertThat(badge.headers().firstValue("content-type")).hasValue("image/svg+xml");
    assertThat(badge.headers().firstValue("cache-control")).hasValue("public, max-age=3600");
    assertThat(badge.headers().firstValue("cross-origin-resource-policy")).hasValue("cross-origin");
    assertThat(badge.headers().allValues("set-cookie")).isEmpty();
    assertThat(badge.body()).contains("page views in 30 days").doesNotContain("<script");
    assertThat(Integer.parseInt(badge.body().replaceAll("(?s).*30 days: (\\d+)<.*", "$1")) % 5)
        .isZero();
    assertThat(application.get("/badge/example.com.svg?of=visits&lang=da").body())
        .contains("besøg på 30 dage");
  }

  private void makePublic() throws Exception {
    database
        .pool()
        .preparedQuery(
            "insert into site_setting (site_id, name, value) values ($1, 'public', 'on')")
        .execute(Tuple.of(site.id().value()))
        .await();
    // Whoever changes a site by the API has the process look at the sites again.
    HttpResponse<String> changed =
        application.send(
            owner
                .signForm(application.request("/api/v1/sites/example.com"))
                .PUT(BodyPublishers.ofString("{\"domain\":\"example.com\"}")));
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
  }

  private JsonObject add(String link) throws Exception {
    HttpResponse<String> added = post(owner, LINKS, link);
    assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
    return json(added);
  }

  private static String secret(JsonObject added) {
    String url = added.getString("url");
    assertThat(url).matches("http://127\\.0\\.0\\.1:\\d+/share/[\\w-]{43}");
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private HttpResponse<String> query(String secret, String more) throws Exception {
    return application.send(question(secret, more));
  }

  private HttpResponse<String> withCookie(String secret, String cookie) throws Exception {
    return application.send(question(secret, "").header("Cookie", cookie));
  }

  private HttpRequest.Builder question(String secret, String more) {
    return application
        .request("/api/v2/query")
        .header("Sporlos-Link", secret)
        .POST(BodyPublishers.ofString(QUERY.formatted(more)));
  }

  private HttpResponse<String> asProgram(String token) throws Exception {
    return application.send(
        application
            .request("/api/v2/query")
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(QUERY.formatted(""))));
  }

  private HttpResponse<String> page(String secret) throws Exception {
    return application.get("/share/" + secret + "?plain=1");
  }

  private HttpResponse<String> give(String secret, String password) throws Exception {
    return application.send(
        application
            .request("/share/" + secret)
            .header("Sec-Fetch-Site", "same-origin")
            .POST(
                BodyPublishers.ofString(
                    "password=" + URLEncoder.encode(password, StandardCharsets.UTF_8))));
  }

  private static String security(HttpResponse<String> page) {
    return page.headers().firstValue("content-security-policy").orElseThrow();
  }

  private HttpResponse<String> get(People.Person person, String path) throws Exception {
    return application.send(person.sign(application.request(path)));
  }

  private HttpResponse<String> post(People.Person person, String path, String body)
      throws Exception {
    return application.send(
        person.signForm(application.request(path)).POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> delete(People.Person person, String path) throws Exception {
    return application.send(person.signForm(application.request(path)).DELETE());
  }

  private String audit() {
    return database
        .pool()
        .query("select actor || ' ' || action || ' ' || what from audit order by id desc limit 1")
        .execute()
        .await()
        .iterator()
        .next()
        .getString(0);
  }

  private static JsonObject json(HttpResponse<String> response) {
    return new JsonObject(response.body());
  }
}
