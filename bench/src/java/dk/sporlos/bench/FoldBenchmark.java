package dk.sporlos.bench;

import static dk.sporlos.bench.Table.figure;

import dk.sporlos.intake.Inbox;
import dk.sporlos.site.SiteId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The fold where as many hits fall due as arrive, over the inbox of half an hour. */
public final class FoldBenchmark {
  private static final String USAGE =
      """
      bench/fold: what the fold takes of a core where hits arrive and fall due at a steady rate.
      --rates 1000,5000 hits a second   --seconds 120 each   --minutes 30 of hits in the inbox
      --bulk 1000000 hits folded as fast as it goes; 0 for not
      --sql "…" said to the database before, to try other settings   --data target/bench-data
      """;

  /** Share of a core for a thousand hits a second. */
  private static final double LIMIT = 0.10;

  private static final double BULK_LIMIT = 200_000;
  private static final int APPENDED_AT_ONCE = 500;

  private final BenchDatabase database;
  private final Pool foldPool;
  private final Inbox inbox;
  private final SampleHits samples;
  private final History history;
  private volatile boolean over;

  private FoldBenchmark(BenchDatabase database) {
    this.database = database;
    // One connection, so that its process is known.
    this.foldPool = database.database().open("fold", 1);
    this.inbox = new Inbox(database.database().open("intake", 4), new SimpleMeterRegistry());
    this.samples = new SampleHits(database.addSite("example.com"));
    SiteId past = database.addSite("history.example");
    this.history = new History(database.database().pool(), foldPool, past);
  }

  /** See {@link #USAGE}. */
  public static void main(String... arguments) throws IOException {
    Arguments flags =
        Arguments.parse(
            USAGE,
            Map.of(
                "rates", "1000,5000",
                "seconds", "120",
                "minutes", "30",
                "bulk", "1000000",
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
      FoldBenchmark benchmark = new FoldBenchmark(database);
      if (flags.number("bulk") > 0) {
        benchmark.bulk(flags.number("bulk"));
      }
      Table table =
          new Table(
              "hits/s",
              "inbox before",
              "folded/s",
              "fold, core",
              "of 1 k hits/s",
              "ratio to 10 %",
              "autovacuum, core",
              "all else, core",
              "inbox MB");
      for (int rate : flags.numbers("rates")) {
        benchmark.steady(table, rate, flags.number("seconds"), flags.number("minutes"));
      }
      table.print();
    }
  }

  private long foldProcess() {
    return foldPool
        .query("select pg_backend_pid()")
        .execute()
        .await()
        .iterator()
        .next()
        .getInteger(0);
  }

  private void bulk(int hits) {
    history.addEnded(hits);
    long process = foldProcess();
    double cpu = Cpu.of(process);
    long began = System.nanoTime();
    onContext(() -> history.fold(hits)).await();
    double seconds = (System.nanoTime() - began) / 1e9;
    double perSecond = hits / seconds;
    System.out.printf(
        "bulk: %,d hits at %s a second, %s µs of a core each; ratio to %s a second: %s%n%n",
        hits,
        figure(perSecond),
        figure(1e6 * (Cpu.of(process) - cpu) / hits),
        figure(BULK_LIMIT),
        figure(perSecond / BULK_LIMIT));
  }

  private void steady(Table table, int rate, int seconds, int minutes) {
    database.execute("truncate hit");
    System.out.printf("%,d hits a second: filling the inbox …%n", rate);
    history.addEnded((long) rate * (seconds + 10));
    history.addOpen((long) rate * minutes * 60);
    long filled = count();
    over = false;
    Future<Void> appending = onContext(() -> everySecond(() -> append(rate)));
    Future<Void> folding = onContext(() -> everySecond(() -> history.fold(rate)));
    sleep(5);
    long process = foldProcess();
    long folded = history.folded();
    Backends before = Backends.now(database.postmaster(), process);
    sleep(seconds);
    Backends after = Backends.now(database.postmaster(), process);
    double perSecond = (history.folded() - folded) / (double) seconds;
    over = true;
    appending.await();
    folding.await();
    double share = after.since(before, Backends.FOLD) / seconds;
    table.row(
        "%,d".formatted(rate),
        "%,d".formatted(filled),
        figure(perSecond),
        percent(share),
        percent(share * 1_000 / rate),
        figure(share * 1_000 / rate / LIMIT),
        percent(after.since(before, Backends.AUTOVACUUM) / seconds),
        percent(after.since(before, Backends.OTHERS) / seconds),
        "%,d".formatted(size() >> 20));
  }

  private static String percent(double share) {
    return figure(100 * share) + " %";
  }

  private Future<Void> append(int hits) {
    int size = Math.min(hits, APPENDED_AT_ONCE);
    return inbox
        .write(samples.take(size))
        .compose(done -> hits > size ? append(hits - size) : Future.succeededFuture());
  }

  private interface Job {
    Future<Void> run();
  }

  private Future<Void> onContext(Job job) {
    Promise<Void> done = Promise.promise();
    Context context = database.vertx().getOrCreateContext();
    context.runOnContext(ignored -> job.run().onComplete(done));
    return done.future();
  }

  private Future<Void> everySecond(Job job) {
    long began = System.nanoTime();
    return job.run()
        .compose(
            done -> {
              long left = 1_000 - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
              return database.vertx().timer(Math.max(1, left));
            })
        .compose(done -> over ? Future.succeededFuture() : everySecond(job));
  }

  private long count() {
    return number("select count(*) from hit");
  }

  private long size() {
    return number(
        "select sum(pg_total_relation_size(relid))::bigint from pg_partition_tree('hit')");
  }

  private long number(String sql) {
    return database.database().pool().query(sql).execute().await().iterator().next().getLong(0);
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
