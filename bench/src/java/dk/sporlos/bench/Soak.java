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

  /** A visit is folded once it has been idle for half an hour. */
  private static final int BEFORE_FOLD_SECONDS = 25 * 60;

  /** A visit is remembered for 40 minutes after its last hit. */
  private static final int WARM_MINUTES = 45;

  private final Serving serving;
  private final int rate;
  private final int minutes;
  private final List<Long> memory = new ArrayList<>();
  private final List<Long> memoryOfDatabase = new ArrayList<>();
  private final List<Double> lag = new ArrayList<>();
  private String said = "";
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
      long began = System.nanoTime();
      for (int passed = 0; passed < seconds; passed = secondsSince(began)) {
        sample(began, feed);
        if (passed >= Math.min(seconds - 2 * SAMPLE_SECONDS, BEFORE_FOLD_SECONDS)) {
          compareWithTable(storedBefore, inInboxBefore);
        }
      }
      running.awaitEnd();
      Running.Result result = running.finish();
      table.print();
      printPlots();
      System.out.printf(
          "accepted %,d, counted as stored %,.0f%n%s%n",
          result.accepted(), stored() - storedBefore, said);
      System.out.printf(
          "%,d a second over %d minutes: sent %,d, accepted %,d, p50 %s ms, p99 %s ms%n",
          rate,
          minutes,
          result.sent(),
          result.accepted(),
          figure(result.p50()),
          figure(result.p99()));
      System.out.printf(
          "memory, last third to second third of %s (limit 1.05): the JVM's %s, PostgreSQL's %s%n",
          minutes > WARM_MINUTES ? "what comes after %d minutes".formatted(WARM_MINUTES) : "it all",
          figure(growth(settled(memory))),
          figure(growth(settled(memoryOfDatabase))));
    }
  }

  private static int secondsSince(long began) {
    return (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
  }

  /** Hits go on coming, so that what is found lies between what was counted before and after. */
  private void compareWithTable(double storedBefore, long inInboxBefore) {
    if (!said.isEmpty()) {
      return;
    }
    double before = stored() - storedBefore;
    long found = serving.stored() - inInboxBefore;
    double after = stored() - storedBefore;
    said =
        "%,d found in the inbox before any was folded, %,.0f to %,.0f counted as stored meanwhile: %s"
            .formatted(
                found, before, after, before <= found && found <= after ? "equal" : "NOT EQUAL");
  }

  /** Without the time in which open visits become as many as they will be. */
  private List<Long> settled(List<Long> values) {
    return minutes > WARM_MINUTES
        ? values.subList(values.size() * WARM_MINUTES / minutes, values.size())
        : values;
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

  private void sample(long began, FoldFeed feed) {
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
        figure(secondsSince(began) / 60.0),
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
