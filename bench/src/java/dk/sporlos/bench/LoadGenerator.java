package dk.sporlos.bench;

import java.io.IOException;
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

  private final Traffic traffic;
  private final Latencies latencies = new Latencies();
  private final Map<Integer, Long> answers = new TreeMap<>();
  private final Deque<LoadConnection> idle = new ArrayDeque<>();
  private final Selector selector;
  private final double perSecond;
  private long measuredFrom;
  private long end;
  private long began;
  private long due;
  private long sent;
  private IOException failure = new IOException();
  private boolean failed;

  private LoadGenerator(Traffic traffic, Selector selector, double perSecond) {
    this.traffic = traffic;
    this.selector = selector;
    this.perSecond = perSecond;
  }

  /** What {@link #main} prints, as others read it. */
  static Map<String, String> flags() {
    Map<String, String> flags = new TreeMap<>();
    flags.put("host", "127.0.0.1");
    flags.put("port", "8080");
    flags.put("connections", "64");
    flags.put("rate", "0");
    flags.put("warm-up", "2");
    flags.put("seconds", "10");
    flags.put("sites", "example.com");
    flags.put("seed", "1");
    return flags;
  }

  /** See {@link #flags}. */
  public static void main(String... arguments) throws IOException {
    Arguments flags = Arguments.parse("load generator", flags(), arguments);
    Traffic traffic =
        new Traffic(
            flags.number("seed"),
            Agents.installed(),
            List.of(flags.text("sites").split(",", -1)),
            CONCURRENT_VISITS);
    try (Selector selector = Selector.open()) {
      LoadGenerator generator = new LoadGenerator(traffic, selector, flags.number("rate"));
      generator.run(
          new InetSocketAddress(flags.text("host"), flags.number("port")),
          flags.number("connections"),
          flags.number("warm-up"),
          flags.number("seconds"));
      generator.print();
    }
  }

  private void run(InetSocketAddress address, int size, int warmUp, int seconds)
      throws IOException {
    List<LoadConnection> connections = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      connections.add(new LoadConnection(address, selector));
    }
    idle.addAll(connections);
    began = System.nanoTime();
    measuredFrom = began + TimeUnit.SECONDS.toNanos(warmUp);
    end = measuredFrom + TimeUnit.SECONDS.toNanos(seconds);
    boolean measuring = false;
    long lastAnswer = end + TimeUnit.SECONDS.toNanos(30);
    long now = began;
    while (now < end || (idle.size() < size && now < lastAnswer)) {
      if (!measuring && now >= measuredFrom) {
        measuring = true;
        System.out.println("measuring");
      }
      sendDue(now);
      selector.select(key -> take((LoadConnection) key.attachment()), 1);
      if (failed) {
        throw failure;
      }
      if (now < end && System.nanoTime() >= end) {
        System.out.println("measured");
      }
      now = System.nanoTime();
    }
    for (LoadConnection connection : connections) {
      connection.close();
    }
  }

  private void sendDue(long now) throws IOException {
    while (now < end && !idle.isEmpty()) {
      long at = now;
      if (perSecond > 0) {
        at = began + (long) (due * (1e9 / perSecond));
        if (at > now) {
          return;
        }
      }
      due++;
      send(idle.remove(), at);
    }
  }

  private void send(LoadConnection connection, long at) throws IOException {
    connection.send(traffic.next(), at);
    sent++;
  }

  private void take(LoadConnection connection) {
    try {
      int answer = connection.receive();
      if (answer == LoadConnection.INCOMPLETE) {
        return;
      }
      long now = System.nanoTime();
      answers.merge(answer, 1L, Long::sum);
      if (now >= measuredFrom && now < end) {
        latencies.record(now - connection.due);
        measured.merge(answer, 1L, Long::sum);
      }
      if (perSecond == 0 && now < end) {
        send(connection, now);
      } else {
        idle.add(connection);
      }
    } catch (IOException broken) {
      failure = broken;
      failed = true;
    }
  }

  private final Map<Integer, Long> measured = new TreeMap<>();

  private void print() {
    double seconds = (end - measuredFrom) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "sent=%d accepted=%d notCounted=%d answers=%s%n",
        sent,
        answers.getOrDefault(202, 0L) + answers.getOrDefault(204, 0L),
        answers.getOrDefault(LoadConnection.NOT_COUNTED, 0L),
        answers.toString().replace(" ", ""));
    System.out.printf(
        Locale.ROOT,
        "perSecond=%.1f p50=%.2f p99=%.2f%n",
        (measured.getOrDefault(202, 0L) + measured.getOrDefault(204, 0L)) / seconds,
        latencies.millis(0.5),
        latencies.millis(0.99));
  }
}
