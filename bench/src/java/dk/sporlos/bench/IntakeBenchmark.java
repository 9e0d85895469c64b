package dk.sporlos.bench;

import static dk.sporlos.bench.Table.figure;

import dk.sporlos.door.Hit;
import dk.sporlos.intake.HitStore;
import dk.sporlos.intake.Inbox;
import dk.sporlos.intake.Intake;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Hits into the embedded database without HTTP, against COPY of the same rows. */
public final class IntakeBenchmark {
  private static final String USAGE =
      """
      bench/intake: how many hits a second become durable without HTTP.
      --seconds 6 each       --batches 1,10,100,500,1000 of a size, two in flight
      --waiting 1,16,64,256,1024,8192 callers that append the next hit when their last is durable
      --sql "…" said to the database before, to try other tables   --data target/bench-data
      """;

  private static final Intake.Bounds BOUNDS = new Intake.Bounds(20_000, 100_000_000);
  private static final int SAMPLES = 100_000;
  private static final int IN_FLIGHT = 2;

  private final BenchDatabase database;
  private final int seconds;
  private final List<Hit> samples;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong durable = new AtomicLong();
  private volatile boolean over;

  private IntakeBenchmark(BenchDatabase database, int seconds) {
    this.database = database;
    this.seconds = seconds;
    this.samples = new SampleHits(database.addSite("example.com")).take(SAMPLES);
  }

  /** See {@link #USAGE}. */
  public static void main(String... arguments) throws IOException, SQLException {
    Arguments flags =
        Arguments.parse(
            USAGE,
            Map.of(
                "seconds", "6",
                "batches", "1,10,100,500,1000",
                "waiting", "1,16,64,256,1024,8192",
                "sql", "",
                "data", "target/bench-data"),
            arguments);
    Path data = Path.of(flags.text("data"));
    System.out.println(Machine.describe());
    System.out.println(Fsync.measure(data.resolveSibling("bench-fsync")));
    try (BenchDatabase database = BenchDatabase.start(data)) {
      if (!flags.text("sql").isEmpty()) {
        database.execute(flags.text("sql"));
      }
      IntakeBenchmark benchmark = new IntakeBenchmark(database, flags.number("seconds"));
      benchmark.warmUp();
      benchmark.batches(flags.numbers("batches"));
      benchmark.intake(flags.numbers("waiting"));
    }
  }

  private HitStore inbox(String name) {
    return new Inbox(database.database().open(name, 4), new SimpleMeterRegistry());
  }

  private void warmUp() {
    HitStore inbox = inbox("warm-up");
    for (int i = 0; i < 200; i++) {
      inbox.write(batch(500)).await();
    }
  }

  private List<Hit> batch(int size) {
    int from = (int) (taken.getAndAdd(size) % (SAMPLES - size));
    return samples.subList(from, from + size);
  }

  /**
   * @param hits a second
   * @param postgresql microseconds of a processor for each
   * @param jvm likewise
   */
  private record Measured(double hits, double postgresql, double jvm) {}

  private void batches(List<Integer> sizes) throws SQLException {
    Table table =
        new Table(
            "hits a batch",
            "inbox hits/s",
            "COPY hits/s",
            "ratio",
            "inbox PostgreSQL µs",
            "COPY PostgreSQL µs",
            "inbox JVM µs");
    HitStore inbox = inbox("batches");
    for (int size : sizes) {
      database.execute("truncate hit");
      Measured ours = measure(() -> keepWriting(inbox, size));
      Copy copy = new Copy(database.url());
      database.execute("truncate hit");
      Measured limit = measure(() -> copy.keepCopying(IN_FLIGHT, size, durable, () -> over));
      table.row(
          Integer.toString(size),
          figure(ours.hits()),
          figure(limit.hits()),
          figure(ours.hits() / limit.hits()),
          figure(ours.postgresql()),
          figure(limit.postgresql()),
          figure(ours.jvm()));
    }
    System.out.println();
    table.print();
  }

  private Measured measure(Runnable load) {
    over = false;
    durable.set(0);
    load.run();
    sleep(1);
    long before = durable.get();
    double cpu = Cpu.ofTree(database.postmaster());
    double own = Cpu.of(ProcessHandle.current().pid());
    long began = System.nanoTime();
    sleep(seconds);
    double passed = (System.nanoTime() - began) / 1e9;
    double hits = durable.get() - before;
    double used = Cpu.ofTree(database.postmaster()) - cpu;
    double ownUsed = Cpu.of(ProcessHandle.current().pid()) - own;
    over = true;
    sleep(1);
    return new Measured(hits / passed, 1e6 * used / hits, 1e6 * ownUsed / hits);
  }

  private void keepWriting(HitStore inbox, int size) {
    Context context = database.vertx().getOrCreateContext();
    for (int i = 0; i < IN_FLIGHT; i++) {
      context.runOnContext(ignored -> write(inbox, size));
    }
  }

  private void write(HitStore inbox, int size) {
    if (!over) {
      inbox
          .write(batch(size))
          .onFailure(Throwable::printStackTrace)
          .onSuccess(
              written -> {
                durable.addAndGet(size);
                write(inbox, size);
              });
    }
  }

  private void intake(List<Integer> waiting) {
    Table table =
        new Table("callers", "hits/s", "hits a batch", "PostgreSQL µs a hit", "JVM µs a hit");
    for (int callers : waiting) {
      database.execute("truncate hit");
      SimpleMeterRegistry meters = new SimpleMeterRegistry();
      Intake intake = new Intake(database.vertx(), inbox("intake"), BOUNDS, () -> null, meters);
      Measured measured = measure(() -> keepAppending(intake, callers));
      intake.drain().await();
      DistributionSummary sizes = meters.get("sporlos.batch.hits").summary();
      table.row(
          Integer.toString(callers),
          figure(measured.hits()),
          figure(sizes.mean()),
          figure(measured.postgresql()),
          figure(measured.jvm()));
    }
    System.out.println();
    table.print();
  }

  /** On as many event loops as the collector has. */
  private void keepAppending(Intake intake, int callers) {
    int loops = Math.min(callers, Runtime.getRuntime().availableProcessors());
    CountDownLatch begun = new CountDownLatch(loops);
    for (int loop = 0; loop < loops; loop++) {
      int own = callers / loops;
      Context context = database.vertx().getOrCreateContext();
      context.runOnContext(
          ignored -> {
            for (int i = 0; i < own; i++) {
              append(intake);
            }
            begun.countDown();
          });
    }
    try {
      begun.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void append(Intake intake) {
    if (!over) {
      intake
          .append(samples.get((int) (taken.getAndIncrement() % SAMPLES)))
          .onFailure(Throwable::printStackTrace)
          .onSuccess(
              committed -> {
                durable.incrementAndGet();
                append(intake);
              });
    }
  }

  private static void sleep(int seconds) {
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
