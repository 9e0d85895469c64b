package dk.sporlos;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.account.People;
import dk.sporlos.account.Scope;
import dk.sporlos.account.Tokens;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.ApiContract;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Holds the description of the interface against a process that runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

  /** Files, what every method of a beacon's address runs through, and pages for people. */
  /** No token opens these. */
  private static final Pattern FOR_PEOPLE =
      Pattern.compile("/api/me|/api/v1/(groups|accounts).*|.*/(members|tokens)(/.*)?");

  /** A link opens these. */
  private static final Pattern FOR_GUESTS = Pattern.compile("/api/shared.*");

  private static final Pattern NOT_DESCRIBED =
      Pattern.compile(
          "(GET|HEAD) /(.*\\.(js|css|svg)|js/\\{script})|\\* /(b(\\.gif)?|\\{tracker}|count|(matomo|piwik)\\.php|api/(event|send|batch|v0/count))|POST /privacy/.*"
              + "|(GET|HEAD) /(app/.*|sites(/.*)?|people|groups)?"
              + "|(GET|POST) /(account|link|public|share|sign-in|sign-out)(/.*)?");

  private static final String QUERY =
      """
      {"site_id": "example.com", "date_range": "7d", "metrics": ["visitors", "bounce_rate"]%s}""";

  private final DatabaseUrl url = TestDatabase.create();
  private TestPool database;
  private RunningApplication application;
  private String token;
  private People.Person admin;
  private ApiContract contract;

  /**
   * A request whose answer is held against the contract.
   *
   * @param operation method and path as the contract writes them
   * @param status that it answers with
   */
  private record Example(String operation, String path, String body, boolean open, int status) {
    private static Example get(String path, String parameters, int status) {
      return new Example("GET " + path, path + parameters, "", true, status);
    }

    private static Example post(String path, String body, int status) {
      return new Example("POST " + path, path, body, true, status);
    }

    private static Example put(String path, String body) {
      return new Example("PUT " + path, path, body, true, 200);
    }

    /** Of an operation whose path has a place for a name. */
    private static Example at(String operation, String path, String body, int status) {
      return new Example(operation, path, body, true, status);
    }

    private Example withoutToken() {
      return new Example(operation, path, body, false, 401);
    }

    private String method() {
      return operation.substring(0, operation.indexOf(' '));
    }
  }

  @BeforeAll
  void start() throws Exception {
    database = TestPool.of(url);
    new SiteStore(database.pool())
        .add("example.com", ZoneId.of("Europe/Copenhagen"), false)
        .await();
    database
        .pool()
        .query(
            """
            insert into site_setting (site_id, name, value)
            select id, s.name, s.value from site, (values
              ('public', 'on'), ('dialects', 'umami,matomo,goatcounter'), ('matomo-id', '3'),
              ('umami-id', 'b59e9c65-ae32-47f1-8400-119fcf4861c4')) as s (name, value)
            """)
        .execute()
        .await();
    token =
        new Tokens(database.pool(), Clock.systemUTC(), new SecureRandom())
            .create(
                Tokens.Terms.of(null, Set.of(Scope.STATS, Scope.SITES, Scope.IMPORT, Scope.SEND)))
            .await();
    MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
    admin = new People(database.pool(), clock).admin("anna");
    application = RunningApplication.on(url, clock, new SecureRandom());
    contract = new ApiContract(new JsonObject(application.get("/api/docs/openapi.json").body()));
    assertThat(answer(Example.post("/b", beacon("/"), 202)).statusCode()).isEqualTo(202);
    assertThat(answer(Example.post("/b", beacon("/prices"), 202)).statusCode()).isEqualTo(202);
  }

  @AfterAll
  void stop() {
    application.close();
    database.close();
  }

  private static String beacon(String path) {
    return "{\"d\": \"example.com\", \"u\": \"https://example.com%s\"}".formatted(path);
  }

  @Test
  void isADocumentOfOpenApi() {
    assertThat(contract.faultsOfDocument()).isEmpty();
  }

  @Test
  void describesEveryRouteAndNoOther() {
    Set<String> routes = new TreeSet<>();
    application.routes().forEach(route -> routes.add(route.replaceAll(":(\\w+)", "{$1}")));
    routes.removeIf(route -> NOT_DESCRIBED.matcher(route).matches());

    assertThat(contract.operations()).containsExactlyElementsOf(routes);
  }

  @Test
  void answersAsItSays() throws Exception {
    List<String> faults = new ArrayList<>();
    for (Example example : examples()) {
      HttpResponse<String> answer = answer(example);
      if (answer.statusCode() != example.status) {
        faults.add("%s: %d %s".formatted(example, answer.statusCode(), answer.body()));
      }
      contract.faults(example.operation, answer).forEach(f -> faults.add(example + ": " + f));
    }

    assertThat(faults).isEmpty();
  }

  @Test
  void everyOperationHasAnExampleThatGoesWell() {
    Set<String> shown = new TreeSet<>();
    examples().stream().filter(e -> e.status < 300).forEach(e -> shown.add(e.operation));

    assertThat(shown).containsExactlyElementsOf(contract.operations());
  }

  @Test
  void saysTheSameInYaml() throws Exception {
    assertThat(application.get("/api/docs/openapi.yaml").body())
        .contains("openapi: 3.1.0\n", "  /api/v2/query:\n", "    Beacon:\n");
  }

  private List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    examples.addAll(beacons());
    examples.addAll(dialects());
    examples.addAll(queries());
    examples.addAll(olderStatistics());
    examples.addAll(owners());
    examples.addAll(access());
    examples.addAll(reports());
    examples.addAll(removals());
    examples.addAll(exports());
    examples.addAll(pages());
    examples.addAll(imports());
    return examples;
  }

  private static List<Example> beacons() {
    String picture = "?d=example.com&u=https://example.com/";
    return List.of(
        Example.post("/b", beacon("/again"), 202),
        Example.post("/b", "{\"d\": \"nowhere.dk\", \"u\": \"https://nowhere.dk/\"}", 202),
        Example.post("/b", "{", 400),
        Example.post("/b", " ".repeat(70_000), 413),
        new Example("OPTIONS /b", "/b", "", true, 204),
        Example.get("/b.gif", picture, 202),
        Example.get("/b.gif", "?d=example.com&u=7", 400),
        new Example("HEAD /b.gif", "/b.gif" + picture, "", true, 200));
  }

  private static List<Example> dialects() {
    List<Example> examples = new ArrayList<>();
    String plausible = "{\"n\":\"pageview\",\"u\":\"https://example.com/\",\"d\":\"example.com\"}";
    String umami =
        "{\"type\":\"event\",\"payload\":"
            + "{\"website\":\"b59e9c65-ae32-47f1-8400-119fcf4861c4\",\"url\":\"/\"}}";
    String matomo = "?idsite=3&rec=1&url=https://example.com/";
    examples.add(Example.post("/api/event", plausible, 202));
    examples.add(Example.post("/api/event", "{}", 400));
    examples.add(Example.post("/api/send", umami, 200));
    examples.add(Example.post("/api/send", "{}", 400));
    examples.add(Example.post("/api/batch", "[" + umami + "]", 200));
    for (String path : List.of("/matomo.php", "/piwik.php")) {
      examples.add(Example.get(path, matomo, 200));
      examples.add(Example.get(path, matomo + "&send_image=0", 204));
      examples.add(Example.get(path, "?rec=1", 400));
      examples.add(Example.post(path, "{\"requests\":[\"" + matomo + "\"]}", 200));
    }
    examples.add(Example.get("/count", "?p=/&site=example.com", 200));
    examples.add(Example.get("/count", "?p=/", 400));
    examples.add(Example.at("POST /count", "/count?p=/&site=example.com", "", 200));
    String hits = "{\"hits\":[{\"path\":\"/\",\"ip\":\"192.0.2.7\",\"user_agent\":\"x\"}]}";
    String named = "/api/v0/count?site=example.com";
    examples.add(Example.at("POST /api/v0/count", named, hits, 202));
    examples.add(Example.at("POST /api/v0/count", named, "{}", 400));
    examples.add(Example.at("POST /api/v0/count", named, hits, 401).withoutToken());
    for (String path :
        List.of(
            "/api/event",
            "/api/send",
            "/api/batch",
            "/matomo.php",
            "/piwik.php",
            "/count",
            "/api/v0/count")) {
      examples.add(new Example("OPTIONS " + path, path, "", true, 204));
    }
    return examples;
  }

  private static List<Example> queries() {
    String path = "/api/v2/query";
    String totals = QUERY.formatted("");
    return List.of(
        Example.post(path, totals, 200),
        Example.post(path, totals, 200).withoutToken(),
        Example.post(path, totals.replace("visitors", "baa"), 400),
        Example.post(path, " ".repeat(70_000), 413),
        Example.post(
            path,
            QUERY.formatted(
                """
                , "dimensions": ["time:hour", "event:page"], "pagination": {"limit": 1},
                "include": {"time_labels": true, "total_rows": true, "imports": true}"""),
            200),
        Example.post(path, QUERY.formatted(", \"dimensions\": [\"time:month\"]"), 200),
        Example.post(
            path,
            QUERY.formatted(
                """
                , "dimensions": ["event:page"],
                "include": {"comparisons": {"mode": "previous_period", "match_day_of_week": true}}"""),
            200),
        Example.post(path + ".csv", totals, 200),
        Example.post(path + ".csv", totals, 200).withoutToken(),
        Example.post(path + ".csv", "[]", 400),
        Example.get("/api/docs/query/schema.json", "", 200));
  }

  private static List<Example> olderStatistics() {
    String path = "/api/v1/stats/";
    String site = "?site_id=example.com";
    List<Example> examples = new ArrayList<>();
    examples.add(Example.get(path + "realtime/visitors", site, 200));
    examples.add(
        Example.get(
            path + "aggregate",
            site + "&metrics=visitors,bounce_rate&compare=previous_period",
            200));
    examples.add(Example.get(path + "aggregate", site + "&period=2d", 400));
    examples.add(Example.get(path + "timeseries", site + "&period=day", 200));
    examples.add(Example.get(path + "timeseries", site + "&metrics=visits,bounce_rate", 200));
    examples.add(Example.get(path + "breakdown", site + "&property=event:page", 200));
    examples.add(Example.get(path + "breakdown", site, 400));
    for (String name : List.of("realtime/visitors", "aggregate", "timeseries", "breakdown")) {
      examples.add(Example.get(path + name, "", 400));
      examples.add(Example.get(path + name, site, 200).withoutToken());
    }
    return examples;
  }

  private static List<Example> imports() {
    String path = "/api/import/hits";
    String line =
        """
        {"site": "example.com", "visitor": "a", "at": "2026-10-01T10:00:00Z", "url": "https://example.com/"}
        """;
    return List.of(
        Example.post(path, line, 200),
        Example.post(path, line.replace("https", "gopher"), 400),
        Example.post(path, "", 400),
        Example.post(path, line, 401).withoutToken());
  }

  private static List<Example> owners() {
    String path = "/api/v1/sites";
    String site = "?site_id=example.com";
    String goal = "{\"site_id\":\"example.com\",\"goal_type\":\"page\",\"page_path\":\"%s\"}";
    String funnel = "{\"name\":\"Prices\",\"goals\":[1,2]}";
    String segment = "{\"name\":\"Danes\",\"filters\":[[\"is\",\"visit:country\",[\"DK\"]]]}";
    String annotation = "{\"day\":\"2026-11-01\",\"text\":\"New prices\"}";
    return List.of(
        Example.get("/api/me", "", 200),
        Example.get("/api/me", "", 401).withoutToken(),
        Example.post(path, "{\"domain\":\"new.example\"}", 200),
        Example.post(path, "{}", 400),
        Example.get(path, "", 200),
        Example.get(path, "", 200).withoutToken(),
        Example.at("GET /api/v1/sites/{domain}", path + "/new.example", "", 200),
        Example.at("GET /api/v1/sites/{domain}", path + "/nowhere.example", "", 404),
        Example.put(path + "/goals", goal.formatted("/")),
        Example.put(path + "/goals", goal.formatted("/prices")),
        Example.put(path + "/goals", goal.formatted("/blog/**")),
        Example.get(path + "/goals", site, 200),
        Example.get(path + "/goals", "", 400),
        Example.put(path + "/custom-props", "{\"site_id\":\"example.com\",\"property\":\"plan\"}"),
        Example.get(path + "/custom-props", site, 200),
        Example.at(
            "POST /api/v1/sites/{domain}/funnels", path + "/example.com/funnels", funnel, 200),
        Example.at("GET /api/v1/sites/{domain}/funnels", path + "/example.com/funnels", "", 200),
        Example.at(
            "POST /api/v1/sites/{domain}/segments", path + "/example.com/segments", segment, 200),
        Example.at("GET /api/v1/sites/{domain}/segments", path + "/example.com/segments", "", 200),
        Example.at(
            "POST /api/v1/sites/{domain}/annotations",
            path + "/example.com/annotations",
            annotation,
            200),
        Example.at(
            "GET /api/v1/sites/{domain}/annotations", path + "/example.com/annotations", "", 200),
        Example.put(path + "/shared-links", "{\"site_id\":\"example.com\",\"name\":\"Board\"}"),
        Example.at(
            "POST /api/v1/sites/{domain}/shared-links",
            path + "/example.com/shared-links",
            segment.replace("}", ",\"frames\":[\"https://example.org\"]}"),
            200),
        Example.at(
            "POST /api/v1/sites/{domain}/shared-links",
            path + "/example.com/shared-links",
            "{\"name\":\"\"}",
            400),
        Example.at(
            "GET /api/v1/sites/{domain}/shared-links", path + "/example.com/shared-links", "", 200),
        Example.get("/api/shared", "?site_id=example.com", 200),
        Example.get("/api/shared", "?site_id=nowhere.example", 404),
        Example.get("/api/shared", "", 401).withoutToken());
  }

  private static List<Example> access() {
    String site = "/api/v1/sites/example.com/";
    String named = "/api/v1/sites/{domain}/";
    String bo = "{\"email\":\"bo@example.com\",\"role\":\"viewer\"}";
    return List.of(
        Example.at("GET " + named + "settings", site + "settings", "", 200),
        Example.at(
            "PUT " + named + "settings", site + "settings", "{\"settings\":{\"rate\":\"9\"}}", 200),
        Example.at(
            "PUT " + named + "settings", site + "settings", "{\"settings\":{\"rat\":\"9\"}}", 400),
        Example.at("GET " + named + "audit", site + "audit", "", 200),
        Example.at("GET " + named + "audit.csv", site + "audit.csv", "", 200),
        Example.at("PUT " + named + "members", site + "members", bo, 200),
        Example.at("PUT " + named + "members", site + "members", "{}", 400),
        Example.at("GET " + named + "members", site + "members", "", 200),
        Example.at("DELETE " + named + "members/{email}", site + "members/bo@example.com", "", 200),
        Example.at("POST " + named + "tokens", site + "tokens", "{\"scopes\":[\"stats\"]}", 200),
        Example.at("POST " + named + "tokens", site + "tokens", "{\"scopes\":[\"all\"]}", 400),
        Example.at("GET " + named + "tokens", site + "tokens", "", 200),
        Example.at("DELETE " + named + "tokens/{id}", site + "tokens/2", "", 200),
        Example.post("/api/v1/groups", "{\"name\":\"Clients\"}", 200),
        Example.at(
            "PUT /api/v1/groups/{id}/sites/{domain}",
            "/api/v1/groups/1/sites/example.com",
            "",
            200),
        Example.at("PUT /api/v1/groups/{id}/members", "/api/v1/groups/1/members", bo, 200),
        Example.get("/api/v1/groups", "", 200),
        Example.at(
            "DELETE /api/v1/groups/{id}/members/{email}",
            "/api/v1/groups/1/members/bo@example.com",
            "",
            200),
        Example.at(
            "DELETE /api/v1/groups/{id}/sites/{domain}",
            "/api/v1/groups/1/sites/example.com",
            "",
            200),
        Example.at("DELETE /api/v1/groups/{id}", "/api/v1/groups/1", "", 200),
        Example.post("/api/v1/accounts", "{\"email\":\"bo@example.com\"}", 200),
        Example.post("/api/v1/accounts", "{\"email\":\"bo\"}", 400),
        Example.get("/api/v1/accounts", "", 200),
        Example.at("DELETE /api/v1/accounts/{email}", "/api/v1/accounts/bo@example.com", "", 200));
  }

  private static List<Example> reports() {
    String path = "/api/v2/";
    String site = "{\"site_id\":\"example.com\"%s}";
    List<Example> examples = new ArrayList<>();
    for (String name : List.of("realtime", "retention", "refusals")) {
      examples.add(Example.get(path + name, "?site_id=example.com", 200));
      examples.add(Example.get(path + name, "?site_id=example.com&x=1", 400));
      examples.add(Example.post(path + name, site.formatted(""), 200));
      examples.add(Example.post(path + name, site.formatted(""), 200).withoutToken());
    }
    examples.add(Example.post(path + "funnel", site.formatted(",\"funnel_id\":1"), 200));
    examples.add(Example.post(path + "funnel", site.formatted(",\"goals\":[2,1]"), 200));
    String filters = ",\"filters\":[[\"is\",\"visit:country\",[\"DK\"]]]";
    examples.add(Example.post(path + "funnel", site.formatted(",\"goals\":[2,1]" + filters), 200));
    examples.add(Example.post(path + "paths", site.formatted(",\"page\":\"/\"" + filters), 200));
    examples.add(Example.post(path + "funnel", site.formatted(""), 400));
    examples.add(Example.post(path + "paths", site.formatted(",\"page\":\"/\""), 200));
    examples.add(Example.post(path + "paths", site.formatted(",\"page\":7"), 400));
    return examples;
  }

  private static List<Example> removals() {
    String sites = "/api/v1/sites/";
    String own = sites + "example.com/";
    String site = "?site_id=example.com";
    return List.of(
        Example.at("DELETE /api/v1/sites/{domain}/funnels/{id}", own + "funnels/1", "", 200),
        Example.at("DELETE /api/v1/sites/{domain}/funnels/{id}", own + "funnels/9", "", 404),
        Example.at(
            "DELETE /api/v1/sites/{domain}/shared-links/{id}", own + "shared-links/1", "", 200),
        Example.at("DELETE /api/v1/sites/{domain}/segments/{id}", own + "segments/1", "", 200),
        Example.at(
            "DELETE /api/v1/sites/{domain}/annotations/{id}", own + "annotations/1", "", 200),
        Example.at("DELETE /api/v1/sites/goals/{id}", sites + "goals/1" + site, "", 200),
        Example.at(
            "DELETE /api/v1/sites/custom-props/{property}",
            sites + "custom-props/plan" + site,
            "",
            200),
        Example.at(
            "PUT /api/v1/sites/{domain}",
            sites + "new.example",
            "{\"domain\":\"newer.example\",\"dialects\":[\"matomo\"],\"matomo_id\":7}",
            200),
        Example.at(
            "PUT /api/v1/sites/{domain}",
            sites + "newer.example",
            "{\"dialects\":[\"urchin\"]}",
            400),
        Example.at(
            "POST /api/v1/sites/{domain}/check",
            sites + "newer.example/check",
            "{\"url\":\"http://localhost/\"}",
            200),
        Example.at("POST /api/v1/sites/{domain}/check", sites + "newer.example/check", "{}", 400),
        Example.at("POST /api/v1/sites/{domain}/reset", sites + "newer.example/reset", "", 400),
        Example.at(
            "POST /api/v1/sites/{domain}/reset",
            sites + "newer.example/reset?confirm=newer.example",
            "",
            200),
        Example.at("DELETE /api/v1/sites/{domain}", sites + "newer.example", "", 400),
        Example.at(
            "DELETE /api/v1/sites/{domain}",
            sites + "newer.example?confirm=newer.example",
            "",
            200));
  }

  private static List<Example> exports() {
    List<Example> examples = new ArrayList<>();
    for (String ending : List.of("zip", "ndjson")) {
      String operation = "GET /api/export/{domain}." + ending;
      String path = "/api/export/example.com." + ending;
      examples.add(new Example(operation, path, "", true, 200));
      examples.add(new Example(operation, path, "", false, 401));
      examples.add(
          new Example(operation, path.replace("example.com", "nowhere.dk"), "", true, 401));
    }
    return examples;
  }

  private static List<Example> pages() {
    List<Example> examples = new ArrayList<>();
    for (String path :
        List.of("/privacy", "/privacy/policy", "/privacy/policy/changes", "/privacy.json")) {
      examples.add(Example.get(path, "?site=example.com", 200));
      examples.add(Example.get(path, "?site=nowhere.dk", 404));
    }
    examples.add(Example.get("/privacy", "?site=example.com&format=json", 200));
    examples.add(Example.get("/privacy/policy", "?site=example.com&format=text", 200));
    examples.add(Example.get("/.well-known/gpc.json", "", 200));
    examples.add(Example.get("/.well-known/security.txt", "", 200));
    examples.add(Example.get("/api/docs/openapi.json", "", 200));
    examples.add(Example.get("/api/docs/openapi.yaml", "", 200));
    return examples;
  }

  private HttpResponse<String> answer(Example example) throws Exception {
    HttpRequest.Builder request =
        application
            .request(example.path)
            .method(example.method(), BodyPublishers.ofString(example.body))
            .header("Content-Type", "application/json")
            .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Firefox/144.0");
    if (example.open) {
      if (FOR_PEOPLE.matcher(example.path).matches()) {
        admin.signForm(request);
      } else if (FOR_GUESTS.matcher(example.path).matches()) {
        request.header("Sporlos-Link", "public");
      } else {
        request.header("Authorization", "Bearer " + token);
      }
    }
    return application.send(request);
  }
}
