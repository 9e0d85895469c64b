package dk.sporlos.bench;

import static dk.sporlos.bench.Table.figure;

import dk.sporlos.bench.Questions.Question;
import dk.sporlos.fold.Horizon;
import dk.sporlos.fold.Partitions;
import dk.sporlos.seal.Seals;
import dk.sporlos.site.Privacy;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
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

/** How long figures take over a year of visits of a large site, and how much room these take. */
public final class QueryBenchmark {
  private static final String USAGE =
      """
      bench/query: how long figures take over a year of visits of a large site.
      --views 10000000 --days 365 --seed 42 what is generated, if the directory has none yet
      --data target/bench-query where it stays for the next time; remove it to begin anew
      --only "…" a part of the name of the questions to be asked   --repeats 5 of each
      --seal yes seals the days that are not sealed yet   --explain 1 of the slowest are explained
      --sql "…" said to the database before, to try other settings
      """;

  private static final int DAYS_KEPT = 400;

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
            Map.of(
                "views", "10000000",
                "days", "365",
                "seed", "42",
                "data", "target/bench-query",
                "only", "",
                "repeats", "5",
                "seal", "yes",
                "explain", "1",
                "sql", ""),
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
        Questions.about(last, flags.number("days")).stream()
            .filter(question -> question.name().contains(flags.text("only")))
            .toList();
    List<Timing> timings;
    try (Questioner questioner =
        new Questioner(database.vertx(), database.database().open("stats", 4), site)) {
      timings = questions.stream().map(question -> time(questioner, question)).toList();
    }
    print(timings);
    explain(site, timings);
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
    long views =
        new YearOfVisits(added.id(), added.zone(), flags.number("seed"))
            .copy(database.url(), from, days, Long.parseLong(flags.text("views")));
    pool.query("vacuum analyze").execute().await();
    System.out.printf("%,d page views were put in in %s s%n", views, seconds(began));
    return Objects.requireNonNull(sites.find(BenchSite.HOST).await());
  }

  private void seal(Site site) {
    Clock clock = Clock.systemUTC();
    Seals seals = new Seals(pool, new SiteStore(pool), Horizon.of(clock), clock, (of, late) -> {});
    long began = System.nanoTime();
    int days = seals.run().await();
    if (days > 0) {
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
   * @param refusal empty if it was answered
   */
  private record Timing(
      Question question, double first, double least, double millis, String refusal) {}

  /** The first answer finds caches cold, and does not count. */
  private Timing time(Questioner questioner, Question question) {
    try {
      double first = questioner.ask(question.documents());
      double[] taken = new double[flags.number("repeats")];
      for (int i = 0; i < taken.length; i++) {
        taken[i] = questioner.ask(question.documents());
      }
      Arrays.sort(taken);
      return new Timing(question, first, taken[0], taken[taken.length / 2], "");
    } catch (Questioner.RefusedException refused) {
      return new Timing(question, 0, 0, 0, String.valueOf(refused.getMessage()));
    }
  }

  private static void print(List<Timing> timings) {
    Table table = new Table("question", "limit ms", "first ms", "least ms", "median ms", "ratio");
    for (Timing timing : timings) {
      Question question = timing.question();
      table.row(
          question.name(),
          figure(question.limit()),
          timing.refusal().isEmpty() ? figure(timing.first()) : "–",
          timing.refusal().isEmpty() ? figure(timing.least()) : "–",
          timing.refusal().isEmpty() ? figure(timing.millis()) : timing.refusal(),
          timing.refusal().isEmpty() ? figure(timing.millis() / question.limit()) : "–");
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
                    try (Questioner questioner = new Questioner(database.vertx(), own, site)) {
                      questioner.ask(timing.question().documents());
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
