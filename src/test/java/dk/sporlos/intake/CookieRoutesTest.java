package dk.sporlos.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dk.sporlos.door.Hit;
import dk.sporlos.door.Limits;
import dk.sporlos.door.TrustedProxies;
import dk.sporlos.http.HttpListener;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteSettings;
import dk.sporlos.testing.RunningServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers and the site's pages are told of cookies, over HTTP. */
class CookieRoutesTest {
  private static final String VIEW = "{\"d\": \"example.com\", \"u\": \"https://example.com/\"}";
  private static final String CONSENT = VIEW.replace("}", ", \"c\": 1}");
  private static final String WITHDRAWAL = VIEW.replace("}", ", \"c\": 0}");
  private static final Map<String, String> OVER_TLS = Map.of("X-Forwarded-Proto", "https");

  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeHitStore store = new FakeHitStore();
  private Vertx vertx;
  private int port;

  @BeforeEach
  void listen() {
    vertx = Vertx.vertx();
    listen(Map.of());
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /** Listens for a site of which something is said. */
  private void listen(Map<String, String> said) {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Site site =
        new Site(new SiteId(1), "example.com", ZoneId.of("UTC"), false)
            .with(SiteSettings.read(Profile.DK, said, unread -> fail(unread.name())));
    BeaconRoutes routes =
        TestBeacons.routes(
            vertx,
            TestDoor.create(Limits.Settings.none(), site, TrustedProxies.parse("127.0.0.0/8")),
            store,
            meters);
    port =
        HttpListener.listen(
                vertx, 1, List.of(routes::mount), new Endpoint("127.0.0.1", 0), "--listen")
            .await()
            .port();
  }

  @Test
  void aCookieGivenOverTlsIsOfOneHostAndOutOfTheReachOfScripts() throws Exception {
    HttpResponse<String> answer = post(CONSENT, OVER_TLS);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(setCookies(answer))
        .singleElement()
        .asString()
        .matches(
            "__Host-sporlos-site1=1\\.2026-W45\\.2026-11-02\\.[\\w-]{22};"
                + " Max-Age=5184000; Path=/; HttpOnly; SameSite=Lax; Secure");
  }

  @Test
  void inClearTextTheCookieHasNoPrefixThatAsksForTls() throws Exception {
    assertThat(setCookies(post(CONSENT, Map.of())))
        .singleElement()
        .asString()
        .startsWith("sporlos-site1=1.")
        .endsWith("; Path=/; HttpOnly; SameSite=Lax");
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-Proto, 'http, https', true",
    "X-Forwarded-Proto, 'https, http', false",
    "X-Forwarded-Proto, HTTPS, true",
    "Forwarded, for=192.0.2.1;proto=https, true",
    "Forwarded, proto=https;for=192.0.2.1, true",
    "Forwarded, for=192.0.2.1;proto=http, false",
    "Forwarded, 'proto=https, for=192.0.2.1', false"
  })
  void whetherABrowserAskedOverTlsSaysTheNearestProxy(String header, String value, boolean secure)
      throws Exception {
    assertThat(setCookies(post(CONSENT, Map.of(header, value))))
        .singleElement()
        .asString()
        .satisfies(cookie -> assertThat(cookie.startsWith("__Host-")).isEqualTo(secure));
  }

  @Test
  void noCookieIsGivenWithoutConsent() throws Exception {
    assertThat(setCookies(post(VIEW, OVER_TLS))).isEmpty();
    assertThat(setCookies(post(WITHDRAWAL, OVER_TLS))).isEmpty();
  }

  @Test
  void noCookieIsGivenOrTakenForVitals() throws Exception {
    String vitals = CONSENT.replace("}", ", \"n\": \"vitals\", \"lcp\": 1}");
    String cookie = "__Host-sporlos-site1=1.2026-W45.2026-11-02.AAAAAAAAAAAAAAAAAAAAAA";

    HttpResponse<String> answer = post(vitals, OVER_TLS);
    HttpResponse<String> again =
        post(
            vitals.replace("\"c\": 1", "\"c\": 0"),
            Map.of("X-Forwarded-Proto", "https", "Cookie", cookie));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(setCookies(answer)).isEmpty();
    assertThat(setCookies(again)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-GPC, 1",
    "DNT, 1",
    "Cookie, __Host-sporlos-optout=1",
    "Cookie, __Host-sporlos-optout=",
    "Cookie, a=b; __Host-sporlos-optout=1; c=d",
    "User-Agent, Googlebot/2.1",
    "Sec-Purpose, prefetch"
  })
  void whoIsNotCountedIsGivenNoCookie(String header, String value) throws Exception {
    HttpResponse<String> answer = post(CONSENT, with(OVER_TLS, header, value));

    assertThat(answer.headers().firstValue("sporlos-ignored")).isPresent();
    assertThat(setCookies(answer)).isEmpty();
    assertThat(store.hits).isEmpty();
  }

  @Test
  void anObjectionHoldsAlsoWhereTheSiteIgnoresSignals() throws Exception {
    listen(Map.of("signals", "ignore"));

    assertThat(post(VIEW, Map.of("DNT", "1")).headers().firstValue("sporlos-ignored")).isEmpty();
    assertThat(
            post(VIEW, Map.of("Cookie", "sporlos-optout=1"))
                .headers()
                .firstValue("sporlos-ignored"))
        .contains("opted-out");
  }

  @Test
  void noCookieIsGivenWhereTheBeaconIsNotStored() throws Exception {
    Promise<Void> broken = Promise.promise();
    broken.fail("broken");
    store.outcome = broken;

    HttpResponse<String> answer = post(CONSENT, OVER_TLS);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(setCookies(answer)).isEmpty();
  }

  @Test
  void aHitSaysThatItCameWithACookieAndWithNoMoreOfIt() throws Exception {
    String cookie = cookie(post(CONSENT, OVER_TLS));

    HttpResponse<String> answer = post(VIEW, with(OVER_TLS, "Cookie", cookie));

    assertThat(setCookies(answer)).isEmpty();
    assertThat(store.hits).extracting(Hit::byCookie).containsExactly(false, true);
    assertThat(store.hits)
        .extracting(Hit::visit)
        .hasSize(2)
        .containsOnly(store.hits.get(0).visit());
    assertThat(store.hits.toString()).doesNotContain(cookie.substring(cookie.lastIndexOf('.') + 1));
  }

  @Test
  void aWithdrawalTakesTheCookieBackAlsoWhereNoVisitIsOpen() throws Exception {
    String unknown = "__Host-sporlos-site1=1.2026-W44.2026-11-01.AAAAAAAAAAAAAAAAAAAAAA";
    String engagement = WITHDRAWAL.replace("}", ", \"n\": \"engagement\", \"e\": 5000}");

    HttpResponse<String> answer = post(engagement, with(OVER_TLS, "Cookie", unknown));

    assertThat(answer.headers().firstValue("sporlos-ignored")).contains("no-open-visit");
    assertThat(setCookies(answer))
        .containsExactly(
            "__Host-sporlos-site1=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure");
  }

  @Test
  void aCookieWhereTheSiteGivesNoneIsTakenBack() throws Exception {
    listen(Map.of("cookie", "off"));
    String cookie = "__Host-sporlos-site1=1.2026-W45.2026-11-02.AAAAAAAAAAAAAAAAAAAAAA";

    HttpResponse<String> answer = post(CONSENT, with(OVER_TLS, "Cookie", cookie));

    assertThat(setCookies(answer)).singleElement().asString().contains("=; Max-Age=0;");
    assertThat(store.hits).extracting(Hit::byCookie).containsExactly(false);
  }

  @Test
  void twoCookiesOfTheNameAreNone() throws Exception {
    String value = "1.2026-W45.2026-11-02.AAAAAAAAAAAAAAAAAAAAA";
    String twice = "__Host-sporlos-site1=%sA; __Host-sporlos-site1=%sB".formatted(value, value);

    post(VIEW, with(OVER_TLS, "Cookie", twice));

    assertThat(store.hits).extracting(Hit::byCookie).containsExactly(false);
  }

  @Test
  void aThousandCookiesOfOthersAreNoneOfOurs() throws Exception {
    String cookie = cookie(post(CONSENT, OVER_TLS));
    StringBuilder many = new StringBuilder();
    for (int other = 0; other < 1_000; other++) {
      many.append("other").append(other).append("=1; ");
    }

    HttpResponse<String> answer = post(VIEW, with(OVER_TLS, "Cookie", many + cookie));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(store.hits.get(1).byCookie()).isTrue();
  }

  @Test
  void consentSaidOverAndOverGivesAFewCookiesToWhoKeepsNone() throws Exception {
    int given = 0;
    for (int call = 0; call < 50; call++) {
      given += setCookies(post(CONSENT, OVER_TLS)).size();
    }

    assertThat(given).isEqualTo(3);
    assertThat(store.hits)
        .extracting(Hit::visit)
        .hasSize(50)
        .containsOnly(store.hits.get(0).visit());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://example.com", "https://shop.example.com", "http://example.com:81"})
  void aPageOfTheSiteMayReadTheAnswerToABeaconWithCookies(String origin) throws Exception {
    HttpResponse<String> answer = post(VIEW, Map.of("Origin", origin));

    assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly(origin);
    assertThat(answer.headers().firstValue("access-control-allow-credentials")).contains("true");
    assertThat(answer.headers().firstValue("vary")).contains("Origin");
    assertThat(answer.headers().firstValue("access-control-expose-headers")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://example.org", "https://notexample.com", "null", "x", "https://[::1"})
  void nobodyElseMay(String origin) throws Exception {
    HttpResponse<String> answer = post(VIEW, Map.of("Origin", origin));

    assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly("*");
    assertThat(answer.headers().firstValue("access-control-allow-credentials")).isEmpty();
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    Map<String, String> all = new HashMap<>(headers);
    all.put(name, value);
    return all;
  }

  private static List<String> setCookies(HttpResponse<?> answer) {
    return answer.headers().allValues("set-cookie");
  }

  private static String cookie(HttpResponse<?> answer) {
    String line = setCookies(answer).get(0);
    return line.substring(0, line.indexOf(';'));
  }

  private HttpResponse<String> post(String body, Map<String, String> headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/b"))
            .setHeader("User-Agent", RunningServer.BROWSER)
            .setHeader("Accept-Language", "da")
            .POST(BodyPublishers.ofString(body));
    headers.forEach(request::setHeader);
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
