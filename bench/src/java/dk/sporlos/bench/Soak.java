package dk.sporlos.bench;

import static dk.sporlos.bench.Table.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Beacons at a steady rate for a long time: whether memory is flat, whether folding keeps up, and
 * whether each beacon that was accepted is stored.
 */
final class Soak {
  private static final int CONNECTIONS = 64;
  private static final int FALLBACK_RATE = 2_000;
  private static final int SAMPLE_SECONDS = 15;

  private final Serving serving;
  private final int rate;
  private final int minutes;
  private final List<Long> memory = new ArrayList<>();
  private final List<Long> memoryOfDatabase = new ArrayList<>();
  private final List<Double> lag = new ArrayList<>();
  private final Table table =
      new Table(
          "minute",
          "stored",
          "folded",
          "inbox rows",
          "fold lag s",
          "JVM MB",
          "live heap MB",
          "PostgreSQL MB",
          "JVM cores");

  /**
   * @param rate beacons a second; 0 for a modest one
   */
  Soak(Serving serving, int rate, int minutes) {
    this.serving = serving;
    this.rate = rate == 0 ? FALLBACK_RATE : rate;
    this.minutes = minutes;
  }

  void run() {
    int seconds = (int) TimeUnit.MINUTES.toSeconds(minutes);
    long inInboxBefore = serving.stored();
    double storedBefore = stored();
    try (FoldFeed feed = new FoldFeed(serving);
        Running running =
            Running.start(serving.domains(), serving.port(), CONNECTIONS, rate, 1, seconds, 7)) {
      running.awaitBegin();
      for (int passed = 0; passed < seconds; passed += SAMPLE_SECONDS) {
        sample(passed, feed);
      }
      running.awaitEnd();
      Running.Result result = running.finish();
      table.print();
      printPlots();
      System.out.printf(
          "accepted %,d, counted as stored %,.0f, found in the inbox %,d%n",
          result.accepted(), stored() - storedBefore, serving.stored() - inInboxBefore);
      System.out.printf(
          "%,d a second over %d minutes: sent %,d, accepted %,d, p50 %s ms, p99 %s ms%n",
          rate,
          minutes,
          result.sent(),
          result.accepted(),
          figure(result.p50()),
          figure(result.p99()));
      System.out.printf(
          "last third to second third (limit 1.05): memory of the JVM %s, of PostgreSQL %s%n",
          figure(growth(memory)), figure(growth(memoryOfDatabase)));
    }
  }

  private double stored() {
    return serving.metric("sporlos_beacons_total", "outcome=\"stored\"");
  }

  /** In the language of Mermaid, to be put into a page. */
  private void printPlots() {
    plot("Memory of the Java machine and of PostgreSQL", "MB", List.of(memory, memoryOfDatabase));
    plot("How long ended visits waited to be folded", "s", List.of(lag));
  }

  private void plot(String title, String unit, List<? extends List<? extends Number>> lines) {
    System.out.printf(
        "%n```mermaid%nxychart-beta%n  title \"%s\"%n  x-axis \"minute\" 0 --> %d%n  y-axis \"%s\"%n",
        title, minutes, unit);
    lines.forEach(
        line ->
            System.out.printf(
                "  line [%s]%n",
                line.stream()
                    .map(value -> figure(value.doubleValue()).replace(",", ""))
                    .collect(Collectors.joining(", "))));
    System.out.println("```");
  }

  private void sample(int passed, FoldFeed feed) {
    double cpu = Cpu.of(serving.pid());
    serving.history().addEnded((long) rate * SAMPLE_SECONDS);
    try {
      TimeUnit.SECONDS.sleep(SAMPLE_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    long jvm = Cpu.megabytes(serving.pid());
    long postgresql = Cpu.children(serving.postmaster()).stream().mapToLong(Cpu::megabytes).sum();
    double waited = serving.metric("sporlos_fold_lag_seconds", "");
    memory.add(jvm);
    memoryOfDatabase.add(postgresql);
    lag.add(waited);
    table.row(
        figure((passed + SAMPLE_SECONDS) / 60.0),
        "%,.0f".formatted(stored()),
        "%,d".formatted(feed.folded()),
        "%,.0f".formatted(serving.metric("sporlos_inbox_rows", "")),
        figure(waited),
        Long.toString(jvm),
        "%.0f".formatted(serving.metric("jvm_gc_live_data_size_bytes", "") / (1 << 20)),
        Long.toString(postgresql),
        figure((Cpu.of(serving.pid()) - cpu) / SAMPLE_SECONDS));
  }

  private static double growth(List<Long> values) {
    int third = values.size() / 3;
    return mean(values.subList(2 * third, values.size())) / mean(values.subList(third, 2 * third));
  }

  private static double mean(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).average().orElse(0);
  }
}
