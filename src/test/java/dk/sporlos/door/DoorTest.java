package dk.sporlos.door;

import static io.vertx.core.Future.succeededFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dk.sporlos.door.Action.Engagement;
import dk.sporlos.door.Action.PageView;
import dk.sporlos.door.Action.Vitals;
import dk.sporlos.settings.Setting;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteDirectory;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteSettings;
import dk.sporlos.testing.MovableClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The door behind a real HTTP server, since what it reads are requests. */
final class DoorTest {
  private static final Site SITE =
      new Site(new SiteId(7), "example.com", ZoneId.of("Europe/Copenhagen"), false);
  private static final String BEACON =
      "{\"d\":\"www.Example.com\",\"u\":\"https://example.com/a?secret#b\"}";
  private static final String ENGAGEMENT =
      "{\"d\":\"example.com\",\"u\":\"https://example.com/a\",\"n\":\"engagement\",\"e\":1500}";
  private static final String VITALS =
      "{\"d\":\"example.com\",\"u\":\"https://example.com/a?b=c\",\"n\":\"vitals\",\"lcp\":1200,"
          + "\"p\":{\"plan\":\"x\"}}";
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

  private static Vertx vertx;
  private static HttpServer server;
  private static HttpClient client;

  /** A token of scope {@code send}. */
  private static final String TOKEN = "sporlos_may_send";

  /** What answers the requests of the test that runs. */
  private static volatile @Nullable Door door;

  private static final BlockingQueue<Future<Verdict>> VERDICTS = new LinkedBlockingQueue<>();

  @TempDir private Path directory;

  private final MovableClock clock = new MovableClock("2026-11-23T09:00:00.900Z");

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    server =
        vertx.createHttpServer().requestHandler(DoorTest::answer).listen(0, "127.0.0.1").await();
    client = vertx.createHttpClient();
  }

  @AfterAll
  static void stop() {
    vertx.close().await();
  }

  private static void answer(HttpServerRequest request) {
    Door asked = Objects.requireNonNull(door, "no test runs");
    request
        .body()
        .onSuccess(
            body -> {
              VERDICTS.add(
                  request.method().equals(HttpMethod.GET)
                      ? asked.judgeQuery(request)
                      : asked.judge(request, body));
              request.response().end();
            });
  }

  @BeforeEach
  void openDoor() {
    openDoor(TrustedProxies.none(), domain -> succeededFuture(siteOf(domain)));
  }

  private void openDoor(TrustedProxies proxies, SiteDirectory sites) {
    openDoor(proxies, DataCentres.none(), sites);
  }

  private void openDoor(TrustedProxies proxies, DataCentres dataCentres, SiteDirectory sites) {
    Recognition recognition =
        new Recognition(
            clock,
            new SecureRandom(),
            new Recognition.Limits(1_000, 1_000),
            visit -> {},
            returned::add);
    Limits limits = new Limits(Limits.Settings.none(), clock, new SecureRandom());
    Deliveries deliveries = new Deliveries(clock, new SecureRandom());
    Bots bots = Bots.of(List.of("Ahrefs\tAhrefs(Bot|Audit)"), List.of("bot"), dataCentres);
    door =
        new Door(
            sites,
            proxies,
            bots,
            limits,
            deliveries,
            recognition,
            TestEnrichment.shipped(),
            (token, site) -> Future.succeededFuture(token.equals(TOKEN)),
            clock);
  }

  private @Nullable Site said;
  private final List<Returns.Return> returned = new ArrayList<>();

  /** Opens the door of a site of which one thing is said. */
  private void say(Setting<?> setting, String value) {
    Site saying =
        SITE.with(
            SiteSettings.read(Profile.DK, Map.of(setting.name(), value), unread -> fail(value)));
    said = saying;
    openDoor(TrustedProxies.none(), domain -> Future.succeededFuture(saying));
  }

  private Site siteSaying() {
    return Objects.requireNonNull(said, "something is said of the site");
  }

  private static @Nullable Site siteOf(String domain) {
    return domain.equals(SITE.domain()) ? SITE : null;
  }

  @Test
  void makesAHitOfABeacon() throws InterruptedException {
    Hit hit = hit(post(BEACON, Map.of()));

    assertThat(hit.site()).isEqualTo(SITE.id());
    assertThat(hit.at()).isEqualTo("2026-11-23T09:00:00Z");
    assertThat(hit.step()).isZero();
    assertThat(hit.page()).isEqualTo(new Page("example.com", "/a"));
    assertThat(hit.action()).isEqualTo(new PageView());
    assertThat(hit.byCookie()).isFalse();
  }

  @Test
  void makesAHitOfAQuery() throws InterruptedException {
    Hit hit = hit(get("?d=example.com&u=https%3A%2F%2Fexample.com%2F%C3%B8&x=%20", Map.of()));

    assertThat(hit.page()).isEqualTo(new Page("example.com", "/ø"));
    assertThat(hit.action()).isEqualTo(new PageView());
  }

  @Test
  void joinsTheBeaconsOfOneBrowser() throws InterruptedException {
    Hit view = hit(post(BEACON, Map.of()));
    Hit engagement = hit(post(ENGAGEMENT, Map.of()));
    Hit foreigner = hit(post(BEACON, Map.of("Accept-Language", "fr")));

    assertThat(engagement.visit()).isEqualTo(view.visit());
    assertThat(engagement.step()).isEqualTo(view.step());
    assertThat(engagement.action()).isEqualTo(new Engagement(Duration.ofMillis(1_500), null));
    assertThat(foreigner.visit()).isNotEqualTo(view.visit());
    assertThat(foreigner.visitor()).isNotEqualTo(view.visitor());
  }

  @Test
  void saysWithTheHitThatOpensAVisitWhatIsKnownOfIt() throws InterruptedException {
    openDoor(TrustedProxies.parse("127.0.0.1/32"), domain -> succeededFuture(siteOf(domain)));
    Map<String, String> headers =
        Map.of(
            "X-Forwarded-For",
            "130.225.1.1",
            "User-Agent",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                + " Chrome/141.0.0.0 Safari/537.36",
            "Sec-CH-UA-Platform",
            "\"Windows\"",
            "Sec-CH-UA-Platform-Version",
            "\"15.0.0\"");
    String beacon =
        BEACON.replace("}", ",\"w\":1280,\"r\":\"https://www.google.dk/search?q=kim\"}");

    Attributes attributes = hit(post(beacon, headers)).attributes();

    assertThat(attributes).isNotNull();
    assertThat(attributes.client().browser()).isEqualTo("Chrome");
    assertThat(attributes.client().os()).isEqualTo("Windows");
    assertThat(attributes.client().osVersion()).isEqualTo("11");
    assertThat(attributes.client().language()).isEqualTo("da");
    assertThat(attributes.client().screen()).isEqualTo("Large");
    assertThat(attributes.place()).isEqualTo(new Place("DK", "", ""));
    assertThat(attributes.source().name()).isEqualTo("Google");
    assertThat(attributes.source().channel()).isEqualTo("Organic Search");
    assertThat(hit(post(beacon, headers)).attributes()).isNull();
  }

  @Test
  void datesARepeatedBeaconBack() throws InterruptedException {
    Hit hit = hit(post(BEACON.replace("}", ",\"a\":90}"), Map.of()));

    assertThat(hit.at()).isEqualTo("2026-11-23T08:58:30Z");
  }

  @Test
  void dropsABeaconOfAnUnknownSite() throws InterruptedException {
    assertThat(post(BEACON.replace("Example", "unknown"), Map.of()))
        .isEqualTo(new Verdict.Dropped(null, Reason.UNKNOWN_SITE, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.example", "badexample.com", "localhost:3000", "127.0.0.1"})
  void dropsABeaconOfAPageThatIsNotOfTheSite(String host) throws InterruptedException {
    assertThat(post(BEACON.replace("https://example.com", "http://" + host), Map.of()))
        .isEqualTo(new Verdict.Dropped(SITE, Reason.HOST, ""));
  }

  @Test
  void countsAPageOfADeveloperIfTheSiteSaysSo() throws InterruptedException {
    say(SiteSettings.LOCALHOST, "on");

    assertThat(post(BEACON.replace("https://example.com", "http://localhost:3000"), Map.of()))
        .isInstanceOf(Verdict.Accepted.class);
  }

  @ParameterizedTest
  @CsvSource({"/admin/x, true", "/%61dmin, true", "/administration, false"})
  void dropsABeaconOfAnExcludedPage(String path, boolean dropped) throws InterruptedException {
    say(SiteSettings.EXCLUDED_PAGES, "/admin/**");

    Verdict verdict = post(BEACON.replace("/a?", path + "?"), Map.of());

    assertThat(verdict.equals(new Verdict.Dropped(siteSaying(), Reason.EXCLUDED_PAGE, "")))
        .isEqualTo(dropped);
  }

  @Test
  void leavesOutWhatLeadsToAPersonAndSaysHowMuch() throws InterruptedException {
    String beacon =
        BEACON.replace(
            "}",
            ",\"n\":\"Buy\",\"p\":{\"email\":\"x\",\"note\":\"kim@example.dk\"},"
                + "\"$\":{\"amount\":5,\"currency\":\"DKK\"}}");

    Verdict verdict = post(beacon, Map.of());

    assertThat(hit(verdict).properties()).isEqualTo(Map.of("note", ":email"));
    assertThat(hit(verdict).revenue()).isEqualTo(new Revenue(new BigDecimal("5.000000"), "DKK"));
    assertThat(((Verdict.Accepted) verdict).cleaned())
        .isEqualTo(Map.of(Trace.EMAIL, 1, Trace.PROPERTY, 1));
  }

  @Test
  void dropsAnEngagementWithoutAVisit() throws InterruptedException {
    assertThat(post(ENGAGEMENT, Map.of()))
        .isEqualTo(new Verdict.Dropped(SITE, Reason.NO_OPEN_VISIT, ""));
  }

  @Test
  void countsVitalsOfNobody() throws InterruptedException {
    Hit hit = hit(post(VITALS, Map.of()));

    assertThat(hit.hasVisit()).isFalse();
    assertThat(hit.visitor()).isZero();
    assertThat(hit.page()).isEqualTo(new Page("example.com", "/a"));
    assertThat(hit.action())
        .isEqualTo(new Vitals(Map.of(Vital.LCP, Vital.LCP.bucket(1_200)), "Desktop"));
    assertThat(hit.attributes()).isNull();
    assertThat(hit.properties()).isEmpty();
  }

  @Test
  void opensNoVisitForVitals() throws InterruptedException {
    hit(post(VITALS, Map.of()));

    assertThat(post(ENGAGEMENT, Map.of()))
        .isEqualTo(new Verdict.Dropped(SITE, Reason.NO_OPEN_VISIT, ""));
  }

  @Test
  void doesNotLetVitalsProlongAVisit() throws InterruptedException {
    Hit view = hit(post(BEACON, Map.of()));
    clock.move(Duration.ofMinutes(20));
    hit(post(VITALS, Map.of()));
    clock.move(Duration.ofMinutes(20));

    assertThat(hit(post(BEACON, Map.of())).visit()).isNotEqualTo(view.visit());
  }

  @Test
  void dropsVitalsOfAVisitorWhoDoesNotWantToBeCounted() throws InterruptedException {
    assertThat(post(VITALS, Map.of("Sec-GPC", "1")))
        .isEqualTo(new Verdict.Dropped(SITE, Reason.OPTED_OUT, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-GPC, 1, OPTED_OUT",
    "sec-gpc, 1, OPTED_OUT",
    "DNT, ' 1 ', OPTED_OUT",
    "Sec-Purpose, prefetch;prerender, PREFETCH",
    "Purpose, Prefetch, PREFETCH",
    "X-Purpose, preview, PREFETCH",
    "X-Moz, prefetch, PREFETCH"
  })
  void dropsABeaconForAHeader(String name, String value, Reason reason)
      throws InterruptedException {
    assertThat(post(BEACON, Map.of(name, value))).isEqualTo(new Verdict.Dropped(SITE, reason, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "User-Agent, AhrefsBot/7, Ahrefs",
    "User-Agent, Somebot/2.1, other",
    "User-Agent, Mozilla/5.0, no-browser",
    "User-Agent, ' ', no-agent",
    "Accept-Language, ' ', no-language",
    "Sec-Fetch-Mode, navigate, headers",
    "sec-fetch-mode, ' WebSocket', headers",
    "Sec-Fetch-Dest, document, headers",
    "Sec-Fetch-Dest, iframe, headers",
    "Sec-Fetch-User, ?1, headers",
    "Upgrade-Insecure-Requests, 1, headers",
    "Sec-CH-UA, '\"HeadlessChrome\";v=\"140\"', headers"
  })
  void dropsABeaconOfAProgramAndSaysByWhatItWasKnown(String name, String value, String detail)
      throws InterruptedException {
    assertThat(post(BEACON, Map.of(name, value)))
        .isEqualTo(new Verdict.Dropped(SITE, Reason.BOT, detail));
  }

  @Test
  void dropsABeaconOfABrowserThatSaysItIsDriven() throws InterruptedException {
    Verdict driven = new Verdict.Dropped(SITE, Reason.BOT, "webdriver");

    assertThat(post(BEACON.replace("}", ",\"b\":1}"), Map.of())).isEqualTo(driven);
    assertThat(get("?d=example.com&u=https%3A%2F%2Fexample.com%2F&b=1", Map.of()))
        .isEqualTo(driven);
    assertThat(post(BEACON.replace("}", ",\"b\":0}"), Map.of()))
        .isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void dropsABeaconFromADataCentre() throws Exception {
    Path file = Files.writeString(directory.resolve("networks"), "192.0.2.0/24\n127.0.0.0/8\n");
    openDoor(
        TrustedProxies.none(), DataCentres.in(file.toString()), domain -> succeededFuture(SITE));

    assertThat(post(BEACON, Map.of()))
        .isEqualTo(new Verdict.Dropped(SITE, Reason.BOT, "data-centre"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::ffff:127.0.0.0/104"})
  void dropsABeaconFromANetworkThatTheSiteExcludes(String network) throws InterruptedException {
    Site site = siteThatSays("excluded-networks", network);
    openDoor(TrustedProxies.none(), domain -> succeededFuture(site));

    assertThat(post(BEACON, Map.of()))
        .isEqualTo(new Verdict.Dropped(site, Reason.EXCLUDED_NETWORK, ""));
  }

  @Test
  void countsABeaconFromAnotherNetworkThanTheSiteExcludes() throws InterruptedException {
    Site site = siteThatSays("excluded-networks", "192.0.2.0/24,2001:db8::/32");
    openDoor(TrustedProxies.none(), domain -> succeededFuture(site));

    assertThat(post(BEACON, Map.of())).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void dropsABeaconWithAForgedReferrer() throws InterruptedException {
    String spam = BEACON.replace("}", ",\"r\":\"https://www.Shop.Semalt.com/x?y\"}");

    assertThat(post(spam, Map.of()))
        .isEqualTo(new Verdict.Dropped(SITE, Reason.SPAM, "semalt.com"));
  }

  private static Site siteThatSays(String name, String value) {
    return SITE.with(SiteSettings.read(Profile.DK, Map.of(name, value), unreadable -> {}));
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Mode, cors",
    "Sec-Fetch-Mode, no-cors",
    "Sec-Fetch-Mode, same-origin",
    "Sec-Fetch-Mode, of-tomorrow",
    "Sec-Fetch-Dest, empty",
    "Sec-Fetch-Dest, image",
    "Sec-Fetch-Site, cross-site",
    "Sec-CH-UA, '\"Chromium\";v=\"140\", \"Not=A?Brand\";v=\"24\"'"
  })
  void countsABeaconWithTheHeadersOfABrowser(String name, String value)
      throws InterruptedException {
    assertThat(post(BEACON, Map.of(name, value))).isInstanceOf(Verdict.Accepted.class);
  }

  @ParameterizedTest
  @CsvSource({"Sec-GPC, 0", "DNT, 0", "DNT, unspecified", "DNT, ''", "Sec-Purpose, x"})
  void countsABeaconInSpiteOfAHeader(String name, String value) throws InterruptedException {
    assertThat(post(BEACON, Map.of(name, value))).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void namesTheFirstReasonOfSeveral() throws InterruptedException {
    Map<String, String> headers = Map.of("DNT", "1", "Purpose", "prefetch", "User-Agent", "bot");

    assertThat(post(BEACON, headers)).isEqualTo(new Verdict.Dropped(SITE, Reason.PREFETCH, ""));
  }

  @Test
  void forgetsWhoIsDropped() throws InterruptedException {
    post(BEACON, Map.of("DNT", "1"));

    assertThat(post(ENGAGEMENT, Map.of()))
        .isEqualTo(new Verdict.Dropped(SITE, Reason.NO_OPEN_VISIT, ""));
  }

  @Test
  void saysWhatIsWrongWithABody() throws InterruptedException {
    assertThat(post("{\"d\":\"kim@example.com\",\"u\":1}", Map.of()))
        .isEqualTo(new Verdict.Malformed("", "`u` must be a string."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?d=%zz&u=x", "?d=%", "?d=%E0%"})
  void saysWhatIsWrongWithAQuery(String query) throws InterruptedException {
    assertThat(get(query, Map.of()))
        .isEqualTo(
            new Verdict.Malformed("", "The query cannot be decoded; percent-encode it as UTF-8."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "?u=https://example.com/", "?&&==", "?d"})
  void namesTheParameterThatIsMissing(String query) throws InterruptedException {
    assertThat(get(query, Map.of()))
        .isEqualTo(
            new Verdict.Malformed(
                "", "`d` is missing; send the site's domain as its snippet's data-site names it."));
  }

  @Test
  void believesAProxyThatItTrusts() throws InterruptedException {
    openDoor(TrustedProxies.parse("127.0.0.0/8"), domain -> succeededFuture(SITE));

    Hit one = hit(post(BEACON, Map.of("X-Forwarded-For", "203.0.113.1, 192.0.2.1")));
    Hit neighbour = hit(post(BEACON, Map.of("X-Forwarded-For", "192.0.2.2")));
    Hit standard = hit(post(BEACON, Map.of("Forwarded", "for=192.0.2.3;proto=https")));
    Hit stranger = hit(post(BEACON, Map.of("X-Forwarded-For", "192.0.2.1, 203.0.113.1")));
    Hit unread = hit(post(BEACON, Map.of("X-Forwarded-For", "unknown")));
    Hit direct = hit(post(BEACON, Map.of()));

    assertThat(List.of(neighbour.visit(), standard.visit())).containsOnly(one.visit());
    assertThat(stranger.visit()).isNotEqualTo(one.visit());
    assertThat(unread.visit()).isEqualTo(direct.visit()).isNotEqualTo(one.visit());
  }

  @Test
  void believesNobodyElse() throws InterruptedException {
    Hit one = hit(post(BEACON, Map.of("X-Forwarded-For", "192.0.2.1")));
    Hit other = hit(post(BEACON, Map.of("Forwarded", "for=203.0.113.1")));

    assertThat(other.visit()).isEqualTo(one.visit());
  }

  @Test
  void believesAServerWithATokenAboutItsVisitors() throws InterruptedException {
    String named = BEACON.replace("}", ", \"ip\": \"192.0.2.7\", \"ua\": \"" + BROWSER + "\"}");
    Map<String, String> shown = Map.of("Authorization", "Bearer " + TOKEN, "User-Agent", "curl/8");

    Hit one = hit(post(named, shown));
    Hit again = hit(post(named, shown));
    Hit other = hit(post(named.replace("192.0.2.7", "198.51.100.7"), shown));

    assertThat(again.visit()).isEqualTo(one.visit());
    assertThat(other.visit()).isNotEqualTo(one.visit());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer sporlos_another", "Basic c3Bvcmxvcw=="})
  void believesNoServerWithoutOne(String authorization) throws InterruptedException {
    String named = BEACON.replace("}", ", \"ip\": \"192.0.2.7\"}");

    assertThat(post(named, Map.of("Authorization", authorization)))
        .isInstanceOfSatisfying(
            Verdict.Dropped.class,
            dropped -> assertThat(dropped.reason()).isEqualTo(Reason.NO_TOKEN));
  }

  @Test
  void failsIfTheSiteCannotBeLookedUp() throws InterruptedException {
    openDoor(TrustedProxies.none(), domain -> Future.failedFuture("database away"));

    assertThat(send(HttpMethod.POST, "/b", BEACON, Map.of()).failed()).isTrue();
  }

  private static Hit hit(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    return ((Verdict.Accepted) verdict).hit();
  }

  private static Verdict post(String body, Map<String, String> headers)
      throws InterruptedException {
    return send(HttpMethod.POST, "/b", body, headers).await();
  }

  private static Verdict get(String query, Map<String, String> headers)
      throws InterruptedException {
    return send(HttpMethod.GET, "/b.gif" + query, "", headers).await();
  }

  private static Future<Verdict> send(
      HttpMethod method, String uri, String body, Map<String, String> headers)
      throws InterruptedException {
    HttpClientRequest request =
        client.request(method, server.actualPort(), "127.0.0.1", uri).await();
    request.putHeader("User-Agent", BROWSER).putHeader("Accept-Language", "da");
    headers.forEach(request::putHeader);
    request.send(Buffer.buffer(body)).await();
    return VERDICTS.take();
  }
}
