package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.fold.Horizon;
import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.PagePattern;
import dk.sporlos.goal.Properties;
import dk.sporlos.goal.Worth;
import dk.sporlos.seal.Check;
import dk.sporlos.seal.Seals;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/** Random visits: whatever of their days is sealed, every figure stays what it was. */
class SealedPropertyTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final TestSites SITES =
      TestSites.create(VERTX)
          .month("2026-03")
          .month("2026-04")
          .month("2026-09")
          .month("2026-10")
          .month("2026-11");
  private static final Stats STATS = SITES.stats(Clock.systemUTC());
  private static final Seals SEALS =
      new Seals(
          SITES.pool(),
          SITES.pool(),
          new SiteStore(SITES.pool()),
          Horizon.of(Clock.systemUTC()),
          Clock.systemUTC(),
          (site, count) -> {});
  private static final List<Goal.Definition> GOALS =
      List.of(
          goal(new Condition.EventSent("click"), Map.of(), new Worth("EUR", null)),
          goal(new Condition.EventSent("seen"), Map.of("plan", "pro"), null),
          goal(
              new Condition.PageViewed(new PagePattern("/b/**")),
              Map.of(),
              new Worth("DKK", new BigDecimal("99.5"))),
          goal(new Condition.PageViewed(new PagePattern("/")), Map.of("size", "pro"), null),
          goal(new Condition.PageScrolled(new PagePattern("/*"), 50), Map.of(), null));
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static Goal.Definition goal(
      Condition condition, Map<String, String> properties, @Nullable Worth worth) {
    return new Goal.Definition(null, condition, properties, worth);
  }

  @AfterContainer
  static void close() {
    SITES.close();
    VERTX.close().await();
  }

  @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
  void noFigureChangesWhenDaysAreSealed(
      @ForAll("days") StatsPropertyTest.Days days,
      @ForAll("drafts") List<StatsPropertyTest.Draft> drafts,
      @ForAll("daysToSeal") Set<Integer> daysToSeal,
      @ForAll("ranges") List<Integer> range) {
    Site site =
        SITES.site("sealed-%d.dk".formatted(NUMBERS.incrementAndGet()), days.zone().getId());
    for (Goal.Definition goal : GOALS) {
      new Goals(SITES.pool()).add(site.id(), goal).await();
    }
    new Properties(SITES.pool()).add(site.id(), "plan").await();
    SITES.ended(
        site, drafts.stream().map(draft -> paid(draft.visit(days))).toArray(TestVisit[]::new));
    List<Query> queries = queries(days.day(range.get(0)), days.day(range.get(0) + range.get(1)));
    Map<Query, String> before = new LinkedHashMap<>();
    queries.forEach(query -> before.put(query, results(site, query)));

    for (int day : daysToSeal) {
      SEALS.seal(site, days.day(day), days.day(day)).await();
    }

    before.forEach(
        (query, results) ->
            assertThat(results(site, query))
                .as("%s by %s, %s", query.metrics(), query.dimensions(), query.filter())
                .isEqualTo(results));
    assertThat(new Check(SITES.pool()).differences(site, days.day(-9), days.day(9)).await())
        .isEmpty();
  }

  private static String results(Site site, Query query) {
    return STATS.answer(site, query).await().json().getJsonArray("results").encode();
  }

  /** Every step that may reach a goal is worth something. */
  private static TestVisit paid(TestVisit visit) {
    List<TestVisit.Step> steps = new ArrayList<>();
    for (TestVisit.Step step : visit.steps()) {
      String revenue = step.after() % 2 == 0 ? "12.50 EUR" : "7 SEK";
      steps.add(
          new TestVisit.Step(
              step.host(),
              step.path(),
              step.event(),
              step.interactive(),
              step.after(),
              step.reading(),
              new TestVisit.Said(step.said().properties(), revenue)));
    }
    return new TestVisit(visit.visitor(), visit.began(), steps, visit.marks());
  }

  /** All that totals can be asked. */
  private static List<Query> queries(LocalDate first, LocalDate last) {
    List<List<Attribute>> dimensions = new ArrayList<>();
    for (Attribute attribute : (Iterable<Attribute>) attributes()::iterator) {
      dimensions.add(List.of(attribute));
      if (!attribute.ofTime()) {
        dimensions.add(List.of(Dimension.TIME_DAY, attribute));
      }
    }
    dimensions.add(List.of());
    dimensions.add(List.of(Dimension.VISIT_COUNTRY, Dimension.TIME_WEEK));
    dimensions.add(List.of(Dimension.EVENT_PAGE, Dimension.TIME_MONTH));
    DateRange range = new DateRange.Days(first, last);
    return Stream.concat(
            dimensions.stream().map(some -> query(range, some)),
            VALUES.stream().flatMap(only -> ofOneValue(range, only)))
        .toList();
  }

  private static final List<OneValue> VALUES =
      List.of(
          new OneValue(Dimension.EVENT_PAGE, "/"),
          new OneValue(Dimension.EVENT_PAGE, "/b/c"),
          new OneValue(Dimension.EVENT_HOSTNAME, "example.com"),
          new OneValue(Dimension.EVENT_NAME, "click"),
          new OneValue(Dimension.EVENT_NAME, "pageview"),
          new OneValue(Dimension.VISIT_ENTRY_PAGE, "/"),
          new OneValue(Dimension.VISIT_EXIT_PAGE, "/"),
          new OneValue(Dimension.VISIT_BROWSER, "Firefox"),
          new OneValue(Dimension.VISIT_COUNTRY, "DK"),
          new OneValue(Dimension.VISIT_COUNTRY_NAME, "Denmark"),
          new OneValue(Dimension.VISIT_SOURCE, "Google"),
          new OneValue(Dimension.VISIT_UTM_CAMPAIGN, "spring"));

  private static Stream<Query> ofOneValue(DateRange range, OneValue only) {
    List<Metric> metrics =
        Arrays.stream(Metric.values())
            .filter(only::has)
            .filter(metric -> !only.dimension().ofSteps() || metric != Metric.VIEWS_PER_VISIT)
            .toList();
    Filter.All filter =
        new Filter.All(List.of(Filter.Compare.is(only.dimension(), List.of(only.value()))));
    return Stream.of(List.<Attribute>of(), List.<Attribute>of(Dimension.TIME_DAY))
        .map(
            dimensions ->
                new Query(
                    metrics,
                    range,
                    filter,
                    dimensions,
                    List.of(),
                    Query.Include.NOTHING,
                    Query.Paging.EVERYTHING));
  }

  private static Stream<Attribute> attributes() {
    return Stream.concat(
        Arrays.stream(Dimension.values()).filter(dimension -> dimension != Dimension.TIME),
        Stream.of(new dk.sporlos.stats.Property("plan")));
  }

  private static Query query(DateRange range, List<Attribute> dimensions) {
    List<Metric> possible =
        Arrays.stream(Metric.values())
            .filter(metric -> !metric.ofVitals())
            .filter(metric -> isPossible(query(range, dimensions, List.of(metric))))
            .filter(
                metric -> metric != Metric.PERCENTAGE || !dimensions.contains(Dimension.EVENT_GOAL))
            .toList();
    return query(range, dimensions, possible);
  }

  private static Query query(DateRange range, List<Attribute> dimensions, List<Metric> metrics) {
    return new Query(
        metrics,
        range,
        new Filter.All(List.of()),
        dimensions,
        List.of(),
        Query.Include.NOTHING,
        Query.Paging.EVERYTHING);
  }

  private static boolean isPossible(Query query) {
    boolean byDay =
        query.dimensions().size() <= 1
            && query.dimensions().stream()
                .allMatch(one -> one.ofTime() && one != Dimension.TIME_HOUR);
    if (query.asksForReturns() && !byDay) {
      return false;
    }
    try {
      Rules.check(query);
      return true;
    } catch (InvalidQueryException e) {
      return false;
    }
  }

  @Provide
  Arbitrary<StatsPropertyTest.Days> days() {
    return new StatsPropertyTest().days();
  }

  @Provide
  Arbitrary<List<StatsPropertyTest.Draft>> drafts() {
    return new StatsPropertyTest().drafts();
  }

  @Provide
  Arbitrary<Set<Integer>> daysToSeal() {
    return Arbitraries.integers().between(-3, 3).set().ofMinSize(1);
  }

  /** The first day, and how many follow. */
  @Provide
  Arbitrary<List<Integer>> ranges() {
    return Arbitraries.integers()
        .between(-3, 1)
        .flatMap(first -> Arbitraries.integers().between(0, 4).map(more -> List.of(first, more)));
  }
}
