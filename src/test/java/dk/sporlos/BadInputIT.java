package dk.sporlos;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.testing.Jar;
import dk.sporlos.testing.RunningServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person or a program gets who says something wrong: what is wrong, and what to do. */
class BadInputIT {
  @TempDir private static Path shared;
  @TempDir private Path directory;

  private static RunningServer server;

  @BeforeAll
  static void serve() {
    Path data = shared.resolve("data");
    Jar.run("site", "add", "example.com", "--data", data.toString());
    server = RunningServer.on(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve --listn x --management 127.0.0.1:x | --listn is no option | --management:",
        "serve --database mysql://x/y | --database: | postgresql://",
        "serve --trusted-proxies 10.0.0.0/99 | --trusted-proxies: | 10.0.0.0/99",
        "site add | DOMAIN | ",
        "site add example.com extra | 'extra' is one word too many | ",
        "site add example.com --timezone Mars/Olympus | --timezone: 'Mars/Olympus' | Europe/Copenhagen",
        "site add https://example.com | 'https://example.com' is no domain | as in example.com",
        "token create --site example.com --scope everything | 'everything' is no scope | stats",
        "stats | DOMAIN | ",
        "frobnicate | 'frobnicate' is one word too many | "
      })
  void aWrongCommandIsToldAllThatIsWrongAndEndsWithTwo(String line, String one, String another) {
    Jar.Outcome outcome = Jar.run(line.strip().split(" "));

    assertThat(outcome.err()).contains(one).contains(another == null ? "" : another);
    assertThatItIsNoStackTrace(outcome);
  }

  @Test
  void anUnknownVariableOfTheEnvironmentIsNamed() {
    Jar.Outcome outcome =
        Jar.run(Map.of("SPORLOS_LISTN", "x", "SPORLOS_DATABASE_PORT", "y"), "serve");

    assertThat(outcome.err()).contains("SPORLOS_LISTN is no setting");
    assertThat(outcome.err()).contains("SPORLOS_DATABASE_PORT: 'y' is no port");
    assertThatItIsNoStackTrace(outcome);
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String endpoint = "127.0.0.1:" + taken.getLocalPort();
      Jar.Outcome outcome =
          Jar.run(
              "serve",
              "--data",
              directory.resolve("data").toString(),
              "--listen",
              endpoint,
              "--management",
              "127.0.0.1:0");

      assertThat(outcome.err()).contains("cannot listen on " + endpoint).contains("--listen");
      assertThatItIsNoStackTrace(outcome);
    }
  }

  @Test
  void aDirectoryOfSomebodyElseIsLeftAlone() throws IOException {
    Path file = Files.writeString(directory.resolve("thesis.txt"), "mine");

    Jar.Outcome outcome = Jar.run("serve", "--data", directory.toString());

    assertThat(outcome.err()).contains(directory.toString()).contains("--data");
    assertThatItIsNoStackTrace(outcome);
    assertThat(file).hasContent("mine");
    assertThat(directory).isDirectoryContaining("glob:**thesis.txt");
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    Jar.Outcome outcome = Jar.run("serve", "--data", file.toString());

    assertThat(outcome.err()).contains(file.toString());
    assertThatItIsNoStackTrace(outcome);
  }

  @Test
  void aDatabaseThatIsDownIsNamedWithoutItsPassword() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    Jar.Outcome outcome =
        Jar.run("serve", "--database", "postgresql://anna:sesame@127.0.0.1:" + free + "/stats");

    assertThat(outcome.err()).contains("127.0.0.1:" + free).doesNotContain("sesame");
    assertThatItIsNoStackTrace(outcome);
  }

  @Test
  void aDirectoryThatIsServedAlreadyIsSaidToBe() {
    Jar.Outcome outcome = Jar.run("serve", "--data", shared.resolve("data").toString());

    assertThat(outcome.err()).contains("already served by process " + server.pid());
    assertThatItIsNoStackTrace(outcome);
  }

  @Test
  void anUnknownSiteIsNamedWithTheCommandThatAddsIt() {
    Jar.Outcome outcome =
        Jar.run("stats", "exampel.com", "--data", shared.resolve("data").toString());

    assertThat(outcome.err()).contains("exampel.com").contains("sporlos site add");
    assertThatItIsNoStackTrace(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"d\": | JSON",
        "[1] | object",
        "{\"d\": 1, \"u\": \"https://example.com/\"} | `d`",
        "{\"d\": \"example.com\"} | `u`",
        "{\"d\": \"example.com\", \"u\": \"not a url\"} | `u`",
        "{\"d\": \"example.com\", \"u\": \"https://example.com/\", \"n\": 5.5} | `n`",
      })
  void aMalformedBeaconIsToldWhatIsWrong(String body, String named) throws Exception {
    HttpResponse<String> answer = server.beacon(body.strip());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(answer.body()).contains(named);
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() throws Exception {
    byte[] body =
        "{\"d\":\"example.com\",\"u\":\"https://example.com/X\"}".getBytes(StandardCharsets.UTF_8);
    body[body.length - 3] = (byte) 0xff;

    HttpResponse<String> answer = post(BodyPublishers.ofByteArray(body));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("UTF-8");
  }

  @Test
  void aBodyOfTwoMegabytesIsRefused() throws Exception {
    HttpResponse<String> answer = post(BodyPublishers.ofByteArray(new byte[2_000_000]));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
  }

  @Test
  void anUnknownSiteIsTakenAndIgnored() throws Exception {
    HttpResponse<String> answer =
        server.beacon("{\"d\":\"exampel.com\",\"u\":\"https://exampel.com/\"}");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("sporlos-ignored")).contains("unknown-site");
  }

  @Test
  void anAddressWithNothingBehindItIsAProblemToo() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.address().resolve("/nothing")).build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
  }

  private static HttpResponse<String> post(HttpRequest.BodyPublisher body) throws Exception {
    URI address = server.address().resolve("/b");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address)
                .header("User-Agent", RunningServer.BROWSER)
                .header("Accept-Language", "da")
                .POST(body)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void assertThatItIsNoStackTrace(Jar.Outcome outcome) {
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(outcome.out()).isEmpty();
  }
}
