package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import dk.sporlos.account.Scope;
import dk.sporlos.account.Tokens;
import dk.sporlos.database.EmbeddedServer;
import dk.sporlos.door.DayKeyProducts;
import dk.sporlos.privacy.Withholding;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.Canaries;
import dk.sporlos.testing.CanaryVisitor;
import dk.sporlos.testing.Dump;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * After beacons of many kinds no address, agent, language, cookie, query, nor anything that a day
 * key makes of them, is on disk, in a log at any level, in an answer or in a metric.
 */
class CanaryTest {
  private static final int VISITS = 1_000;
  private static final ZoneId ZONE = ZoneId.of("Europe/Copenhagen");
  private static final Pattern FORM_TOKEN = Pattern.compile("name=\"token\" value=\"(\\w+)\"");
  private static final List<String> DIMENSIONS =
      List.of("event:page", "event:hostname", "visit:entry_page", "visit:exit_page", "time:hour");

  private static final String UMAMI = "b59e9c65-ae32-47f1-8400-119fcf4861c4";
  private static final String TAKING_DIALECTS =
      """
      insert into site_setting (site_id, name, value)
      select id, s.name, s.value from site, (values
        ('dialects', 'plausible,umami,matomo,goatcounter'), ('matomo-id', '3'),
        ('umami-id', '%s')) as s (name, value)
      """
          .formatted(UMAMI);

  @TempDir private Path directory;

  /** A fixed seed, so that a failure can be repeated. */
  private final Random random = new Random(20261123);

  private final KeyRecorder keys = new KeyRecorder();
  private final Canaries canaries = new Canaries();
  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private final List<CanaryVisitor> visitors = new ArrayList<>();
  private final TreeSet<String> heard = new TreeSet<>();
  private FileAppender<ILoggingEvent> log;
  private Appender<ILoggingEvent> stderr;
  private Level usual;
  private EmbeddedServer server;
  private RunningApplication application;
  private String token;
  private String cookieName;

  @BeforeEach
  void start() {
    logEverything();
    server = EmbeddedServer.serve(directory.resolve("data"), 0);
    Path spool = directory.resolve("spool");
    application =
        RunningApplication.on(
            server.url(),
            new Application.Storage(null, "test", spool, 100_000_000, List.of(directory), 0),
            clock,
            keys);
    try (TestPool database = TestPool.of(server.url())) {
      Site site =
          Objects.requireNonNull(
              new SiteStore(database.pool()).add("example.com", ZONE, false).await());
      database.pool().query(TAKING_DIALECTS).execute().await();
      cookieName = "sporlos-" + site.publicId();
      token =
          new Tokens(database.pool(), Clock.systemUTC(), new SecureRandom())
              .create(Tokens.Terms.of(site.id(), Set.of(Scope.STATS, Scope.SEND)))
              .await();
    }
    // The clock stands, and what is known of sites is fresh for a second of it.
    clock.move(Duration.ofSeconds(2));
  }

  @AfterEach
  void stop() {
    application.close();
    server.close();
    rootLogger().setLevel(usual);
    rootLogger().detachAppender(log);
    rootLogger().addAppender(stderr);
    log.stop();
  }

  @Test
  void nothingThatCouldLeadBackToAVisitorIsFoundAnywhere() throws Throwable {
    for (int visit = 0; visit < VISITS; visit++) {
      if (visit == VISITS / 2) {
        clock.move(Duration.ofMinutes(45));
        eventually(
            () ->
                assertThat(visitsOnceItIsLater()).as(metrics()).isGreaterThanOrEqualTo(VISITS / 2));
      }
      send(aVisitor(visit));
    }
    assertThat(rows("hit")).as(heard::toString).isGreaterThanOrEqualTo(VISITS * 3L / 2);
    assertThat(rows("hit where by_cookie")).isGreaterThanOrEqualTo(VISITS * 3L / 4);
    sendToAFailingHandler(aVisitor(VISITS));
    assertThat(keys.keys()).hasSizeGreaterThanOrEqualTo(1);
    plantCanaries();
    execute("checkpoint");

    assertThat(canaries.under(directory)).isEmpty();
    assertThat(canaries.in(String.join("\n", heard) + metrics() + answers())).isEmpty();
    assertThat(canaries.in(dump())).isEmpty();
    assertThatLeaksAreFound();
  }

  @Test
  void nothingOfAVisitIsLeftOnceItsVisitorHasErasedIt() throws Throwable {
    CanaryVisitor visitor = aVisitor(0);
    String view = visitor.view("example.com");
    String given = cookie(post(visitor, view + ", \"c\": 1}", "session=1"));
    clock.move(Duration.ofDays(1));
    String renewed = cookie(post(visitor, view + "}", given));
    post(visitor, view + ", \"n\": \"Order\"}", renewed);
    String rights = "/privacy?site=example.com&lang=en";
    JsonObject copy = new JsonObject(get(visitor, rights + "&format=json", renewed).body());
    JsonObject hit = copy.getJsonObject("visit").getJsonArray("hits").getJsonObject(0);
    plantCanaries();
    canaries.addText("the number of the first cookie", number(given));
    canaries.addText("the number of the second cookie", number(renewed));
    canaries.addNumber("the visit", Long.parseLong(hit.getString("visit")));
    canaries.addNumber("the visitor", Long.parseLong(hit.getString("visitor")));
    assertThat(canaries.in(dump()))
        .contains("the visit as text in the text", "the visitor as text in the text");

    Matcher form = FORM_TOKEN.matcher(get(visitor, rights, renewed).body());
    assertThat(form.find()).isTrue();
    HttpResponse<String> erased =
        application.send(
            request(visitor, "/privacy/erase")
                .setHeader("Cookie", renewed)
                .POST(BodyPublishers.ofString("site=example.com&token=" + form.group(1))));
    assertThat(erased.headers().firstValue("location").orElse("")).endsWith("result=erased");

    assertThat(canaries.in(dump())).containsExactly("the visit as text in the text");
    clock.move(Duration.ofDays(4));
    try (TestPool database = TestPool.of(server.url())) {
      new Withholding(database.pool(), keys, clock).expire().await();
    }
    assertThat(canaries.in(dump())).isEmpty();
    assertThat(canaries.in(get(visitor, rights, renewed).body() + metrics() + answers())).isEmpty();
    assertThat(canaries.in(Files.readString(directory.resolve("trace.log")))).isEmpty();
  }

  /** The control: the same search finds each kind of leak once it is there. */
  private void assertThatLeaksAreFound() {
    CanaryVisitor one = visitors.get(0);
    CanaryVisitor another = visitors.get(1);
    LoggerFactory.getLogger("leaky").trace("a beacon of {}", one.address());
    execute("create table leaky (agent text, hash text, address inet, key bytea)");
    execute(
        "insert into leaky values ('%s', md5('%s'), '%s', '\\x%s')"
            .formatted(
                another.agent(),
                another.address(),
                another.address(),
                HexFormat.of().formatHex(keys.keys().get(0))));
    execute("checkpoint");

    assertThat(canaries.under(directory))
        .anyMatch(leak -> leak.startsWith("address 0 in ") && leak.endsWith("trace.log"))
        .anyMatch(leak -> leak.startsWith("agent 1 in ") && leak.contains("/base/"))
        .anyMatch(leak -> leak.startsWith("agent 1 in ") && leak.contains("/pg_wal/"))
        .anyMatch(leak -> leak.startsWith("MD5 of address 1 in hex in "))
        .anyMatch(leak -> leak.startsWith("address 1 as inet in "))
        .anyMatch(leak -> leak.startsWith("a day key in "));
    assertThat(canaries.in(dump()))
        .anyMatch(leak -> leak.startsWith("agent 1 in "))
        .anyMatch(leak -> leak.startsWith("a day key in hex in "));
  }

  private CanaryVisitor aVisitor(int number) {
    CanaryVisitor visitor = CanaryVisitor.number(number, random);
    visitors.add(visitor);
    return visitor;
  }

  private void plantCanaries() {
    for (CanaryVisitor visitor : visitors) {
      visitor.plant(canaries);
      for (byte[] key : keys.keys()) {
        DayKeyProducts.add(
            canaries,
            key,
            visitor.address(),
            visitor.agent(),
            visitor.language(),
            visitor.cookie());
      }
    }
    for (byte[] key : keys.keys()) {
      canaries.addBytes("a day key", key);
    }
  }

  /** Beacons of every kind, and requests of others, each bringing all that its visitor has. */
  private void send(CanaryVisitor visitor) throws Exception {
    for (String body : visitor.bodies("example.com")) {
      sendAndHear(visitor, body);
    }
    String view = visitor.view("example.com") + "}";
    sendAndHear(
        visitor, view.replace("\"plan\": \"", "\"plan\": \"" + visitor.token().repeat(4_000)));
    sendAndHear(visitor, view, "Sec-GPC", "1");
    sendAndHear(visitor, view, "Purpose", "prefetch");
    get(visitor, "/b.gif?d=example.com&u=https%3A%2F%2Fexample.com%2F%3Fq%3D" + visitor.search());
    if (visitors.size() % 10 == 1) {
      sendInDialects(visitor);
    }
    get(visitor, "/nothing/" + visitor.token() + "?email=" + visitor.email());
  }

  /** All that trackers of other products say of a visitor, without a token and with one. */
  private void sendInDialects(CanaryVisitor visitor) throws Exception {
    String ip = visitor.address();
    JsonObject data = new JsonObject().put("email", visitor.email()).put("plan", "pro");
    String page = "https://example.com/?q=" + visitor.search() + "#token=" + visitor.token();
    JsonObject event =
        new JsonObject().put("n", "Order").put("u", page).put("d", "example.com").put("p", data);
    JsonObject payload =
        new JsonObject()
            .put("website", UMAMI)
            .put("url", page)
            .put("id", visitor.email())
            .put("ip", ip)
            .put("userAgent", visitor.agent())
            .put("language", visitor.language())
            .put("data", data);
    JsonObject hit =
        new JsonObject()
            .put("path", "/?q=" + visitor.search())
            .put("ip", ip)
            .put("user_agent", visitor.agent())
            .put("session", visitor.token());
    String matomo =
        "/matomo.php?idsite=3&rec=1&url=%s&uid=%s&_id=0123456789abcdef&cip=%s&ua=%s&lang=%s"
            .formatted(
                encoded(page),
                encoded(visitor.email()),
                encoded(ip),
                encoded(visitor.agent()),
                encoded(visitor.language()));
    for (String[] headers : new String[][] {{}, {"Authorization", "Bearer " + token}}) {
      sendTo("/api/event", visitor, event.encode(), headers);
      sendTo("/api/send", visitor, umami("event", payload), headers);
      sendTo("/api/send", visitor, umami("identify", payload), headers);
      String hits = new JsonObject().put("hits", JsonArray.of(hit)).encode();
      sendTo("/api/v0/count?site=example.com", visitor, hits, headers);
      get(visitor, matomo + (headers.length == 0 ? "" : "&token_auth=" + token));
    }
    get(
        visitor,
        "/count?site=example.com&p=/&q=%s&r=%s"
            .formatted(encoded("?email=" + visitor.email()), encoded(page)));
    assertThat(heard).anyMatch(answer -> answer.startsWith("202 ") && answer.endsWith(" ok"));
  }

  private static String umami(String type, JsonObject payload) {
    return new JsonObject().put("type", type).put("payload", payload).encode();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void sendTo(String path, CanaryVisitor visitor, String body, String... headers)
      throws Exception {
    hear(application.send(request(visitor, path, headers).POST(BodyPublishers.ofString(body))));
  }

  /** Somebody unknown, whose number cannot be drawn; what is thrown says all about them. */
  private void sendToAFailingHandler(CanaryVisitor visitor) throws Exception {
    keys.failWith(visitor.toString());
    sendAndHear(visitor, visitor.view("example.com") + "}");
    keys.failWith(null);
    assertThat(heard).anyMatch(answer -> answer.startsWith("503 "));
    assertThat(directory.resolve("trace.log"))
        .content()
        .contains("IllegalStateException at dk.sporlos.CanaryTest$KeyRecorder.nextLong");
  }

  /** What every route that tells figures says. */
  private String answers() throws Exception {
    StringBuilder answers = new StringBuilder();
    for (String dimension : DIMENSIONS) {
      HttpResponse<String> answer =
          application.send(
              application
                  .request("/api/v2/query")
                  .header("Authorization", "Bearer " + token)
                  .POST(
                      BodyPublishers.ofString(
                          """
                          {"site_id": "example.com", "date_range": ["2026-11-01", "2026-11-03"],
                           "metrics": ["visitors"], "dimensions": ["%s"]}"""
                              .formatted(dimension))));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      answers.append(answer.body());
    }
    return answers + application.manage("/doctor") + application.manage("/health/ready");
  }

  private String dump() {
    try (TestPool database = TestPool.of(server.url())) {
      return Dump.of(database.pool());
    }
  }

  private void sendAndHear(CanaryVisitor visitor, String body, String... headers) throws Exception {
    hear(application.send(request(visitor, "/b", headers).POST(BodyPublishers.ofString(body))));
  }

  private HttpResponse<String> post(CanaryVisitor visitor, String body, String cookie)
      throws Exception {
    return application.send(
        request(visitor, "/b").setHeader("Cookie", cookie).POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(CanaryVisitor visitor, String path, String cookie)
      throws Exception {
    return application.send(request(visitor, path).setHeader("Cookie", cookie));
  }

  /** The cookie that an answer gives, by name and value. */
  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("set-cookie").orElseThrow().replaceAll(";.*", "");
  }

  private static String number(String cookie) {
    return cookie.substring(cookie.lastIndexOf('.') + 1);
  }

  private void get(CanaryVisitor visitor, String path) throws Exception {
    hear(application.send(request(visitor, path)));
  }

  private HttpRequest.Builder request(CanaryVisitor visitor, String path, String... headers) {
    HttpRequest.Builder request =
        application
            .request(path)
            .headers(visitor.headers(cookieName, LocalDate.ofInstant(clock.instant(), ZONE)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request;
  }

  private void hear(HttpResponse<String> answer) {
    heard.add(answer.statusCode() + " " + answer.headers().map() + " " + answer.body());
  }

  private String metrics() throws Exception {
    String body = application.manage("/metrics");
    assertThat(body).contains("sporlos_beacons_total");
    return body;
  }

  /** Visits that ended rest for a while before they are folded. */
  private long visitsOnceItIsLater() {
    clock.move(Duration.ofSeconds(10));
    return rows("visit");
  }

  private long rows(String table) {
    try (TestPool database = TestPool.of(server.url())) {
      return database
          .pool()
          .query("select count(*) from " + table)
          .execute()
          .await()
          .iterator()
          .next()
          .getLong(0);
    }
  }

  private void execute(String statement) {
    try (TestPool database = TestPool.of(server.url())) {
      database.pool().query(statement).execute().await();
    }
  }

  private void logEverything() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d %level %logger %msg %ex%n");
    encoder.start();
    log = new FileAppender<>();
    log.setContext(context);
    log.setFile(directory.resolve("trace.log").toString());
    log.setEncoder(encoder);
    log.start();
    usual = rootLogger().getLevel();
    stderr = rootLogger().getAppender("stderr");
    rootLogger().detachAppender(stderr);
    rootLogger().addAppender(log);
    rootLogger().setLevel(Level.TRACE);
    context.getLogger("dk.sporlos").setLevel(Level.TRACE);
  }

  private static Logger rootLogger() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** Remembers what was drawn for day keys. */
  private static final class KeyRecorder extends SecureRandom {
    private static final long serialVersionUID = 1;
    private static final int KEY_LENGTH = 32;
    private final transient List<byte[]> keys = Collections.synchronizedList(new ArrayList<>());
    private volatile @Nullable String failure;

    /** From now on numbers cannot be drawn, and that is said; null: they can. */
    void failWith(@Nullable String message) {
      failure = message;
    }

    List<byte[]> keys() {
      return List.copyOf(keys);
    }

    @Override
    public long nextLong() {
      if (failure != null) {
        throw new IllegalStateException(failure);
      }
      return super.nextLong();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      super.nextBytes(bytes);
      if (bytes.length == KEY_LENGTH) {
        keys.add(bytes.clone());
      }
    }
  }
}
