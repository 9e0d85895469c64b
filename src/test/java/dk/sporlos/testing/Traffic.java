package dk.sporlos.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Senders that send beacons one after the other, some of which must not count, and keep account of
 * what became of each: that is what a test of faults compares the database with.
 */
public final class Traffic implements AutoCloseable {
  private static final String BOT = "Googlebot/2.1 (+http://www.google.com/bot.html)";
  private static final int KINDS = 16;

  /** Something that takes space. */
  private static final String WORDS = "much ado about nothing ".repeat(40);

  /** A beacon that was refused. */
  public record Refused(String reason, long nanos) {}

  private final URI address;
  private final ExecutorService senders;
  private final AtomicInteger number;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unanswered = new AtomicInteger();
  private volatile boolean over;

  private Traffic(URI address, int senders, int first) {
    this.address = address;
    this.number = new AtomicInteger(first);
    this.senders = Executors.newFixedThreadPool(senders);
    for (int sender = 0; sender < senders; sender++) {
      this.senders.execute(this::send);
    }
  }

  /**
   * Begins.
   *
   * @param first number of the first beacon, so that two traffics of one test share none
   */
  public static Traffic to(RunningServer server, int senders, int first) {
    return new Traffic(server.address(), senders, first);
  }

  /** Numbers of the beacons that were to count and have been sent. */
  public Set<String> sent() {
    return sent;
  }

  /** Numbers of those that were answered with success. */
  public Set<String> acknowledged() {
    return acknowledged;
  }

  /** What was refused, in the order of the answers. */
  public Queue<Refused> refused() {
    return refused;
  }

  /** How many were refused, by reason. */
  public Map<String, Long> refusals() {
    Map<String, Long> refusals = new TreeMap<>();
    refused.forEach(one -> refusals.merge(one.reason(), 1L, Long::sum));
    return refusals;
  }

  /** How many beacons had no answer. */
  public int unanswered() {
    return unanswered.get();
  }

  /** Sends no more, and waits for the answers. */
  @Override
  public void close() {
    over = true;
    senders.shutdown();
    try {
      if (!senders.awaitTermination(120, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a beacon was not answered within two minutes");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void send() {
    while (!over) {
      int next = number.incrementAndGet();
      try {
        send(next);
      } catch (IOException nobodyAnswers) {
        unanswered.incrementAndGet();
      } catch (InterruptedException interrupted) {
        return;
      }
    }
  }

  private void send(int next) throws IOException, InterruptedException {
    switch (next % KINDS) {
      case 0 -> note(null, post(request(BOT), view("example.com", next, next)));
      case 1 -> note(null, post(request(RunningServer.BROWSER), "{\"d\": \"example.com\""));
      case 2 ->
          note(null, post(request(RunningServer.BROWSER), view("unknown.example", next, next)));
      case 3 ->
          note(
              null,
              post(
                  request(RunningServer.BROWSER).header("Sec-GPC", "1"),
                  view("example.com", next, next)));
      case 4 -> cut(next);
      case 5 -> twice(next);
      default -> {
        sent.add("n" + next);
        note("n" + next, post(request(RunningServer.BROWSER), view("example.com", next, next)));
      }
    }
  }

  /** The same beacon again, as a tracker does that did not hear the answer. */
  private void twice(int next) throws IOException, InterruptedException {
    String beacon = view("example.com", next, next);
    sent.add("n" + next);
    if (note("n" + next, post(request(RunningServer.BROWSER), beacon))) {
      note(null, post(request(RunningServer.BROWSER), beacon));
    }
  }

  /** A connection that is cut in the middle of a body. */
  private void cut(int next) throws IOException {
    RawHttp.abandon(
        address.getPort(),
        "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n"
            + view("example.com", next, next));
    refused.add(new Refused("aborted", System.nanoTime()));
  }

  private static HttpRequest.Builder requestTo(URI address, String agent) {
    return HttpRequest.newBuilder(address.resolve("/b"))
        .timeout(Duration.ofSeconds(100))
        .header("User-Agent", agent)
        .header("Accept-Language", "da,en;q=0.8");
  }

  private HttpRequest.Builder request(String agent) {
    return requestTo(address, agent);
  }

  private HttpResponse<String> post(HttpRequest.Builder request, String body)
      throws IOException, InterruptedException {
    return client.send(
        request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Notes what became of a beacon; true if it counts. */
  private boolean note(String counted, HttpResponse<String> answer) {
    String ignored = answer.headers().firstValue("sporlos-ignored").orElse("");
    if (answer.statusCode() == 202 && ignored.isEmpty()) {
      if (counted == null) {
        throw new IllegalStateException("what must not count was counted");
      }
      acknowledged.add(counted);
      return true;
    }
    String reason = ignored.isEmpty() ? new JsonObject(answer.body()).getString("title") : ignored;
    refused.add(new Refused(reason, System.nanoTime()));
    return false;
  }

  private static String view(String site, int number, int nonce) {
    return """
        {"d": "%s", "u": "https://example.com/page/%d", "p": {"number": "n%d", "words": "%s"}, "k": "k%d"}"""
        .formatted(site, number % 100, number, WORDS, nonce);
  }
}
