package dk.sporlos;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.LogLines;
import dk.sporlos.testing.RawHttp;
import dk.sporlos.testing.RunningApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests get that no browser sends, over bare sockets: an answer, and nothing more. */
class BadRequestTest {
  private static final String SMUGGLED = "GET /s.js HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String LAST = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \"chunked\"\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 0\r\nContent-Length: 40\r\n\r\n",
        "Content-Length: 0, 40\r\n\r\n",
        "Content-Length: +0\r\n\r\n",
        "Content-Length: 0x0\r\n\r\n",
        "Content-Length : 0\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff0\r\n\r\n"
      })
  void noRequestIsHiddenInAnother(String head) throws IOException {
    String answer =
        RawHttp.exchange(
            application.port(), "POST /sign-in HTTP/1.1\r\nHost: x\r\n" + head + SMUGGLED);

    assertThat(answer).doesNotContain("200 OK").doesNotContain("text/javascript");
    assertThat(answer).matches("(?s)(HTTP/1\\.[01] 400 .*)?");
    assertThat(answer.split("HTTP/1\\.[01] ", -1)).as("one answer").hasSizeLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /s.js HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /s.js HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /s.js HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n",
        "GET /s.js HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /s.js HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"
      })
  void whoNamesNoHostOrTwoIsRefused(String request) throws IOException {
    assertThat(RawHttp.exchange(application.port(), request))
        .matches("(?s)HTTP/1\\.[01] 400 .*")
        .contains("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /s.js HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n",
        "GET /s.js HTTP/1.1\r\nHost: x\r\nX\u0000: a\r\n\r\n",
        "GET /s.js\u0000.html HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /s.js%00.html HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
      })
  void nullBytesLeadNowhere(String request) throws IOException {
    assertThat(RawHttp.exchange(application.port(), request))
        .matches("(?s)HTTP/1\\.[01] 40[04] .*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2f..%2fetc/passwd",
        "/..%5c..%5cetc/passwd",
        "/consent/../../../logback.xml",
        "/consent/..%2f..%2f..%2flogback.xml",
        "/consent/%252e%252e/%252e%252e/logback.xml",
        "//etc/passwd",
        "/s.js/../../application.yaml",
        "/dk/sporlos/http/openapi.yaml",
        "/app/../../logback.xml"
      })
  void nothingIsReadThatIsNotServed(String path) throws IOException {
    String answer = RawHttp.exchange(application.port(), "GET " + path + LAST);

    assertThat(answer).matches("(?s)HTTP/1\\.1 40[04] .*");
    assertThat(answer).doesNotContain("root:", "<configuration", "openapi: ");
  }

  @Test
  void traceSendsNothingBackAndConnectLeadsNowhere() throws IOException {
    String trace =
        RawHttp.exchange(
            application.port(),
            "TRACE /sign-in HTTP/1.1\r\nHost: x\r\nCookie: a=secret\r\nConnection: close\r\n\r\n");
    String connect =
        RawHttp.exchange(
            application.port(),
            "CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22\r\nConnection: close\r\n\r\n");

    assertThat(trace).startsWith("HTTP/1.1 405 ").doesNotContain("secret");
    assertThat(connect).matches("(?s)HTTP/1\\.1 40[045] .*").doesNotContain("SSH");
  }

  @Test
  void cookiesThatAreTooLargeAreRefused() throws IOException {
    String answer =
        RawHttp.exchange(
            application.port(),
            "GET /sign-in HTTP/1.1\r\nHost: x\r\nCookie: sporlos-session="
                + "c".repeat(17_000)
                + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 431 ").contains("headers-too-large");
  }

  @Test
  void whatAStrangerSaysOfHostAndProtocolIsNotBelieved() throws IOException {
    String answer =
        fromStranger(
            """
            GET /sign-in HTTP/1.1
            Host: stats.example.com
            X-Forwarded-Proto: https
            X-Forwarded-Host: evil.example
            X-Forwarded-For: 203.0.113.9
            Forwarded: for=203.0.113.9;host=evil.example;proto=https
            X-Original-URL: /account
            X-Rewrite-URL: /account
            Connection: close

            """);
    String redirect =
        fromStranger(
            """
            GET /account HTTP/1.1
            Host: evil.example
            X-Forwarded-Host: evil.example
            Connection: close

            """);

    assertThat(answer)
        .startsWith("HTTP/1.1 200 ")
        .doesNotContainIgnoringCase("strict-transport-security")
        .doesNotContain("evil.example", "__Host-", "203.0.113.9");
    assertThat(redirect).doesNotContain("evil.example").contains("location: /sign-in");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token",
        "access_token",
        "api_key",
        "apikey",
        "API-KEY",
        "auth",
        "x=1&bearer",
        "y=sporlos_"
      })
  void aTokenInAnAddressIsRefusedAndNotLogged(String name) throws IOException {
    try (LogLines log = new LogLines()) {
      String answer =
          RawHttp.exchange(
              application.port(), "GET /api/v1/stats/aggregate?" + name + "=canary-secret" + LAST);

      assertThat(answer)
          .startsWith("HTTP/1.1 400 ")
          .contains("token-in-address", "Authorization: Bearer")
          .doesNotContain("canary-secret");
      assertThat(log.lines()).noneMatch(line -> line.contains("canary-secret"));
    }
  }

  /** Sends as an address that is not that of a trusted proxy. */
  private static String fromStranger(String request) throws IOException {
    try (Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(),
            application.port(),
            InetAddress.getByAddress(new byte[] {127, 0, 0, 2}),
            0)) {
      RawHttp.send(socket, request.replace("\n", "\r\n"));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
