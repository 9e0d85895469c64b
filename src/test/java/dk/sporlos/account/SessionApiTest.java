package dk.sporlos.account;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Programs and browsers at the API, over HTTP and a database. */
class SessionApiTest {
  private static final String QUERY =
      """
      {"site_id":"example.com","metrics":["visitors"],"date_range":"7d"}
      """;
  private static final String GOALS = "/api/v1/sites/goals?site_id=example.com";

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private TestPool database;
  private RunningApplication application;
  private Site site;
  private People people;

  @BeforeEach
  void start() {
    DatabaseUrl url = TestDatabase.create();
    database = TestPool.of(url);
    SiteStore sites = new SiteStore(database.pool());
    site = sites.add("example.com", ZoneId.of("Europe/Copenhagen"), false).await();
    sites.add("other.example", ZoneId.of("UTC"), false).await();
    people = new People(database.pool(), clock);
    application = RunningApplication.on(url, clock, new SecureRandom());
  }

  @AfterEach
  void stop() {
    application.close();
    database.close();
  }

  @Test
  void aBrowserIsToldWhoIsSignedInAndWhatTheySee() throws Exception {
    People.Person anna = people.member("anna", site.id(), Role.EDITOR);
    Groups groups = new Groups(database.pool());
    groups.putIn(groups.add("Clients").await(), site.id()).await();
    groups.add("Empty").await();

    JsonObject me = json(application.send(anna.sign(application.request("/api/me"))));

    assertThat(me.getJsonObject("account").getString("email")).isEqualTo("anna@example.com");
    assertThat(me.getString("token")).isEqualTo(new Secret(anna.secret()).formToken());
    assertThat(me.getJsonArray("sites").encode())
        .isEqualTo(
            "[{\"domain\":\"example.com\",\"timezone\":\"Europe/Copenhagen\",\"role\":\"editor\"}]");
    assertThat(me.getJsonArray("groups").size()).isEqualTo(1);
    assertThat(me.getJsonArray("groups").getJsonObject(0).getJsonArray("sites").encode())
        .isEqualTo("[\"example.com\"]");
  }

  @Test
  void aSessionReadsFiguresOnlyFromAPageOfThisHost() throws Exception {
    People.Person anna = people.member("anna", site.id(), Role.VIEWER);

    assertThat(application.send(anna.signForm(query())).statusCode()).isEqualTo(200);
    assertThat(application.send(anna.sign(query())).statusCode()).isEqualTo(403);
    assertThat(
            application
                .send(
                    anna.sign(query())
                        .header("Sporlos-Token", new Secret(anna.secret()).formToken())
                        .header("Sec-Fetch-Site", "cross-site"))
                .statusCode())
        .isEqualTo(403);
    assertThat(
            application
                .send(
                    anna.sign(query())
                        .header("Sporlos-Token", new Secret("another").formToken())
                        .header("Sec-Fetch-Site", "same-origin"))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void aSessionThatWaitsForACodeOpensNothing() throws Exception {
    People.Person half = people.half(people.admin("anna"));

    assertThat(application.send(half.signForm(query())).statusCode()).isEqualTo(401);
    assertThat(application.send(half.sign(application.request("/api/me"))).statusCode())
        .isEqualTo(401);
  }

  @Test
  void whatIsPersonalIsSeenByItsOwnerAloneAndNeedsNoRoleOfAnEditor() throws Exception {
    People.Person anna = people.member("anna", site.id(), Role.VIEWER);
    People.Person bo = people.member("bo", site.id(), Role.OWNER);
    String segments = "/api/v1/sites/example.com/segments";
    String mine =
        "{\"name\":\"mine\",\"personal\":true,\"filters\":[[\"is\",\"visit:country\",[\"DK\"]]]}";

    HttpResponse<String> added = post(anna, segments, mine);
    HttpResponse<String> shared = post(anna, segments, mine.replace("true", "false"));

    assertThat(added.statusCode()).isEqualTo(200);
    assertThat(json(added).getBoolean("personal")).isTrue();
    assertThat(shared.statusCode()).isEqualTo(403);
    assertThat(get(anna, segments).body()).contains("mine");
    assertThat(get(bo, segments).body()).doesNotContain("mine");
    String one = segments + "/" + json(added).getLong("id");
    assertThat(delete(bo, one).statusCode()).isEqualTo(404);
    assertThat(delete(anna, one).statusCode()).isEqualTo(200);
  }

  @Test
  void theAuditSaysWhoChangedWhatInWhichRole() throws Exception {
    People.Person anna = people.member("anna", site.id(), Role.EDITOR);
    String goal = "{\"site_id\":\"example.com\",\"goal_type\":\"event\",\"event_name\":\"Signup\"}";

    HttpResponse<String> put =
        application.send(
            anna.signForm(application.request("/api/v1/sites/goals"))
                .PUT(BodyPublishers.ofString(goal)));

    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(audit()).isEqualTo("account " + anna.account() + " (editor) add goal");
  }

  @Test
  void theAuditSaysWhoTookFiguresAway() throws Exception {
    People.Person anna = people.member("anna", site.id(), Role.VIEWER);
    People.Person bo = people.member("bo", site.id(), Role.OWNER);

    HttpResponse<String> zip = get(anna, "/api/export/example.com.zip");
    String lines = get(bo, "/api/v1/sites/example.com/audit").body();
    String csv = get(bo, "/api/v1/sites/example.com/audit.csv").body();

    assertThat(zip.statusCode()).isEqualTo(200);
    assertThat(lines).contains("anna@example.com", "\"viewer\"", "\"export\"", "\"figures\"");
    assertThat(csv).startsWith("at,who,role,action").contains(",anna@example.com,viewer,export,");
    assertThat(get(anna, "/api/v1/sites/example.com/audit").statusCode()).isEqualTo(403);
  }

  @Test
  void theAuditOfTheInstallationSaysWhoSignedInAndHow() throws Exception {
    People.Person eve = people.admin("eve");
    String link = invite(eve, "example.com", "{\"email\":\"kim@example.com\",\"role\":\"owner\"}");
    join(link);

    HttpResponse<String> in =
        application.send(
            application
                .request("/sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(
                    BodyPublishers.ofString(
                        "email=kim@example.com&password=seks+heste+spiser+havre")));

    assertThat(in.statusCode()).isEqualTo(303);
    String audit = get(eve, "/api/v1/sites/example.com/audit").body();
    assertThat(audit)
        .contains(
            "\"who\":\"kim@example.com\",\"role\":null,\"action\":\"sign in\",\"what\":\"password\"")
        .doesNotContain("127.0.0.1");
  }

  @Test
  void ownersSeeNoLinesOfTheInstallation() throws Exception {
    People.Person bo = people.member("bo", site.id(), Role.OWNER);
    People.Person eve = people.admin("eve");
    application.send(
        eve.signForm(application.request("/api/v1/groups"))
            .POST(BodyPublishers.ofString("{\"name\":\"Clients\"}")));

    String path = "/api/v1/sites/example.com/audit";
    assertThat(get(eve, path).body()).contains("eve@example.com", "group");
    assertThat(get(bo, path).body()).doesNotContain("eve@example.com");
  }

  @Test
  void aLinkOpensItsOwnRoleAlone() throws Exception {
    People.Person eve = people.admin("eve");
    String invitation = "{\"email\":\"Kim@example.com\",\"role\":\"owner\"}";
    String first = invite(eve, "example.com", invitation);
    String second = invite(eve, "example.com", invitation);
    String elsewhere = invite(eve, "other.example", invitation);
    String otherMembers = "/api/v1/sites/other.example/members";

    assertThat(join(first).statusCode()).isEqualTo(404);
    assertThat(join(second).statusCode()).isEqualTo(303);

    assertThat(get(eve, otherMembers).body()).contains("\"members\":[]");
    assertThat(application.get(elsewhere).body()).doesNotContain("type=\"password\"");
    assertThat(join(elsewhere).statusCode()).isEqualTo(303);
    assertThat(join(elsewhere).statusCode()).isEqualTo(404);
    assertThat(get(eve, otherMembers).body())
        .contains("\"members\":[{\"email\":\"kim@example.com\"", "\"invitations\":[]");
    assertThat(get(eve, "/api/v1/sites/example.com/members").body())
        .contains("\"email\":\"kim@example.com\",\"name\":\"Kim\",\"role\":\"owner\"");
    assertThat(delete(eve, "/api/v1/sites/example.com/members/kim@example.com").statusCode())
        .isEqualTo(200);
    assertThat(get(eve, "/api/v1/sites/example.com/members").body()).doesNotContain("kim@");
  }

  private String invite(People.Person who, String domain, String invitation) throws Exception {
    HttpResponse<String> answer =
        application.send(
            who.signForm(application.request("/api/v1/sites/" + domain + "/members"))
                .PUT(BodyPublishers.ofString(invitation)));
    return json(answer).getString("link");
  }

  private HttpResponse<String> join(String link) throws Exception {
    return application.send(
        application
            .request(link)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "same-origin")
            .POST(BodyPublishers.ofString("name=Kim&password=seks+heste+spiser+havre")));
  }

  @Test
  void aRoleOnAGroupIsOneOnEachOfItsSites() throws Exception {
    People.Person eve = people.admin("eve");
    People.Person anna = people.member("anna", site.id(), Role.VIEWER);
    Groups groups = new Groups(database.pool());
    int clients = groups.add("Clients").await();
    String group = "/api/v1/groups/" + clients;
    HttpResponse<String> admitted =
        application.send(
            eve.signForm(application.request(group + "/members"))
                .PUT(
                    BodyPublishers.ofString(
                        "{\"email\":\"anna@example.com\",\"role\":\"editor\"}")));
    assertThat(admitted.statusCode()).isEqualTo(200);
    assertThat(get(anna, "/api/v1/sites/other.example").statusCode()).isEqualTo(404);

    application.send(
        eve.signForm(application.request(group + "/sites/other.example"))
            .PUT(BodyPublishers.noBody()));
    assertThat(get(anna, "/api/v1/sites/other.example").statusCode()).isEqualTo(200);

    assertThat(delete(eve, group).statusCode()).isEqualTo(200);
    assertThat(get(anna, "/api/v1/sites/other.example").statusCode()).isEqualTo(404);
    assertThat(get(anna, "/api/v1/sites/example.com").statusCode()).isEqualTo(200);
  }

  @Test
  void theLastAdministratorCannotBeRemoved() throws Exception {
    People.Person eve = people.admin("eve");
    assertThat(delete(eve, "/api/v1/accounts/eve@example.com").statusCode()).isEqualTo(400);
    people.admin("anna");
    assertThat(delete(eve, "/api/v1/accounts/eve@example.com").statusCode()).isEqualTo(200);
    assertThat(get(eve, "/api/me").statusCode()).isEqualTo(401);
  }

  @Test
  void settingsAreChangedAllOrNone() throws Exception {
    People.Person bo = people.member("bo", site.id(), Role.OWNER);
    String path = "/api/v1/sites/example.com/settings";

    HttpResponse<String> faulty =
        put(bo, path, "{\"settings\":{\"rate\":\"9\",\"quota\":\"many\"}}");
    assertThat(faulty.statusCode()).isEqualTo(400);
    assertThat(faulty.body()).contains("quota");
    assertThat(value(get(bo, path), "rate")).isNull();

    HttpResponse<String> changed =
        put(bo, path, "{\"profile\":\"cnil\",\"settings\":{\"rate\":\"9\"}}");
    assertThat(value(changed, "rate")).isEqualTo("9");
    assertThat(json(get(bo, path)).getString("profile")).isEqualTo("cnil");
    assertThat(value(put(bo, path, "{\"settings\":{\"rate\":null}}"), "rate")).isNull();
    assertThat(audit()).isEqualTo("account " + bo.account() + " (owner) change setting rate");
  }

  private HttpResponse<String> put(People.Person person, String path, String body)
      throws Exception {
    return application.send(
        person.signForm(application.request(path)).PUT(BodyPublishers.ofString(body)));
  }

  private static String value(HttpResponse<String> settings, String name) {
    return json(settings).getJsonArray("settings").stream()
        .map(JsonObject.class::cast)
        .filter(setting -> setting.getString("name").equals(name))
        .findAny()
        .orElseThrow()
        .getString("value");
  }

  @Test
  void aTokenThatAsksTooMuchIsToldWhenToAskAgain() throws Exception {
    String secret =
        new Tokens(database.pool(), clock, new SecureRandom())
            .create(new Tokens.Terms("", site.id(), Set.of(Scope.SITES), 3, null))
            .await();

    HttpResponse<String> first = asProgram(secret, GOALS);
    asProgram(secret, GOALS);
    HttpResponse<String> third = asProgram(secret, GOALS);
    HttpResponse<String> fourth = asProgram(secret, GOALS);

    assertThat(first.headers().firstValue("RateLimit-Limit")).hasValue("3");
    assertThat(first.headers().firstValue("RateLimit-Remaining")).hasValue("2");
    assertThat(third.statusCode()).isEqualTo(200);
    assertThat(fourth.statusCode()).isEqualTo(429);
    assertThat(fourth.body()).contains("limited to 3 requests per hour");
    assertThat(fourth.headers().firstValue("Retry-After")).hasValue("1200");
    clock.move(Duration.ofMinutes(20));
    assertThat(asProgram(secret, GOALS).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> asProgram(String secret, String path) throws Exception {
    return application.send(application.request(path).header("Authorization", "Bearer " + secret));
  }

  private HttpRequest.Builder query() {
    return application.request("/api/v2/query").POST(BodyPublishers.ofString(QUERY));
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
    var row =
        database
            .pool()
            .query(
                "select actor || ' ' || action || ' ' || what from audit order by id desc limit 1")
            .execute()
            .await()
            .iterator()
            .next();
    return row.getString(0);
  }

  private static JsonObject json(HttpResponse<String> response) {
    return new JsonObject(response.body());
  }
}
