package dk.sporlos.stats;

import static dk.sporlos.stats.TestReports.answer;
import static dk.sporlos.stats.TestReports.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.PagePattern;
import dk.sporlos.site.Site;
import dk.sporlos.testing.MovableClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Funnels and paths over random visits, against what their definitions say in plain words. */
class ReportsPropertyTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final Instant BEGAN = Instant.parse("2026-03-14T12:00:00Z");
  private static final MovableClock CLOCK = new MovableClock("2026-03-17T11:00:00Z");
  private static final TestSites SITES = TestSites.create(VERTX).month("2026-03");
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  @AfterContainer
  static void close() {
    SITES.close();
    VERTX.close().await();
  }

  private static TestReports reports(Site site) {
    return new TestReports(
        VERTX, SITES.pool(), new Reads(SITES.pool(), SITES.snapshots(CLOCK)), CLOCK, site);
  }

  /** A goal, and which steps reach it. */
  private record Aim(Condition condition, Predicate<String> reached) {}

  /** Steps are paths of pages, or names of events. */
  private static final List<Aim> AIMS =
      List.of(
          new Aim(new Condition.PageViewed(new PagePattern("/a")), step -> step.equals("/a")),
          new Aim(
              new Condition.PageViewed(new PagePattern("/b/*")), step -> step.startsWith("/b/")),
          new Aim(new Condition.PageViewed(new PagePattern("/**")), step -> step.startsWith("/")),
          new Aim(new Condition.PageViewed(new PagePattern("/c")), step -> step.equals("/c")),
          new Aim(new Condition.EventSent("go"), step -> step.equals("go")));

  @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
  void funnelsAreThoseOfTheOracle(
      @ForAll("visits") List<List<String>> visits, @ForAll("funnels") List<Integer> funnel) {
    Site site = siteWith(visits);
    Goals goals = new Goals(SITES.pool());
    List<Long> ids =
        funnel.stream()
            .map(aim -> new Goal.Definition(null, AIMS.get(aim).condition(), Map.of(), null))
            .map(goal -> goals.add(site.id(), goal).await().id())
            .toList();

    try (TestReports reports = reports(site)) {
      JsonObject answer =
          answer(
              reports.post("funnel", "{'site_id':'%s','goals':%s}".formatted(site.domain(), ids)));

      assertThat(rows(answer.getJsonArray("steps"), "visits"))
          .isEqualTo(
              IntStream.rangeClosed(1, funnel.size())
                  .mapToObj(
                      length ->
                          visits.stream()
                              .filter(visit -> reaches(visit, funnel.subList(0, length)))
                              .count())
                  .map(String::valueOf)
                  .toList());
    }
  }

  /** Whether there is any way to find all of them one after the other. */
  private static boolean reaches(List<String> visit, List<Integer> funnel) {
    return funnel.isEmpty()
        || IntStream.range(0, visit.size())
            .filter(i -> AIMS.get(funnel.get(0)).reached().test(visit.get(i)))
            .anyMatch(
                i -> reaches(visit.subList(i + 1, visit.size()), funnel.subList(1, funnel.size())));
  }

  @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
  void pathsAreThoseOfTheOracle(
      @ForAll("visits") List<List<String>> visits, @ForAll("depths") int depth) {
    Site site = siteWith(visits);
    List<List<String>> ways = new ArrayList<>();
    for (List<String> visit : visits) {
      List<String> pages = pages(visit);
      int from = pages.indexOf("/a");
      if (from >= 0) {
        ways.add(pages.subList(from + 1, pages.size()));
      }
    }

    try (TestReports reports = reports(site)) {
      JsonObject answer =
          answer(
              reports.post(
                  "paths",
                  "{'site_id':'%s','page':'/a','depth':%d}".formatted(site.domain(), depth)));

      assertThat(answer.getLong("visits")).isEqualTo(ways.size());
      assertThat(told(answer.getJsonArray("after"), List.of()))
          .allSatisfy(
              (way, count) ->
                  assertThat(count)
                      .as("%s", way)
                      .isEqualTo(ways.stream().filter(taken -> startsWith(taken, way)).count())
                      .isGreaterThanOrEqualTo(5));
      for (List<String> taken : ways) {
        List<String> way = taken.subList(0, Math.min(taken.size(), depth));
        long count = ways.stream().filter(other -> startsWith(other, way)).count();
        if (count >= 5 && !way.isEmpty()) {
          assertThat(told(answer.getJsonArray("after"), List.of())).containsKey(way);
        }
      }
    }
  }

  private static boolean startsWith(List<String> taken, List<String> way) {
    return taken.size() >= way.size() && taken.subList(0, way.size()).equals(way);
  }

  /** What a tree says of each way from its root, but for what stands for no page. */
  private static Map<List<String>, Long> told(JsonArray tree, List<String> before) {
    Map<List<String>, Long> told = new HashMap<>();
    for (Object one : tree) {
      JsonObject node = (JsonObject) one;
      if (node.getString("page").startsWith("/")) {
        List<String> way = new ArrayList<>(before);
        way.add(node.getString("page"));
        told.put(way, node.getLong("visits"));
        told.putAll(told(node.getJsonArray("next", new JsonArray()), way));
      }
    }
    return told;
  }

  /** The pages of a visit, without those viewed again at once. */
  private static List<String> pages(List<String> visit) {
    List<String> pages = new ArrayList<>();
    for (String step : visit) {
      if (step.startsWith("/") && (pages.isEmpty() || !pages.get(pages.size() - 1).equals(step))) {
        pages.add(step);
      }
    }
    return pages;
  }

  /** Every other visit has ended. */
  private static Site siteWith(List<List<String>> visits) {
    Site site = SITES.site("site-%d.dk".formatted(NUMBERS.incrementAndGet()), "UTC");
    List<TestVisit> told = visits.stream().map(ReportsPropertyTest::visit).toList();
    SITES.ended(site, half(told, 0));
    SITES.open(site, half(told, 1));
    return site;
  }

  private static TestVisit[] half(List<TestVisit> visits, int remainder) {
    return IntStream.range(0, visits.size())
        .filter(i -> i % 2 == remainder)
        .mapToObj(visits::get)
        .toArray(TestVisit[]::new);
  }

  private static TestVisit visit(List<String> steps) {
    TestVisit visit = new TestVisit(1, BEGAN, List.of());
    for (String step : steps) {
      visit = step.startsWith("/") ? visit.views(step) : visit.does(step, "/c");
    }
    return visit;
  }

  @Provide
  Arbitrary<List<List<String>>> visits() {
    return Arbitraries.of("/a", "/a", "/b/1", "/b/2", "/c", "go")
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .list()
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Integer>> funnels() {
    return Arbitraries.integers()
        .between(0, AIMS.size() - 1)
        .list()
        .ofMinSize(2)
        .ofMaxSize(4)
        .uniqueElements();
  }

  @Provide
  Arbitrary<Integer> depths() {
    return Arbitraries.integers().between(1, 5);
  }
}
