package dk.sporlos.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.RunningServer;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page about a visitor's rights, over HTTP and a database. */
class RightsRoutesTest {
  private static final String PAGE = "/privacy?site=example.com&lang=en";
  private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"(\\w+)\"");
  private static final Pattern CODE = Pattern.compile("<code>([0-9a-f-]+)</code>");

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private DatabaseUrl url;
  private TestPool database;
  private RunningApplication application;

  @BeforeEach
  void start() {
    url = TestDatabase.create();
    database = TestPool.of(url);
    sql("insert into site (domain, timezone) values ('example.com', 'Europe/Copenhagen')");
    sql("insert into site (domain, timezone) values ('other.example', 'Europe/Copenhagen')");
    application = RunningApplication.on(url, clock, new SecureRandom());
  }

  @AfterEach
  void stop() {
    application.close();
    database.close();
  }

  @Test
  void theCopySaysWhatIsHeldOfTheVisitThatCameWithTheCookie() throws Exception {
    String cookie = consent("/first");
    view("/second", cookie);
    view("/third", cookie);

    JsonObject copy = new JsonObject(page(PAGE + "&format=json", cookie).body());

    JsonArray hits = copy.getJsonObject("visit").getJsonArray("hits");
    assertThat(hits)
        .extracting(hit -> ((JsonObject) hit).getString("path"))
        .containsExactly("/second", "/third");
    assertThat(
            rows("select visit, visitor, step, by_cookie from hit where by_cookie order by step"))
        .extracting(
            row ->
                row.getLong(0) + " " + row.getLong(1) + " " + row.getShort(2) + row.getBoolean(3))
        .isEqualTo(
            hits.stream()
                .map(JsonObject.class::cast)
                .map(
                    hit ->
                        hit.getString("visit")
                            + " "
                            + hit.getString("visitor")
                            + " "
                            + hit.getInteger("step")
                            + hit.getBoolean("byCookie"))
                .toList());
    assertThat(copy.encode()).doesNotContain(number(cookie));
  }

  @Test
  void thePageShowsTheVisitAndNothingOfTheCookieThatOpensIt() throws Exception {
    String cookie = consent("/first");
    view("/second", cookie);

    HttpResponse<String> page = page(PAGE, cookie);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("cache-control")).contains("no-store");
    assertThat(page.body())
        .contains("<html lang=\"en\"", "example.com/second", "week 45 of 2026")
        .doesNotContain("example.com/first", number(cookie));
  }

  @Test
  void aNeighbourWhoLooksAlikeSeesNothing() throws Exception {
    String cookie = consent("/first");
    view("/second", cookie);

    String page = page(PAGE, "").body();

    assertThat(page).contains("Article 11", "/privacy/object").doesNotContain("/second");
    assertThat(new JsonObject(page(PAGE + "&format=json", "").body()).containsKey("visit"))
        .isFalse();
  }

  @Test
  void aCookieThatWasMadeUpOpensNothing() throws Exception {
    String cookie = consent("/first");
    view("/second", cookie);

    String other = cookie.substring(0, cookie.length() - 22) + "AAAAAAAAAAAAAAAAAAAAAA";

    assertThat(page(PAGE, other).body()).contains("No visit is open").doesNotContain("/second");
  }

  @Test
  void erasingTakesTheHitsTheCookieAndWhatIsStillToCome() throws Exception {
    String cookie = consent("/first");
    view("/secret", cookie);
    long visit = rows("select visit from hit where by_cookie").get(0).getLong(0);

    HttpResponse<String> answer = post("/privacy/erase", cookie, Map.of());

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("location"))
        .hasValueSatisfying(where -> assertThat(where).endsWith("&result=erased"));
    assertThat(answer.headers().allValues("set-cookie"))
        .singleElement()
        .asString()
        .contains("=; Max-Age=0;");
    assertThat(rows("select 1 from hit where by_cookie")).isEmpty();
    assertThat(page(PAGE, cookie).body()).doesNotContain("/secret");

    sql(
        "insert into hit select site_id, slot, %d, visitor, at, 1, kind, page_id, name_id,"
                .formatted(visit)
            + " engaged_ms, scroll, interactive, true from hit limit 1");
    new Withholding(database.pool(), new SecureRandom(), clock).sift().await();

    assertThat(rows("select 1 from hit where by_cookie")).isEmpty();
    assertThat(rows("select 1 from hit")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"erase", "restrict", "correct", "withdraw", "object"})
  void aFormOfSomebodyElseChangesNothing(String action) throws Exception {
    String cookie = consent("/first");
    view("/second", cookie);
    String token = token(page(PAGE, "").body());

    HttpResponse<String> answer = send("/privacy/" + action, cookie, Map.of("token", token));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("Nothing has been changed");
    assertThat(answer.headers().allValues("set-cookie")).isEmpty();
    assertThat(rows("select 1 from hit where by_cookie")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Origin, https://evil.example",
    "Origin, null"
  })
  void aFormOnAnotherPageChangesNothing(String header, String value) throws Exception {
    String cookie = consent("/first");
    view("/second", cookie);
    String token = token(page(PAGE, cookie).body());

    HttpRequest.Builder request =
        request("/privacy/erase", cookie)
            .setHeader(header, value)
            .POST(BodyPublishers.ofString("site=example.com&token=" + token));

    assertThat(application.send(request).statusCode()).isEqualTo(403);
    assertThat(rows("select 1 from hit where by_cookie")).hasSize(1);
  }

  @Test
  void aFormOfTwoHoursAgoIsTooOldAndOneOfTheHourBeforeIsNot() throws Exception {
    String token = token(page(PAGE, "").body());

    clock.move(Duration.ofHours(1));
    assertThat(send("/privacy/object", "", Map.of("token", token)).statusCode()).isEqualTo(303);
    clock.move(Duration.ofHours(1));
    assertThat(send("/privacy/object", "", Map.of("token", token)).statusCode()).isEqualTo(403);
  }

  @Test
  void aFormOfOneNodeIsGoodAtAnother() throws Exception {
    String cookie = consent("/first");
    String token = token(page(PAGE, cookie).body());

    try (RunningApplication other = RunningApplication.on(url, clock, new SecureRandom())) {
      HttpRequest.Builder form =
          other
              .request("/privacy/withdraw")
              .setHeader("Cookie", cookie)
              .POST(BodyPublishers.ofString("lang=en&site=example.com&token=" + token));

      assertThat(other.send(form).headers().firstValue("location").orElse(""))
          .endsWith("&result=withdrawn");
    }
  }

  @ParameterizedTest
  @CsvSource({"da, Ukendt hjemmeside", "en, Unknown website"})
  void whatCannotBeAnsweredIsSaidToPeopleInTheirLanguage(String language, String title)
      throws Exception {
    HttpResponse<String> answer =
        application.send(
            request("/privacy?site=unknown.example", "")
                .setHeader("Accept", "text/html,*/*;q=0.8")
                .setHeader("Accept-Language", language));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    assertThat(answer.body())
        .contains("<html lang=\"" + language + "\"", "<h1>" + title)
        .doesNotContain("unknown.example");
  }

  @ParameterizedTest
  @CsvSource({
    "/privacy/erase, cross-site, 403, Nothing was changed",
    "/privacy/erase, same-origin, 413, Nothing was changed"
  })
  void aFormThatIsRefusedIsAnsweredWithAPage(String path, String from, int status, String title)
      throws Exception {
    String body = "site=example.com&token=" + "x".repeat(status == 413 ? 5_000 : 1);
    HttpResponse<String> answer =
        application.send(
            request(path, "")
                .setHeader("Accept", "text/html")
                .setHeader("Sec-Fetch-Site", from)
                .POST(BodyPublishers.ofString(body)));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("<h1>" + title);
  }

  @Test
  void programsAreToldInJsonWhatCannotBeAnswered() throws Exception {
    for (String accepted : List.of("application/json", "application/problem+json")) {
      HttpResponse<String> answer =
          application.send(
              request("/privacy?site=unknown.example", "").setHeader("Accept", accepted));

      assertThat(new JsonObject(answer.body()).getString("title")).isEqualTo("unknown-site");
    }
    assertThat(new JsonObject(page("/privacy?format=json", "").body()).getInteger("status"))
        .isEqualTo(404);
  }

  @Test
  void anUnknownSiteIsRefused() throws Exception {
    assertThat(page("/privacy?site=unknown.example", "").statusCode()).isEqualTo(404);
    assertThat(page("/privacy", "").statusCode()).isEqualTo(404);
    assertThat(
            send("/privacy/erase", "", Map.of("site", "unknown.example", "token", "x"))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void theCookieOfOneSiteOpensNothingOfAnother() throws Exception {
    String cookie = consent("/first");
    view("/second", cookie);

    assertThat(page("/privacy?site=other.example&lang=en", cookie).body()).contains("Article 11");
  }

  @Test
  void objectingKeepsAChoiceWithoutANumberAndLeadsToTheSite() throws Exception {
    String cookie = consent("/first");

    HttpResponse<String> answer = post("/privacy/object", cookie, Map.of());

    assertThat(answer.headers().allValues("set-cookie"))
        .anySatisfy(line -> assertThat(line).startsWith("sporlos-optout=1;"))
        .anySatisfy(line -> assertThat(line).contains("=; Max-Age=0;"))
        .hasSize(2);
    String page =
        page(answer.headers().firstValue("location").orElseThrow(), "sporlos-optout=1").body();
    assertThat(page).contains("https://example.com/#sporlos-optout", "/privacy/object/lift");
    assertThat(page(PAGE + "&stored=optout", "sporlos-optout=1").body())
        .contains("confirms that your choice is kept");
    assertThat(page(PAGE + "&stored=no", "sporlos-optout=1").body()).contains("could not keep");
    assertThat(page(PAGE + "&stored=%3Cb%3E", "").body()).doesNotContain("<b>");
  }

  @Test
  void objectingErasesTheOpenVisitWhereThatIsWished() throws Exception {
    String cookie = consent("/first");
    view("/second", cookie);

    HttpResponse<String> answer = post("/privacy/object", cookie, Map.of("erase", "1"));

    assertThat(answer.headers().allValues("set-cookie"))
        .anySatisfy(line -> assertThat(line).startsWith("sporlos-optout=1;"));
    assertThat(rows("select 1 from hit where by_cookie")).isEmpty();
  }

  @Test
  void anObjectionIsTakenBack() throws Exception {
    HttpResponse<String> answer = post("/privacy/object/lift", "sporlos-optout=1", Map.of());

    assertThat(answer.headers().firstValue("location").orElse(""))
        .endsWith("&result=objection-lifted");
    assertThat(answer.headers().allValues("set-cookie"))
        .singleElement()
        .asString()
        .startsWith("sporlos-optout=; Max-Age=0;");
  }

  @Test
  void restrictingMovesTheHitsAndTheCodePutsThemBackWithTheHour() throws Exception {
    String cookie = consent("/first");
    clock.move(Duration.ofMinutes(5));
    view("/second", cookie);

    HttpResponse<String> answer = post("/privacy/restrict", cookie, Map.of());

    assertThat(answer.statusCode()).isEqualTo(200);
    String code = found(CODE, answer.body());
    assertThat(rows("select 1 from hit where by_cookie")).isEmpty();
    assertThat(rows("select 1 from restricted_hit where at = '2026-11-02T10:00:00Z'")).hasSize(1);

    post("/privacy/restrict/lift", "", Map.of("code", "0".repeat(32)));
    assertThat(rows("select 1 from restricted_hit")).hasSize(1);
    HttpResponse<String> lifted = post("/privacy/restrict/lift", "", Map.of("code", code));

    assertThat(lifted.headers().firstValue("location").orElseThrow()).endsWith("result=lifted");
    assertThat(rows("select 1 from hit where by_cookie and at = '2026-11-02T10:00:00Z'"))
        .hasSize(1);
    assertThat(rows("select 1 from restricted_hit")).isEmpty();
  }

  @Test
  void theCodeDeletesWhatIsRestricted() throws Exception {
    String cookie = consent("/first");
    view("/second", cookie);
    String code = found(CODE, post("/privacy/restrict", cookie, Map.of()).body());

    post("/privacy/restrict/delete", "", Map.of("code", code.toUpperCase(java.util.Locale.ROOT)));

    assertThat(rows("select 1 from restricted_hit")).isEmpty();
    assertThat(rows("select 1 from hit where by_cookie")).isEmpty();
  }

  @Test
  void whatIsRestrictedIsDeletedAfterThirtyDays() throws Exception {
    String cookie = consent("/first");
    view("/second", cookie);
    post("/privacy/restrict", cookie, Map.of());
    Withholding withholding = new Withholding(database.pool(), new SecureRandom(), clock);

    clock.move(Duration.ofDays(30));
    withholding.expire().await();
    assertThat(rows("select 1 from restricted_hit")).hasSize(1);
    clock.move(Duration.ofDays(1));
    withholding.expire().await();

    assertThat(rows("select 1 from restricted_hit")).isEmpty();
    assertThat(rows("select 1 from withheld_visit")).isEmpty();
  }

  @Test
  void withdrawingTakesTheCookieAndTheVisitGoesOn() throws Exception {
    String cookie = consent("/first");
    view("/second", cookie);

    HttpResponse<String> answer = post("/privacy/withdraw", cookie, Map.of());
    view("/third", "");

    assertThat(answer.headers().allValues("set-cookie"))
        .singleElement()
        .asString()
        .contains("=; Max-Age=0;");
    assertThat(rows("select distinct visit from hit")).hasSize(1);
    assertThat(rows("select 1 from hit where by_cookie")).hasSize(1);
  }

  @Test
  void detailsAreCorrectedAndRemoved() throws Exception {
    String cookie = consent("/first");
    clock.move(Duration.ofMinutes(40));
    view("/second", cookie);
    assertThat(page(PAGE, cookie).body()).contains("detail-device", "detail-browser");

    HttpResponse<String> answer =
        post("/privacy/correct", cookie, Map.of("device", "Tablet", "browser", "-"));

    assertThat(answer.headers().firstValue("location").orElseThrow()).endsWith("result=corrected");
    assertThat(
            rows(
                "select device, browser, browser_version, os from hit join client"
                    + " on client.id = client_id where by_cookie"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getString(0)).isEqualTo("Tablet");
              assertThat(row.getString(1)).isEmpty();
              assertThat(row.getString(2)).isEmpty();
              assertThat(row.getString(3)).isNotEmpty();
            });
    assertThat(
            post("/privacy/correct", cookie, Map.of("device", "'; drop table hit"))
                .headers()
                .firstValue("location")
                .orElseThrow())
        .endsWith("result=not-corrected");
  }

  @Test
  void whoAsksTooOftenIsToldToWait() throws Exception {
    HttpResponse<String> last = page(PAGE, "");
    for (int asked = 0; asked < 70 && last.statusCode() == 200; asked++) {
      last = page(PAGE, "");
    }

    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.headers().firstValue("retry-after")).isPresent();
  }

  @Test
  void itIsSaidThatGlobalPrivacyControlIsObeyed() throws Exception {
    assertThat(new JsonObject(application.get("/.well-known/gpc.json").body()))
        .isEqualTo(new JsonObject().put("gpc", true).put("lastUpdate", "2026-11-26"));
  }

  @Test
  void thePageSpeaksTheLanguageOfTheBrowser() throws Exception {
    String page =
        application
            .send(request("/privacy?site=example.com", "").setHeader("Accept-Language", "da"))
            .body();

    assertThat(page).contains("<html lang=\"da\"", "Dine rettigheder på example.com");
  }

  /** Views a page with consent; the cookie that is given. */
  private String consent(String path) throws Exception {
    HttpResponse<String> answer = beacon(path, "", ", \"c\": 1");
    String line = answer.headers().firstValue("set-cookie").orElseThrow();
    return line.substring(0, line.indexOf(';'));
  }

  private void view(String path, String cookie) throws Exception {
    assertThat(beacon(path, cookie, "").statusCode()).isEqualTo(202);
  }

  private HttpResponse<String> beacon(String path, String cookie, String more) throws Exception {
    String body =
        "{\"d\": \"example.com\", \"u\": \"https://example.com%s\"%s}".formatted(path, more);
    return application.send(request("/b", cookie).POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> page(String path, String cookie) throws Exception {
    return application.send(request(path, cookie));
  }

  /** Sends a form as it is on the page of this browser. */
  private HttpResponse<String> post(String path, String cookie, Map<String, String> fields)
      throws Exception {
    Map<String, String> all = new java.util.HashMap<>(fields);
    all.put("token", token(page(PAGE, cookie).body()));
    return send(path, cookie, all);
  }

  private HttpResponse<String> send(String path, String cookie, Map<String, String> fields)
      throws Exception {
    String body =
        fields.entrySet().stream()
            .map(field -> "&" + field.getKey() + "=" + field.getValue().replace(" ", "+"))
            .collect(Collectors.joining());
    String site = fields.containsKey("site") ? "" : "&site=example.com";
    return application.send(
        request(path, cookie).POST(BodyPublishers.ofString("lang=en" + site + body)));
  }

  private HttpRequest.Builder request(String path, String cookie) {
    HttpRequest.Builder request =
        application
            .request(path)
            .setHeader("User-Agent", RunningServer.BROWSER)
            .setHeader("Accept-Language", "en");
    return cookie.isEmpty() ? request : request.setHeader("Cookie", cookie);
  }

  private static String token(String page) {
    return found(TOKEN, page);
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return Objects.requireNonNull(matcher.group(1));
  }

  private static String number(String cookie) {
    return cookie.substring(cookie.lastIndexOf('.') + 1);
  }

  private void sql(String statement) {
    database.pool().query(statement).execute().await();
  }

  private List<Row> rows(String statement) {
    return StreamSupport.stream(
            database.pool().query(statement).execute().await().spliterator(), false)
        .toList();
  }
}
