package dk.sporlos;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.RawHttp;
import dk.sporlos.testing.RunningApplication;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every answer of the process tells browsers, whatever was asked for and how it went. */
class SecurityHeadersTest {
  private static final String HSTS = "strict-transport-security";

  /** What is the same for everybody, and may be kept, beside all under /consent/ and /app/. */
  private static final Set<String> MAY_BE_KEPT =
      Set.of(
          "/s.js",
          "/rest.js",
          "/extras.js",
          "/vitals.js",
          "/page.css",
          "/passkey.js",
          "/privacy.json",
          "/privacy/policy",
          "/privacy/policy/changes",
          "/.well-known/gpc.json",
          "/.well-known/security.txt",
          "/api/docs/query/schema.json",
          "/api/docs/openapi.json",
          "/api/docs/openapi.yaml");

  /** An answer as it came. */
  private record Answer(int status, Map<String, String> headers, String path) {
    static Answer of(String path, String text) {
      String[] lines = text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n", -1);
      Map<String, String> headers = new TreeMap<>();
      for (int line = 1; line < lines.length; line++) {
        int colon = lines[line].indexOf(':');
        String name = lines[line].substring(0, colon).toLowerCase(Locale.ROOT);
        String value = lines[line].substring(colon + 1).strip();
        assertThat(headers.put(name, value) == null || name.equals("set-cookie"))
            .as("%s is said once at %s", name, path)
            .isTrue();
      }
      return new Answer(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, path);
    }

    String get(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private static RunningApplication application;

  @BeforeAll
  static void start() {
    application =
        RunningApplication.on(TestDatabase.create(), Clock.systemUTC(), new SecureRandom());
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void everyRouteSaysThemAll() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    assertThat(application.routes()).contains("POST /b", "GET /sign-in", "POST /api/v2/query");

    for (String route : application.routes()) {
      String method = route.startsWith("* ") ? "GET" : route.substring(0, route.indexOf(' '));
      String path = route.substring(route.indexOf(' ') + 1).replaceAll(":\\w+", "1");
      for (String query : List.of("", "?site=example.com")) {
        holds(softly, route, ask(application.port(), method, path + query, ""));
      }
      holds(softly, "PATCH " + path, ask(application.port(), "PATCH", path, ""));
    }
    softly.assertAll();
  }

  @Test
  void everyRouteOfTheManagementPortSaysThemAll() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    for (String route : application.managementRoutes()) {
      String path = route.substring(route.indexOf(' ') + 1);
      holds(softly, route, ask(application.managementPort(), "GET", path, ""));
    }
    softly.assertAll();
  }

  @Test
  void whatGoesWrongSaysThemAll() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    List<Answer> wrong = new ArrayList<>();
    wrong.add(ask(application.port(), "GET", "/nowhere", ""));
    wrong.add(ask(application.port(), "DELETE", "/sign-in", ""));
    wrong.add(ask(application.port(), "GET", "/%zz", ""));
    wrong.add(ask(application.port(), "GET", "/" + "l".repeat(9_000), ""));
    wrong.add(ask(application.port(), "GET", "/sign-in", "X: " + "h".repeat(17_000) + "\r\n"));
    wrong.add(
        Answer.of(
            "/b",
            RawHttp.exchange(
                application.port(),
                "POST /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 70000\r\n\r\n"
                    + "x".repeat(70_000))));

    assertThat(wrong).extracting(Answer::status).containsExactly(404, 405, 400, 414, 431, 413);
    wrong.forEach(answer -> holds(softly, "wrong", answer));
    softly.assertAll();
  }

  @Test
  void whoCameByTlsIsToldToComeByNothingElse() throws IOException {
    assertThat(byTls("GET", "/sign-in").get(HSTS)).isEqualTo("max-age=31536000");
    assertThat(byTls("POST", "/api/v2/query").get(HSTS)).isNotEmpty();
    assertThat(byTls("GET", "/nowhere").get(HSTS)).isNotEmpty();
    assertThat(ask(application.port(), "GET", "/sign-in", "").headers()).doesNotContainKey(HSTS);
  }

  @Test
  void aHostThatAWebsiteLendsToTheTrackerIsLeftAlone() throws IOException {
    assertThat(byTls("GET", "/s.js").headers()).doesNotContainKey(HSTS);
    assertThat(byTls("POST", "/b").headers()).doesNotContainKey(HSTS);
    assertThat(byTls("GET", "/b.gif").headers()).doesNotContainKey(HSTS);
  }

  private static Answer byTls(String method, String path) throws IOException {
    return ask(application.port(), method, path, "X-Forwarded-Proto: https\r\n");
  }

  private static Answer ask(int port, String method, String path, String headers)
      throws IOException {
    return Answer.of(
        path.replaceFirst("\\?.*", ""),
        RawHttp.exchange(
            port,
            "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n%s\r\n"
                .formatted(method, path, headers)));
  }

  private static void holds(SoftAssertions softly, String route, Answer answer) {
    String where = "%s (%d)".formatted(route, answer.status());
    softly.assertThat(answer.get("x-content-type-options")).as(where).isEqualTo("nosniff");
    softly
        .assertThat(answer.get("content-security-policy"))
        .as(where)
        .contains("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "data: *");
    softly.assertThat(answer.get("referrer-policy")).as(where).isIn("no-referrer", "same-origin");
    softly.assertThat(answer.get("cross-origin-opener-policy")).as(where).isEqualTo("same-origin");
    softly.assertThat(answer.get("permissions-policy")).as(where).contains("camera=()");
    softly.assertThat(answer.headers()).as(where).doesNotContainKeys("server", "x-powered-by");
    boolean lent = answer.headers().containsKey("access-control-allow-origin");
    softly
        .assertThat(answer.get("cross-origin-resource-policy"))
        .as(where)
        .isEqualTo(lent ? "cross-origin" : "same-origin");
    boolean kept =
        MAY_BE_KEPT.contains(answer.path()) || answer.path().matches("/(consent|app)/.*");
    if (kept && answer.status() < 400) {
      softly.assertThat(answer.get("cache-control")).as(where).startsWith("public, max-age=");
    } else if (isDashboard(answer.path()) && answer.status() == 200) {
      softly.assertThat(answer.get("cache-control")).as(where).isEqualTo("no-cache");
    } else {
      softly.assertThat(answer.get("cache-control")).as(where).isEqualTo("no-store");
    }
  }

  /** Its page is the same for everybody, and asked for again each time. */
  private static boolean isDashboard(String path) {
    return path.startsWith("/sites") || path.equals("/people") || path.equals("/groups");
  }
}
