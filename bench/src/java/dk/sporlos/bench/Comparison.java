package dk.sporlos.bench;

import static dk.sporlos.bench.Table.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Two builds of the jar under the same load, in turn, many times over: what a change brings, also
 * on a machine that has other things to do.
 */
public final class Comparison {
  private static final String USAGE =
      """
      bench/compare: two builds of the jar, in turn.
      --before old.jar   --after target/sporlos.jar
      --rounds 10 of --seconds 5 each, after --warm-up 180 at most   --connections 64   --rate 0
      --data target/bench-data
      """;

  private final Arguments flags;
  private final Table table =
      new Table("", "accepted/s", "p50 ms", "p99 ms", "JVM µs", "event loops µs", "PostgreSQL µs");

  private Comparison(Arguments flags) {
    this.flags = flags;
  }

  /** One jar and its figures by round. */
  private record Side(String name, Serving serving, List<double[]> rounds) {}

  /** See {@link #USAGE}. */
  public static void main(String... arguments) throws IOException {
    Arguments flags =
        Arguments.parse(
            USAGE,
            Map.of(
                "before", "",
                "after", "target/sporlos.jar",
                "rounds", "10",
                "seconds", "5",
                "warm-up", "180",
                "connections", "64",
                "rate", "0",
                "data", "target/bench-data"),
            arguments);
    Path before = Path.of(flags.text("data") + "-before");
    Path after = Path.of(flags.text("data") + "-after");
    Directories.remove(before);
    Directories.remove(after);
    System.out.println(Machine.describe());
    try (Serving one = Serving.start(Path.of(flags.text("before")), before, List.of());
        Serving other = Serving.start(Path.of(flags.text("after")), after, List.of())) {
      new Comparison(flags)
          .run(
              new Side("before", one, new ArrayList<>()),
              new Side("after", other, new ArrayList<>()));
    } finally {
      Directories.remove(before);
      Directories.remove(after);
    }
  }

  private void run(Side before, Side after) {
    for (Serving serving : List.of(before.serving(), after.serving())) {
      WarmUp.of(serving.pid(), serving.port(), serving.domains(), flags.number("warm-up"));
    }
    for (int i = 0; i < flags.number("rounds"); i++) {
      // Neither always has the second place.
      round(i % 2 == 0 ? before : after, flags.number("seconds"), i + 2);
      round(i % 2 == 0 ? after : before, flags.number("seconds"), i + 2);
    }
    row("before", before);
    row("after", after);
    String[] ratios = new String[7];
    ratios[0] = "ratio, median of rounds";
    for (int i = 0; i < 6; i++) {
      int column = i;
      double[] each = new double[before.rounds().size()];
      for (int j = 0; j < each.length; j++) {
        each[j] = after.rounds().get(j)[column] / before.rounds().get(j)[column];
      }
      ratios[i + 1] = figure(median(each));
    }
    table.row(ratios);
    table.print();
  }

  private void row(String name, Side side) {
    String[] cells = new String[7];
    cells[0] = name;
    for (int i = 0; i < 6; i++) {
      int column = i;
      cells[i + 1] =
          figure(median(side.rounds().stream().mapToDouble(round -> round[column]).toArray()));
    }
    table.row(cells);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void round(Side side, int seconds, long seed) {
    Serving serving = side.serving();
    try (Running running =
        Running.start(
            serving.domains(),
            serving.port(),
            flags.number("connections"),
            flags.number("rate"),
            2,
            seconds,
            seed)) {
      running.awaitBegin();
      double[] before = cpu(serving);
      running.awaitEnd();
      double[] after = cpu(serving);
      Running.Result result = running.finish();
      double beacons = result.perSecond() * seconds / 1e6;
      side.rounds()
          .add(
              new double[] {
                result.perSecond(),
                result.p50(),
                result.p99(),
                (after[0] - before[0]) / beacons,
                (after[1] - before[1]) / beacons,
                (after[2] - before[2]) / beacons
              });
    }
  }

  private static double[] cpu(Serving serving) {
    return new double[] {
      Cpu.of(serving.pid()),
      Cpu.ofThreads(serving.pid(), "vert.x-eventloop"),
      Cpu.ofTree(serving.postmaster())
    };
  }
}
