package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
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

  @BeforeAll
  static void create() {
    sites = TestSites.create(VERTX).month("2026-10").month("2026-11");
  }

  @AfterAll
  static void close() {
    sites.close();
    VERTX.close().await();
  }

  @Test
  void everyTextThatCanBeComposedPrepares() {
    Set<String> texts = new LinkedHashSet<>();
    for (List<Dimension> dimensions : setsOfDimensions()) {
      for (List<Metric> metrics : List.of(possible(dimensions), withoutVisitors())) {
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

    assertThat(sql.text()).doesNotContain("2026", "Kathmandu", "4711", "10000");
    assertThat(sql.parameters().size()).isEqualTo(8);
  }

  private static final List<Sources> SOURCES =
      List.of(
          Sources.VISITS,
          new Sources(true, null),
          new Sources(false, LocalDate.EPOCH),
          new Sources(true, LocalDate.EPOCH));

  private static Sources sources = Sources.VISITS;

  private static QuerySql sql(List<Dimension> dimensions, List<Metric> metrics, boolean totalRows) {
    Query query =
        new Query(
            metrics,
            DateRange.Named.DAY,
            dimensions,
            List.of(),
            new Query.Include(false, false, totalRows),
            Query.Paging.EVERYTHING);
    return QuerySql.of(new SiteId(4711), query.over(TODAY), TODAY, sources);
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
  private static List<Metric> possible(List<Dimension> dimensions) {
    boolean byDay =
        dimensions.size() <= 1
            && dimensions.stream().allMatch(one -> one.ofTime() && one != Dimension.TIME_HOUR);
    return Stream.of(Metric.values())
        .filter(metric -> !metric.ofReturns() || (byDay && !dimensions.contains(Dimension.TIME)))
        .toList();
  }

  private static List<Metric> withoutVisitors() {
    return List.copyOf(
        EnumSet.complementOf(EnumSet.of(Metric.VISITORS, Metric.PEOPLE, Metric.NEW_VISITORS)));
  }

  private static List<List<Dimension>> setsOfDimensions() {
    List<List<Dimension>> sets = new ArrayList<>(List.of(List.of()));
    for (Dimension dimension : Dimension.values()) {
      for (List<Dimension> smaller : List.copyOf(sets)) {
        List<Dimension> larger = new ArrayList<>(smaller);
        larger.add(dimension);
        sets.add(larger);
      }
    }
    return sets;
  }
}
