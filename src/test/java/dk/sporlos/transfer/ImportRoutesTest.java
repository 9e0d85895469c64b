package dk.sporlos.transfer;

import static dk.sporlos.transfer.ImportServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.Privacy;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteSettings;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.Canaries;
import dk.sporlos.testing.Dump;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RawHttp;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportRoutesTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Copenhagen");

  private static TestPool database;
  private static Site site;
  private static Site strict;

  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-26T12:00:00Z"));
  private ImportServer server;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
    SiteStore sites = new SiteStore(database.pool());
    Site added = add(sites, "example.com", Profile.DK);
    sites.set(added.id(), SiteSettings.EXCLUDED_PAGES, "/admin/**").await();
    sites.set(added.id(), Privacy.PLACE, "city").await();
    site = Objects.requireNonNull(sites.find("example.com").await());
    strict = add(sites, "strict.example", Profile.STRICT);
  }

  private static Site add(SiteStore sites, String domain, Profile profile) {
    return Objects.requireNonNull(sites.add(domain, ZONE, false, profile).await());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    say(
        "truncate visit, event, import, audit, sealed_day, daily, page, event_name, client, place,"
            + " referrer, campaign");
    say("update site set visits_complete_from = null");
    server = new ImportServer(database.vertx(), database.pool(), clock, site, strict);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void makesVisitsOfTheLinesOfEachVisitor() {
    HttpResponse<String> response =
        server.send(
            view("anna", "2026-10-01T09:10:00+02:00", "/b"),
            view("anna", "2026-10-01T09:00:00+02:00", "/a"),
            view("bent", "2026-10-01T09:05:00+02:00", "/a"),
            view("anna", "2026-10-01T09:40:00+02:00", "/c"));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(json(response))
        .isEqualTo(
            new JsonObject()
                .put("import", number("select max(id) from import"))
                .put("lines", 4)
                .put("visits", 3)
                .put("pageviews", 4)
                .put("events", 0)
                .put("ignored", new JsonObject().put("excluded-page", 0).put("no-open-visit", 0))
                .put("first_day", "2026-10-01")
                .put("last_day", "2026-10-01"));
    assertThat(
            texts(
                """
                select format('%s %s-%s %s %s %s', hour at time zone 'Europe/Copenhagen', a.path, b.path,
                  views, seconds, count(*) over (partition by visitor)) as text
                from visit join page as a on a.id = entry_page join page as b on b.id = exit_page
                where day = '2026-10-01'
                """))
        .containsExactlyInAnyOrder(
            "2026-10-01 09:00:00 /a-/b 2 600 2",
            "2026-10-01 09:00:00 /c-/c 1 0 2",
            "2026-10-01 09:00:00 /a-/a 1 0 1");
  }

  @Test
  void keepsTheAttributesThatTheFirstLineOfAVisitNames() {
    server.send(
        line(
            "anna",
            "2026-10-01T09:00:00Z",
            "'url':'https://example.com/?utm_source=brev','utm_medium':'email','country':'dk',"
                + "'region':'DK-84','city':'København','browser':'Firefox',"
                + "'browser_version':'141.0.2','os':'Windows','os_version':'11','device':'desktop',"
                + "'screen':'1920x1080','language':'da-DK'"));

    assertThat(
            texts(
                """
                select concat_ws('|', browser, browser_version, os, os_version, device, screen, language,
                  country, region, city, r.channel, r.source, c.source, c.medium) as text
                from visit
                join client on client.id = client_id join place on place.id = place_id
                join referrer as r on r.id = referrer_id join campaign as c on c.id = campaign_id
                """))
        .containsExactly(
            "Firefox|141|Windows|11|Desktop|Extra"
                + " Large|da|DK|DK-84|København|Email|brev|brev|email");
  }

  @Test
  void takesSourceAndChannelFromTheLineBeforeWhatReferrerAndAddressSay() {
    server.send(
        line(
            "anna",
            "2026-10-01T09:00:00Z",
            "'hostname':'example.com','pathname':'/a','referrer':'https://www.google.com/',"
                + "'source':'Bing','channel':'paid search'"),
        line(
            "bent",
            "2026-10-01T09:00:00Z",
            "'url':'https://example.com/a','referrer':'https://www.google.com/'"));

    assertThat(texts("select concat_ws('|', channel, source, host) as text from referrer"))
        .containsExactlyInAnyOrder(
            "Paid Search|Bing|google.com", "Organic Search|Google|google.com");
  }

  @Test
  void keepsWhatWebsitesSayOfEventsAndHowLongPagesWereLookedAt() {
    server.send(
        line(
            "anna",
            "2026-10-01T09:00:00Z",
            "'url':'https://example.com/a','engagement_ms':12000,'scroll_depth':70"),
        line(
            "anna",
            "2026-10-01T09:01:00Z",
            "'name':'Order','url':'https://example.com/a','props':{'plan':'yearly'},"
                + "'revenue':{'amount':'49.50','currency':'DKK'}"),
        line(
            "anna",
            "2026-10-01T09:02:00Z",
            "'name':'engagement','url':'https://example.com/a','engagement_ms':8000,"
                + "'scroll_depth':90"));

    assertThat(
            texts(
                """
                select concat_ws('|', s.step, s.name_id is null, s.engaged_seconds, s.scroll) as text
                from visit cross join unpack(steps) as s order by s.step
                """))
        .containsExactly("0|t|20|90", "1|f");
    assertThat(
            texts(
                """
                select concat_ws('|', name, step, revenue, currency, properties) as text
                from event join event_name on event_name.id = name_id join visit on visit.id = visit
                """))
        .containsExactly("Order|1|49.500000|DKK|{\"plan\": \"yearly\"}");
  }

  @Test
  void cleansAddressesAndPropertiesAsOfBeacons() {
    server.send(
        line(
            "anna",
            "2026-10-01T09:00:00Z",
            "'url':'https://example.com/u/anna@example.org?token=1',"
                + "'props':{'email':'anna@example.org','plan':'yearly'},"
                + "'referrer':'https://mail.example.net/inbox/bent@example.org'"));

    assertThat(texts("select path as text from page")).containsExactly("/u/:email");
    assertThat(texts("select properties::text as text from event"))
        .containsExactly("{\"plan\": \"yearly\"}");
    assertThat(Dump.of(database.pool())).doesNotContain("@example.org");
  }

  @Test
  void keepsNoVisitorAndNothingMadeOfOne() {
    Canaries canaries = new Canaries();
    String[] lines =
        IntStream.range(0, 50)
            .mapToObj(
                i -> {
                  String visitor = "visitor-" + (7_919L * 7_919 * (i + 1_000));
                  canaries.addText("visitor " + i, visitor);
                  return view(visitor, "2026-10-01T09:00:00Z", "/a");
                })
            .toArray(String[]::new);

    assertThat(server.send(lines).statusCode()).isEqualTo(200);

    assertThat(canaries.in(Dump.of(database.pool()))).isEmpty();
    assertThat(canaries.in(lines[3])).as("the control").isNotEmpty();
  }

  @Test
  void refusesTheWholeRequestForAFaultyLineInItsMiddle() {
    HttpResponse<String> response =
        server.send(
            view("anna", "2026-10-01T09:00:00Z", "/a"),
            "",
            "{'site':'example.com','visitor':'anna'",
            view("anna", "2026-10-01T09:01:00Z", "/b"),
            line("", "2026-10-01T09:01:00Z", "'url':'https://example.com/'"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).getInteger("count")).isEqualTo(2);
    assertThat(errors(response))
        .containsExactly(
            "3 This is not a JSON object in UTF-8; send one object a line.",
            "5 `visitor` is missing; send any text that lines of one visitor have in common.");
    assertThat(
            number(
                "select (select count(*) from visit) + (select count(*) from import)"
                    + " + (select count(*) from page)"))
        .isZero();
  }

  @Test
  void tellsTheFirstHundredFaultsAndHowManyThereAre() {
    String[] lines =
        IntStream.range(0, 150)
            .mapToObj(i -> line("anna", "yesterday", "'url':'https://example.com/'"))
            .toArray(String[]::new);

    HttpResponse<String> response = server.send(lines);

    assertThat(json(response).getInteger("count")).isEqualTo(150);
    assertThat(errors(response)).hasSize(100);
    assertThat(errors(response).get(99)).startsWith("100 `at` must be a time of RFC 3339");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'url':'/a'                                            | `url` must be an absolute
          'url':'https://other.example/'                        | `url` names a host that is none
          'hostname':'other.example'                            | `hostname` names a host that is none
          'name':'x'                                            | `url` is missing
          'url':'https://example.com/','country':'XX'           | `country` must be a code of ISO 3166-1
          'url':'https://example.com/','country':'DK','region':'SE-1' | `region` must be a code
          'url':'https://example.com/','browser':'Mozilla/5.0 (X11)'  | `browser` must be a name
          'url':'https://example.com/','device':'fridge'        | `device` must be one of Desktop
          'url':'https://example.com/','screen':'huge'          | `screen` must be a width
          'url':'https://example.com/','channel':'carrier pigeon' | `channel` must be one of Direct
          'url':'https://example.com/','props':'x'              | `props` must be a JSON object
          'url':'https://example.com/','revenue':{'amount':1}   | `revenue` must be like
          'url':'https://example.com/','name':'engagement'      | An engagement needs `engagement_ms`
          """)
  void saysWhatIsWrongWithALine(String members, String complaint) {
    HttpResponse<String> response =
        server.send(line("anna", "2026-10-01T09:00:00Z", members.strip()));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(errors(response).get(0)).startsWith("1 " + complaint);
  }

  @Test
  void takesNoLineOfTheFutureNorOfBeforeTotalsAreKept() {
    HttpResponse<String> response =
        server.send(
            view("anna", "2026-11-26T12:11:00Z", "/"), view("anna", "2024-10-25T12:00:00Z", "/"));

    assertThat(errors(response))
        .containsExactly(
            "1 `at` lies in the future.",
            "2 `at` lies before 2024-10-26: totals of this site are kept for 25 months (setting"
                + " totals-kept).");
  }

  @Test
  void takesLinesOfOneSiteInOneRequest() {
    HttpResponse<String> response =
        server.send(
            view("anna", "2026-10-01T09:00:00Z", "/"),
            view("anna", "2026-10-01T09:00:00Z", "/").replace("'example.com'", "'strict.example'"));

    assertThat(errors(response)).hasSize(1);
    assertThat(errors(response).get(0)).startsWith("2 `site` must be the same in all lines");
  }

  @Test
  void leavesPagesOutThatTheSiteExcludesAndEngagementsThatBelongToNoVisit() {
    HttpResponse<String> response =
        server.send(
            view("anna", "2026-10-01T09:00:00Z", "/admin/users"),
            line(
                "bent",
                "2026-10-01T09:00:00Z",
                "'name':'engagement','engagement_ms':5,'url':'https://example.com/'"),
            view("carl", "2026-10-01T09:00:00Z", "/"));

    assertThat(json(response).getInteger("visits")).isEqualTo(1);
    assertThat(json(response).getJsonObject("ignored"))
        .isEqualTo(new JsonObject().put("excluded-page", 1).put("no-open-visit", 1));
  }

  @Test
  void importsNothingWhereNothingCounts() {
    HttpResponse<String> response = server.send(view("anna", "2026-10-01T09:00:00Z", "/admin/a"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).getValue("import")).isNull();
    assertThat(number("select count(*) from import")).isZero();
  }

  @Test
  void doesNotTellAWrongTokenFromAnUnknownSite() {
    String line = view("anna", "2026-10-01T09:00:00Z", "/").replace('\'', '"');

    HttpResponse<String> wrong = server.sendAs("wrong", line);
    HttpResponse<String> unknown = server.send(line.replace("example.com", "unknown.example"));

    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.headers().firstValue("www-authenticate")).hasValue("Bearer");
    assertThat(unknown.body()).isEqualTo(wrong.body());
  }

  @ParameterizedTest
  @CsvSource({"'',400,no-lines", "'{}',400,faulty-lines", "'nonsense',400,faulty-lines"})
  void asksForLinesThatNameTheirSite(String body, int status, String title) {
    HttpResponse<String> response = server.send(body);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(json(response).getString("title")).isEqualTo(title);
  }

  @Test
  void hasSealedDaysSealedAgain() {
    say("insert into sealed_day values (%d, '2026-10-01', false)".formatted(site.id().value()));
    say("insert into sealed_day values (%d, '2026-10-02', false)".formatted(site.id().value()));

    server.send(view("anna", "2026-10-01T09:00:00Z", "/"));

    assertThat(texts("select format('%s %s', day, due) as text from sealed_day order by day"))
        .containsExactly("2026-10-01 t", "2026-10-02 f");
  }

  @Test
  void writesDownWhatWasImported() {
    server.send(view("anna", "2026-10-01T09:00:00Z", "/"));

    assertThat(
            texts(
                "select concat_ws('|', actor, action, what, first_day, last_day, rows) as text"
                    + " from audit"))
        .containsExactly(
            "import|import|import %d|2026-10-01|2026-10-01|1"
                .formatted(number("select max(id) from import")));
  }

  @Test
  void takesOneImportAtATime() throws IOException {
    String line = view("anna", "2026-10-01T09:00:00Z", "/").replace('\'', '"');
    try (Socket first =
        RawHttp.open(
            server.port(),
            "POST /api/import/hits HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + ImportServer.TOKEN
                + "\r\nContent-Length: 1000\r\n\r\n"
                + line
                + "\n")) {
      HttpResponse<String> second = server.send(line);
      while (second.statusCode() == 200) {
        second = server.send(line);
      }

      assertThat(first.isConnected()).isTrue();
      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.headers().firstValue("retry-after")).hasValue("30");
    }
  }

  private static List<String> errors(HttpResponse<String> response) {
    return json(response).getJsonArray("errors", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .map(error -> error.getInteger("line") + " " + error.getString("detail"))
        .toList();
  }

  private static String view(String visitor, String at, String path) {
    return line(visitor, at, "'url':'https://example.com" + path + "'");
  }

  private static String line(String visitor, String at, String members) {
    return "{'site':'example.com','visitor':'%s','at':'%s',%s}".formatted(visitor, at, members);
  }

  private static List<String> texts(String sql) {
    return rows(sql).stream().map(row -> row.getString("text")).toList();
  }

  private static int number(String sql) {
    return rows(sql).get(0).getInteger(0);
  }

  private static List<Row> rows(String sql) {
    return StreamSupport.stream(database.pool().query(sql).execute().await().spliterator(), false)
        .collect(Collectors.toList());
  }

  private static void say(String sql) {
    database.pool().query(sql).execute().await();
  }
}
