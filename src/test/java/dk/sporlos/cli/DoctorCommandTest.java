package dk.sporlos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.RunningApplication;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorCommandTest {
  private static final String WELL =
      """
      {"status": "ok", "checks": [{"check": "disk", "outcome": "ok"},
        {"check": "keys", "outcome": "note"}],
       "findings": [{"severity": "note", "code": "odd", "detail": "It is odd.", "remedy": ""}]}
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void aRunningProcessIsExaminedAndItsAnswerPrintedForMachines() {
    DatabaseUrl url = TestDatabase.create();
    try (RunningApplication running =
        RunningApplication.on(url, Clock.systemUTC(), new SecureRandom())) {
      String management = "127.0.0.1:" + running.managementPort();

      int exitCode = run("doctor", "--json", "--management", management);

      JsonObject answer = new JsonObject(out());
      assertThat(answer.getJsonArray("checks").encode())
          .contains("{\"check\":\"migrations\",\"outcome\":\"ok\"}");
      // Servers of tests do not wait for their disks, unless somebody else runs them.
      boolean wrong = answer.getString("status").equals("wrong");
      assertThat(exitCode).isEqualTo(wrong ? Cli.FAILED : Cli.OK);
      assertThat(answer.getJsonArray("findings").encode().contains("\"severity\":\"wrong\""))
          .isEqualTo(wrong);
    }
  }

  @Test
  void whatIsOnlyToBeKnownIsNoFailure() throws IOException {
    HttpServer management = answering(WELL);
    try {
      assertThat(run("doctor", "--management", where(management))).isEqualTo(Cli.OK);
      assertThat(out().lines())
          .containsExactly(
              "note odd: It is odd.", "Nothing is wrong.", "Examined: disk, keys (note).");
    } finally {
      management.stop(0);
    }
  }

  @Test
  void whatIsWrongIsPrintedWithItsRemedy() throws IOException {
    HttpServer management =
        answering(
            """
            {"status": "wrong", "checks": [{"check": "seals", "outcome": "failed"}],
             "findings": [{"severity": "wrong", "code": "check-failed", "detail": "Unknown.",
               "remedy": "Ask again."}]}
            """);
    try {
      assertThat(run("doctor", "--management", where(management))).isEqualTo(Cli.FAILED);
      assertThat(out().lines())
          .containsExactly(
              "wrong check-failed: Unknown.", "  Ask again.", "Examined: seals (failed).");
    } finally {
      management.stop(0);
    }
  }

  @Test
  void thatNobodyAnswersHasACodeOfItsOwn() {
    assertThat(run("doctor", "--management", "127.0.0.1:1")).isEqualTo(Cli.UNANSWERED);
    assertThat(out()).contains("no-answer: No Sporløs answers").doesNotContain("Nothing is wrong");

    out.reset();
    assertThat(run("doctor", "--json", "--management", "127.0.0.1:1")).isEqualTo(3);
    JsonObject answer = new JsonObject(out());
    assertThat(answer.getString("status")).isEqualTo("unknown");
    assertThat(answer.getJsonArray("findings").getJsonObject(0).getString("code"))
        .isEqualTo("no-answer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "[]", "hello", "{\"status\": \"ok\", \"checks\": 7}", "{\"findings\": []}"})
  void somebodyElseWhoAnswersIsNobody(String answer) throws IOException {
    HttpServer management = answering(answer);
    try {
      assertThat(run("doctor", "--management", where(management))).isEqualTo(Cli.UNANSWERED);
    } finally {
      management.stop(0);
    }
  }

  @Test
  void theHelpNamesTheExitCodes() {
    assertThat(run("doctor", "--help")).isEqualTo(Cli.OK);
    assertThat(out()).contains("0: nothing is wrong", "3: no");
  }

  private static HttpServer answering(String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] answer = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/doctor",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String where(HttpServer server) {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private int run(String... arguments) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new Cli(stream, stream, Map.of()).run(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
