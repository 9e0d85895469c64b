package dk.sporlos.bench;

import static dk.sporlos.bench.Table.figure;

import dk.sporlos.bench.Questions.Question;
import dk.sporlos.fold.Horizon;
import dk.sporlos.fold.Partitions;
import dk.sporlos.fold.Snapshots;
import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.PagePattern;
import dk.sporlos.seal.Seals;
import dk.sporlos.site.Privacy;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.stats.Reads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** How long figures take over a year of visits of a large site, and how much room these take. */
public final class QueryBenchmark {
  private static final String USAGE =
      """
      bench/query: how long figures take over a year of visits of a large site.
      --views 10000000 --days 365 --seed 42 what is generated, if the directory has none yet
      --data target/bench-query where it stays for the next time; remove it to begin anew
      --only "…" a part of the name of the questions to be asked   --repeats 5 of each
      --seal yes seals the days that are not sealed yet   --explain 1 of the slowest are explained
      --hits 0 a second arrive meanwhile, half an hour of them before
      --snapshots yes makes visits of them once for all questions; no, for each of them
      --sql "…" said to the database before, to try other settings
      """;

  private static final int DAYS_KEPT = 400;
  private static final int FIRST_TIMES = 3;

  private static final String VIEWS =
      "select coalesce(sum(views), 0), count(*), max(day) from visit where site_id = ";

  /** Bytes of tables with their indexes, of those whose name a pattern matches. */
  private static final String SIZE =
      """
      select coalesce(sum(pg_total_relation_size(oid)), 0) from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace and relname ~ '%s'
      """;

  private final Arguments flags;
  private final BenchDatabase database;
  private final Pool pool;
  private final MeterRegistry meters = new SimpleMeterRegistry();

  private QueryBenchmark(Arguments flags, BenchDatabase database) {
    this.flags = flags;
    this.database = database;
    this.pool = database.database().openForLongWork("setup", 2);
  }

  /** See {@link #USAGE}. */
  public static void main(String... arguments) throws IOException, SQLException {
    Arguments flags =
        Arguments.parse(
            USAGE,
            Map.ofEntries(
                Map.entry("views", "10000000"),
                Map.entry("days", "365"),
                Map.entry("seed", "42"),
                Map.entry("data", "target/bench-query"),
                Map.entry("only", ""),
                Map.entry("repeats", "5"),
                Map.entry("seal", "yes"),
                Map.entry("explain", "1"),
                Map.entry("hits", "0"),
                Map.entry("snapshots", "yes"),
                Map.entry("sql", "")),
            arguments);
    System.out.println(Machine.describe());
    try (BenchDatabase database = BenchDatabase.keep(Path.of(flags.text("data")))) {
      if (!flags.text("sql").isEmpty()) {
        database.execute(flags.text("sql"));
      }
      new QueryBenchmark(flags, database).run();
    }
  }

  private void run() throws IOException, SQLException {
    Site site = site();
    if (flags.text("seal").equals("yes")) {
      seal(site);
    }
    printSizes(site);
    LocalDate last = Objects.requireNonNull(one(VIEWS + site.id().value(), LocalDate.class, 2));
    List<Question> questions =
        Questions.about(last, flags.number("days"), goals(site)).stream()
            .filter(question -> question.name().contains(flags.text("only")))
            .toList();
    int hits = flags.number("hits");
    if (hits == 0) {
      ask(site, questions);
      return;
    }
    Pool foldPool = database.database().openForLongWork("fold", 2);
    Arrivals arrivals = Arrivals.begin(pool, foldPool, site.id(), hits);
    try {
      ask(site, questions);
    } finally {
      arrivals.close();
    }
  }

  private void ask(Site site, List<Question> questions) throws IOException {
    List<Timing> timings;
    Pool own = database.database().open("stats", 4);
    try (Questioner questioner = new Questioner(database.vertx(), own, reads(own), site)) {
      timings = questions.stream().map(question -> time(questioner, question)).toList();
    }
    print(timings);
    printSnapshots();
    explain(site, timings);
  }

  private Reads reads(Pool own) {
    if (!flags.text("snapshots").equals("yes")) {
      return new Reads(own);
    }
    Pool making = database.database().openForLongWork("snapshot", 3);
    Snapshots snapshots = new Snapshots(database.vertx(), making, Clock.systemUTC(), meters);
    database.vertx().setPeriodic(1_000, ignored -> snapshots.refresh());
    return new Reads(own, snapshots);
  }

  private void printSnapshots() {
    Timer made = meters.find("sporlos.snapshot").timer();
    if (made != null && made.count() > 0) {
      System.out.printf(
          "%n%d snapshots of the inbox were made, in %s ms in the mean and %s at most%n",
          made.count(),
          figure(made.mean(TimeUnit.MILLISECONDS)),
          figure(made.max(TimeUnit.MILLISECONDS)));
    }
  }

  private Site site() throws SQLException {
    SiteStore sites = new SiteStore(pool);
    Site known = sites.find(BenchSite.HOST).await();
    if (known != null) {
      return known;
    }
    long began = System.nanoTime();
    database.addSite(BenchSite.HOST);
    Site added = Objects.requireNonNull(sites.find(BenchSite.HOST).await());
    sites.set(added.id(), Privacy.VISITS_KEPT, Integer.toString(DAYS_KEPT)).await();
    int days = flags.number("days");
    LocalDate from = LocalDate.now(added.zone()).minusDays(days + 1L);
    new Partitions(pool).ensure(from, from.plusDays(days)).await();
    BenchSite.fill(pool, added.id());
    Goals goals = new Goals(pool);
    for (String page : Questions.STEPS) {
      Condition viewed = new Condition.PageViewed(new PagePattern(page));
      goals.add(added.id(), new Goal.Definition(null, viewed, Map.of(), null)).await();
    }
    long views =
        new YearOfVisits(added.id(), added.zone(), flags.number("seed"))
            .copy(database.url(), from, days, Long.parseLong(flags.text("views")));
    pool.query("vacuum analyze").execute().await();
    System.out.printf("%,d page views were put in in %s s%n", views, seconds(began));
    return Objects.requireNonNull(sites.find(BenchSite.HOST).await());
  }

  /** In the order in which they were added. */
  private List<Long> goals(Site site) {
    return new Goals(pool).all(site.id()).await().stream().map(Goal::id).sorted().toList();
  }

  private void seal(Site site) {
    Clock clock = Clock.systemUTC();
    Seals seals =
        new Seals(pool, pool, new SiteStore(pool), Horizon.of(clock), clock, (of, late) -> {});
    long began = System.nanoTime();
    int days = seals.run().await();
    if (days > 0) {
      // Sealed one a day, each day takes the room that the one before it was written out of.
      pool.query("vacuum (full, analyze) visit, event").execute().await();
      pool.query("vacuum analyze").execute().await();
      System.out.printf("%d days of %s were sealed in %s s%n", days, site.domain(), seconds(began));
    }
  }

  private void printSizes(Site site) {
    double views = one(VIEWS + site.id().value(), Long.class, 0);
    double visits = one(VIEWS + site.id().value(), Long.class, 1);
    System.out.printf("%n%,.0f page views in %,.0f visits%n%n", views, visits);
    new Table("what", "MB", "bytes a page view", "limit")
        .row(size("visits with indexes, and events", "^(visit|event)_\\d", views, "60"))
        .row(size("totals", "^(daily|monthly|yearly|sealed_day)", views, "15"))
        .row(size("dictionaries", "^(page|referrer|campaign|client|place|event_name)$", views, "–"))
        .print();
    System.out.println();
  }

  private String[] size(String name, String tables, double views, String limit) {
    double bytes = one(SIZE.formatted(tables), Number.class, 0).doubleValue();
    return new String[] {name, figure(bytes / 1e6), figure(bytes / views), limit};
  }

  /**
   * What a question took.
   *
   * @param millis the median; 0 if it was refused
   * @param cpu least processor time of PostgreSQL in milliseconds, which other work of the machine
   *     disturbs less
   * @param refusal empty if it was answered
   */
  private record Timing(
      Question question, double first, double least, double millis, double cpu, String refusal) {}

  /**
   * The first answer finds caches cold, and does not count; it may be refused while the first
   * snapshot of a large inbox is made.
   */
  private Timing time(Questioner questioner, Question question) {
    try {
      double first = first(questioner, question, flags.number("hits") == 0 ? 1 : FIRST_TIMES);
      double[] taken = new double[flags.number("repeats")];
      double cpu = Double.POSITIVE_INFINITY;
      for (int i = 0; i < taken.length; i++) {
        double before = Cpu.millisOfChildren(database.postmaster());
        taken[i] = questioner.ask(question);
        cpu = Math.min(cpu, Cpu.millisOfChildren(database.postmaster()) - before);
      }
      Arrays.sort(taken);
      return new Timing(question, first, taken[0], taken[taken.length / 2], cpu, "");
    } catch (Questioner.RefusedException refused) {
      return new Timing(question, 0, 0, 0, 0, String.valueOf(refused.getMessage()));
    }
  }

  private static double first(Questioner questioner, Question question, int times) {
    try {
      return questioner.ask(question);
    } catch (Questioner.RefusedException refused) {
      if (times == 1) {
        throw refused;
      }
      return first(questioner, question, times - 1);
    }
  }

  private static void print(List<Timing> timings) {
    Table table =
        new Table(
            "question", "limit ms", "first ms", "least ms", "median ms", "ratio", "PostgreSQL ms");
    for (Timing timing : timings) {
      Question question = timing.question();
      table.row(
          question.name(),
          question.limit() > 0 ? figure(question.limit()) : "–",
          timing.refusal().isEmpty() ? figure(timing.first()) : "–",
          timing.refusal().isEmpty() ? figure(timing.least()) : "–",
          timing.refusal().isEmpty() ? figure(timing.millis()) : timing.refusal(),
          timing.refusal().isEmpty() && question.limit() > 0
              ? figure(timing.millis() / question.limit())
              : "–",
          timing.refusal().isEmpty() ? figure(timing.cpu()) : "–");
    }
    table.print();
  }

  private void explain(Site site, List<Timing> timings) throws IOException {
    List<Timing> slowest =
        timings.stream()
            .sorted((a, b) -> Double.compare(b.millis(), a.millis()))
            .limit(flags.number("explain"))
            .toList();
    for (Timing timing : slowest) {
      String plans =
          new Plans(database)
              .of(
                  own -> {
                    try (Questioner questioner =
                        new Questioner(database.vertx(), own, new Reads(own), site)) {
                      questioner.ask(timing.question());
                    }
                  });
      System.out.printf("%n%s:%n%s%n", timing.question().name(), plans);
    }
  }

  private <T> T one(String sql, Class<T> type, int column) {
    return type.cast(pool.query(sql).execute().await().iterator().next().getValue(column));
  }

  private static String seconds(long since) {
    return figure((System.nanoTime() - since) / 1e9);
  }
}
