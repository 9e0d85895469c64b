package dk.sporlos;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dk.sporlos.account.Scope;
import dk.sporlos.account.Tokens;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.LogLines;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** No secret of people who sign in, or of their programs, gets into log or metrics. */
class SecretsTest {
  private static final String EMAIL = "canary.person@example.com";
  private static final String PASSWORD = "kanariefuglen synger hver morgen";
  private static final String WRONG = "kanariefuglen tier stille i dag";
  private static final Pattern FORM_TOKEN = Pattern.compile("name=\"token\" value=\"([\\w-]+)\"");

  private final DatabaseUrl url = TestDatabase.create();
  private final TestPool database = TestPool.of(url);
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("dk.sporlos");
  private final Level usual = root.getLevel();
  private final Level usualOfOurs = ours.getLevel();
  private RunningApplication application;

  @BeforeEach
  void logEverything() {
    root.setLevel(Level.TRACE);
    ours.setLevel(Level.TRACE);
  }

  @AfterEach
  void close() {
    application.close();
    database.close();
    root.setLevel(usual);
    ours.setLevel(usualOfOurs);
  }

  @Test
  void noneIsLoggedOrMeasured() throws Exception {
    List<String> secrets = new ArrayList<>(List.of(EMAIL, PASSWORD, WRONG, url.password()));
    List<String> lines;
    try (LogLines log = new LogLines()) {
      application = RunningApplication.on(url, Clock.systemUTC(), new SecureRandom());
      signInAndOut(secrets);
      askByToken(secrets);
      makeItFail(secrets);
      lines = log.lines();
    }

    assertThat(lines).as("TRACE is on").hasSizeGreaterThan(50);
    assertThat(secrets).hasSizeGreaterThan(8).doesNotContain("");
    for (String secret : secrets) {
      assertThat(lines).as(secret).noneMatch(line -> line.contains(secret));
      assertThat(application.manage("/metrics")).doesNotContain(secret);
      assertThat(application.manage("/doctor")).doesNotContain(secret);
    }
  }

  private void signInAndOut(List<String> secrets) throws Exception {
    String link = application.linkToSetUp();
    secrets.add(link.substring(link.lastIndexOf('/') + 1));
    post(link, "", Map.of("email", EMAIL, "name", "Canary", "password", PASSWORD));
    post("/sign-in", "", Map.of("email", EMAIL, "password", WRONG));
    HttpResponse<String> in = post("/sign-in", "", Map.of("email", EMAIL, "password", PASSWORD));
    String cookie = in.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
    secrets.add(cookie.substring(cookie.indexOf('=') + 1));
    Matcher token =
        FORM_TOKEN.matcher(
            application.send(application.request("/account").header("Cookie", cookie)).body());
    assertThat(token.find()).isTrue();
    secrets.add(token.group(1));
    post("/account/device/prepare", cookie, Map.of("token", token.group(1), "password", PASSWORD));
    post("/account/password", cookie, Map.of("token", "forged-canary-token"));
    secrets.add("forged-canary-token");
    post("/sign-out", cookie, Map.of("token", token.group(1)));
  }

  private void askByToken(List<String> secrets) throws Exception {
    Site site =
        new SiteStore(database.pool())
            .add("example.com", ZoneId.of("Europe/Copenhagen"), false)
            .await();
    String token =
        new Tokens(database.pool(), Clock.systemUTC(), new SecureRandom())
            .create(Tokens.Terms.of(site.id(), Set.of(Scope.STATS)))
            .await();
    for (String shown : List.of(token, "wrong-canary-token")) {
      secrets.add(shown);
      for (String question : List.of("{\"site_id\": \"example.com\"}", "{\"", "[]")) {
        application.send(
            application
                .request("/api/v2/query")
                .header("Authorization", "Bearer " + shown)
                .POST(BodyPublishers.ofString(question)));
      }
      application.get("/api/v1/stats/aggregate?token=" + shown);
    }
  }

  /** The tables are gone: every question fails within the database. */
  private void makeItFail(List<String> secrets) throws Exception {
    database
        .pool()
        .query("alter table session rename to lost; alter table account rename to lost_account")
        .execute()
        .await();
    secrets.add("canary-session-secret");
    post("/sign-in", "", Map.of("email", EMAIL, "password", PASSWORD));
    application.send(
        application.request("/account").header("Cookie", "sporlos-session=canary-session-secret"));
    secrets.add("canary-link-secret");
    application.get("/link/canary-link-secret");
  }

  private HttpResponse<String> post(String path, String cookie, Map<String, String> fields)
      throws Exception {
    String body =
        fields.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var request = application.request(path).POST(BodyPublishers.ofString(body));
    return application.send(cookie.isEmpty() ? request : request.header("Cookie", cookie));
  }
}
