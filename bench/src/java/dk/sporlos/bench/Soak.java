package dk.sporlos.bench;

import static dk.sporlos.bench.Table.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Memory while beacons come at a steady rate: whether it is flat. */
final class Soak {
  private static final int CONNECTIONS = 64;
  private static final int FALLBACK_RATE = 2_000;
  private static final int SAMPLE_SECONDS = 15;

  private final Serving serving;
  private final int rate;
  private final int minutes;
  private final List<Long> memory = new ArrayList<>();
  private final Table table =
      new Table(
          "minute", "stored", "folded", "JVM MB", "live heap MB", "PostgreSQL MB", "JVM cores");

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
      System.out.printf(
          "%,d a second over %d minutes: sent %,d, accepted %,d, p50 %s ms, p99 %s ms%n",
          rate,
          minutes,
          result.sent(),
          result.accepted(),
          figure(result.p50()),
          figure(result.p99()));
      System.out.printf(
          "JVM memory, last third to second third (limit 1.05): %s%n", figure(growth()));
    }
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
    memory.add(jvm);
    table.row(
        figure((passed + SAMPLE_SECONDS) / 60.0),
        "%,.0f".formatted(serving.metric("sporlos_beacons_total", "outcome=\"stored\"")),
        "%,d".formatted(feed.folded()),
        Long.toString(jvm),
        "%.0f".formatted(serving.metric("jvm_gc_live_data_size_bytes", "") / (1 << 20)),
        Long.toString(postgresql),
        figure((Cpu.of(serving.pid()) - cpu) / SAMPLE_SECONDS));
  }

  private double growth() {
    int third = memory.size() / 3;
    return mean(memory.subList(2 * third, memory.size())) / mean(memory.subList(third, 2 * third));
  }

  private static double mean(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).average().orElse(0);
  }
}
