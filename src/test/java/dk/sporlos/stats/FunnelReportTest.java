package dk.sporlos.stats;

import static dk.sporlos.stats.TestReports.answer;
import static dk.sporlos.stats.TestReports.rows;
import static dk.sporlos.stats.TestServer.error;
import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Funnels;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.PagePattern;
import dk.sporlos.site.Site;
import dk.sporlos.testing.MovableClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FunnelReportTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final MovableClock CLOCK = new MovableClock("2026-03-17T11:00:00Z");
  private static TestSites sites;
  private static Site site;
  private static TestReports reports;
  private static Goals goals;

  @BeforeAll
  static void create() {
    sites = TestSites.create(VERTX).month("2026-02").month("2026-03");
    site = sites.site("example.com", "Europe/Copenhagen");
    reports = new TestReports(VERTX, sites.pool(), CLOCK, site);
    goals = new Goals(sites.pool());
  }

  @AfterAll
  static void close() {
    reports.close();
    sites.close();
    VERTX.close().await();
  }

  @BeforeEach
  void empty() {
    run("truncate visit, event, hit, goal, funnel");
    run("update site set visits_complete_from = null");
  }

  @Test
  void countsVisitsThatReachTheGoalsInOrder() {
    sites.ended(
        site,
        aVisit("2026-03-14T12:00:00+01:00").views("/", "/shop/1", "/cart").does("Buy", "/cart"),
        aVisit("2026-03-14T13:00:00+01:00").views("/shop/1", "/", "/cart"),
        aVisit("2026-03-14T14:00:00+01:00").does("Buy", "/cart").views("/", "/shop/2"),
        aVisit("2026-02-01T12:00:00+01:00").views("/", "/shop/1", "/cart"));
    sites.open(
        site,
        aVisit("2026-03-17T11:00:00+01:00").views("/about", "/", "/about", "/shop/2", "/cart"),
        aVisit("2026-03-17T11:00:00+01:00").views("/about"));
    long funnel =
        new Funnels(sites.pool())
            .add(
                site.id(),
                "Checkout",
                List.of(page("/"), page("/shop/*"), page("/cart"), event("Buy")))
            .await()
            .id();

    JsonObject answer =
        answer(
            reports.post("funnel", "{'site_id':'example.com','funnel_id':%d}".formatted(funnel)));

    assertThat(
            rows(
                answer.getJsonArray("steps"),
                "name",
                "visits",
                "dropoff",
                "dropoff_rate",
                "conversion_rate"))
        .containsExactly(
            "Visit / 4 0 0.0 100.0",
            "Visit /shop/* 3 1 25.0 75.0",
            "Visit /cart 2 1 33.33 50.0",
            "Buy 1 1 50.0 25.0");
    assertThat(answer.getJsonObject("funnel").getString("name")).isEqualTo("Checkout");
  }

  @Test
  void oneStepReachesOneGoalOnly() {
    sites.ended(
        site,
        aVisit("2026-03-14T12:00:00+01:00").views("/a"),
        aVisit("2026-03-14T12:00:00+01:00").views("/a", "/a"));

    assertThat(reached(page("/a"), page("/*"))).containsExactly(2L, 1L);
  }

  @Test
  void aPageHasToBeScrolledAsFarAsTheGoalSays() {
    sites.open(
        site,
        aVisit("2026-03-17T11:00:00+01:00").by(1).views("/a", "/b"),
        aVisit("2026-03-17T11:00:00+01:00").by(2).views("/a", "/b"),
        aVisit("2026-03-17T11:00:00+01:00").by(3).views("/a", "/b"));
    run("update hit set scroll = 74 + visitor where kind = 2 and step = 0 and visitor < 3");
    long scrolled = goal(new Condition.PageScrolled(new PagePattern("/a"), 76), Map.of());

    assertThat(reached(page("/a"), page("/b"))).containsExactly(3L, 3L);
    assertThat(reached(scrolled, page("/b"))).containsExactly(1L, 1L);
  }

  @Test
  void aStepHasToHaveThePropertiesThatTheGoalAsksFor() {
    sites.ended(
        site,
        aVisit("2026-03-14T12:00:00+01:00").by(1).views("/").does("Buy", "/").views("/x"),
        aVisit("2026-03-14T12:00:00+01:00").by(2).views("/").does("Buy", "/").views("/x"));
    sites.open(
        site,
        aVisit("2026-03-17T11:00:00+01:00").by(3).views("/").does("Buy", "/").views("/x"),
        aVisit("2026-03-17T11:00:00+01:00").by(4).views("/").does("Buy", "/").views("/x"));
    run("update hit set step = 3 * step");
    run(
        """
        insert into event (visit, site_id, day, step, properties)
        select id, site_id, day, 1, '{"plan":"Pro","seats":"2"}' from visit where visitor = 1
        """);
    run(
        """
        insert into event (visit, site_id, day, step, properties)
        select id, site_id, day, 0, '{"plan":"Pro","seats":"2"}' from visit where visitor = 2
        """);
    run(
        """
        update hit set properties = '{"plan":"Pro"}' where step = 3 and visitor in (3, 4)
        """);
    run(
        """
        update hit set properties = '{"plan":"Basic"}' where step = 3 and visitor = 4
        """);
    long pro = goal(new Condition.EventSent("Buy"), Map.of("plan", "Pro"));

    assertThat(reached(page("/"), pro, page("/x"))).containsExactly(4L, 2L, 2L);
    assertThat(reached(pro, page("/x"))).containsExactly(2L, 2L);
  }

  @Test
  void onlyVisitsThatFitTheFiltersAreFollowed() {
    sites.ended(
        site,
        aVisit("2026-03-14T12:00:00+01:00").with(Dimension.VISIT_COUNTRY, "DK").views("/a", "/b"),
        aVisit("2026-03-14T12:00:00+01:00").with(Dimension.VISIT_COUNTRY, "SE").views("/a", "/b"),
        aVisit("2026-03-14T12:00:00+01:00")
            .with(Dimension.VISIT_COUNTRY, "DK")
            .views("/a")
            .does("Buy", "/a", Map.of("plan", "Pro"), null));
    sites.open(site, aVisit("2026-03-17T11:00:00+01:00").views("/a", "/b", "/c"));
    long a = page("/a");
    long b = page("/b");
    event("Buy");

    assertThat(reached("[]", a, b)).containsExactly(4L, 3L);
    assertThat(reached("[['is','visit:country',['DK']]]", a, b)).containsExactly(2L, 1L);
    assertThat(reached("[['is_not','visit:country',['DK']]]", a, b)).containsExactly(2L, 2L);
    assertThat(reached("[['is','event:page',['/c']]]", a, b)).containsExactly(1L, 1L);
    assertThat(reached("[['is','event:goal',['Buy']]]", a, b)).containsExactly(1L, 0L);
    assertThat(reached("[['is','event:props:plan',['Pro']]]", a, b)).containsExactly(1L, 0L);
    assertThat(reached("[['matches','event:page',['^/[bc]']]]", a, b)).containsExactly(3L, 3L);
    assertThat(reached("[['is','event:page',['/b']],['is','event:props:plan',['Pro']]]", a, b))
        .as("one step for all filters")
        .containsExactly(0L, 0L);
  }

  @Test
  void filtersAreThoseOfSegmentsToo() {
    sites.ended(
        site,
        aVisit("2026-03-14T12:00:00+01:00").with(Dimension.VISIT_COUNTRY, "DK").views("/a", "/b"),
        aVisit("2026-03-14T12:00:00+01:00").views("/a", "/b"));
    run("truncate segment");
    run(
        """
        insert into segment (site_id, name, filters)
        values (%d, 'Danes', '[["is","visit:country",["DK"]]]')
        """
            .formatted(site.id().value()));
    long number =
        sites.pool().query("select id from segment").execute().await().iterator().next().getLong(0);

    assertThat(reached("[['is','segment',[%d]]]".formatted(number), page("/a"), page("/b")))
        .containsExactly(1L, 1L);
  }

  @Test
  void faultyFiltersAreRefusedAsThoseOfQueriesAre() {
    String goals = "'site_id':'example.com','goals':[%d,%d]".formatted(page("/a"), page("/b"));

    assertThat(
            error(reports.post("funnel", "{%s,'filters':[['is','nix',['a']]]}".formatted(goals))))
        .isEqualTo("400 #/filters/0/1: Invalid filter dimension \"nix\"");
    assertThat(error(reports.post("funnel", "{%s,'filters':7}".formatted(goals))))
        .startsWith("400 #/filters: ");
    assertThat(
            error(
                reports.post(
                    "funnel", "{%s,'filters':[['is','event:goal',['No']]]}".formatted(goals))))
        .isEqualTo("400 Invalid goal filter: the goal `No` is not configured for this site.");
  }

  @Test
  void goalsThatNobodyReachesAreReachedByNobody() {
    sites.ended(site, aVisit("2026-03-14T12:00:00+01:00").views("/a"));

    assertThat(reached(page("/never"), page("/a"))).containsExactly(0L, 0L);
    assertThat(reached(event("Never"), page("/a"))).containsExactly(0L, 0L);
    assertThat(reached(page("/a"), event("Never"))).containsExactly(1L, 0L);
  }

  @Test
  void rangesWhoseVisitsAreDeletedSaySo() {
    sites.ended(site, aVisit("2026-03-14T12:00:00+01:00").views("/a", "/b"));
    run("update site set visits_complete_from = '2026-03-10'");
    String goals = "'site_id':'example.com','goals':[%d,%d]".formatted(page("/a"), page("/b"));

    JsonObject partly = answer(reports.post("funnel", "{%s}".formatted(goals)));
    var none =
        reports.post("funnel", "{%s,'date_range':['2026-02-01','2026-02-28']}".formatted(goals));

    assertThat(partly.getJsonObject("meta").getString("data_from")).isEqualTo("2026-03-10");
    assertThat(error(none))
        .startsWith("400 The visits of this range are deleted")
        .contains("2026-03-10");
  }

  private static long page(String pattern) {
    return goal(new Condition.PageViewed(new PagePattern(pattern)), Map.of());
  }

  private static long event(String name) {
    return goal(new Condition.EventSent(name), Map.of());
  }

  private static long goal(Condition condition, Map<String, String> properties) {
    return goals
        .add(site.id(), new Goal.Definition(null, condition, properties, null))
        .await()
        .id();
  }

  private static List<Long> reached(Long... ids) {
    return reached("[]", ids);
  }

  private static List<Long> reached(String filters, Long... ids) {
    JsonObject answer =
        answer(
            reports.post(
                "funnel",
                "{'site_id':'example.com','goals':%s,'filters':%s}"
                    .formatted(Arrays.toString(ids), filters)));
    return rows(answer.getJsonArray("steps"), "visits").stream().map(Long::valueOf).toList();
  }

  private static void run(String sql) {
    sites.pool().query(sql).execute().await();
  }
}
