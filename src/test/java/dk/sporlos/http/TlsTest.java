package dk.sporlos.http;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.metrics.Meters;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.testing.LogLines;
import dk.sporlos.testing.RawHttp;
import dk.sporlos.testing.RawHttp2;
import dk.sporlos.testing.RawHttp2.Frame;
import dk.sporlos.testing.TestCertificate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS in the process: what is spoken, with which certificate, and that limits hold in HTTP/2. */
class TlsTest {
  private static final int MOST_CONNECTIONS = 5;
  private static final Duration MOMENT = Duration.ofSeconds(2);
  private static final int ENHANCE_YOUR_CALM = 11;

  @TempDir private static Path made;
  private static X509Certificate certificate;

  @TempDir private Path directory;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<UnreadableRequest> unreadable = new CopyOnWriteArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final Sockets sockets = new Sockets();
  private Vertx vertx;
  private SSLContext trust;
  private Tls tls;
  private HttpListener listener;

  @BeforeAll
  static void make() throws Exception {
    certificate = TestCertificate.write(made, "EC", 0, 30);
  }

  @BeforeEach
  void listen() throws Exception {
    vertx = Vertx.builder().with(new VertxOptions()).withTransport(sockets.transport()).build();
    Files.copy(made.resolve("tls.crt"), directory.resolve("tls.crt"));
    Files.copy(made.resolve("tls.key"), directory.resolve("tls.key"));
    trust = TestCertificate.trusting(certificate);
    tls = new Tls(vertx, files(), Clock.systemUTC(), MOMENT);
    Connections connections =
        new Connections(
            new Connections.Limits(MOST_CONNECTIONS, MOMENT, MOMENT.multipliedBy(3), MOMENT),
            meters);
    listener =
        HttpListener.listen(
                vertx,
                2,
                List.of(this::mount),
                new Endpoint("127.0.0.1", 0),
                "--listen",
                new Gate(connections, connection -> {}, unreadable::add)
                    .with(sockets)
                    .with(new SecurityHeaders(request -> request.isSSL(), Duration.ofDays(365)))
                    .with(tls))
            .await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void mount(Router router) {
    router
        .get("/there")
        .handler(
            context -> {
              answered.incrementAndGet();
              context.response().end("here");
            });
    router
        .post("/there")
        .handler(
            context ->
                Bodies.read(context.request(), 1_000, new BodyBudget(1_000_000, meters))
                    .onComplete(
                        body -> context.response().end("read " + body.length()),
                        failure ->
                            new Problem(413, "too-large", "at most 1 KB")
                                .send(context.response())));
  }

  private TlsFiles files() {
    return new TlsFiles(directory.resolve("tls.crt"), directory.resolve("tls.key"));
  }

  @Test
  void bothVersionsOfHttpAreSpoken() throws Exception {
    for (Version version : List.of(Version.HTTP_2, Version.HTTP_1_1)) {
      HttpResponse<String> answer = get(version, trust);

      assertThat(answer.version()).isEqualTo(version);
      assertThat(answer.body()).isEqualTo("here");
      assertThat(answer.headers().firstValue("strict-transport-security"))
          .contains("max-age=31536000");
      assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
    }
  }

  @Test
  void whatIsNotTlsIsClosedInSilence() throws Exception {
    try (LogLines log = new LogLines();
        Socket plain = RawHttp.open(listener.port(), "GET /there HTTP/1.1\r\nHost: x\r\n\r\n")) {
      String answer =
          new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).doesNotContain("HTTP/1.1").doesNotContain("here");
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void weakCiphersAndOldVersionsAreRefused() throws Exception {
    try (SSLSocket socket = socket()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
    }
    try (SSLSocket socket = socket()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();
      assertThat(socket.getSession().getCipherSuite()).contains("ECDHE").contains("GCM");
    }
  }

  @Test
  void aNewCertificateIsShownOnceItsFilesAreThere() throws Exception {
    assertThat(shown()).isEqualTo(certificate.getSerialNumber());
    X509Certificate next = TestCertificate.write(directory, "RSA", 0, 60);

    tls.refresh().await();

    trust = TestCertificate.trusting(next);
    assertThat(shown()).isEqualTo(next.getSerialNumber());
    assertThat(get(Version.HTTP_2, trust).version()).isEqualTo(Version.HTTP_2);
    assertThat(tls.finding()).isNull();
    assertThat(gauge("expiry.timestamp.seconds"))
        .isEqualTo((double) next.getNotAfter().toInstant().getEpochSecond());
  }

  @Test
  void whatCannotBeUsedIsNotShownAndSaidOnce() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    TestCertificate.write(other, "EC", 0, 30);
    Files.copy(
        other.resolve("tls.key"),
        directory.resolve("tls.key"),
        StandardCopyOption.REPLACE_EXISTING);

    try (LogLines log = new LogLines()) {
      tls.refresh().await();
      tls.refresh().await();
      assertThat(log.lines()).hasSize(1).first().asString().contains("tls.key", "made together");
    }

    assertThat(shown()).isEqualTo(certificate.getSerialNumber());
    assertThat(gauge("refused")).isEqualTo(1);
    assertThat(Objects.requireNonNull(tls.finding()).code()).isEqualTo("tls-certificate-refused");

    Files.copy(
        other.resolve("tls.crt"),
        directory.resolve("tls.crt"),
        StandardCopyOption.REPLACE_EXISTING);
    tls.refresh().await();

    assertThat(gauge("refused")).isZero();
  }

  @Test
  void oneThatHasEndedIsNotShownInPlaceOfOneThatHasNot() throws Exception {
    TestCertificate.write(directory, "EC", -30, 20);

    tls.refresh().await();

    assertThat(shown()).isEqualTo(certificate.getSerialNumber());
    assertThat(gauge("refused")).isEqualTo(1);
  }

  @Test
  void oneThatEndsSoonIsSaidToTheDoctor() throws Exception {
    TestCertificate.write(directory, "EC", 0, 10);

    tls.refresh().await();

    assertThat(Objects.requireNonNull(tls.finding()).code()).isEqualTo("tls-certificate-ends");
  }

  @Test
  void filesThatCannotBeUsedAreNamedWithWhatBelongsThere() throws Exception {
    Path key = directory.resolve("tls.key");
    String secret = Files.readString(key);

    Files.writeString(key, "nonsense");
    assertThatItIsRefused("--tls-key", "tls.key", "without a passphrase");
    Files.writeString(key, secret);
    Files.writeString(directory.resolve("tls.crt"), "nonsense");
    assertThatItIsRefused("--tls-certificate", "tls.crt", "BEGIN CERTIFICATE");
    Files.writeString(directory.resolve("tls.crt"), secret);
    assertThatItIsRefused("--tls-certificate", "tls.crt");
    Files.delete(directory.resolve("tls.crt"));
    assertThatItIsRefused("--tls-certificate", "there is no file", "tls.crt");
  }

  @Test
  void connectionsThatNeverSpeakTlsAreBoundedAndCutOff() throws Throwable {
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < MOST_CONNECTIONS; i++) {
      silent.add(RawHttp.open(listener.port(), ""));
    }

    try (Socket excess = RawHttp.open(listener.port(), "")) {
      assertThat(RawHttp.isClosedInSilence(excess)).isTrue();
    }
    assertThat(closed("too-many")).isEqualTo(1);
    for (Socket socket : silent) {
      assertThat(RawHttp.isClosedInSilence(socket)).isTrue();
      socket.close();
    }
    eventually(() -> assertThat(get(Version.HTTP_1_1, trust).statusCode()).isEqualTo(200));
  }

  @Test
  void http2SaysItsLimits() throws Exception {
    try (RawHttp2 connection = RawHttp2.open(listener.port(), trust)) {
      Frame settings = connection.await(frame -> frame.type() == RawHttp2.SETTINGS);

      assertThat(settings.setting(3)).as("streams").isEqualTo(100);
      assertThat(settings.setting(6)).as("bytes of headers").isEqualTo(16_384);
    }
  }

  @Test
  void headersThatAreTooLongAreRefusedInHttp2() throws Exception {
    try (RawHttp2 connection = RawHttp2.open(listener.port(), trust)) {
      connection.ask(
          1, "GET", "/there", Map.of("x", "h".repeat(16_000), "y", "h".repeat(300)), true);

      Frame end = connection.await(frame -> frame.stream() == 1 || frame.type() == RawHttp2.GOAWAY);
      assertThat(end == null || end.type() != RawHttp2.DATA).isTrue();
    }
    assertThat(answered).hasValue(0);
    assertThat(get(Version.HTTP_2, trust).statusCode()).isEqualTo(200);
  }

  @Test
  void anAddressThatIsTooLongIsRefusedInHttp2() throws Exception {
    HttpResponse<String> answer =
        client(Version.HTTP_2, trust)
            .send(
                HttpRequest.newBuilder(uri("/there?" + "l".repeat(9_000))).build(),
                BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(414);
    assertThat(answer.body()).contains("line-too-long");
    assertThat(unreadable).hasSize(1);
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedInHttp2() throws Exception {
    HttpResponse<String> answer =
        client(Version.HTTP_2, trust)
            .send(
                HttpRequest.newBuilder(uri("/there"))
                    .POST(HttpRequest.BodyPublishers.ofString("x".repeat(5_000)))
                    .build(),
                BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void streamsThatAreOpenedToBeResetEndTheirConnection() throws Exception {
    try (RawHttp2 connection = RawHttp2.open(listener.port(), trust)) {
      try {
        for (int stream = 1; stream < 2_000; stream += 2) {
          connection.ask(stream, "GET", "/there", Map.of(), true);
          connection.reset(stream);
        }
      } catch (IOException closed) {
        // Just what is wanted.
      }
      Frame end = null;
      try {
        end = connection.await(frame -> frame.type() == RawHttp2.GOAWAY);
      } catch (SSLException closed) {
        // A reset may overtake the frame that says why.
      }
      assertThat(end == null || end.error() == ENHANCE_YOUR_CALM).isTrue();
    }
    assertThat(get(Version.HTTP_2, trust).statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyThatNeverEndsIsCutOffThoughOthersGoOnBesideIt() throws Exception {
    try (RawHttp2 connection = RawHttp2.open(listener.port(), trust)) {
      connection.ask(1, "POST", "/there", Map.of(), false);
      boolean open = true;
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      for (int stream = 3; open && System.nanoTime() < deadline; stream += 2) {
        int asked = stream;
        try {
          connection.ask(stream, "GET", "/there", Map.of(), true);
          open = connection.await(frame -> frame.stream() == asked && frame.type() == 0) != null;
        } catch (IOException closed) {
          open = false;
        }
      }
      assertThat(open).isFalse();
    }
    assertThat(closed("slow-body")).isEqualTo(1);
  }

  @Test
  void aConnectionThatSaysNothingAfterItsHandshakeIsClosed() throws Exception {
    try (RawHttp2 connection = RawHttp2.open(listener.port(), trust)) {
      assertThat(connection.await(frame -> frame.stream() == 1)).isNull();
    }
    assertThat(closed("slow-request")).isEqualTo(1);
  }

  @Test
  @SuppressWarnings("try") // closed early: the listener waits for it
  void aListenerThatStopsSaysSoToWhoSpeaksHttp2() throws Exception {
    try (RawHttp2 connection = RawHttp2.open(listener.port(), trust)) {
      connection.ask(1, "GET", "/there", Map.of(), true);
      connection.await(frame -> frame.stream() == 1 && frame.type() == RawHttp2.DATA);

      var closed = listener.close(Duration.ofSeconds(5));

      Frame end = connection.await(frame -> frame.type() == RawHttp2.GOAWAY);
      assertThat(Objects.requireNonNull(end).error()).isZero();
      connection.close();
      closed.await();
    }
  }

  private void assertThatItIsRefused(String... words) {
    assertThatThrownBy(() -> Tls.load(vertx, files(), Clock.systemUTC()))
        .isInstanceOf(TlsException.class)
        .message()
        .contains(words)
        .doesNotContain("PRIVATE KEY-----\nM");
  }

  private HttpResponse<String> get(Version version, SSLContext context) throws Exception {
    return client(version, context)
        .send(HttpRequest.newBuilder(uri("/there")).build(), BodyHandlers.ofString());
  }

  private static HttpClient client(Version version, SSLContext context) {
    return HttpClient.newBuilder().version(version).sslContext(context).build();
  }

  private URI uri(String path) {
    return URI.create("https://localhost:" + listener.port() + path);
  }

  private SSLSocket socket() throws IOException {
    return (SSLSocket) trust.getSocketFactory().createSocket("127.0.0.1", listener.port());
  }

  private BigInteger shown() throws IOException {
    try (SSLSocket socket = socket()) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    }
  }

  private double gauge(String name) {
    try (Meters all = new Meters()) {
      Tls.measure(all, tls);
      return all.registry().get("sporlos.tls.certificate." + name).gauge().value();
    }
  }

  private double closed(String reason) {
    return meters.get("sporlos.connections.closed").tag("reason", reason).counter().count();
  }
}
