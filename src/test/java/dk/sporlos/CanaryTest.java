package dk.sporlos;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import dk.sporlos.database.EmbeddedServer;
import dk.sporlos.door.DayKeyProducts;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.Canaries;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
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
  private static final int VISITS = 200;
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"
          + " Safari/537.36 ";

  @TempDir private Path directory;

  /** A fixed seed, so that a failure can be repeated. */
  private final Random random = new Random(20261123);

  private final KeyRecorder keys = new KeyRecorder();
  private final Canaries canaries = new Canaries();
  private final List<Sender> senders = new ArrayList<>();
  private final TreeSet<String> heard = new TreeSet<>();
  private FileAppender<ILoggingEvent> log;
  private Appender<ILoggingEvent> stderr;
  private Level usual;
  private EmbeddedServer server;
  private RunningApplication application;

  private record Sender(String address, String agent, String language, String secret) {}

  @BeforeEach
  void start() {
    logEverything();
    server = EmbeddedServer.serve(directory.resolve("data"), 0);
    application = RunningApplication.on(server.url(), Clock.systemUTC(), keys);
    try (TestPool database = TestPool.of(server.url())) {
      new SiteStore(database.pool())
          .add("example.com", ZoneId.of("Europe/Copenhagen"), false)
          .await();
    }
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
  void nothingThatCouldLeadBackToAVisitorIsFoundAnywhere() throws Exception {
    for (int visit = 0; visit < VISITS; visit++) {
      send(aSender(visit));
    }
    assertThat(rows("hit")).as(() -> heard.toString()).isGreaterThanOrEqualTo(VISITS * 3L);
    assertThat(keys.keys()).hasSizeGreaterThanOrEqualTo(1);
    plantCanaries();
    execute("checkpoint");

    assertThat(canaries.under(directory)).isEmpty();
    assertThat(canaries.in(String.join("\n", heard) + metrics())).isEmpty();
    assertThatLeaksAreFound();
  }

  /** The control: the same search finds each kind of leak once it is there. */
  private void assertThatLeaksAreFound() {
    Sender one = senders.get(0);
    Sender another = senders.get(1);
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
  }

  private Sender aSender(int number) {
    String secret = HexFormat.of().formatHex(bytes(10));
    String client =
        number % 2 == 0
            ? "203.0.%d.%d".formatted(random.nextInt(256), random.nextInt(256))
            : "2001:db8:%x:%x::%x"
                .formatted(
                    0x1000 + random.nextInt(0xe000),
                    0x1000 + random.nextInt(0xe000),
                    0x1000 + random.nextInt(0xe000));
    Sender sender = new Sender(client, BROWSER + secret, "da,x-" + secret, secret);
    senders.add(sender);
    return sender;
  }

  private void plantCanaries() throws Exception {
    for (int i = 0; i < senders.size(); i++) {
      Sender sender = senders.get(i);
      byte[] bytes = InetAddress.getByName(sender.address()).getAddress();
      canaries.addText("address " + i, sender.address());
      canaries.addText("cut address " + i, cut(bytes));
      canaries.addBytes("address " + i + " as inet", inet(bytes));
      canaries.addText("agent " + i, sender.agent());
      canaries.addText("secret " + i, sender.secret());
      for (byte[] key : keys.keys()) {
        DayKeyProducts.add(canaries, key, sender.address(), sender.agent(), sender.language());
      }
    }
    for (byte[] key : keys.keys()) {
      canaries.addBytes("a day key", key);
    }
  }

  /** Beacons of every kind, each bringing its sender's secret wherever something can be brought. */
  private void send(Sender sender) throws Exception {
    String address =
        ("/page/%1$s/anna-%1$s@example.org?email=anna-%1$s@example.org&token=%1$s"
                + "&utm_campaign=anna%%2540%1$s.example.org&utm_content=%1$s#%1$s")
            .formatted(sender.secret());
    String more =
        """
        , "r": "https://search.example/%1$s?q=%1$s", "p": {"user": "%1$s", "plan": "%1$s"}, "k": "%1$s"}"""
            .formatted(sender.secret());
    String page = "{\"d\": \"example.com\", \"u\": \"https://example.com" + address + "\"";
    post(sender, page + more);
    post(sender, page + ", \"n\": \"Order\"" + more.replace("\"k\": \"", "\"k\": \"order-"));
    post(
        sender,
        page
            + ", \"n\": \"engagement\", \"e\": 4000, \"sd\": 80"
            + more.replace("\"k\": \"", "\"k\": \"engagement-"));
    post(sender, page + ", \"n\": 5.5" + more);
    post(sender, "{\"d\": \"" + sender.secret() + ".example\", \"u\": \"https://x.example/\"}");
    post(sender, sender.secret() + "{");
    post(sender, page + ", \"p\": {\"x\": \"" + sender.secret().repeat(4_000) + "\"}}");
    post(sender, page + more, "Sec-GPC", "1");
    post(sender, page + more, "Purpose", "prefetch");
    post(new Sender(sender.address(), "bot/" + sender.secret(), "", sender.secret()), page + more);
    get(sender, "/b.gif?d=example.com&u=https%3A%2F%2Fexample.com%2F%3Fq%3D" + sender.secret());
    get(sender, "/nothing/" + sender.secret());
  }

  private void post(Sender sender, String body, String... headers) throws Exception {
    hear(application.send(request(sender, "/b", headers).POST(BodyPublishers.ofString(body))));
  }

  private void get(Sender sender, String path) throws Exception {
    hear(application.send(request(sender, path)));
  }

  private HttpRequest.Builder request(Sender sender, String path, String... headers) {
    HttpRequest.Builder request =
        application
            .request(path)
            .header("X-Forwarded-For", sender.address())
            .header("User-Agent", sender.agent())
            .header("Cookie", "__Host-sporlos-1=" + sender.secret());
    if (!sender.language().isEmpty()) {
      request.header("Accept-Language", sender.language());
    }
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

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * The address as the door cuts it, written without its zeroes, so that no encoding of them hides
   * it.
   */
  private static String cut(byte[] address) {
    if (address.length == 4) {
      return "%d.%d.%d.".formatted(address[0] & 0xff, address[1] & 0xff, address[2] & 0xff);
    }
    ByteBuffer groups = ByteBuffer.wrap(address);
    return "%x:%x:%x:"
        .formatted(
            groups.getShort() & 0xffff, groups.getShort() & 0xffff, groups.getShort() & 0xffff);
  }

  /** PostgreSQL's own form: family, length of the prefix, bytes. */
  private static byte[] inet(byte[] address) {
    byte[] inet = new byte[address.length + 2];
    inet[0] = (byte) (address.length == 4 ? 2 : 3);
    inet[1] = (byte) (address.length * Byte.SIZE);
    System.arraycopy(address, 0, inet, 2, address.length);
    return inet;
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

    List<byte[]> keys() {
      return List.copyOf(keys);
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
