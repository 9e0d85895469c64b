package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.PagePattern;
import dk.sporlos.site.Site;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
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
  private static final Stats OF_SNAPSHOTS = SITES.stats(Clock.systemUTC());
  private static final Stats OF_THE_INBOX = new Stats(SITES.pool(), Clock.systemUTC());
  private static final Goals REPOSITORY = new Goals(SITES.pool());
  private static final List<Goal.Definition> GOALS =
      List.of(
          goal(new Condition.EventSent("click"), Map.of()),
          goal(new Condition.EventSent("seen"), Map.of("plan", "pro")),
          goal(new Condition.PageViewed(new PagePattern("/b/**")), Map.of()),
          goal(new Condition.PageViewed(new PagePattern("/")), Map.of()),
          goal(new Condition.PageScrolled(new PagePattern("/*"), 50), Map.of()));
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static Goal.Definition goal(Condition condition, Map<String, String> properties) {
    return new Goal.Definition(null, condition, properties, null);
  }

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
    List<Goal> goals = GOALS.stream().map(goal -> REPOSITORY.add(site.id(), goal).await()).toList();
    SITES.ended(site, visits(days, drafts.stream().filter(Draft::folded)));
    SITES.open(site, visits(days, drafts.stream().filter(draft -> !draft.folded())));
    Oracle oracle = new Oracle(List.of(visits(days, drafts.stream())), days.zone(), goals);

    for (Question question : questions) {
      Query query = question.about(days);
      Answer answer = OF_SNAPSHOTS.answer(site, query).await();

      assertThat(answer.rows()).as("%s", answer.query()).isEqualTo(oracle.answer(answer.query()));
      assertThat(OF_THE_INBOX.answer(site, query).await().rows())
          .as("%s", answer.query())
          .isEqualTo(answer.rows());
      assertThat(FilterParser.parse(Place.ROOT, query.filter().json().getJsonArray(1)))
          .isEqualTo(query.filter());
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
  record Draft(
      int minute,
      int visitor,
      boolean folded,
      List<TestVisit.Step> steps,
      Map<Dimension, String> marks) {
    /** The number of a visitor means one day only. */
    TestVisit visit(Days days) {
      Instant began = days.at(minute);
      long day = LocalDate.ofInstant(began, days.zone()).toEpochDay();
      return new TestVisit(10 * day + visitor, began, steps, marks);
    }
  }

  @Provide
  Arbitrary<List<Draft>> drafts() {
    Arbitrary<Integer> minutes =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-90, 90), Arbitraries.integers().between(-4320, 4320));
    return Combinators.combine(
            minutes,
            Arbitraries.integers().between(1, 4),
            Arbitraries.of(true, false),
            steps(),
            marks())
        .as(Draft::new)
        .list()
        .ofMaxSize(30);
  }

  private static Arbitrary<List<TestVisit.Step>> steps() {
    Arbitrary<TestVisit.Reading> reading =
        Combinators.combine(
                Arbitraries.integers().between(0, 60),
                Arbitraries.of(0, 20, 49, 50, 100).injectNull(0.3))
            .as(TestVisit.Reading::new);
    Arbitrary<TestVisit.Said> said =
        Arbitraries.maps(Arbitraries.of("plan", "size"), Arbitraries.of("pro", "Pro", "free/x"))
            .ofMaxSize(2)
            .map(properties -> new TestVisit.Said(properties, null));
    Arbitrary<TestVisit.Step> step =
        Combinators.combine(
                Arbitraries.of("a.dk", "a.dk", "b.dk"),
                Arbitraries.of("/", "/", "/a", "/b/c"),
                Arbitraries.of("", "", "", "click", "seen"),
                Arbitraries.integers().between(0, 1500),
                reading,
                said)
            .as(
                (host, path, event, gap, read, told) ->
                    new TestVisit.Step(
                        host,
                        path,
                        event.isEmpty() ? null : event,
                        !event.equals("seen"),
                        gap,
                        read,
                        told));
    return step.list().ofMinSize(1).ofMaxSize(5).map(StatsPropertyTest::inSequence);
  }

  private static Arbitrary<Map<Dimension, String>> marks() {
    Arbitrary<Map.Entry<Dimension, String>> mark =
        Arbitraries.of(MARKS.keySet())
            .flatMap(d -> Arbitraries.of(MARKS.get(d)).map(value -> Map.entry(d, value)));
    return mark.list()
        .ofMaxSize(4)
        .map(
            list ->
                list.stream()
                    .collect(
                        Collectors.toMap(
                            Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one)));
  }

  private static final Map<Dimension, List<String>> MARKS =
      Map.of(
          Dimension.VISIT_BROWSER, List.of("Chrome", "Firefox"),
          Dimension.VISIT_OS_VERSION, List.of("10", "11"),
          Dimension.VISIT_LANGUAGE, List.of("da", "sv"),
          Dimension.VISIT_COUNTRY, List.of("DK", "SE"),
          Dimension.VISIT_CITY, List.of("Aarhus"),
          Dimension.VISIT_SOURCE, List.of("Google", "Bing"),
          Dimension.VISIT_CHANNEL, List.of("Organic Search", "Referral"),
          Dimension.VISIT_UTM_CAMPAIGN, List.of("spring"));

  /** Takes each step's seconds as those since the step before it. */
  private static List<TestVisit.Step> inSequence(List<TestVisit.Step> steps) {
    List<TestVisit.Step> sequence = new ArrayList<>();
    int after = 0;
    for (TestVisit.Step step : steps) {
      after = sequence.isEmpty() ? 0 : after + step.after();
      sequence.add(step.at(after));
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
      List<Attribute> dimensions,
      Filter.All filter,
      boolean whole,
      int first,
      int length,
      List<Integer> order,
      Query.Paging paging) {

    Query about(Days days) {
      DateRange range =
          whole
              ? new DateRange.Days(days.day(first / 1440), days.day(first / 1440 + length / 1440))
              : new DateRange.Moments(days.at(first), days.at(first + length));
      List<Metric> possible =
          metrics.stream().filter(metric -> isPossible(about(range, List.of(metric)))).toList();
      return about(range, possible.isEmpty() ? List.of(Metric.VISITS) : possible);
    }

    private Query about(DateRange range, List<Metric> some) {
      return new Query(
          some, range, filter, dimensions, orders(some), Query.Include.NOTHING, paging);
    }

    private static boolean isPossible(Query query) {
      try {
        Rules.check(query);
        return true;
      } catch (InvalidQueryException e) {
        return false;
      }
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
                // These have oracles of their own.
                .filter(metric -> !metric.ofReturns() && !metric.ofRevenue() && !metric.ofVitals())
                .list()
                .uniqueElements()
                .ofMinSize(1),
            attributes().list().uniqueElements().ofMaxSize(3),
            filters(),
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

  private static Arbitrary<Attribute> attributes() {
    return Arbitraries.oneOf(
        Arbitraries.of(Dimension.class).map(Attribute.class::cast),
        Arbitraries.of(
            Dimension.EVENT_GOAL,
            Dimension.EVENT_PAGE,
            Dimension.EVENT_NAME,
            new dk.sporlos.stats.Property("plan")));
  }

  private static Arbitrary<Filter.All> filters() {
    return filter().list().ofMaxSize(2).map(Filter.All::new);
  }

  private static Arbitrary<Filter> filter() {
    return Arbitraries.lazyOf(
        StatsPropertyTest::comparison,
        StatsPropertyTest::comparison,
        StatsPropertyTest::comparison,
        () -> filter().list().ofMinSize(1).ofMaxSize(2).map(Filter.All::new),
        () -> filter().list().ofMinSize(1).ofMaxSize(2).map(Filter.Any::new),
        () -> filter().map(Filter.Not::new),
        () -> Combinators.combine(filter(), Arbitraries.of(true, false)).as(Filter.HasDone::new));
  }

  private static Arbitrary<Filter> comparison() {
    return attributes()
        .filter(attribute -> !attribute.ofTime())
        .flatMap(
            attribute ->
                Arbitraries.of(Operator.class)
                    .filter(operator -> attribute != Dimension.EVENT_GOAL || operator.isOfGoals())
                    .flatMap(operator -> comparison(attribute, operator)));
  }

  private static Arbitrary<Filter> comparison(Attribute attribute, Operator operator) {
    return Combinators.combine(
            attribute == Dimension.EVENT_GOAL
                ? Arbitraries.just(false)
                : Arbitraries.of(true, false),
            Arbitraries.of(clauses(attribute, operator)).list().ofMinSize(1).ofMaxSize(2),
            Arbitraries.of(true, true, false))
        .as(
            (negated, clauses, caseSensitive) ->
                new Filter.Compare(operator, negated, attribute, clauses, caseSensitive));
  }

  private static List<String> clauses(Attribute attribute, Operator operator) {
    if (attribute == Dimension.EVENT_GOAL && operator == Operator.IS) {
      return GOALS.stream().map(Goal.Definition::name).toList();
    }
    if (attribute == Dimension.VISIT_COUNTRY && operator == Operator.IS) {
      return List.of("DK", "SE", "dk", "");
    }
    return switch (operator) {
      case IS ->
          List.of(
              "/",
              "/a",
              "/b/c",
              "/A",
              "a.dk",
              "b.dk",
              "click",
              "seen",
              "pageview",
              "Chrome",
              "chrome",
              "(not set)",
              "(none)",
              "pro",
              "free/x",
              "DK",
              "Denmark",
              "Google",
              "10",
              "Direct / None",
              "Direct",
              "Organic Search",
              "",
              "spring",
              "da",
              "Aarhus");
      case CONTAINS -> List.of("/", "a", "O", "(", "e", "ee", "b/", "k", "/x");
      case MATCHES -> List.of("^/b", "a$", "[A-Z]", "o+", "^$", ".", "^(pro|/)$", "\\(");
      case MATCHES_WILDCARD -> List.of("/b/*", "/**", "*", "Ch*", "**a**", "/*", "pro", "(*", "");
    };
  }
}
