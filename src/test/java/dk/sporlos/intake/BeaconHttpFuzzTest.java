package dk.sporlos.intake;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.http.BodyBudget;
import dk.sporlos.http.Connections;
import dk.sporlos.http.Gate;
import dk.sporlos.http.HttpListener;
import dk.sporlos.settings.Endpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no bytes whatever may do to a collector that listens. */
final class BeaconHttpFuzzTest {
  private static final long SEED = 20261126;
  private static final int BEACONS = 2_000;
  private static final int GARBAGE = 800;
  private static final int AT_A_TIME = 40;
  private static final int PATIENCE_MILLIS = 20_000;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3}) ");

  /** After this the server gives up requests that are cut short. */
  private static final Duration SHORT = Duration.ofMillis(400);

  private static final Duration LONG = Duration.ofMillis(PATIENCE_MILLIS);

  private static final Pool NO_POOL = null;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ExecutorService clients = Executors.newFixedThreadPool(AT_A_TIME);
  private Vertx vertx;
  private int port;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  private void listen(Duration limit) {
    BeaconRoutes routes =
        new BeaconRoutes(
            TestDoor.create(),
            new Reception(
                vertx,
                new Intake(
                    vertx,
                    new FakeHitStore(),
                    new Intake.Bounds(10_000, 100_000_000),
                    () -> null,
                    meters),
                new Refusals(NO_POOL, Clock.systemUTC()),
                new Cleanings(NO_POOL, Clock.systemUTC(), meters),
                meters),
            new BodyBudget(100_000_000, meters));
    Connections connections =
        new Connections(new Connections.Limits(1_000, limit, limit, limit), meters);
    port =
        HttpListener.listen(
                vertx,
                1,
                List.of(routes::mount),
                new Endpoint("127.0.0.1", 0),
                "--listen",
                new Gate(connections, connection -> {}, routes::unreadable))
            .await()
            .port();
  }

  @AfterEach
  void close() {
    clients.shutdownNow();
    vertx.close().await();
  }

  @Test
  void everyBeaconHasOneAnswerAndIsCountedOnce() throws Throwable {
    listen(LONG);

    List<List<Integer>> answers = answers(BEACONS, RandomRequests::beacon, true);

    assertThat(answers).allMatch(statuses -> statuses.size() <= 1);
    assertThat(answers.stream().flatMap(List::stream))
        .isSubsetOf(Set.of(202, 400, 413))
        .contains(202, 400, 413);
    assertThat(beacons("stored")).isGreaterThan(BEACONS / 20.0);
    eventually(() -> assertThat(beacons("stored") + beacons("refused")).isEqualTo(BEACONS));
  }

  @Test
  void nothingThatIsSentIsOurFaultOrLeavesAConnectionOpen() throws Exception {
    listen(SHORT);

    List<List<Integer>> answers = answers(GARBAGE, RandomRequests::garbage, false);

    assertThat(answers.stream().flatMap(List::stream))
        .isSubsetOf(Set.of(100, 200, 202, 204, 400, 404, 405, 413, 414, 417, 431, 501, 505));
  }

  /** The statuses of the answers to each of so many requests. */
  private List<List<Integer>> answers(
      int count, Function<RandomRequests, byte[]> draw, boolean areWhole) throws Exception {
    RandomRequests requests = new RandomRequests(new Random(SEED));
    List<Future<List<Integer>>> pending = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] request = draw.apply(requests);
      pending.add(clients.submit(() -> statuses(request, areWhole)));
    }
    List<List<Integer>> answers = new ArrayList<>();
    for (Future<List<Integer>> one : pending) {
      answers.add(one.get());
    }
    return answers;
  }

  private List<Integer> statuses(byte[] request, boolean isWhole) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      int half = request.length / 2;
      socket.getOutputStream().write(request, 0, half);
      socket.getOutputStream().write(request, half, request.length - half);
      for (int read = socket.getInputStream().read(); read >= 0; ) {
        answer.write(read);
        read = socket.getInputStream().read();
      }
    } catch (SocketTimeoutException hung) {
      throw new AssertionError("hangs: " + printable(request), hung);
    } catch (SocketException closed) {
      // The server closed while something was still on its way to it.
    }
    List<Integer> statuses = new ArrayList<>();
    Matcher status = STATUS.matcher(answer.toString(StandardCharsets.ISO_8859_1));
    while (status.find()) {
      statuses.add(Integer.valueOf(status.group(1)));
    }
    // Who still sends while the answer says that it is too much may not get to read the answer.
    if (statuses.contains(500) || (statuses.isEmpty() && isWhole && request.length < 65_000)) {
      throw new AssertionError("is not answered as it should be: " + printable(request));
    }
    return statuses;
  }

  private static String printable(byte[] request) {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    return text.substring(0, Math.min(text.length(), 1_000)).replaceAll("[^ -~\\n]", "?");
  }

  private double beacons(String outcome) {
    return meters.find("sporlos.beacons").tag("outcome", outcome).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }
}
