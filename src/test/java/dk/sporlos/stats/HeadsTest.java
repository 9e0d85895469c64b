package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.seal.Sealed;
import dk.sporlos.site.Site;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Totals of days whose visits are gone, and what is told from their heads. */
class HeadsTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
  private static final LocalDate MONTH = LocalDate.parse("2026-09-01");
  private static final LocalDate DAY = LocalDate.parse("2026-10-01");
  private static final String ADD =
      """
      insert into %s values ($1, $2, 0, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      """;
  private static final String COLUMNS =
      "(site_id, %s, origin, dimension, part, beyond_visitors, beyond_visits, beyond_views, texts,"
          + " visitors, visits, views, actions)";

  private static TestSites sites;
  private static Stats stats;
  private static int numbers;
  private Site site;

  /** A value and its figures. */
  private record Total(String text, int visitors, int visits, int views) {}

  @BeforeAll
  static void create() {
    sites = TestSites.create(VERTX).month("2026-09").month("2026-10");
    stats = new Stats(sites.pool(), CLOCK);
  }

  @AfterAll
  static void close() {
    sites.close();
    VERTX.close().await();
  }

  @BeforeEach
  void addSite() {
    site = sites.site("heads-%d.dk".formatted(numbers++), "Europe/Copenhagen");
    run("update site set visits_complete_from = '2026-10-10' where id = $1");
    run("insert into sealed_month (site_id, month) values ($1, '2026-09-01')");
  }

  @Test
  void doesNotReadTheRestWhereNoValueOfItCanBeAmongTheFirst() {
    add("monthly", MONTH, Sealed.PAGE, List.of(total("/a", 90), total("/b", 50)), total("/c", 10));
    add("daily", DAY, Sealed.PAGE, List.of(total("/b", 9), total("/a", 7)), total("/d", 2));
    run("update monthly set visitors = '{900}' where site_id = $1 and part = 1");

    assertThat(first(Dimension.EVENT_PAGE, Metric.VISITORS, 2))
        .isEqualTo("[[\"/a\",97],[\"/b\",59]]");
  }

  @Test
  void readsTheRestWhereAValueThatIsInNoHeadMayBeAmongTheFirst() {
    add("monthly", MONTH, Sealed.PAGE, List.of(total("/a", 90), total("/b", 50)), total("/c", 40));
    add("daily", DAY, Sealed.PAGE, List.of(total("/b", 29), total("/a", 17)), total("/c", 15));
    add(
        "daily",
        DAY.plusDays(1),
        Sealed.PAGE,
        List.of(total("/b", 29), total("/a", 17)),
        total("/c", 60));

    assertThat(first(Dimension.EVENT_PAGE, Metric.VISITORS, 2))
        .isEqualTo("[[\"/a\",124],[\"/c\",115]]");
  }

  @Test
  void readsTheRestForTheOtherFiguresOfAValueThatIsNotInEveryHead() {
    add("monthly", MONTH, Sealed.PAGE, List.of(total("/a", 90), total("/b", 50)), total("/c", 1));
    add("daily", DAY, Sealed.PAGE, List.of(total("/b", 29)), total("/a", 2));

    assertThat(first(Dimension.EVENT_PAGE, Metric.VISITORS, 1)).isEqualTo("[[\"/a\",92]]");
  }

  @Test
  void readsTheRestForAnUnknownCampaignThatSomebodyNamedLikeNone() {
    add("daily", DAY, Sealed.UTM_SOURCE, List.of(total("", 90), total("x", 50)), total("y", 5));
    add(
        "monthly",
        MONTH,
        Sealed.UTM_SOURCE,
        List.of(total("", 90), total("x", 50)),
        total("(not set)", 7));

    assertThat(first(Dimension.VISIT_UTM_SOURCE, Metric.VISITORS, 1))
        .isEqualTo("[[\"(not set)\",187]]");
  }

  @Test
  void readsTheRestOfTotalsThatDoNotSayWhatIsInIt() {
    add("daily", DAY, Sealed.PAGE, List.of(total("/a", 90)), total("/c", 100));
    run("update daily set beyond_visitors = null where site_id = $1");

    assertThat(first(Dimension.EVENT_PAGE, Metric.VISITORS, 1)).isEqualTo("[[\"/c\",100]]");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givesTheRowsThatAllOfTheTotalsGive(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (Sealed sealed : List.of(Sealed.PAGE, Sealed.UTM_SOURCE)) {
      addRandom("monthly", MONTH, sealed, random);
      for (int day = 0; day < 5; day++) {
        addRandom("daily", DAY.plusDays(day), sealed, random);
      }
    }

    for (Dimension dimension : List.of(Dimension.EVENT_PAGE, Dimension.VISIT_UTM_SOURCE)) {
      for (Metric metric : List.of(Metric.VISITORS, Metric.VISITS, Metric.PAGEVIEWS)) {
        for (int limit : List.of(1, 2, 3, 5, 8, 13, 60)) {
          for (int offset : List.of(0, 2)) {
            assertThat(rows(query(dimension, metric, limit, offset, false)))
                .as("%s by %s, %d from %d", metric, dimension, limit, offset)
                .isEqualTo(rows(query(dimension, metric, limit, offset, true)));
          }
        }
      }
    }
  }

  /** Of 40 values with figures that fall as 1/n, those of the most in the head. */
  private void addRandom(String table, LocalDate from, Sealed sealed, SplittableRandom random) {
    List<Total> totals = new ArrayList<>();
    for (int n = 1; n <= 40; n++) {
      int views = 400 / n + random.nextInt(20);
      int visits = 1 + random.nextInt(views);
      String text = n == 3 ? "" : n == 4 ? "(not set)" : "/" + n;
      if (random.nextInt(4) > 0) {
        totals.add(new Total(text, 1 + random.nextInt(visits), visits, views));
      }
    }
    totals.sort((one, other) -> other.visitors() - one.visitors());
    int head = Math.min(totals.size(), 8 + random.nextInt(20));
    add(
        table,
        from,
        sealed,
        totals.subList(0, head),
        totals.subList(head, totals.size()).toArray(Total[]::new));
  }

  private static Total total(String text, int visitors) {
    return new Total(text, visitors, visitors, visitors);
  }

  private void add(String table, LocalDate from, Sealed sealed, List<Total> head, Total... rest) {
    add(table, from, sealed, 0, head, List.of(rest));
    if (rest.length > 0) {
      add(table, from, sealed, 1, List.of(rest), List.of());
    }
  }

  private void add(
      String table, LocalDate from, Sealed sealed, int part, List<Total> held, List<Total> rest) {
    String columns = COLUMNS.formatted(table.equals("daily") ? "day" : "month");
    sites
        .pool()
        .preparedQuery(ADD.formatted(table + columns))
        .execute(
            Tuple.of(site.id().value(), from, sealed.number(), part)
                .addValue(most(rest, Total::visitors))
                .addValue(most(rest, Total::visits))
                .addValue(most(rest, Total::views))
                .addArrayOfString(held.stream().map(Total::text).toArray(String[]::new))
                .addArrayOfInteger(array(held, Total::visitors))
                .addArrayOfInteger(array(held, Total::visits))
                .addArrayOfInteger(array(held, Total::views))
                .addArrayOfInteger(array(held, Total::views)))
        .await();
  }

  private static Integer most(List<Total> rest, ToIntFunction<Total> figure) {
    return rest.isEmpty() ? null : rest.stream().mapToInt(figure).max().orElseThrow();
  }

  private static Integer[] array(List<Total> totals, ToIntFunction<Total> figure) {
    return totals.stream().map(figure::applyAsInt).toArray(Integer[]::new);
  }

  private void run(String sql) {
    sites.pool().preparedQuery(sql).execute(Tuple.of(site.id().value())).await();
  }

  private String first(Dimension dimension, Metric metric, int limit) {
    JsonArray said = new JsonArray();
    for (Answer.Row row : rows(query(dimension, metric, limit, 0, false))) {
      said.add(new JsonArray().add(row.dimensions().get(0)).add(row.metrics().get(0)));
    }
    return said.encode();
  }

  private List<Answer.Row> rows(Query query) {
    return stats.answer(site, query).await().rows();
  }

  /**
   * @param counted whether all rows are to be counted, for which all of the totals is read
   */
  private static Query query(
      Dimension dimension, Metric metric, int limit, int offset, boolean counted) {
    List<Metric> metrics = new ArrayList<>(List.of(metric));
    List.of(Metric.VISITORS, Metric.VISITS, Metric.PAGEVIEWS).stream()
        .filter(other -> other != metric)
        .forEach(metrics::add);
    return new Query(
        metrics,
        new DateRange.Days(MONTH, DAY.plusDays(4)),
        List.of(dimension),
        List.of(),
        new Query.Include(false, false, counted),
        new Query.Paging(limit, offset));
  }
}
