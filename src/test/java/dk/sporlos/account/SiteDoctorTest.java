package dk.sporlos.account;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.account.SiteDoctor.Finding;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor says of pages that a website on this machine has. */
class SiteDoctorTest {
  private static final Site SITE =
      new Site(new SiteId(1), "example.com", ZoneId.of("UTC"), false)
          .with(SiteSettings.read(Profile.DK, Map.of("localhost", "on"), unread -> {}));
  private static final String SNIPPET =
      "<script defer src=\"https://stats.example.net/s.js\" data-site=\"example.com\"></script>";

  private final AtomicInteger asked = new AtomicInteger();
  private volatile String page = "";
  private volatile String policy = "";
  private Vertx vertx;
  private HttpServer website;
  private SiteDoctor doctor;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    website = vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1").await();
    doctor = new SiteDoctor(vertx);
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private void answer(HttpServerRequest request) {
    asked.incrementAndGet();
    HttpServerResponse response = request.response().putHeader("Content-Type", "text/html");
    switch (request.path()) {
      case "/" -> {
        if (!policy.isEmpty()) {
          response.putHeader("Content-Security-Policy", policy);
        }
        response.end(page);
      }
      case "/stats/s.js" -> response.putHeader("Content-Type", "text/javascript").end("1");
      case "/away" -> response.setStatusCode(302).putHeader("Location", "http://192.0.2.1/").end();
      case "/round" -> response.setStatusCode(302).putHeader("Location", "/round").end();
      case "/guarded" -> response.setStatusCode(403).end();
      case "/endless" -> response.putHeader("Content-Length", "3000000").end("x".repeat(3_000_000));
      default -> response.setStatusCode(404).end();
    }
  }

  private List<Finding> examine(String path) {
    return doctor.examine(SITE, "http://localhost:" + website.actualPort() + path).await();
  }

  @Test
  void findsNothingWrongWithAPageThatIsCounted() {
    page = "<!doctype html><head>" + SNIPPET + "</head>";
    policy = "script-src https://stats.example.net; connect-src https://*.example.net";

    assertThat(examine("/")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | <p>no script at all | no-snippet",
        "'' | <!-- <script src='https://x.dk/s.js' data-site='example.com'></script> --> | no-snippet",
        "'' | <script src='https://x.dk/s.js' data-site='example.org'></script> | wrong-site",
        "'' | <script data-site='example.com'></script> | no-source",
        "'' | <script type='module' src='https://x.dk/s.js' data-site='example.com'></script> | module",
        "'' | <script src='https://x.dk/js/script.js' data-domain='example.com'></script> | dialect-off",
        "'' | <script src='/other/s.js' data-site='example.com'></script> | no-script",
        "default-src 'self' https://x.dk | <script src='https://y.dk/s.js' data-site=example.com> |"
            + " csp-script csp-connect",
        "script-src 'nonce-a' | <script nonce=a src='https://x.dk/s.js' data-site=example.com> | ''",
        "script-src 'nonce-a' | <script src='https://x.dk/s.js' data-site=example.com> | csp-script",
        "connect-src 'self' | <script src='https://x.dk/s.js' data-site=example.com> | csp-connect",
        "connect-src 'self' | <script src='/stats/s.js' data-site=example.com> | ''"
      })
  void saysWhatKeepsVisitsFromBeingCounted(String csp, String html, String codes) {
    policy = csp;
    page = html;

    assertThat(examine("/").stream().map(Finding::code))
        .containsExactly(codes.isEmpty() ? new String[0] : codes.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "/guarded, blocked",
    "/nothing, no-page",
    "/away, not-read",
    "/round, not-read",
    "/endless, no-snippet"
  })
  void saysWhyThereIsNoPage(String path, String code) {
    assertThat(examine(path)).extracting(Finding::code).containsExactly(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/",
        "http://other.example/",
        "http://user@localhost/",
        "file:///etc/passwd",
        "gopher://localhost/",
        "http://example.com:22/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        "no address",
        ""
      })
  void readsNoAddressThatIsNotOfTheSite(String address) {
    List<Finding> findings = doctor.examine(SITE, address).await();

    assertThat(findings).extracting(Finding::code).containsExactly("not-read");
    assertThat(asked).hasValue(0);
  }

  @Test
  void readsNothingOfThisMachineUnlessTheSiteSaysSo() {
    Site other = SITE.with(SiteSettings.DEFAULT);

    assertThat(doctor.examine(other, "http://localhost:" + website.actualPort() + "/").await())
        .extracting(Finding::code)
        .containsExactly("not-read");
    assertThat(asked).hasValue(0);
  }

  @Test
  void readsNoNameThatLeadsIntoThisNetwork() {
    Site named = new Site(new SiteId(2), "ip6-localhost", ZoneId.of("UTC"), false);

    assertThat(doctor.examine(named, "http://ip6-localhost/").await())
        .extracting(Finding::code)
        .containsExactly("not-read");
  }
}
