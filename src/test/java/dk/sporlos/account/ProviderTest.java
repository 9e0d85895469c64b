package dk.sporlos.account;

import static dk.sporlos.account.Person.location;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing in by a provider that may lie, over HTTP and a database. */
class ProviderTest {
  private static final Sessions.Rules STRICT =
      new Sessions.Rules(Duration.ofHours(24), Duration.ofDays(30), /* secondStep= */ true);
  private static final JsonObject ANNA =
      new JsonObject()
          .put("sub", "anna-1")
          .put("email", "Anna@Example.com")
          .put("email_verified", true)
          .put("name", "Anna <b>Berg</b>")
          .put("groups", new JsonArray().add("it"));

  private MadeUpProvider provider;
  private DatabaseUrl url;
  private TestPool database;
  private RunningApplication application;
  private Person anna;

  @BeforeEach
  void start() {
    provider = new MadeUpProvider().person(ANNA);
    url = TestDatabase.create();
    database = TestPool.of(url);
    start(/* passwords= */ true);
    rows("insert into site (domain, timezone) values ('example.com', 'Europe/Copenhagen')");
    rows("insert into site (domain, timezone) values ('other.example', 'Europe/Copenhagen')");
  }

  private void start(boolean passwords) {
    SignInSettings settings =
        new SignInSettings(
            STRICT,
            passwords,
            URI.create("https://stats.example.com"),
            new ProviderSettings(
                provider.issuer(),
                MadeUpProvider.CLIENT,
                MadeUpProvider.SECRET,
                "Kontoret",
                List.of("openid", "email"),
                "groups",
                GroupRoles.parse(
                    "it=admin; marketing = viewer; agency=editor@example.com;"
                        + "agency=viewer@nowhere.example"),
                /* trustsAddresses= */ false),
            /* mail= */ null);
    application = RunningApplication.on(url, settings, Clock.systemUTC(), new SecureRandom());
    anna = new Person(application, "anna@example.com");
  }

  @AfterEach
  void stop() {
    application.close();
    database.close();
    provider.close();
  }

  @Test
  void whoseGroupHasARoleGetsAnAccountAndIsIn() throws Exception {
    assertThat(anna.get("/sign-in").body()).contains("Sign in with Kontoret");
    HttpResponse<String> left = anna.get("/sign-in/provider?next=/account?x=1");
    Map<String, String> asked = MadeUpProvider.fields(URI.create(location(left)).getRawQuery());

    HttpResponse<String> back = comeBack(left);

    assertThat(location(left)).startsWith(provider.issuer() + "/authorize?");
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("scope", "openid email")
        .containsEntry("redirect_uri", "https://stats.example.com/sign-in/provider/callback")
        .containsEntry("code_challenge_method", "S256");
    assertThat(left.headers().firstValue("set-cookie").orElseThrow())
        .contains("sporlos-provider=", "HTTPOnly", "SameSite=Lax");
    assertThat(back.statusCode()).isEqualTo(303);
    assertThat(location(back)).isEqualTo("/account?x=1");
    assertThat(anna.get("/account").body()).contains("anna@example.com", "Anna &lt;b&gt;");
    assertThat(accounts()).containsExactly("anna@example.com admin");
    assertThat(texts("select way from session")).containsExactly("provider");
  }

  @Test
  void whatPassesBetweenTellsNothingOfTheSecretInTheCookie() throws Exception {
    HttpResponse<String> left = anna.get("/sign-in/provider");
    String cookie = left.headers().firstValue("set-cookie").orElseThrow();
    String secret = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf('.'));

    assertThat(secret).hasSizeGreaterThan(40);
    assertThat(location(left)).doesNotContain(secret);
    assertThat(location(anna.get("/sign-in/provider"))).isNotEqualTo(location(left));
  }

  @Test
  void whoHasAnAccountAlreadyIsKnownByTheVerifiedAddressAndFromThenOnByTheSubject()
      throws Exception {
    anna.setUp();
    provider.person(ANNA.copy().put("groups", new JsonArray()));

    assertThat(location(signIn())).isEqualTo("/account");
    provider.person(ANNA.copy().put("email", "anna@new.example").put("groups", new JsonArray()));
    assertThat(location(signIn())).isEqualTo("/account");

    assertThat(accounts()).containsExactly("anna@example.com admin");
    assertThat(texts("select subject from provider_account")).containsExactly("anna-1");
  }

  @Test
  void anAddressThatIsNotVerifiedOpensNobodysAccountAndMakesNone() throws Exception {
    anna.setUp();
    provider.person(ANNA.copy().put("email_verified", false));
    assertThat(signIn().statusCode()).isEqualTo(403);
    provider.person(ANNA.copy().put("email_verified", "true"));
    assertThat(signIn().statusCode()).isEqualTo(403);
    provider.person(ANNA.copy().put("email", "eve@example.com").putNull("email_verified"));
    HttpResponse<String> refused = signIn();

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("Kontoret tells no e-mail address that is verified");
    assertThat(accounts()).hasSize(1);
    assertThat(texts("select way from session")).isEmpty();
  }

  @Test
  void whoseGroupsHaveNoRoleGetsNoAccount() throws Exception {
    provider.person(ANNA.copy().put("groups", new JsonArray().add("canteen").add(7)));

    HttpResponse<String> refused = signIn();

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("none of your groups has access here");
    assertThat(accounts()).isEmpty();
  }

  @Test
  void rolesAreThoseOfTheGroupsAtEachSignIn() throws Exception {
    provider.person(ANNA.copy().put("groups", new JsonArray().add("marketing").add("agency")));
    signIn();
    assertThat(texts("select site_id || role from provider_role order by 1"))
        .containsExactly("0viewer", "1editor");
    assertThat(members().sites(1).await()).isEqualTo(Map.of(1, Role.EDITOR, 2, Role.VIEWER));
    assertThat(members().role(1, new dk.sporlos.site.SiteId(2)).await()).isEqualTo(Role.VIEWER);
    assertThat(accounts()).containsExactly("anna@example.com -");

    provider.person(ANNA.copy().put("groups", "it"));
    signIn();
    assertThat(accounts()).containsExactly("anna@example.com admin");
    assertThat(members().sites(1).await()).isEmpty();
  }

  @Test
  void whoLostAllGroupsIsInNoLongerAnywhere() throws Exception {
    signIn();
    Person elsewhere = new Person(application, "anna@example.com");
    provider.person(ANNA.copy().put("groups", new JsonArray()));

    HttpResponse<String> refused = signIn(elsewhere);

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(location(anna.get("/account"))).startsWith("/sign-in");
    assertThat(texts("select role from provider_role")).isEmpty();
  }

  @Test
  void tokensThatAreNotWhatTheyHaveToBeSignNobodyIn() throws Exception {
    long now = Instant.now().getEpochSecond();
    Map<String, UnaryOperator<JsonObject>> lies =
        Map.ofEntries(
            Map.entry("issuer", said -> said.put("iss", "https://evil.example")),
            Map.entry("no issuer", said -> said.putNull("iss")),
            Map.entry("audience", said -> said.put("aud", "another")),
            Map.entry(
                "audiences", said -> said.put("aud", new JsonArray().add("sporlos").add("x"))),
            Map.entry("no audience", said -> without(said, "aud")),
            Map.entry("party", said -> said.put("azp", "another")),
            Map.entry("nonce", said -> said.put("nonce", "another")),
            Map.entry("no nonce", said -> without(said, "nonce")),
            Map.entry("expired", said -> said.put("exp", now - 90)),
            Map.entry("no end", said -> without(said, "exp")),
            Map.entry("future", said -> said.put("iat", now + 90)),
            Map.entry("not yet", said -> said.put("nbf", now + 90)),
            Map.entry("no subject", said -> without(said, "sub")),
            Map.entry("long subject", said -> said.put("sub", "x".repeat(256))));
    for (Map.Entry<String, UnaryOperator<JsonObject>> lie : lies.entrySet()) {
      provider.lie(lie.getValue());
      assertThat(signIn().statusCode()).as(lie.getKey()).isEqualTo(502);
    }
    provider.lie(UnaryOperator.identity());
    Map<String, UnaryOperator<String>> forgeries =
        Map.of(
            "unsigned",
            provider::unsigned,
            "a signature that is none",
            token -> token.substring(0, token.length() - 8) + "AAAAAAAA",
            "a key that everybody knows",
            provider::signedByPublicKey,
            "no token",
            token -> "x");
    for (Map.Entry<String, UnaryOperator<String>> forgery : forgeries.entrySet()) {
      provider.forge(forgery.getValue());
      assertThat(signIn().statusCode()).as(forgery.getKey()).isEqualTo(502);
    }
    assertThat(texts("select way from session")).isEmpty();
    assertThat(accounts()).isEmpty();
  }

  @Test
  void clocksMayDifferByAMinute() throws Exception {
    long now = Instant.now().getEpochSecond();
    provider.lie(said -> said.put("iat", now + 40).put("nbf", now + 40));
    assertThat(location(signIn())).isEqualTo("/account");
    provider.lie(said -> said.put("exp", now - 40));
    assertThat(location(signIn())).isEqualTo("/account");
  }

  @Test
  void aProviderThatDoesNotKnowThisServerSignsNobodyIn() throws Exception {
    provider.forgetClient();

    HttpResponse<String> refused = signIn();

    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(refused.body()).contains("Tell whoever runs this server");
  }

  @Test
  void keysMayChange() throws Exception {
    signIn();

    provider.changeKey(/* publish= */ true);

    assertThat(location(signIn())).isEqualTo("/account");
  }

  @Test
  void aKeyThatIsNotPublishedSignsNobodyIn() throws Exception {
    signIn();

    provider.stealName();
    assertThat(signIn().statusCode()).isEqualTo(502);
    provider.changeKey(/* publish= */ false);
    assertThat(signIn().statusCode()).isEqualTo(502);
  }

  @Test
  void aBrowserThatWasNotSentComesBackInVain() throws Exception {
    HttpResponse<String> left = anna.get("/sign-in/provider");
    String query = provider.authorize(location(left));
    Person eve = new Person(application, "eve@example.com");

    assertThat(eve.get("/sign-in/provider/callback?" + query).statusCode()).isEqualTo(400);
    eve.get("/sign-in/provider");
    assertThat(eve.get("/sign-in/provider/callback?" + query).statusCode()).isEqualTo(400);
    assertThat(
            anna.get("/sign-in/provider/callback?" + query + "&iss=https://evil.example")
                .statusCode())
        .isEqualTo(502);
    assertThat(texts("select way from session")).isEmpty();
  }

  @Test
  void nobodyComesBackTwice() throws Exception {
    HttpResponse<String> left = anna.get("/sign-in/provider");
    String query = provider.authorize(location(left));

    assertThat(anna.get("/sign-in/provider/callback?" + query).statusCode()).isEqualTo(303);
    assertThat(anna.get("/sign-in/provider/callback?" + query).statusCode()).isEqualTo(400);
  }

  @Test
  void whoDeclinesAtTheProviderIsToldSoInTheirLanguage() throws Exception {
    HttpResponse<String> left = anna.get("/sign-in/provider");
    String state = MadeUpProvider.fields(URI.create(location(left)).getRawQuery()).get("state");

    HttpResponse<String> refused =
        anna.get(
            "/sign-in/provider/callback?lang=da&error=access_denied&state="
                + state
                + "&error_description=%3Cscript%3E");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body())
        .contains("Kontoret har ikke logget dig ind")
        .doesNotContain("script");
  }

  @Test
  void whoMadeAnAccountOfAnothersAddressIsOutOnceTheProviderSignsItsHolderIn() throws Exception {
    Person eve = new Person(application, "anna@example.com");
    eve.setUp();
    assertThat(eve.signIn().statusCode()).isEqualTo(303);

    assertThat(location(signIn())).isEqualTo("/account");

    assertThat(eve.signIn().statusCode()).isEqualTo(401);
    assertThat(texts("select way from session")).containsExactly("provider");
  }

  @Test
  void whileTheProviderIsAwayPasswordsStillDo() throws Exception {
    anna.setUp();
    provider.goAway();

    HttpResponse<String> refused = anna.get("/sign-in/provider");

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("Kontoret does not answer right now");
    assertThat(anna.signIn().statusCode()).isEqualTo(303);
  }

  @Test
  void aProviderThatGoesAwayBetweenIsSaidToBe() throws Exception {
    HttpResponse<String> left = anna.get("/sign-in/provider");
    provider.goAway();

    assertThat(comeBack(left).statusCode()).isEqualTo(503);

    provider.comeBack();
    assertThat(location(signIn())).isEqualTo("/account");
  }

  @Test
  void whatTheTokenDoesNotSayIsAskedForAndIsOfTheSamePerson() throws Exception {
    provider.person(new JsonObject().put("sub", "anna-1"));
    provider.userInfo(ANNA.copy().put("sub", "eve"));
    assertThat(signIn().statusCode()).isEqualTo(502);

    provider.userInfo(ANNA);
    assertThat(location(signIn())).isEqualTo("/account");
    assertThat(accounts()).containsExactly("anna@example.com admin");
  }

  @Test
  void itLeadsToNoOtherHost() throws Exception {
    for (String next : List.of("//evil.example", "https://evil.example", "/%5Cevil.example")) {
      assertThat(location(comeBack(anna.get("/sign-in/provider?next=" + next))))
          .isEqualTo("/account");
    }
  }

  @Test
  void aCookieThatSomebodyPlantedLeadsNowhere() throws Exception {
    for (String planted : List.of("x", ".", "a.b", "y".repeat(8_000), "Zm9v.L2V2aWw=; a=b")) {
      assertThat(
              application
                  .send(
                      application
                          .request("/sign-in/provider/callback?code=1&state=1")
                          .header("Cookie", "sporlos-provider=" + planted))
                  .statusCode())
          .isIn(400, 431);
    }
  }

  @Test
  void wherePasswordsAreSwitchedOffTheProviderIsTheOnlyWay() throws Exception {
    String link = application.linkToSetUp();
    application.close();
    start(/* passwords= */ false);

    assertThat(anna.get("/sign-in").body())
        .contains("Sign in with Kontoret")
        .doesNotContain("type=\"password\"");
    assertThat(anna.signIn().statusCode()).isEqualTo(403);
    assertThat(application.linkToSetUp()).isNull();
    assertThat(anna.get(link).statusCode()).isEqualTo(404);
    assertThat(location(signIn())).isEqualTo("/account");
  }

  private static JsonObject without(JsonObject said, String claim) {
    said.remove(claim);
    return said;
  }

  private HttpResponse<String> signIn() throws Exception {
    return signIn(anna);
  }

  private HttpResponse<String> signIn(Person person) throws Exception {
    String query = provider.authorize(location(person.get("/sign-in/provider")));
    return person.get("/sign-in/provider/callback?" + query);
  }

  private HttpResponse<String> comeBack(HttpResponse<String> left) throws Exception {
    return anna.get("/sign-in/provider/callback?" + provider.authorize(location(left)));
  }

  private Members members() {
    return new Members(database.pool());
  }

  private List<String> accounts() {
    return new Accounts(database.pool(), Clock.systemUTC())
        .all().await().stream()
            .map(account -> account.email().text() + (account.admin() ? " admin" : " -"))
            .toList();
  }

  private List<String> texts(String sql) {
    return StreamSupport.stream(rows(sql).spliterator(), false)
        .map(row -> row.getString(0))
        .toList();
  }

  private io.vertx.sqlclient.RowSet<io.vertx.sqlclient.Row> rows(String sql) {
    return database.pool().query(sql).execute().await();
  }
}
