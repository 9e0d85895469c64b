package dk.sporlos.stats;

import static dk.sporlos.stats.TestReports.answer;
import static dk.sporlos.stats.TestReports.rows;
import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.site.Site;
import dk.sporlos.testing.MovableClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PathsTest {

  private static final String DAY = "2026-03-14T12:00:00+01:00";

  private static final Vertx VERTX = Vertx.vertx();
  private static final MovableClock CLOCK = new MovableClock("2026-03-17T11:00:00Z");
  private static TestSites sites;
  private static Site site;
  private static TestReports reports;

  @BeforeAll
  static void create() {
    sites = TestSites.create(VERTX).month("2026-03");
    site = sites.site("example.com", "Europe/Copenhagen");
    reports = new TestReports(VERTX, sites.pool(), CLOCK, site);
  }

  @AfterAll
  static void close() {
    reports.close();
    sites.close();
    VERTX.close().await();
  }

  @BeforeEach
  void empty() {
    sites.pool().query("truncate visit, hit, page").execute().await();
  }

  @Test
  void tellsWhereVisitsCameFromAndWhereTheyWent() {
    ended(6, aVisit(DAY).views("/", "/list", "/item", "/cart", "/thanks"));
    ended(5, aVisit(DAY).views("/list", "/item", "/cart"));
    ended(7, aVisit(DAY).views("/item"));

    JsonObject answer = paths("/item", 2);

    assertThat(answer.getLong("visits")).isEqualTo(18);
    JsonArray before = answer.getJsonArray("before");
    assertThat(rows(before, "page", "visits")).containsExactly("/list 11", "(entry) 7");
    assertThat(rows(next(before, 0), "page", "visits", "next"))
        .containsExactly("/ 6 null", "(entry) 5 null");
    JsonArray after = answer.getJsonArray("after");
    assertThat(rows(after, "page", "visits")).containsExactly("/cart 11", "(exit) 7");
    assertThat(rows(next(after, 0), "page", "visits")).containsExactly("/thanks 6", "(exit) 5");
  }

  @Test
  void whatFewDidIsNotToldApart() {
    ended(4, aVisit(DAY).views("/item", "/rare"));
    ended(5, aVisit(DAY).views("/item", "/cart"));
    ended(1, aVisit(DAY).views("/item"));

    assertThat(rows(paths("/item", 1).getJsonArray("after"), "page", "visits"))
        .containsExactly("/cart 5", "(other) 5");
    assertThat(paths("/item", 1).encode()).doesNotContain("/rare");
  }

  @Test
  void aVisitIsFollowedFromItsFirstViewOfThePageAndReloadsAreNoSteps() {
    ended(
        5,
        aVisit(DAY)
            .views("/a", "/a", "/item", "/item")
            .does("click", "/item")
            .views("/item", "/b", "/item", "/c"));

    JsonObject answer = paths("/item", 5);

    assertThat(answer.getJsonArray("before"))
        .isEqualTo(json("[{'page':'/a','visits':5,'next':[{'page':'(entry)','visits':5}]}]"));
    assertThat(answer.getJsonArray("after"))
        .isEqualTo(
            json(
                "[{'page':'/b','visits':5,'next':[{'page':'/item','visits':5,'next':"
                    + "[{'page':'/c','visits':5,'next':[{'page':'(exit)','visits':5}]}]}]}]"));
  }

  @Test
  void aPageOnSeveralHostsIsOnePage() {
    ended(3, aVisit(DAY).viewsOn("a.example.com", "/item").viewsOn("a.example.com", "/next"));
    ended(3, aVisit(DAY).viewsOn("b.example.com", "/item").viewsOn("b.example.com", "/next"));

    assertThat(rows(paths("/item", 1).getJsonArray("after"), "page", "visits"))
        .containsExactly("/next 6");
  }

  @Test
  void openVisitsAreFollowedAsTheyAreSoFar() {
    sites.open(
        site,
        Stream.generate(() -> aVisit("2026-03-17T11:30:00+01:00").views("/item", "/cart"))
            .limit(5)
            .toArray(TestVisit[]::new));

    assertThat(rows(paths("/item", 1).getJsonArray("after"), "page", "visits"))
        .containsExactly("/cart 5");
  }

  @Test
  void onlyVisitsThatFitTheFiltersAreFollowed() {
    ended(5, aVisit(DAY).with(Dimension.VISIT_COUNTRY, "DK").views("/item", "/cart"));
    ended(6, aVisit(DAY).views("/item", "/list"));

    assertThat(after("[['is','visit:country',['DK']]]")).containsExactly("/cart 5");
    assertThat(after("[['not',['is','event:page',['/cart']]],['is','visit:country',['']]]"))
        .containsExactly("/list 6");
    assertThat(after("[]")).containsExactly("/list 6", "/cart 5");
  }

  private static List<String> after(String filters) {
    JsonObject answer =
        answer(
            reports.post(
                "paths",
                "{'site_id':'example.com','page':'/item','depth':1,'filters':%s}"
                    .formatted(filters)));
    return rows(answer.getJsonArray("after"), "page", "visits");
  }

  @Test
  void aPageThatNobodyViewedHasNoPaths() {
    ended(5, aVisit(DAY).views("/item"));

    JsonObject answer = paths("/nowhere", 3);

    assertThat(answer.getLong("visits")).isZero();
    assertThat(answer.getJsonArray("before")).isEmpty();
    assertThat(answer.getJsonArray("after")).isEmpty();
  }

  @Test
  void waysForWhichThereIsNoRoomAreNotToldApart() {
    PathTree tree = new PathTree(2, 2);
    for (int i = 0; i < 6; i++) {
      tree.add(new int[] {1, 2});
      tree.add(new int[] {3});
    }

    assertThat(tree.json(Map.of(1, "/1", 2, "/2", 3, "/3"), "(exit)"))
        .isEqualTo(
            json(
                "[{'page':'/1','visits':6,'next':[{'page':'/2','visits':6}]},"
                    + "{'page':'(other)','visits':6}]"));
  }

  @Test
  void equallyFrequentWaysAreOrderedByName() {
    PathTree tree = new PathTree(1);
    for (int i = 0; i < 5; i++) {
      tree.add(new int[] {1});
      tree.add(new int[] {2});
    }

    assertThat(tree.json(Map.of(1, "/b", 2, "/a"), "(exit)"))
        .isEqualTo(json("[{'page':'/a','visits':5},{'page':'/b','visits':5}]"));
  }

  private static void ended(int count, TestVisit visit) {
    sites.ended(site, Stream.generate(() -> visit).limit(count).toArray(TestVisit[]::new));
  }

  private static JsonObject paths(String page, int depth) {
    return answer(
        reports.post(
            "paths", "{'site_id':'example.com','page':'%s','depth':%d}".formatted(page, depth)));
  }

  private static JsonArray next(JsonArray pages, int place) {
    return pages.getJsonObject(place).getJsonArray("next");
  }

  private static JsonArray json(String text) {
    return new JsonArray(text.replace('\'', '"'));
  }
}
