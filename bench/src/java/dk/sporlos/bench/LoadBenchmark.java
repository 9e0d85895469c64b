package dk.sporlos.bench;

import static dk.sporlos.bench.Table.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Beacons over loopback against the jar with its embedded database, while as many hits are folded
 * as arrive; and, in the same run, against a responder that does nothing.
 */
public final class LoadBenchmark {
  private static final String USAGE =
      """
      bench/load: how many beacons a second become durable.
      --connections 8,64,256 one after the other   --seconds 15 each, after --warm-up 5, the first after --first-warm-up 180 at most
      --half-at 64   then half of the greatest rate at so many connections; 0 for not
      --rate 0       beacons a second instead of as many as go; 0 for the latter
      --soak 0       minutes at a steady rate instead, watching memory
      --inbox 1000000 hits of open visits that are there before
      --data target/bench-data   where the database goes, on the disk that is to be measured
      --java "…"     options of the Java machines of both that are measured
      """;

  private static final int WARM_UP_OF_BARE = 2;

  /** As many hits a second are there to be folded as may arrive, and then some. */
  private static final double SPARE = 1.5;

  private static final int LEAST_EXPECTED = 15_000;

  private final Arguments flags;
  private final Serving serving;
  private final Program bare;
  private final int barePort;
  private final Table table =
      new Table(
          "connections",
          "rate",
          "sent",
          "accepted",
          "stored",
          "accepted/s",
          "folded/s",
          "p50 ms",
          "p99 ms",
          "bare/s",
          "bare p99 ms",
          "ratio",
          "ratio by CPU",
          "JVM µs",
          "PostgreSQL µs",
          "generator µs",
          "bare JVM µs");
  private final List<String> remarks = new ArrayList<>();
  private double expectedPerSecond;
  private double bareP99;
  private double bareJvm;
  private double bareGenerator;
  private double greatest;

  private LoadBenchmark(Arguments flags, Serving serving, Program bare) {
    this.flags = flags;
    this.serving = serving;
    this.bare = bare;
    this.barePort = Integer.parseInt(bare.await("listens on ").replaceAll("\\D", ""));
    this.expectedPerSecond = LEAST_EXPECTED;
  }

  /** See {@link #USAGE}. */
  public static void main(String... arguments) throws IOException {
    Arguments flags =
        Arguments.parse(
            USAGE,
            Map.of(
                "connections", "8,64,256",
                "seconds", "15",
                "warm-up", "5",
                "first-warm-up", "180",
                "half-at", "64",
                "rate", "0",
                "soak", "0",
                "inbox", "1000000",
                "data", "target/bench-data",
                "java", ""),
            arguments);
    Path data = Path.of(flags.text("data"));
    Directories.remove(data);
    System.out.println(Machine.describe());
    System.out.println(Fsync.measure(data.resolveSibling("bench-fsync")));
    try (Serving serving =
            Serving.start(Path.of("target/sporlos.jar"), data, words(flags.text("java")));
        Program bare = Program.start(BareResponder.class, words(flags.text("java")), List.of())) {
      new LoadBenchmark(flags, serving, bare).run();
    } finally {
      Directories.remove(data);
    }
  }

  private static List<String> words(String text) {
    return Stream.of(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private void run() {
    serving.history().addOpen(flags.number("inbox"));
    if (flags.number("soak") > 0) {
      new Soak(serving, flags.number("rate"), flags.number("soak")).run();
      return;
    }
    int rate = flags.number("rate");
    warmUp();
    for (int connections : flags.numbers("connections")) {
      measure(connections, rate);
    }
    if (rate == 0 && flags.number("half-at") > 0) {
      measure(flags.number("half-at"), (int) (greatest / 2));
    }
    System.out.println();
    table.print();
    remarks.forEach(System.out::println);
  }

  /** The first seconds of a Java machine say nothing. */
  private void warmUp() {
    System.out.println("warming up until the Java machines have compiled …");
    int most = flags.number("first-warm-up");
    WarmUp.of(bare.pid(), barePort, serving.domains(), most);
    WarmUp.of(serving.pid(), serving.port(), serving.domains(), most);
  }

  private void measure(int connections, int rate) {
    int seconds = flags.number("seconds");
    double before = bare(connections, seconds);
    Measured measured = collector(connections, rate, seconds);
    double after = bare(connections, seconds);
    double bareMean = (before + after) / 2;
    greatest = rate == 0 ? Math.max(greatest, measured.result().perSecond()) : greatest;
    table.row(
        Integer.toString(connections),
        rate == 0 ? "–" : "%,d".formatted(rate),
        "%,d".formatted(measured.result().sent()),
        "%,d".formatted(measured.result().accepted()),
        "%,d".formatted(measured.stored()),
        figure(measured.result().perSecond()),
        figure(measured.foldedPerSecond()),
        figure(measured.result().p50()),
        figure(measured.result().p99()),
        figure(bareMean),
        figure(bareP99),
        figure(measured.result().perSecond() / bareMean),
        figure(
            (bareJvm + bareGenerator)
                / (measured.jvm() + measured.postgresql() + measured.generator())),
        figure(measured.jvm()),
        figure(measured.postgresql()),
        figure(measured.generator()),
        figure(bareJvm));
    if (measured.result().accepted() != measured.result().sent()) {
      remarks.add(
          connections
              + " connections: answers by status (1: not counted) "
              + measured.result().answers());
    }
  }

  private double bare(int connections, int seconds) {
    try (Running running =
        load(barePort, connections, 0, WARM_UP_OF_BARE, Math.max(3, seconds / 2), "bare", 2)) {
      running.awaitBegin();
      double cpu = Cpu.of(bare.pid());
      double generator = Cpu.of(running.pid());
      running.awaitEnd();
      double used = Cpu.of(bare.pid()) - cpu;
      double generatorUsed = Cpu.of(running.pid()) - generator;
      Running.Result result = running.finish();
      bareP99 = result.p99();
      double requests = result.perSecond() * Math.max(3, seconds / 2) / 1e6;
      bareJvm = used / requests;
      bareGenerator = generatorUsed / requests;
      return result.perSecond();
    }
  }

  /**
   * What one level came to.
   *
   * @param jvm microseconds of a processor for each beacon; likewise the others
   */
  private record Measured(
      Running.Result result,
      long stored,
      double foldedPerSecond,
      double jvm,
      double postgresql,
      double generator) {}

  private Measured collector(int connections, int rate, int seconds) {
    int warmUp = flags.number("warm-up");
    double expected = rate == 0 ? expectedPerSecond : rate;
    History history = serving.history();
    history.addEnded((long) (expected * SPARE * (warmUp + seconds + 2)) - history.left());
    long storedBefore = serving.stored();
    try (FoldFeed feed = new FoldFeed(serving);
        Running running =
            load(serving.port(), connections, rate, warmUp, seconds, "load", connections + rate)) {
      running.awaitBegin();
      long folded = feed.folded();
      double[] before = cpu(running.pid());
      running.awaitEnd();
      double[] after = cpu(running.pid());
      double foldedPerSecond = (feed.folded() - folded) / (double) seconds;
      Running.Result result = running.finish();
      expectedPerSecond = Math.max(expectedPerSecond, result.perSecond());
      double beacons = result.perSecond() * seconds / 1e6;
      if (history.left() == 0) {
        remarks.add(connections + " connections: there were too few ended visits to be folded");
      }
      return new Measured(
          result,
          serving.stored() - storedBefore,
          foldedPerSecond,
          (after[0] - before[0]) / beacons,
          (after[1] - before[1]) / beacons,
          (after[2] - before[2]) / beacons);
    }
  }

  private double[] cpu(long generator) {
    return new double[] {
      Cpu.of(serving.pid()), Cpu.ofTree(serving.postmaster()), Cpu.of(generator)
    };
  }

  private Running load(
      int port, int connections, int rate, int warmUp, int seconds, String name, long seed) {
    System.out.printf("%s: %d connections …%n", name, connections);
    return Running.start(serving.domains(), port, connections, rate, warmUp, seconds, seed);
  }
}
