package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Worth;
import dk.sporlos.seal.Figure;
import dk.sporlos.seal.Sealed;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QuerySqlTest {

  private static final Period TODAY =
      Period.ofDays(
          LocalDate.of(2026, 11, 24), LocalDate.of(2026, 11, 24), ZoneId.of("Asia/Kathmandu"));

  private static final Vertx VERTX = Vertx.vertx();
  private static TestSites sites;
  private static SiteId site;

  @BeforeAll
  static void create() {
    sites = TestSites.create(VERTX).month("2026-10").month("2026-11");
    Site known = sites.site("known.dk", "Asia/Kathmandu");
    site = known.id();
    sites.open(known, TestVisit.aVisit("2026-11-24T12:00:00Z").views("/some").does("send", "/e"));
  }

  @AfterAll
  static void close() {
    sites.close();
    VERTX.close().await();
  }

  @Test
  void everyTextThatCanBeComposedPrepares() {
    Set<String> texts = new LinkedHashSet<>();
    for (List<Attribute> dimensions : setsOfDimensions()) {
      for (List<Metric> metrics : List.of(possible(dimensions), withoutVisitors(dimensions))) {
        for (boolean totalRows : List.of(true, false)) {
          for (Sources from : SOURCES) {
            sources = from;
            texts.add(sql(dimensions, metrics, totalRows).text());
          }
          sources = Sources.VISITS;
        }
      }
    }

    SqlConnection connection = sites.pool().getConnection().await();
    for (String text : texts) {
      connection.prepare(text).compose(PreparedStatement::close).await();
    }

    connection.close().await();
    assertThat(texts).hasSizeGreaterThan(500);
  }

  @Test
  void whatHeadsAreAskedPrepares() {
    Set<String> texts = new LinkedHashSet<>();
    for (Dimension dimension : Dimension.values()) {
      Sealed sealed = Totals.texts(dimension);
      for (boolean named : sealed == null ? List.<Boolean>of() : List.of(true, false)) {
        sources =
            new Sources(Live.INBOX, true, SEALED, new Heads(sealed, Figure.VISITORS, 10, named));
        texts.add(sql(List.of(dimension), possible(List.of(dimension)), false).text());
      }
    }
    sources = Sources.VISITS;

    SqlConnection connection = sites.pool().getConnection().await();
    for (String text : texts) {
      connection.prepare(text).compose(PreparedStatement::close).await();
    }

    connection.close().await();
    assertThat(texts).hasSizeGreaterThan(50);
  }

  @Test
  void everyFilterPrepares() {
    Set<String> texts = new LinkedHashSet<>();
    for (Filter.Compare comparison : comparisons()) {
      Filter.All filter =
          new Filter.All(
              List.of(comparison, new Filter.Not(new Filter.HasDone(comparison, false))));
      for (Sources from : SOURCES) {
        texts.add(sql(site, filter, from).text());
      }
    }

    SqlConnection connection = sites.pool().getConnection().await();
    for (String text : texts) {
      connection.prepare(text).compose(PreparedStatement::close).await();
    }

    connection.close().await();
    assertThat(texts).hasSizeGreaterThan(50);
  }

  private static Filter.All ofPage(String path) {
    return new Filter.All(List.of(Filter.Compare.is(Dimension.EVENT_PAGE, List.of(path))));
  }

  private static List<Filter.Compare> comparisons() {
    List<Filter.Compare> comparisons = new ArrayList<>();
    List<Attribute> attributes = new ArrayList<>(List.of(Dimension.values()));
    attributes.add(new Property("plan"));
    attributes.removeIf(Attribute::ofTime);
    for (Attribute attribute : attributes) {
      for (Operator operator : Operator.values()) {
        if (attribute != Dimension.EVENT_GOAL || operator == Operator.CONTAINS) {
          for (boolean caseSensitive : List.of(true, false)) {
            comparisons.add(
                new Filter.Compare(
                    operator, !operator.isOfGoals(), attribute, List.of("e"), caseSensitive));
          }
        }
      }
    }
    return comparisons;
  }

  private static QuerySql sql(SiteId site, Filter.All filter, Sources from) {
    Query query =
        new Query(
            List.of(Metric.VISITORS, Metric.PAGEVIEWS),
            DateRange.Named.DAY,
            filter,
            List.of(Dimension.VISIT_SOURCE),
            List.of(),
            Query.Include.NOTHING,
            Query.Paging.EVERYTHING);
    Plan plan = Plan.of(query.over(TODAY), new Definitions(List.of(GOAL), List.of()));
    return QuerySql.of(site, plan, TODAY, from, lookups(site, plan), null);
  }

  @Test
  void looksForFewPagesBeforeItUnpacksSteps() {
    assertThat(sql(site, ofPage("/some"), Sources.VISITS).text())
        .contains("::bytea in visited.steps) > 0");
    assertThat(sql(site, ofPage("/none"), Sources.VISITS).text()).contains("where ((false)) and");
  }

  @Test
  void readsTheInboxByTheIndexOfTheSite() {
    String plan = plan(sql(List.of(Dimension.EVENT_PAGE), List.of(Metric.VISITORS), false));

    assertThat(plan)
        .contains("Index Scan on hit_0_site_id_visit_idx")
        .doesNotContain("Seq Scan on hit_")
        .contains("on visit_2026_11")
        .doesNotContain("on visit_2026_10");
  }

  @Test
  void readsStepsWithoutCallingAFunctionForEachVisit() {
    String plan = plan(sql(List.of(Dimension.EVENT_PAGE), List.of(Metric.VISITORS), false));

    assertThat(plan).contains("Function Scan on generate_series").doesNotContain("unpack");
  }

  @Test
  void holdsNoValueOfTheQuestion() {
    QuerySql sql = sql(List.of(Dimension.TIME_HOUR), List.of(Metric.VISITS), true);

    assertThat(sql.text()).doesNotContain("2026", "Kathmandu", "10000");
    assertThat(sql.parameters().size()).isEqualTo(8);
  }

  private static final Goal GOAL =
      new Goal(
          1,
          new Goal.Definition(
              null,
              new Condition.EventSent("signup"),
              Map.of("plan", "pro"),
              new Worth("EUR", null)));

  private static Lookups lookups(SiteId site, Plan plan) {
    return sites
        .pool()
        .withConnection(
            connection -> Lookups.of(connection, site, TODAY, Live.INBOX, plan.filters()))
        .await();
  }

  private static final Days SEALED =
      new Days(List.of(LocalDate.EPOCH), List.of(LocalDate.EPOCH), List.of(LocalDate.EPOCH));

  private static final List<Sources> SOURCES =
      List.of(
          Sources.VISITS,
          new Sources(Live.INBOX, true, null, null),
          new Sources(Live.INBOX, false, SEALED, null),
          new Sources(Live.INBOX, true, SEALED, null));

  private static Sources sources = Sources.VISITS;

  private static Query query(
      List<? extends Attribute> dimensions, List<Metric> metrics, boolean totalRows) {
    return new Query(
        metrics,
        DateRange.Named.DAY,
        dimensions,
        List.of(),
        new Query.Include(false, false, totalRows),
        Query.Paging.EVERYTHING);
  }

  private static QuerySql sql(
      List<? extends Attribute> dimensions, List<Metric> metrics, boolean totalRows) {
    Query query = query(dimensions, metrics, totalRows);
    Plan plan = Plan.of(query.over(TODAY), new Definitions(List.of(GOAL), List.of()));
    return QuerySql.of(site, plan, TODAY, sources, lookups(site, plan), null);
  }

  /** The plan when the planner must not read whole tables, small as they are here. */
  private static String plan(QuerySql sql) {
    return sites
        .pool()
        .withTransaction(
            connection ->
                connection
                    .query("set local enable_seqscan = off")
                    .execute()
                    .compose(off -> explain(connection, sql)))
        .await();
  }

  private static Future<String> explain(SqlConnection connection, QuerySql sql) {
    return connection
        .preparedQuery("explain " + sql.text())
        .execute(sql.parameters())
        .map(rows -> rows.stream().map(row -> row.getString(0)).collect(Collectors.joining("\n")));
  }

  /** All that can be asked for by these dimensions. */
  private static List<Metric> possible(List<Attribute> dimensions) {
    return Stream.of(Metric.values())
        .filter(metric -> !metric.ofVitals())
        .filter(metric -> isPossible(metric, dimensions))
        .toList();
  }

  private static boolean isPossible(Metric metric, List<Attribute> dimensions) {
    try {
      Query query = query(dimensions, List.of(metric), false);
      Rules.check(query);
      query.over(TODAY);
      return true;
    } catch (InvalidQueryException e) {
      return false;
    }
  }

  private static List<Metric> withoutVisitors(List<Attribute> dimensions) {
    return possible(dimensions).stream().filter(metric -> !metric.needsVisitors()).toList();
  }

  private static List<List<Attribute>> setsOfDimensions() {
    List<Attribute> all = new ArrayList<>(List.of(Dimension.values()));
    all.add(new Property("plan"));
    List<List<Attribute>> sets = new ArrayList<>(List.of(List.of()));
    for (Attribute one : all) {
      sets.add(List.of(one));
      for (Attribute other : all) {
        if (!one.equals(other)) {
          sets.add(List.of(one, other));
        }
      }
    }
    return sets;
  }
}
