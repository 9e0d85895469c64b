package dk.sporlos.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.page.Language;
import dk.sporlos.site.Accountability;
import dk.sporlos.site.Privacy;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What visitors read, over HTTP. */
class PrivacyRoutesTest {
  private final DatabaseUrl url = TestDatabase.create();
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-24T12:00:00Z"));
  private TestPool pool;
  private SiteStore store;
  private Site site;
  private RunningApplication application;

  @BeforeEach
  void start() {
    pool = TestPool.of(url);
    store = new SiteStore(pool.pool());
    site = store.add("example.com", ZoneId.of("Europe/Copenhagen"), false).await();
    store.set(site.id(), Accountability.CONTROLLER, "Eksempel A/S").await();
    application = RunningApplication.on(url, Clock.systemUTC(), new SecureRandom());
  }

  @AfterEach
  void stop() {
    application.close();
    pool.close();
  }

  @Test
  void thePolicyIsInTheLanguageOfTheBrowserUnlessAnotherIsAskedFor() throws Exception {
    HttpResponse<String> danish = get("/privacy/policy?site=example.com", "nb, da;q=0.8, en;q=0.5");
    HttpResponse<String> english = get("/privacy/policy?site=example.com&lang=en", "da");

    assertThat(danish.body()).contains("<html lang=\"da\">", "Dataansvarlig er Eksempel A/S.");
    assertThat(english.body()).contains("<html lang=\"en\">", "The controller is Eksempel A/S.");
    assertThat(header(danish, "Content-Language")).isEqualTo("da");
    assertThat(get("/privacy/policy?site=example.com", ";;q=x,,*;q=").statusCode()).isEqualTo(200);
  }

  @Test
  void thePageLoadsNothingFromElsewhereAndTellsNobodyWhereItsReaderCameFrom() throws Exception {
    HttpResponse<String> page = get("/privacy/policy?site=example.com", "da");

    assertThat(header(page, "Content-Security-Policy"))
        .contains("default-src 'none'", "style-src 'self'");
    assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(page, "Cache-Control")).isEqualTo("public, max-age=300");
    assertThat(header(page, "Vary")).isEqualTo("Accept-Language");
    assertThat(page.headers().map()).doesNotContainKey("set-cookie");
    assertThat(page.body()).doesNotContain("<script", "style=", "<style");
    assertThat(header(application.get("/page.css"), "Content-Type")).startsWith("text/css");
  }

  @Test
  void theTextAloneCanBePastedElsewhere() throws Exception {
    HttpResponse<String> text = get("/privacy/policy?site=example.com&lang=da&format=text", "en");

    assertThat(header(text, "Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(text.body())
        .startsWith("Privatlivspolitik for statistik på example.com\n\nGenerelt\n")
        .doesNotContain("<");
  }

  @Test
  void aSiteThatThereIsNotIsSaidInBothLanguages() throws Exception {
    for (String query : new String[] {"", "?site=nowhere.example", "?site=%22%3E%3Cscript%3E"}) {
      HttpResponse<String> answer = get("/privacy/policy" + query, "da");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body())
          .contains("Her føres ikke statistik", "No statistics are kept here")
          .doesNotContain("<script", "nowhere.example");
    }
  }

  @Test
  void machinesReadTheInventoryWithTheSettingsInForce() throws Exception {
    store.set(site.id(), Privacy.VISITS_KEPT, "90").await();
    Policies policies = new Policies(pool.pool(), Accountability.UNSAID, clock);
    JsonObject json = new Declaration().json(policies.facts(store.find("example.com").await()));

    assertThat(json.getString("site")).isEqualTo("example.com");
    assertThat(json.getJsonObject("settings").getString("visits-kept")).isEqualTo("90");
    assertThat(json.getJsonArray("inventory").encode())
        .contains("90 days")
        .doesNotContain("{visits-kept}", "{place}");
    assertThat(
            new JsonObject(application.get("/privacy.json?site=example.com").body()).fieldNames())
        .isEqualTo(json.fieldNames());
  }

  @Test
  void whatChangedInThePolicyIsWrittenDownOnce() throws Exception {
    Policies policies = new Policies(pool.pool(), Accountability.UNSAID, clock);
    application.close();
    pool.pool().query("delete from policy_change").execute().await();
    policies.recordChanges().await();
    store.set(site.id(), Privacy.COOKIE_DAYS, "30").await();
    clock.move(Duration.ofDays(2));
    policies.recordChanges().await();
    policies.recordChanges().await();

    assertThat(policies.changes(site).await())
        .extracting(PolicyChanges.Change::day, PolicyChanges.Change::differences)
        .containsExactly(
            tuple(
                LocalDate.parse("2026-11-26"),
                List.of(new PolicyChanges.Difference("cookie-days", "60", "30"))),
            tuple(LocalDate.parse("2026-11-24"), List.of()));
    assertThat(policies.text(store.find("example.com").await(), Language.DA, false).await())
        .contains("Senest ændret 26. november 2026.");
    application = RunningApplication.on(url, Clock.systemUTC(), new SecureRandom());
    assertThat(get("/privacy/policy/changes?site=example.com", "en").body())
        .contains("<li>cookie-days: 60 → 30</li>", "<h2>26 November 2026</h2>");
  }

  private HttpResponse<String> get(String path, String languages) throws Exception {
    return application.send(application.request(path).header("Accept-Language", languages));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
