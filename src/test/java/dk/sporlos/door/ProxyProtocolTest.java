package dk.sporlos.door;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.http.Connections;
import dk.sporlos.http.Gate;
import dk.sporlos.http.HttpListener;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.testing.LogLines;
import dk.sporlos.testing.RawHttp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The PROXY protocol in bytes, as its specification has them. */
class ProxyProtocolTest {
  private static final TrustedProxies THIS_MACHINE = TrustedProxies.parse("127.0.0.0/8");
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Vertx vertx;
  private int port;

  @BeforeEach
  void listen() {
    vertx = Vertx.vertx();
    port = listen(THIS_MACHINE);
  }

  private int listen(TrustedProxies proxies) {
    Connections connections =
        new Connections(
            new Connections.Limits(
                100, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofSeconds(10)),
            meters);
    ProxyProtocol protocol = new ProxyProtocol(proxies, meters);
    return HttpListener.listen(
            vertx,
            1,
            List.of(
                router ->
                    router
                        .get("/")
                        .handler(
                            context ->
                                context.response().end(address(context.request(), proxies)))),
            new Endpoint("127.0.0.1", 0),
            "--listen-proxy",
            new Gate(connections, protocol::accept, request -> {}))
        .await()
        .port();
  }

  private static String address(HttpServerRequest request, TrustedProxies proxies) {
    Address address = Sender.of(request, proxies).address();
    return address.six()
        ? "%x %x".formatted(address.high(), address.low())
        : Long.toHexString(address.low());
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP4 198.51.100.7 203.0.113.1 4711 80, c6336407",
    "PROXY TCP6 2001:db8::7 2001:db8::1 4711 80, 20010db800000000 7",
    "PROXY TCP6 ::ffff:198.51.100.7 2001:db8::1 4711 80, c6336407",
    "PROXY UNKNOWN, 7f000001",
    "PROXY UNKNOWN ffff::1 ffff::2 1 2, 7f000001"
  })
  void versionOneSaysWhereAConnectionComesFrom(String header, String address) throws IOException {
    assertThatItIsFrom(bytes(header + "\r\n"), address);
  }

  @ParameterizedTest
  @CsvSource({
    "IPv4, 21 11 000c c6336407 cb007101 1267 0050, c6336407",
    "IPv4 with a TLV, 21 11 0010 c6336407 cb007101 1267 0050 04 0001 00, c6336407",
    "IPv6, 21 21 0024 20010db8000000000000000000000007 20010db8000000000000000000000001 1267 0050,"
        + " 20010db800000000 7",
    "LOCAL, 20 00 0000, 7f000001",
    "LOCAL with an address, 20 11 000c c6336407 cb007101 1267 0050, 7f000001",
    "unspecified, 21 00 0000, 7f000001"
  })
  void versionTwoSaysWhereAConnectionComesFrom(String what, String hex, String address)
      throws IOException {
    assertThatItIsFrom(HexFormat.of().parseHex(SIGNATURE + hex.replace(" ", "")), address);
  }

  @Test
  void aHeaderMayComeInPiecesAndWithItsRequest() throws IOException {
    byte[] header = bytes("PROXY TCP4 198.51.100.7 203.0.113.1 4711 80\r\n" + GET);
    try (Socket socket = RawHttp.open(port, "")) {
      for (byte one : header) {
        socket.getOutputStream().write(one);
        socket.getOutputStream().flush();
      }
      assertThat(RawHttp.head(socket)).startsWith("HTTP/1.1 200 ");
      assertThat(socket.getInputStream().readNBytes(8)).isEqualTo(bytes("c6336407"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GET,
        "PROXY TCP4 198.51.100.7\r\n" + GET,
        "PROXY TCP4 one two 1 2\r\n" + GET,
        "PROXY TCP9 198.51.100.7 203.0.113.1 1 2\r\n" + GET,
        "PROXY TCP4 198.51.100.7 203.0.113.1 99999 80\r\n" + GET
      })
  void aHeaderThatIsNoneEndsTheConnectionInSilence(String begin) throws Throwable {
    try (LogLines log = new LogLines();
        Socket socket = RawHttp.open(port, begin)) {
      assertThat(RawHttp.isClosedInSilence(socket)).isTrue();
      assertThat(log.lines()).isEmpty();
    }
    eventually(() -> assertThat(refused("bad-header")).isEqualTo(1));
  }

  @Test
  void aHeaderOfADatagramEndsTheConnection() throws IOException {
    byte[] header = HexFormat.of().parseHex(SIGNATURE + "2112000cc6336407cb00710112670050");
    try (Socket socket = RawHttp.open(port, "")) {
      socket.getOutputStream().write(header);
      assertThat(RawHttp.isClosedInSilence(socket)).isTrue();
    }
    assertThat(refused("bad-header")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PROXY TCP4 198.51"})
  void aHeaderThatDoesNotComeIsNotWaitedForLong(String begin) throws IOException {
    try (Socket socket = RawHttp.open(port, begin)) {
      assertThat(RawHttp.isClosedInSilence(socket)).isTrue();
    }
    assertThat(
            meters
                .get("sporlos.connections.closed")
                .tag("reason", "slow-request")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void whoIsNoTrustedProxyIsSentAwayAtOnceWhateverHeSays() throws Throwable {
    port = listen(TrustedProxies.parse("10.0.0.0/8"));

    try (Socket silent = RawHttp.open(port, "");
        Socket telling = RawHttp.open(port, "PROXY TCP4 10.0.0.1 203.0.113.1 4711 80\r\n" + GET)) {
      assertThat(RawHttp.isClosedInSilence(silent)).isTrue();
      assertThat(RawHttp.isClosedInSilence(telling)).isTrue();
    }
    eventually(() -> assertThat(refused("untrusted-peer")).isEqualTo(2));
  }

  @Test
  void oneHeaderHoldsForAllRequestsOfItsConnection() throws IOException {
    try (Socket socket = RawHttp.open(port, "PROXY TCP4 198.51.100.7 203.0.113.1 4711 80\r\n")) {
      for (int request = 0; request < 3; request++) {
        RawHttp.send(socket, GET);
        assertThat(RawHttp.head(socket)).startsWith("HTTP/1.1 200 ");
        assertThat(socket.getInputStream().readNBytes(8)).isEqualTo(bytes("c6336407"));
      }
    }
  }

  private void assertThatItIsFrom(byte[] header, String address) throws IOException {
    try (Socket socket = RawHttp.open(port, "")) {
      socket.getOutputStream().write(header);
      RawHttp.send(socket, GET);
      assertThat(RawHttp.head(socket)).startsWith("HTTP/1.1 200 ");
      assertThat(
              new String(
                  socket.getInputStream().readNBytes(address.length()), StandardCharsets.US_ASCII))
          .isEqualTo(address);
    }
  }

  private double refused(String reason) {
    return meters.get("sporlos.proxied.refused").tag("reason", reason).counter().count();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
