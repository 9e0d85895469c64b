package dk.sporlos.stats;

import static dk.sporlos.stats.TestServer.error;
import static dk.sporlos.stats.TestServer.json;
import static dk.sporlos.stats.TestServer.rows;
import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.PagePattern;
import dk.sporlos.goal.Segment;
import dk.sporlos.goal.Segments;
import dk.sporlos.goal.Worth;
import dk.sporlos.site.Site;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Filters, goals, money and comparisons, asked for as a program asks for them. */
class FilteredStatsTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static TestSites sites;
  private static TestServer server;
  private static Site shop;
  private static long segment;
  private static long endless;

  @BeforeAll
  static void create() {
    sites = TestSites.create(VERTX).month("2026-10").month("2026-11");
    Site site = sites.site("shop.dk", "Europe/Copenhagen");
    shop = site;
    sites.ended(
        site,
        aVisit("2026-11-20T09:15:00+01:00")
            .by(1)
            .with(Dimension.VISIT_COUNTRY, "DK")
            .with(Dimension.VISIT_BROWSER, "Firefox")
            .reads("/", 10, 30)
            .reads("/shop/shoe", 40, 80)
            .does("Buy", "/shop/shoe", Map.of("plan", "pro"), "20.50 EUR"),
        aVisit("2026-11-20T11:00:00+01:00")
            .by(1)
            .with(Dimension.VISIT_COUNTRY, "DK")
            .reads("/shop/shoe", 20, 90),
        aVisit("2026-11-20T12:00:00+01:00")
            .by(2)
            .with(Dimension.VISIT_COUNTRY, "SE")
            .with(Dimension.VISIT_SOURCE, "Google")
            .with(Dimension.VISIT_CHANNEL, "Organic Search")
            .reads("/shop/hat/red", 5, null)
            .does("Buy", "/shop/hat/red", Map.of("plan", "free"), "7 USD")
            .does("Buy", "/shop/hat/red", Map.of(), "9.25 EUR"),
        aVisit("2026-11-18T12:00:00+01:00").by(5).views("/").does("Call", "/"));
    sites.open(site, aVisit("2026-11-20T13:00:00+01:00").by(3).views("/").does("Call", "/"));
    Goals goals = new Goals(sites.pool());
    add(goals, site, "Purchase", new Condition.EventSent("Buy"), Map.of(), new Worth("EUR", null));
    add(
        goals,
        site,
        "Pro",
        new Condition.EventSent("Buy"),
        Map.of("plan", "pro"),
        new Worth("USD", new BigDecimal("2")));
    add(goals, site, "Call", new Condition.EventSent("Call"), Map.of(), null);
    add(goals, site, null, new Condition.PageViewed(new PagePattern("/shop/*")), Map.of(), null);
    add(
        goals,
        site,
        "Read",
        new Condition.PageScrolled(new PagePattern("/shop/**"), 85),
        Map.of(),
        null);
    Segments segments = new Segments(sites.pool());
    segment = add(segments, site, "Danes", "[['is','visit:country',['DK']]]");
    endless = add(segments, site, "Endless", "[['is','segment',[%d]]]".formatted(segment + 1));
    Clock clock = Clock.fixed(Instant.parse("2026-11-24T12:34:56Z"), ZoneOffset.UTC);
    Site strict = sites.strictSite("strict.dk", "Europe/Copenhagen");
    sites.alone(
        strict,
        aVisit("2026-11-20T09:15:00+01:00")
            .with(Dimension.VISIT_COUNTRY, "DK")
            .views("/", "/shop/shoe")
            .does("Buy", "/shop/shoe", Map.of("plan", "pro"), "20 EUR"),
        aVisit("2026-11-20T12:00:00+01:00").views("/"));
    add(goals, strict, "Buy", new Condition.EventSent("Buy"), Map.of(), new Worth("EUR", null));
    server = new TestServer(VERTX, new Stats(sites.pool(), clock), site, strict);
  }

  private static void add(
      Goals goals,
      Site site,
      @Nullable String name,
      Condition condition,
      Map<String, String> properties,
      @Nullable Worth worth) {
    goals.add(site.id(), new Goal.Definition(name, condition, properties, worth)).await();
  }

  private static long add(Segments segments, Site site, String name, String filters) {
    JsonArray parsed = new JsonArray(filters.replace('\'', '"'));
    return segments.add(site.id(), new Segment(0, null, name, parsed)).await().id();
  }

  @AfterAll
  static void close() {
    server.close();
    sites.close();
    VERTX.close().await();
  }

  @Test
  void countsOnlyTheStepsThatAFilterLetsThrough() {
    assertThat(
            figures(
                "'metrics':['visitors','visits','pageviews','events'],"
                    + "'filters':[['contains','event:page',['/shop']]]"))
        .containsExactly("2 3 3 6");
    assertThat(
            figures(
                "'metrics':['visitors','visits','pageviews','events'],"
                    + "'filters':[['is','event:name',['Buy']]]"))
        .containsExactly("2 2 0 3");
  }

  @Test
  void combinesFiltersOnTheSameStep() {
    String filters = "'filters':[['is','event:page',['/']],['is','event:props:plan',['%s']]]";

    assertThat(figures("'metrics':['visitors']," + filters.formatted("pro"))).containsExactly("0");
    assertThat(figures("'metrics':['visitors']," + filters.formatted("(none)")))
        .containsExactly("2");
  }

  @Test
  void findsVisitsInWhichSomethingElseWasDone() {
    assertThat(
            figures(
                "'metrics':['visitors','pageviews'],'filters':[['is','event:page',['/']],"
                    + "['has_done',['is','event:props:plan',['pro']]]]"))
        .containsExactly("1 1");
    assertThat(
            figures(
                "'metrics':['visitors','visits'],"
                    + "'filters':[['has_not_done',['is','event:goal',['Purchase']]]]"))
        .containsExactly("2 2");
  }

  @Test
  void tellsStepsApartByProperty() {
    assertThat(
            figures(
                "'metrics':['visitors','events'],'dimensions':['event:props:plan'],"
                    + "'filters':[['is','event:name',['Buy']]]"))
        .containsExactly("(none) 1 1", "free 1 1", "pro 1 1");
  }

  @Test
  void showsNamesInPlaceOfWhatIsNotKnown() {
    assertThat(
            figures(
                "'metrics':['visits'],'dimensions':['visit:country_name','visit:source','visit:browser']"))
        .containsExactly(
            " Direct / None (not set) 1",
            "Denmark Direct / None (not set) 1",
            "Denmark Direct / None Firefox 1",
            "Sweden Google (not set) 1");
    assertThat(
            figures(
                "'metrics':['visits'],'filters':[['is','visit:source',['Direct / None']],"
                    + "['is_not','visit:country_name',['']]]"))
        .containsExactly("2");
  }

  @Test
  void countsVisitsThatReachGoals() {
    assertThat(
            figures(
                "'dimensions':['event:goal'],"
                    + "'metrics':['visitors','events','conversion_rate','group_conversion_rate']"))
        .containsExactly(
            "Purchase 2 3 66.67 66.67",
            "Call 1 1 33.33 33.33",
            "Pro 1 1 33.33 33.33",
            "Read 1 1 33.33 33.33",
            "Visit /shop/* 1 2 33.33 33.33");
  }

  @Test
  void givesARowToEachGoalThatNoFilterOfAllStepsNames() {
    String metrics = "'metrics':['visitors'],'dimensions':['event:goal'],";

    assertThat(figures(metrics + "'filters':[['not',['is','event:goal',['Call']]]]"))
        .containsExactly("Purchase 2", "Pro 1", "Read 1", "Visit /shop/* 1");
    assertThat(figures(metrics + "'filters':[['is','event:goal',['Pro']]]"))
        .containsExactly("Pro 1");
  }

  @Test
  void comparesThoseWhoReachedAGoalWithThoseWhoCouldHave() {
    assertThat(
            figures(
                "'dimensions':['visit:country'],'filters':[['is','event:goal',['Purchase']]],"
                    + "'metrics':['visitors','conversion_rate','group_conversion_rate','percentage']"))
        .containsExactly("DK 1 33.33 100.0 50.0", "SE 1 33.33 100.0 50.0");
    assertThat(
            figures(
                "'metrics':['conversion_rate'],"
                    + "'filters':[['is','event:goal',['Call']],['is','visit:country',['']]]"))
        .containsExactly("100.0");
  }

  @Test
  void addsUpMoneyOfOneCurrency() {
    JsonObject answer =
        ask(
            "'metrics':['total_revenue','average_revenue'],"
                + "'filters':[['is','event:goal',['Purchase']]]");

    assertThat(answer.getJsonArray("results").getJsonObject(0).getJsonArray("metrics"))
        .isEqualTo(
            new JsonArray()
                .add(json("{'short':'€29.8','value':29.75,'long':'€29.75','currency':'EUR'}"))
                .add(json("{'short':'€14.9','value':14.875,'long':'€14.88','currency':'EUR'}")));
  }

  @Test
  void givesEachGoalItsOwnMoney() {
    JsonObject answer =
        ask(
            "'metrics':['total_revenue','visitors'],'dimensions':['event:goal'],'order_by':[['event:goal','asc']]");

    assertThat(answer.getJsonArray("results").stream().map(String::valueOf))
        .satisfiesExactly(
            call -> assertThat(call).contains("[null,1]"),
            pro -> assertThat(pro).contains("\"value\":2,").contains("USD"),
            purchase -> assertThat(purchase).contains("29.75").contains("EUR"),
            read -> assertThat(read).contains("[null,1]"),
            visit -> assertThat(visit).contains("[null,1]"));
  }

  @Test
  void addsUpNoMoneyOfDifferentCurrencies() {
    JsonObject answer =
        ask(
            "'metrics':['total_revenue','visitors'],"
                + "'filters':[['is','event:goal',['Purchase','Pro']]]");

    assertThat(rows(answer)).containsExactly("null 2");
    assertThat(
            answer
                .getJsonObject("meta")
                .getJsonObject("metric_warnings")
                .getJsonObject("total_revenue"))
        .isEqualTo(
            json(
                "{'code':'no_single_revenue_currency','warning':"
                    + "'The goals are counted in different currencies, which are not added up.'}"));
  }

  @Test
  void saysHowPagesWereRead() {
    assertThat(
            figures(
                "'metrics':['scroll_depth','time_on_page'],'dimensions':['event:page'],"
                    + "'order_by':[['event:page','asc']]"))
        .containsExactly("/ 30 14", "/shop/hat/red null 5", "/shop/shoe 90 30");
    assertThat(
            figures(
                "'metrics':['scroll_depth','time_on_page'],"
                    + "'filters':[['matches','event:page',['^/(shop|$)']]]"))
        .containsExactly("60 18");
  }

  @Test
  void triesNoRegularExpressionForLong() {
    Filter filter =
        new Filter.Compare(Operator.MATCHES, false, Dimension.EVENT_PAGE, List.of("/"), true);
    Period period =
        Period.ofDays(
            LocalDate.of(2026, 11, 20), LocalDate.of(2026, 11, 20), ZoneId.of("Europe/Copenhagen"));

    assertThatThrownBy(
            () ->
                sites
                    .pool()
                    .withConnection(
                        connection ->
                            Lookups.of(connection, shop.id(), period, filter, Duration.ZERO))
                    .await())
        .isInstanceOf(InvalidQueryException.class)
        .hasMessage(
            "The regular expressions take longer than 0 seconds. Write simpler ones, or use"
                + " `contains`.");
  }

  @Test
  void findsSegments() {
    assertThat(figures("'metrics':['visits'],'filters':[['is','segment',[%d]]]".formatted(segment)))
        .containsExactly("2");
    assertThat(refusal("'metrics':['visits'],'filters':[['is','segment',[4711]]]"))
        .isEqualTo("400 Invalid segment filter: the site has no segment 4711.");
    assertThat(refusal("'metrics':['visits'],'filters':[['is','segment',[%d]]]".formatted(endless)))
        .isEqualTo(
            "400 Invalid segment filter: segment %d is nested more than 3 deep."
                .formatted(endless));
  }

  @Test
  void refusesWhatSaysNothing() {
    assertThat(refusal("'metrics':['visits'],'filters':[['is','event:goal',['Nothing']]]"))
        .isEqualTo("400 Invalid goal filter: the goal `Nothing` is not configured for this site.");
    assertThat(refusal("'metrics':['bounce_rate'],'dimensions':['event:name']"))
        .isEqualTo(
            "400 Session metric(s) `bounce_rate` cannot be queried along with event dimension(s) `event:name`");
    assertThat(refusal("'metrics':['views_per_visit'],'filters':[['is','event:page',['/']]]"))
        .isEqualTo("400 Metric `views_per_visit` cannot be queried with a filter on `event:page`.");
    assertThat(refusal("'metrics':['people'],'filters':[['is','event:page',['/']]]"))
        .startsWith("400 Metric `people` can only be queried over whole days, without filters");
    assertThat(refusal("'metrics':['total_revenue']"))
        .isEqualTo(
            "400 Metric `total_revenue` can only be queried with event:goal filters or dimensions.");
    assertThat(
            refusal(
                "'metrics':['conversion_rate'],'filters':[['is','segment',[%d]]]"
                    .formatted(segment)))
        .startsWith("400 Metric `conversion_rate` can only be queried with event:goal");
  }

  @Test
  void filtersHitsThatAreJoinedToNoVisit() {
    String range = "'date_range':['2026-11-20','2026-11-20'],";
    String figures = range + "'metrics':['pageviews','events'],";

    assertThat(rows(server.answer("strict.dk", figures + "'dimensions':['visit:country']")))
        .containsExactly("DK 2 3", " 1 1");
    assertThat(
            rows(
                server.answer(
                    "strict.dk",
                    figures + "'filters':[['matches_wildcard','event:page',['/*/*']]]")))
        .containsExactly("1 1");
    assertThat(
            rows(
                server.answer(
                    "strict.dk",
                    figures
                        + "'filters':[['is','event:props:plan',['(none)']],"
                        + "['is','visit:country',['DK']],['is_not','visit:entry_page',['/x']]]")))
        .containsExactly("2 2");
    assertThat(
            rows(
                server.answer(
                    "strict.dk",
                    range + "'metrics':['events','visitors'],'dimensions':['event:goal']")))
        .containsExactly("Buy 1 null");
    assertThat(
            server
                .answer(
                    "strict.dk", range + "'metrics':['total_revenue'],'dimensions':['event:goal']")
                .getJsonArray("results")
                .encode())
        .contains("€20.00");
  }

  @Test
  void repeatsFiltersAsTheyWereAsked() {
    String filters =
        "[['is_not','visit:country',['']],['contains','event:page',['SHOP'],{'case_sensitive':false}]]";

    JsonObject answer = ask("'metrics':['visitors'],'filters':" + filters);

    assertThat(answer.getJsonObject("query").getJsonArray("filters"))
        .isEqualTo(new JsonArray(filters.replace('\'', '"')));
    assertThat(rows(answer)).containsExactly("2");
  }

  @Test
  void comparesWithThePeriodBefore() {
    JsonObject answer =
        server.answer(
            "shop.dk",
            "'metrics':['visitors','bounce_rate'],'date_range':['2026-11-20','2026-11-21'],"
                + "'include':{'comparisons':{'mode':'previous_period'}}");

    assertThat(answer.getJsonArray("results"))
        .isEqualTo(
            new JsonArray()
                .add(
                    json(
                        """
                        {'metrics':[3,25],'dimensions':[],'comparison':
                         {'metrics':[1,0],'dimensions':[],'change':[200,25]}}
                        """)));
    assertThat(answer.getJsonObject("meta").getJsonArray("comparison_date_range"))
        .isEqualTo(
            new JsonArray(List.of("2026-11-18T00:00:00+01:00", "2026-11-19T23:59:59+01:00")));
  }

  @Test
  void comparesRowsWithTheSameValueAndDaysWithTheSamePlace() {
    String range =
        "'date_range':['2026-11-20','2026-11-20'],'metrics':['visits'],"
            + "'include':{'comparisons':{'mode':'custom','date_range':['2026-11-18','2026-11-18']}},";

    assertThat(
            server.answer("shop.dk", range + "'dimensions':['time:day']").getJsonArray("results"))
        .isEqualTo(
            new JsonArray()
                .add(
                    json(
                        """
                        {'metrics':[4],'dimensions':['2026-11-20'],'comparison':
                         {'metrics':[1],'dimensions':['2026-11-18'],'change':[300]}}
                        """)));
    assertThat(
            server
                .answer("shop.dk", range + "'dimensions':['event:page'],'pagination':{'limit':2}")
                .getJsonArray("results"))
        .isEqualTo(
            new JsonArray()
                .add(
                    json(
                        """
                        {'metrics':[2],'dimensions':['/'],'comparison':
                         {'metrics':[1],'dimensions':['/'],'change':[100]}}
                        """))
                .add(
                    json(
                        """
                        {'metrics':[2],'dimensions':['/shop/shoe'],'comparison':
                         {'metrics':[0],'dimensions':['/shop/shoe'],'change':[100]}}
                        """)));
  }

  private static JsonObject ask(String members) {
    return server.answer("shop.dk", "'date_range':['2026-11-20','2026-11-20']," + members);
  }

  private static List<String> figures(String members) {
    return rows(ask(members));
  }

  private static String refusal(String members) {
    return error(
        server.ask(
            "{'site_id':'shop.dk','date_range':['2026-11-20','2026-11-20'],%s}"
                .formatted(members)));
  }
}
