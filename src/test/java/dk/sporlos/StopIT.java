package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.testing.Jar;
import dk.sporlos.testing.RunningServer;
import dk.sporlos.testing.ServerProcesses;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process that is told to stop: by SIGTERM, as operators and orchestrators do. */
class StopIT {
  private static final int SENDERS = 8;
  private static final int ENOUGH = 200;

  @TempDir private Path directory;

  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger number = new AtomicInteger();
  private Path data;

  @BeforeEach
  void addSite() {
    data = directory.resolve("data");
    Jar.run("site", "add", "example.com", "--data", data.toString());
  }

  @Test
  void whatWasAnsweredIsThereAndTheExitCodeSaysSo() throws Throwable {
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    try (RunningServer server = RunningServer.on(data)) {
      for (int sender = 0; sender < SENDERS; sender++) {
        senders.execute(() -> sendUntilNobodyAnswers(server));
      }
      eventually(() -> assertThat(acknowledged).hasValueGreaterThanOrEqualTo(ENOUGH));

      server.terminate();

      assertThat(server.exitCode()).as(server.output()).isZero();
    } finally {
      senders.shutdownNow();
      assertThat(senders.awaitTermination(30, SECONDS)).isTrue();
    }
    assertThat(views()).isBetween(acknowledged.get(), number.get());
  }

  @Test
  void itGoesOnServingForAWhileAfterItSaidThatItIsNotReady() throws Throwable {
    try (RunningServer server = RunningServer.on(data, "--drain-delay", "5")) {
      assertThat(server.manage("/health/ready").statusCode()).isEqualTo(200);

      server.terminate();

      eventually(() -> assertThat(server.manage("/health/ready").statusCode()).isEqualTo(503));
      assertThat(beacon(server).statusCode()).isEqualTo(202);
      assertThat(server.exitCode()).as(server.output()).isZero();
    }
    assertThat(views()).isEqualTo(1);
  }

  @Test
  void itObeysWhileItIsBeingStarted() throws Throwable {
    Path fresh = directory.resolve("fresh");
    Process process =
        Jar.process(
                "serve",
                "--data",
                fresh.toString(),
                "--listen",
                "127.0.0.1:0",
                "--management",
                "127.0.0.1:0")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    Path cluster = fresh.resolve("postgresql");
    eventually(() -> assertThat(cluster).exists());

    process.destroy();

    assertThat(process.waitFor(30, SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(ServerProcesses.postmasters(fresh)).isEmpty();
    try (RunningServer server = RunningServer.on(fresh)) {
      assertThat(server.manage("/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void itTakesNoLongerThanItsGraceWhenTheDatabaseHangs() throws Exception {
    try (RunningServer server = RunningServer.on(data, "--grace", "6")) {
      assertThat(beacon(server).statusCode()).isEqualTo(202);
      ServerProcesses.pause(data);

      Instant told = Instant.now();
      server.terminate();
      server.exitCode();

      // What the Java machine itself takes to end is not part of the grace.
      assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(12));
      assertThat(ServerProcesses.postmasters(data)).isEmpty();
    }
    assertThat(views()).isEqualTo(1);
  }

  private void sendUntilNobodyAnswers(RunningServer server) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (beacon(server).statusCode() == 202) {
          acknowledged.incrementAndGet();
        }
      }
    } catch (IOException nobodyAnswers) {
      // as it should be once the process has stopped
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<String> beacon(RunningServer server)
      throws IOException, InterruptedException {
    return server.beacon(
        """
        {"d": "example.com", "u": "https://example.com/%d"}"""
            .formatted(number.incrementAndGet()));
  }

  /** Page views that the next process finds. */
  private int views() throws IOException, InterruptedException {
    try (RunningServer server = RunningServer.on(data)) {
      String token =
          Jar.run(
                  "token",
                  "create",
                  "--site",
                  "example.com",
                  "--scope",
                  "stats",
                  "--data",
                  data.toString())
              .out()
              .strip();
      String answer =
          server
              .query(
                  token,
                  "{\"site_id\": \"example.com\", \"metrics\": [\"pageviews\"],"
                      + " \"date_range\": \"7d\"}")
              .body();
      return new JsonObject(answer)
          .getJsonArray("results")
          .getJsonObject(0)
          .getJsonArray("metrics")
          .getInteger(0);
    }
  }
}
