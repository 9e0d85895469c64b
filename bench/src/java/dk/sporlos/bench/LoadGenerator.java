package dk.sporlos.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Sends beacons, each connection the next one when its last is answered, or all of them together so
 * many a second. Run as a process of its own; prints what came of it.
 *
 * <p>With a rate, a beacon is due at its time whether or not a connection is free, and what it took
 * is counted from there: a server that stalls cannot hide how many would have waited.
 */
public final class LoadGenerator {

  /*
   * One thread, sockets that do not block, and answers that are looked at for four things only: this
   * shares its cores with what it measures.
   */
  private static final int CONCURRENT_VISITS = 5_000;
  private static final long LAST_ANSWERS = TimeUnit.SECONDS.toNanos(30);
  private static final double NANOS_PER_SECOND = 1e9;

  private static final Map<String, String> FLAGS =
      Map.of(
          "host", "127.0.0.1",
          "port", "8080",
          "connections", "64",
          "rate", "0",
          "warm-up", "2",
          "seconds", "10",
          "sites", "example.com",
          "seed", "1");

  private final Traffic traffic;
  private final Selector selector;
  private final double perSecond;
  private final long began = System.nanoTime();
  private final long measuredFrom;
  private final long end;
  private final Deque<LoadConnection> idle = new ArrayDeque<>();
  private final Latencies latencies = new Latencies();

  /** Answers by status, with those of the warm-up. */
  private final Map<Integer, Long> answers = new TreeMap<>();

  private long sent;
  private long acceptedWhileMeasuring;

  private LoadGenerator(Arguments flags, Traffic traffic, Selector selector) {
    this.traffic = traffic;
    this.selector = selector;
    this.perSecond = flags.number("rate");
    this.measuredFrom = began + TimeUnit.SECONDS.toNanos(flags.number("warm-up"));
    this.end = measuredFrom + TimeUnit.SECONDS.toNanos(flags.number("seconds"));
  }

  /** Sends beacons as flags say, and prints what came of it. */
  public static void main(String... arguments) throws IOException {
    run(arguments);
  }

  /** How many beacons were sent, and how many of them accepted. */
  record Outcome(long sent, long accepted) {}

  /** The same. */
  static Outcome run(String... arguments) throws IOException {
    Arguments flags = Arguments.parse("load generator", FLAGS, arguments);
    Traffic traffic =
        new Traffic(
            flags.number("seed"),
            Agents.installed(),
            List.of(flags.text("sites").split(",", -1)),
            CONCURRENT_VISITS);
    try (Selector selector = Selector.open()) {
      LoadGenerator generator = new LoadGenerator(flags, traffic, selector);
      generator.run(
          new InetSocketAddress(flags.text("host"), flags.number("port")),
          flags.number("connections"));
      generator.print();
      return new Outcome(generator.sent, generator.accepted());
    }
  }

  private void run(InetSocketAddress address, int size) throws IOException {
    List<LoadConnection> connections = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      connections.add(new LoadConnection(address, selector));
    }
    idle.addAll(connections);
    sendUntil(measuredFrom);
    System.out.println("measuring");
    sendUntil(end);
    System.out.println("measured");
    while (idle.size() < size && System.nanoTime() < end + LAST_ANSWERS) {
      receive();
    }
    for (LoadConnection connection : connections) {
      connection.close();
    }
  }

  private void sendUntil(long until) throws IOException {
    long now = System.nanoTime();
    while (now < until) {
      sendDue(now);
      receive();
      now = System.nanoTime();
    }
  }

  private void sendDue(long now) throws IOException {
    while (!idle.isEmpty()) {
      long due = perSecond > 0 ? began + (long) (sent * (NANOS_PER_SECOND / perSecond)) : now;
      if (due > now) {
        return;
      }
      send(idle.remove(), due);
    }
  }

  private void send(LoadConnection connection, long due) throws IOException {
    connection.send(traffic.next(), due);
    sent++;
  }

  private void receive() throws IOException {
    try {
      selector.select(key -> take((LoadConnection) key.attachment()), 1);
    } catch (UncheckedIOException broken) {
      throw broken.getCause();
    }
  }

  private void take(LoadConnection connection) {
    try {
      int answer = connection.receive();
      if (answer != LoadConnection.INCOMPLETE) {
        long now = System.nanoTime();
        note(answer, now, connection.due());
        if (perSecond == 0 && now < end) {
          send(connection, now);
        } else {
          idle.add(connection);
        }
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void note(int answer, long now, long due) {
    answers.merge(answer, 1L, Long::sum);
    if (now >= measuredFrom && now < end) {
      latencies.record(now - due);
      acceptedWhileMeasuring += isAccepted(answer) ? 1 : 0;
    }
  }

  private static boolean isAccepted(int answer) {
    return answer == 202 || answer == 204;
  }

  private long accepted() {
    return answers.getOrDefault(202, 0L) + answers.getOrDefault(204, 0L);
  }

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "sent=%d accepted=%d answers=%s%n",
        sent,
        accepted(),
        answers.toString().replace(" ", ""));
    System.out.printf(
        Locale.ROOT,
        "perSecond=%.1f p50=%.2f p99=%.2f%n",
        acceptedWhileMeasuring / ((end - measuredFrom) / NANOS_PER_SECOND),
        latencies.millis(0.5),
        latencies.millis(0.99));
  }
}
