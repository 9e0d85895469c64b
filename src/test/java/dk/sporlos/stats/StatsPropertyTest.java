package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.site.Site;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Random visits, some folded and some still in the inbox, against {@link Oracle}. */
class StatsPropertyTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final TestSites SITES =
      TestSites.create(VERTX)
          .month("2026-03")
          .month("2026-04")
          .month("2026-09")
          .month("2026-10")
          .month("2026-11");
  private static final Stats STATS = new Stats(SITES.pool(), Clock.systemUTC());
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  @AfterContainer
  static void close() {
    SITES.close();
    VERTX.close().await();
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void agreesWithTheOracle(
      @ForAll("days") Days days,
      @ForAll("drafts") List<Draft> drafts,
      @ForAll("questions") List<Question> questions) {
    Site site = SITES.site("site-%d.dk".formatted(NUMBERS.incrementAndGet()), days.zone().getId());
    SITES.ended(site, visits(days, drafts.stream().filter(Draft::folded)));
    SITES.open(site, visits(days, drafts.stream().filter(draft -> !draft.folded())));
    Oracle oracle = new Oracle(List.of(visits(days, drafts.stream())), days.zone());

    for (Question question : questions) {
      Answer answer = STATS.answer(site, question.about(days)).await();

      assertThat(answer.rows()).as("%s", answer.query()).isEqualTo(oracle.answer(answer.query()));
    }
  }

  private static TestVisit[] visits(Days days, Stream<Draft> drafts) {
    return drafts.map(draft -> draft.visit(days)).toArray(TestVisit[]::new);
  }

  /** Some days at a site around an instant; mostly one at which its clock is changed. */
  record Days(ZoneId zone, Instant middle) {
    Instant at(int minute) {
      return middle.plusSeconds(60L * minute);
    }

    LocalDate day(int number) {
      return LocalDate.ofInstant(middle, zone).plusDays(number);
    }
  }

  @Provide
  Arbitrary<Days> days() {
    return Arbitraries.of(
        new Days(ZoneId.of("Europe/Copenhagen"), Instant.parse("2026-03-29T01:00:00Z")),
        new Days(ZoneId.of("Europe/Copenhagen"), Instant.parse("2026-10-25T01:00:00Z")),
        new Days(ZoneId.of("Australia/Lord_Howe"), Instant.parse("2026-04-04T15:00:00Z")),
        new Days(ZoneId.of("Australia/Lord_Howe"), Instant.parse("2026-10-03T15:30:00Z")),
        new Days(ZoneId.of("Asia/Kolkata"), Instant.parse("2026-10-31T18:30:00Z")),
        new Days(ZoneId.of("Asia/Kathmandu"), Instant.parse("2026-10-31T18:15:00Z")));
  }

  /** A visit, told without the days that it falls into. */
  record Draft(int minute, int visitor, boolean folded, List<TestVisit.Step> steps) {
    /** The number of a visitor means one day only. */
    TestVisit visit(Days days) {
      Instant began = days.at(minute);
      long day = LocalDate.ofInstant(began, days.zone()).toEpochDay();
      return new TestVisit(10 * day + visitor, began, steps);
    }
  }

  @Provide
  Arbitrary<List<Draft>> drafts() {
    Arbitrary<Integer> minutes =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-90, 90), Arbitraries.integers().between(-4320, 4320));
    return Combinators.combine(
            minutes, Arbitraries.integers().between(1, 4), Arbitraries.of(true, false), steps())
        .as(Draft::new)
        .list()
        .ofMaxSize(30);
  }

  private static Arbitrary<List<TestVisit.Step>> steps() {
    Arbitrary<TestVisit.Step> step =
        Combinators.combine(
                Arbitraries.of("a.dk", "a.dk", "b.dk"),
                Arbitraries.of("/", "/", "/a", "/b/c"),
                Arbitraries.of("", "", "", "click", "seen"),
                Arbitraries.integers().between(0, 1500))
            .as(
                (host, path, event, gap) ->
                    new TestVisit.Step(
                        host, path, event.isEmpty() ? null : event, !event.equals("seen"), gap));
    return step.list().ofMinSize(1).ofMaxSize(5).map(StatsPropertyTest::inSequence);
  }

  /** Takes each step's seconds as those since the step before it. */
  private static List<TestVisit.Step> inSequence(List<TestVisit.Step> steps) {
    List<TestVisit.Step> sequence = new ArrayList<>();
    int after = 0;
    for (TestVisit.Step step : steps) {
      after = sequence.isEmpty() ? 0 : after + step.after();
      sequence.add(
          new TestVisit.Step(step.host(), step.path(), step.event(), step.interactive(), after));
    }
    return sequence;
  }

  /**
   * A query, told without the days that it asks about.
   *
   * @param whole whether it asks about whole days, else about moments
   * @param order indices of columns, downwards if negative
   */
  record Question(
      List<Metric> metrics,
      List<Dimension> dimensions,
      boolean whole,
      int first,
      int length,
      List<Integer> order,
      Query.Paging paging) {

    Query about(Days days) {
      List<Metric> possible =
          dimensions.stream().anyMatch(Dimension::ofSteps)
              ? metrics.stream().filter(metric -> metric != Metric.VIEWS_PER_VISIT).toList()
              : metrics;
      DateRange range =
          whole
              ? new DateRange.Days(days.day(first / 1440), days.day(first / 1440 + length / 1440))
              : new DateRange.Moments(days.at(first), days.at(first + length));
      List<Metric> some = possible.isEmpty() ? List.of(Metric.VISITS) : possible;
      return new Query(some, range, dimensions, orders(some), Query.Include.NOTHING, paging);
    }

    private List<Order> orders(List<Metric> metrics) {
      List<Column> columns = new ArrayList<>(metrics);
      columns.addAll(dimensions);
      return order.stream()
          .map(
              index ->
                  new Order(
                      columns.get(Math.abs(index) % columns.size()),
                      index < 0 ? Order.Direction.DESC : Order.Direction.ASC))
          .toList();
    }
  }

  @Provide
  Arbitrary<List<Question>> questions() {
    Arbitrary<Query.Paging> paging =
        Arbitraries.oneOf(
            Arbitraries.just(Query.Paging.EVERYTHING),
            Combinators.combine(
                    Arbitraries.integers().between(1, 5), Arbitraries.longs().between(0, 5))
                .as(Query.Paging::new));
    return Combinators.combine(
            Arbitraries.of(Metric.class)
                .filter(metric -> !metric.ofReturns())
                .list()
                .uniqueElements()
                .ofMinSize(1),
            Arbitraries.of(Dimension.class).list().uniqueElements().ofMaxSize(3),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(-4320, 4320),
            Arbitraries.integers().between(0, 4320),
            Arbitraries.integers().between(-9, 9).list().ofMaxSize(2),
            paging)
        .as(Question::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }
}
