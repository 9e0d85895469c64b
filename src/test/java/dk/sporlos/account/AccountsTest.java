package dk.sporlos.account;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import io.vertx.sqlclient.Row;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in and looking after an account, over HTTP and a database. */
class AccountsTest {
  private static final String ANNA = "anna@example.com";
  private static final String PASSWORD = "en hest spiser gulerødder";
  private static final String OTHER = "to heste spiser ikke noget";
  private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([\\w-]+)\"");
  private static final Pattern KEY = Pattern.compile("<code>((?:[A-Z2-7]{4} ?)+)</code>");
  private static final Pattern CODE = Pattern.compile("<li><code>([A-Z2-7-]{19})</code>");

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private TestPool database;
  private RunningApplication application;

  @BeforeEach
  void start() {
    DatabaseUrl url = TestDatabase.create();
    database = TestPool.of(url);
    application = RunningApplication.on(url, clock, new SecureRandom());
  }

  @AfterEach
  void stop() {
    application.close();
    database.close();
  }

  @Test
  void theFirstAccountIsMadeByALinkThatOpensOnce() throws Exception {
    String link = application.linkToSetUp();
    HttpResponse<String> page = get(link, "");
    HttpResponse<String> made = setUp(link, ANNA, PASSWORD);
    HttpResponse<String> again = setUp(link, "eve@example.com", OTHER);

    assertThat(page.body()).contains("Welcome to Sporløs", "name=\"email\"");
    assertThat(made.statusCode()).isEqualTo(303);
    assertThat(again.statusCode()).isEqualTo(404);
    assertThat(application.linkToSetUp()).isNull();
    assertThat(rows("select email, admin from account"))
        .extracting(row -> row.getString(0) + row.getBoolean(1))
        .containsExactly(ANNA + "true");
  }

  @Test
  void ofTwoWhoOpenOneLinkAtOnceOneMakesTheAccount() throws Exception {
    String link = application.linkToSetUp();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Callable<Integer>> tries =
        List.of(1, 2, 3, 4).stream()
            .<Callable<Integer>>map(
                i -> () -> setUp(link, "a" + i + "@example.com", PASSWORD).statusCode())
            .toList();

    List<Integer> outcomes =
        threads.invokeAll(tries).stream().map(AccountsTest::outcome).sorted().toList();
    threads.shutdown();

    assertThat(outcomes).containsExactly(303, 404, 404, 404);
    assertThat(rows("select from account")).hasSize(1);
  }

  @Test
  void aLinkToSetUpHoldsForHalfAnHourAndUntilTheNextIsMade() throws Exception {
    String first = application.linkToSetUp();
    String second = application.linkToSetUp();

    assertThat(get(first, "").statusCode()).isEqualTo(404);
    assertThat(get(second, "").statusCode()).isEqualTo(200);

    clock.move(Duration.ofMinutes(31));

    assertThat(get(second, "").statusCode()).isEqualTo(404);
    assertThat(setUp(second, ANNA, PASSWORD).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "unbelievable", "anna@example.com", "Password2026!"})
  void aPasswordThatIsEasilyGuessedIsRefusedAndTheLinkStillHolds(String password) throws Exception {
    String link = application.linkToSetUp();

    assertThat(setUp(link, ANNA, password).statusCode()).isEqualTo(400);
    assertThat(setUp(link, ANNA, PASSWORD).statusCode()).isEqualTo(303);
  }

  @Test
  void whoKnowsThePasswordIsIn() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);

    HttpResponse<String> in = signIn(" Anna@Example.com ", PASSWORD);
    HttpResponse<String> page = get("/account", cookie(in));

    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(in.headers().firstValue("set-cookie").orElseThrow())
        .contains("sporlos-session=", "HTTPOnly", "SameSite=Lax", "Path=/")
        .doesNotContain("Max-Age", "Expires");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains(ANNA, "Your account");
    assertThat(page.headers().firstValue("cache-control")).contains("no-store");
  }

  @Test
  void nothingThatWouldOpenAnAccountIsStoredAsItIs() throws Exception {
    String link = application.linkToSetUp();
    String secret = link.substring(link.lastIndexOf('/') + 1);
    setUp(link, ANNA, PASSWORD);
    String cookie = cookie(signIn(ANNA, PASSWORD));

    String stored =
        rows("select account.*, session.* from account, session").stream()
            .map(row -> row.deepToString())
            .collect(Collectors.joining());

    assertThat(stored)
        .contains("$argon2id$")
        .doesNotContain(PASSWORD, secret, cookie.substring(cookie.indexOf('=') + 1));
  }

  @Test
  void aWrongPasswordAndAnUnknownAddressAreAnsweredAlike() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);

    HttpResponse<String> wrong = signIn(ANNA, OTHER);
    HttpResponse<String> unknown = signIn("eve@example.com", OTHER);

    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.body().replace("eve@example.com", ANNA)).isEqualTo(wrong.body());
    assertThat(wrong.headers().firstValue("set-cookie")).isEmpty();
  }

  @Test
  void whoeverGuessesHasToWaitWhetherThereIsAnAccountOrNot() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    for (String email : List.of(ANNA, "eve@example.com")) {
      for (int i = 0; i < 5; i++) {
        assertThat(signIn(email, OTHER).statusCode()).isEqualTo(401);
      }
      assertThat(signIn(email, OTHER).statusCode()).isEqualTo(429);
    }
    assertThat(signIn(ANNA, PASSWORD).statusCode()).isEqualTo(429);

    clock.move(Duration.ofSeconds(1));

    assertThat(signIn(ANNA, PASSWORD).statusCode()).isEqualTo(303);
  }

  @Test
  void aNetworkThatGuessesOnManyAccountsHasToWait() throws Exception {
    for (int i = 0; i < 30; i++) {
      assertThat(signIn("a" + i + "@example.com", OTHER).statusCode()).isEqualTo(401);
    }

    assertThat(signIn("b@example.com", OTHER).statusCode()).isEqualTo(429);

    clock.move(Duration.ofMinutes(11));

    assertThat(signIn("b@example.com", OTHER).statusCode()).isEqualTo(401);
  }

  @Test
  void aSessionEndsWhenItIsNotUsedAndAfterThirtyDaysHoweverItIsUsed() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    String idle = cookie(signIn(ANNA, PASSWORD));

    clock.move(Duration.ofHours(23));
    assertThat(get("/account", idle).statusCode()).isEqualTo(200);
    clock.move(Duration.ofHours(23));
    assertThat(get("/account", idle).statusCode()).isEqualTo(200);
    clock.move(Duration.ofHours(25));
    assertThat(get("/account", idle).statusCode()).isEqualTo(303);

    String used = cookie(signIn(ANNA, PASSWORD));
    for (int hours = 0; hours + 20 < 30 * 24; hours += 20) {
      clock.move(Duration.ofHours(20));
      assertThat(get("/account", used).statusCode()).isEqualTo(200);
    }
    clock.move(Duration.ofHours(20));
    assertThat(get("/account", used).statusCode()).isEqualTo(303);
  }

  @Test
  void signingOutEndsTheSessionItself() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    String cookie = cookie(signIn(ANNA, PASSWORD));

    HttpResponse<String> out = post("/sign-out", cookie, Map.of("token", token(cookie)));

    assertThat(out.headers().firstValue("set-cookie").orElseThrow()).contains("Max-Age=0");
    assertThat(get("/account", cookie).statusCode()).isEqualTo(303);
    assertThat(rows("select from session")).isEmpty();
  }

  @Test
  void aCookieThatSomebodyBroughtBeforeSigningInIsNotWhatOpensTheAccount() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    String planted = "sporlos-session=planted-by-somebody-else";

    HttpResponse<String> in =
        application.send(form("/sign-in", planted, Map.of("email", ANNA, "password", PASSWORD)));

    assertThat(cookie(in)).isNotEqualTo(planted);
    assertThat(get("/account", planted).statusCode()).isEqualTo(303);
  }

  @Test
  void aFormOfAnotherHostOrAnotherSessionChangesNothing() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    String cookie = cookie(signIn(ANNA, PASSWORD));
    String other = cookie(signIn(ANNA, PASSWORD));
    Map<String, String> wish = Map.of("password", PASSWORD, "new-password", OTHER);

    assertThat(post("/account/password", cookie, wish).statusCode()).isEqualTo(403);
    assertThat(post("/account/password", cookie, plus(wish, "token", token(other))).statusCode())
        .isEqualTo(403);
    assertThat(
            application
                .send(
                    form("/account/password", cookie, plus(wish, "token", token(cookie)))
                        .header("Origin", "https://evil.example"))
                .statusCode())
        .isEqualTo(403);
    assertThat(signIn(ANNA, PASSWORD).statusCode()).isEqualTo(303);
  }

  @Test
  void aNewPasswordEndsTheOtherSessions() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    String here = cookie(signIn(ANNA, PASSWORD));
    String elsewhere = cookie(signIn(ANNA, PASSWORD));

    HttpResponse<String> wrong =
        post(
            "/account/password",
            here,
            Map.of("token", token(here), "password", OTHER, "new-password", OTHER));
    HttpResponse<String> changed =
        post(
            "/account/password",
            here,
            Map.of("token", token(here), "password", PASSWORD, "new-password", OTHER));

    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(get("/account", here).statusCode()).isEqualTo(200);
    assertThat(get("/account", elsewhere).statusCode()).isEqualTo(303);
    assertThat(signIn(ANNA, PASSWORD).statusCode()).isEqualTo(401);
    assertThat(signIn(ANNA, OTHER).statusCode()).isEqualTo(303);
  }

  @Test
  void aSessionIsEndedFromAnotherButNotSomebodyElses() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    join("eve@example.com", OTHER);
    String anna = cookie(signIn(ANNA, PASSWORD));
    String eve = cookie(signIn("eve@example.com", OTHER));
    String number = rows("select id from session order by id").get(0).getInteger(0).toString();

    post("/account/sessions/end", eve, Map.of("token", token(eve), "session", number));
    assertThat(get("/account", anna).statusCode()).isEqualTo(200);

    String again = cookie(signIn(ANNA, PASSWORD));
    post("/account/sessions/end", again, Map.of("token", token(again), "session", number));
    assertThat(get("/account", anna).statusCode()).isEqualTo(303);
  }

  @Test
  void withADeviceThePasswordAloneOpensNothing() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    Device device = setUpDevice(cookie(signIn(ANNA, PASSWORD)));
    clock.move(Duration.ofSeconds(30));

    HttpResponse<String> half = signIn(ANNA, PASSWORD);
    String cookie = cookie(half);

    assertThat(half.headers().firstValue("location").orElseThrow()).startsWith("/sign-in/code");
    assertThat(get("/account", cookie).statusCode()).isEqualTo(303);
    assertThat(post("/account/sessions/end-others", cookie, Map.of("token", "x")).statusCode())
        .isEqualTo(303);
    assertThat(code(cookie, "000000").statusCode()).isEqualTo(401);

    HttpResponse<String> in = code(cookie, device.code());

    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(cookie(in)).isNotEqualTo(cookie);
    assertThat(get("/account", cookie(in)).statusCode()).isEqualTo(200);
    assertThat(get("/account", cookie).statusCode()).isEqualTo(303);
  }

  @Test
  void aCodeIsTakenOnce() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    Device device = setUpDevice(cookie(signIn(ANNA, PASSWORD)));
    clock.move(Duration.ofSeconds(30));
    String code = device.code();
    String first = cookie(signIn(ANNA, PASSWORD));
    String second = cookie(signIn(ANNA, PASSWORD));

    assertThat(code(first, code).statusCode()).isEqualTo(303);
    assertThat(code(second, code).statusCode()).isEqualTo(401);
  }

  @Test
  void aCodeIsToComeWithinFiveMinutesOfThePassword() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    Device device = setUpDevice(cookie(signIn(ANNA, PASSWORD)));
    clock.move(Duration.ofSeconds(30));
    String half = cookie(signIn(ANNA, PASSWORD));

    clock.move(Duration.ofMinutes(6));

    assertThat(code(half, device.code()).headers().firstValue("location")).contains("/sign-in");
    assertThat(rows("select from session where complete")).hasSize(1);
  }

  @Test
  void aCodeForTheLossOfTheDeviceIsTakenOnceAndNoLongerOnceThereAreNewOnes() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    Device device = setUpDevice(cookie(signIn(ANNA, PASSWORD)));
    assertThat(device.recovery()).hasSize(10).doesNotHaveDuplicates();

    String written = device.recovery().get(0).toLowerCase(java.util.Locale.ROOT);
    HttpResponse<String> in = code(cookie(signIn(ANNA, PASSWORD)), written);
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(code(cookie(signIn(ANNA, PASSWORD)), written).statusCode()).isEqualTo(401);

    String cookie = cookie(in);
    post("/account/codes", cookie, Map.of("token", token(cookie), "password", PASSWORD));
    assertThat(code(cookie(signIn(ANNA, PASSWORD)), device.recovery().get(1)).statusCode())
        .isEqualTo(401);
  }

  @Test
  void codesAreNotGuessedByTryingMany() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    Device device = setUpDevice(cookie(signIn(ANNA, PASSWORD)));
    clock.move(Duration.ofSeconds(30));
    String half = cookie(signIn(ANNA, PASSWORD));
    for (int i = 0; i < 5; i++) {
      code(half, "00000" + i);
    }

    assertThat(code(half, device.code()).statusCode()).isEqualTo(429);
  }

  @Test
  void whatMattersIsDoneForThePasswordAlone() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    String cookie = cookie(signIn(ANNA, PASSWORD));
    setUpDevice(cookie);

    HttpResponse<String> wrong =
        post("/account/device/remove", cookie, Map.of("token", token(cookie), "password", OTHER));
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(rows("select from account where totp_step is null")).isEmpty();

    post("/account/device/remove", cookie, Map.of("token", token(cookie), "password", PASSWORD));
    assertThat(rows("select from account where totp_secret is null")).hasSize(1);
    assertThat(rows("select from recovery_code")).isEmpty();
  }

  @Test
  void aResetLinkGivesANewPasswordOnce() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    String session = cookie(signIn(ANNA, PASSWORD));
    String link = links().toReset(1).await();

    HttpResponse<String> done = post(link, "", Map.of("password", OTHER));

    assertThat(done.statusCode()).isEqualTo(303);
    assertThat(post(link, "", Map.of("password", PASSWORD)).statusCode()).isEqualTo(404);
    assertThat(get("/account", session).statusCode()).isEqualTo(303);
    assertThat(signIn(ANNA, OTHER).statusCode()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=y"
      })
  void signingInLeadsToNoOtherHost(String next) throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);

    HttpResponse<String> in =
        post("/sign-in", "", Map.of("email", ANNA, "password", PASSWORD, "next", next));

    assertThat(in.headers().firstValue("location")).contains("/account");
  }

  @Test
  void whatPeopleWriteIsShownAsTheyWroteIt() throws Exception {
    String name = "<script>alert('x')</script>";
    String link = application.linkToSetUp();
    post(link, "", Map.of("email", ANNA, "name", name, "password", PASSWORD));

    String page = get("/account", cookie(signIn(ANNA, PASSWORD))).body();

    assertThat(page).contains("&lt;script&gt;alert(&#39;x&#39;)").doesNotContain("<script");
  }

  @Test
  void nameAndLanguageAreTheHoldersToChoose() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    String cookie = cookie(signIn(ANNA, PASSWORD));
    String name = "Anna \"'; drop table account; -- <i>";

    post(
        "/account/profile", cookie, Map.of("token", token(cookie), "name", name, "language", "da"));
    HttpResponse<String> unfit =
        post(
            "/account/profile",
            cookie,
            Map.of("token", token(cookie), "name", "x".repeat(101), "language", "da"));

    assertThat(get("/account", cookie).body())
        .contains("Din konto", "Anna &quot;&#39;; drop table account; -- &lt;i&gt;");
    assertThat(unfit.statusCode()).isEqualTo(400);
    assertThat(rows("select name from account").get(0).getString(0)).isEqualTo(name);
  }

  @Test
  void aSecretInAnAddressOpensNothing() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    String cookie = cookie(signIn(ANNA, PASSWORD));
    String secret = cookie.substring(cookie.indexOf('=') + 1);

    for (String name : List.of("session", "sporlos-session", "token", "access_token")) {
      assertThat(get("/account?" + name + "=" + secret, "").statusCode()).isEqualTo(303);
    }
    assertThat(get("/sign-in?email=" + ANNA + "&password=secret", "").body()).doesNotContain(ANNA);
  }

  @Test
  void anOversizedCookieOpensNothingAndHarmsNothing() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);

    assertThat(get("/account", "sporlos-session=" + "x".repeat(5_000)).statusCode()).isEqualTo(303);
    assertThat(get("/account", "sporlos-session=" + "x".repeat(50_000)).statusCode())
        .isIn(400, 431);
    assertThat(signIn(ANNA, PASSWORD).statusCode()).isEqualTo(303);
  }

  @Test
  void withoutAMailServerThePageSaysWhoMakesANewPassword() throws Exception {
    assertThat(get("/sign-in/forgotten", "").body())
        .contains("sporlos user")
        .doesNotContain("<form");
    assertThat(post("/sign-in/forgotten", "", Map.of("email", ANNA)).statusCode()).isEqualTo(400);
  }

  @Test
  void sqlInAFieldIsAText() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);

    assertThat(signIn("' or 1=1 --@example.com", PASSWORD).statusCode()).isEqualTo(401);
    assertThat(signIn(ANNA, "' or '1'='1").statusCode()).isEqualTo(401);
    assertThat(get("/account", "sporlos-session=' or 1=1 --").statusCode()).isEqualTo(303);
  }

  @Test
  void twoCookiesOfOneNameOpenNothing() throws Exception {
    setUp(application.linkToSetUp(), ANNA, PASSWORD);
    String cookie = cookie(signIn(ANNA, PASSWORD));

    assertThat(get("/account", cookie + "; sporlos-session=other").statusCode()).isEqualTo(303);
  }

  private record Device(Totp totp, List<String> recovery, MovableClock clock) {
    String code() {
      return totp.code(clock.instant().getEpochSecond() / 30);
    }
  }

  private Device setUpDevice(String cookie) throws Exception {
    post("/account/device/prepare", cookie, Map.of("token", token(cookie), "password", PASSWORD));
    assertThat(get("/account/device.svg", cookie).body()).contains("<svg", "<path");
    String page = get("/account", cookie).body();
    Matcher key = KEY.matcher(page);
    assertThat(key.find()).isTrue();
    byte[] secret =
        new org.apache.commons.codec.binary.Base32().decode(key.group(1).replace(" ", ""));
    Totp totp = new Totp(io.vertx.core.buffer.Buffer.buffer(secret));
    Device unconfirmed = new Device(totp, List.of(), clock);
    String confirmed =
        post(
                "/account/device/confirm",
                cookie,
                Map.of("token", token(cookie), "code", unconfirmed.code()))
            .body();
    List<String> codes = CODE.matcher(confirmed).results().map(found -> found.group(1)).toList();
    return new Device(totp, codes, clock);
  }

  private void join(String email, String password) throws Exception {
    String link = links().toJoin(new Links.Invitation(Email.parse(email), null)).await();
    assertThat(post(link, "", Map.of("name", "Eve", "password", password)).statusCode())
        .isEqualTo(303);
  }

  private Links links() {
    return new Links(database.pool(), clock, new SecureRandom());
  }

  private HttpResponse<String> setUp(String link, String email, String password) throws Exception {
    return post(link, "", Map.of("email", email, "name", "Anna", "password", password));
  }

  private HttpResponse<String> signIn(String email, String password) throws Exception {
    return post("/sign-in", "", Map.of("email", email, "password", password));
  }

  private HttpResponse<String> code(String cookie, String code) throws Exception {
    return post("/sign-in/code", cookie, Map.of("code", code));
  }

  private String token(String cookie) throws Exception {
    Matcher token = TOKEN.matcher(get("/account", cookie).body());
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  private HttpResponse<String> get(String path, String cookie) throws Exception {
    return application.send(
        request(path, cookie)
            .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko Firefox/130.0"));
  }

  private HttpResponse<String> post(String path, String cookie, Map<String, String> fields)
      throws Exception {
    return application.send(form(path, cookie, fields));
  }

  private HttpRequest.Builder form(String path, String cookie, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return request(path, cookie).POST(BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder request(String path, String cookie) {
    HttpRequest.Builder request = application.request(path).header("Accept-Language", "en");
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> plus(Map<String, String> fields, String name, String value) {
    Map<String, String> more = new java.util.HashMap<>(fields);
    more.put(name, value);
    return more;
  }

  private static String cookie(HttpResponse<String> response) {
    String set = response.headers().firstValue("set-cookie").orElseThrow();
    return set.substring(0, set.indexOf(';'));
  }

  private static Integer outcome(java.util.concurrent.Future<Integer> done) {
    try {
      return done.get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException failure) {
      throw new AssertionError(failure);
    }
  }

  private List<Row> rows(String sql) {
    return StreamSupport.stream(database.pool().query(sql).execute().await().spliterator(), false)
        .toList();
  }
}
