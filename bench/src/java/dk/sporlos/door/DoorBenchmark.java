package dk.sporlos.door;

import dk.sporlos.bench.Agents;
import dk.sporlos.bench.Arguments;
import dk.sporlos.bench.Machine;
import dk.sporlos.bench.Table;
import dk.sporlos.bench.Traffic;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What the door takes for a beacon without network and database, its caches warm. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DoorBenchmark {
  private static final String USAGE =
      """
      bench/door: what the door takes for a beacon, and its parts by themselves.
      --seconds 2 an iteration   --iterations 5, after as many to warm up   --forks 2
      --only ".*" those whose name matches
      """;

  /** What a beacon may take. */
  private static final double LIMIT_MICROS = 10;

  private static final int REQUESTS = 4_096;
  private static final int VISITS = 1_000;

  private final Site site =
      new Site(new SiteId(1), "example.com", ZoneId.of("Europe/Copenhagen"), false);
  private final TrustedProxies proxies = TrustedProxies.parse("127.0.0.1/32");
  private final Bots bots = Bots.shipped(DataCentres.none(), new SimpleMeterRegistry());
  private final Enrichment enrichment = TestEnrichment.shipped();
  private final Door door = door();
  private final Traffic.Request[] sent = new Traffic.Request[REQUESTS];
  private final HttpServerRequest[] requests = new HttpServerRequest[REQUESTS];
  private final Beacon[] beacons = new Beacon[REQUESTS];
  private final Sender[] senders = new Sender[REQUESTS];
  private final Cleaned[] cleaned = new Cleaned[REQUESTS];
  private long nonce;
  private int turn;

  public DoorBenchmark() {
    Traffic traffic = new Traffic(1, Agents.installed(), List.of(site.domain()), VISITS);
    for (int i = 0; i < REQUESTS; i++) {
      sent[i] = traffic.next();
      requests[i] = FakeRequest.with(sent[i].headers());
      beacons[i] = (Beacon) BeaconDecoder.decode(Buffer.buffer(sent[i].body()));
      senders[i] = Sender.of(requests[i], proxies);
      cleaned[i] = Cleaning.clean(site, beacons[i]);
    }
  }

  private Door door() {
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    return new Door(
        domain -> Future.succeededFuture(domain.equals(site.domain()) ? site : null),
        proxies,
        bots,
        new Limits(
            new Limits.Settings(600, TrustedProxies.parse("127.0.0.0/8"), 0, 0), clock, random),
        new Deliveries(clock, random),
        new Recognition(
            clock, random, new Recognition.Limits(500_000, 2_000_000), ended -> {}, browser -> {}),
        enrichment,
        SenderTokens.none(),
        clock);
  }

  private int next() {
    turn = (turn + 1) % REQUESTS;
    return turn;
  }

  private Buffer body(int request) {
    sent[request].renew(nonce++);
    return Buffer.buffer(sent[request].body());
  }

  /** From the body's bytes and the request's headers to what is to be stored. */
  @Benchmark
  public Verdict judge() {
    int request = next();
    Verdict verdict = door.judge(requests[request], body(request)).result();
    if (verdict instanceof Verdict.Accepted accepted) {
      accepted.delivery().done();
    }
    return verdict;
  }

  @Benchmark
  public Decoded decode() {
    return BeaconDecoder.decode(body(next()));
  }

  @Benchmark
  public Sender sender() {
    return Sender.of(requests[next()], proxies);
  }

  @Benchmark
  public Cleaned clean() {
    return Cleaning.clean(site, beacons[next()]);
  }

  @Benchmark
  public @Nullable String bots() {
    int request = next();
    return bots.finding(beacons[request], senders[request]);
  }

  /** What only the first hit of a visit needs. */
  @Benchmark
  public Attributes enrich() {
    int request = next();
    return enrichment.attributes(
        site, senders[request], beacons[request], cleaned[request].origin());
  }

  /** See {@link #USAGE}. */
  public static void main(String... arguments) throws RunnerException {
    Arguments flags =
        Arguments.parse(
            USAGE,
            Map.of("seconds", "2", "iterations", "5", "forks", "2", "only", ".*"),
            arguments);
    TimeValue time = TimeValue.seconds(flags.number("seconds"));
    Options options =
        new OptionsBuilder()
            .include(DoorBenchmark.class.getName() + "\\." + flags.text("only"))
            .warmupIterations(flags.number("iterations"))
            .warmupTime(time)
            .measurementIterations(flags.number("iterations"))
            .measurementTime(time)
            .forks(flags.number("forks"))
            .build();
    System.out.println(Machine.describe());
    print(new Runner(options).run());
  }

  private static void print(Collection<RunResult> results) {
    Table table = new Table("what", "µs a beacon", "± (99.9 %)", "ratio to 10 µs");
    for (RunResult result : results) {
      double micros = result.getPrimaryResult().getScore() / 1_000;
      table.row(
          result.getPrimaryResult().getLabel(),
          Table.figure(micros),
          Table.figure(result.getPrimaryResult().getScoreError() / 1_000),
          Table.figure(micros / LIMIT_MICROS));
    }
    table.print();
  }
}
