package dk.sporlos.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Action;
import dk.sporlos.door.Attributes;
import dk.sporlos.door.Client;
import dk.sporlos.door.EndedVisit;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Page;
import dk.sporlos.door.Place;
import dk.sporlos.door.Source;
import dk.sporlos.fold.Fold;
import dk.sporlos.fold.Horizon;
import dk.sporlos.fold.Partitions;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.spool.Batch;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A game against somebody who has the tables with the order of their rows, and knows that people
 * come at about the same time each day: they guess which of the visits of the day before was that
 * of a browser. What is declared, the hour and the coarse classes, helps them; the order of rows
 * within the hour must not.
 */
class OrderOfRowsTest {

  /*
   * If the order says nothing, the rows of a day and hour may as well be in any other order. So the
   * attacker plays with the order that was found and with many that were drawn, and must not be
   * better with the first than with the rest by more than five standard deviations.
   */
  private static final int DRAWN = 300;

  private static final double DEVIATIONS = 5;
  private static final int DAYS = 14;
  private static final int CLASSES = 3;
  private static final ZoneId ZONE = ZoneId.of("UTC");
  private static final LocalDate FIRST = LocalDate.parse("2026-03-02");
  private static final List<Integer> VISITS_A_DAY = List.of(1, 3, 10, 100);

  private static final String ROWS =
      """
      select visit.site_id, visit.day, visit.hour, client.browser, event.properties ->> 'truth' as truth,
        row_number() over (order by visit.xmin::text::bigint, visit.tableoid, visit.ctid) as place
      from visit
      join client on client.site_id = visit.site_id and client.id = visit.client_id
      join event on event.site_id = visit.site_id and event.visit = visit.id
      where visit.day = $1
      """;

  private static final String TRANSACTIONS =
      """
      select max(transactions) from (
        select count(distinct visit.xmin::text) + count(distinct event.xmin::text) as transactions
        from visit join event on event.site_id = visit.site_id and event.visit = visit.id
        group by visit.site_id, visit.day) as of_day
      """;

  /** Where a row lies, and whose it is, which the attacker does not see. */
  private record Row(int site, LocalDate day, Instant hour, String classes, int browser) {}

  private final Random random = new Random(20261126);
  private final MovableClock clock = new MovableClock("2026-03-02T00:00:00Z");
  private final Map<String, Integer> browserByTruth = new HashMap<>();
  private TestPool database;
  private SiteStore sites;
  private Inbox inbox;
  private Fold fold;
  private Seals seals;
  private long numbers;

  @BeforeEach
  void open() {
    database = TestPool.of(TestDatabase.create());
    sites = new SiteStore(database.pool());
    inbox = new Inbox(database.pool(), clock, new SimpleMeterRegistry());
    fold =
        new Fold(
            database.pool(), new Partitions(database.pool()), random, clock, Horizon.of(clock));
    seals =
        new Seals(
            database.pool(), database.pool(), sites, Horizon.of(clock), clock, (site, late) -> {});
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theOrderOfRowsOfASealedDaySaysNoMoreThanTheHour() {
    List<Site> all =
        VISITS_A_DAY.stream()
            .map(
                number ->
                    Objects.requireNonNull(
                        sites.add("s%d.example".formatted(number), ZONE, false).await()))
            .toList();
    List<Row> folded = new ArrayList<>();
    List<Row> sealed = new ArrayList<>();
    Map<Integer, Integer> habits = new HashMap<>();
    for (int number = 0; number < DAYS; number++) {
      LocalDate day = FIRST.plusDays(number);
      visitAll(all, day, habits);
      folded.addAll(rows(day));
      clock.set(day.plusDays(1).atTime(6, 0).atZone(ZONE).toInstant());
      assertThat(seals.run().await()).isEqualTo(all.size());
      sealed.addAll(rows(day));
    }

    assertThat(folded).hasSameSizeAs(sealed).hasSize(DAYS * 114);
    Map<Integer, Score> before = scores(folded);
    Map<Integer, Score> after = scores(sealed);

    assertThat(before.get(all.get(3).id().value()).deviations())
        .as("the control: the order in which visits ended helps: %s", before)
        .isGreaterThan(DEVIATIONS);
    assertThat(after.values())
        .as("as folded %s, as sealed %s", before, after)
        .allSatisfy(score -> assertThat(score.deviations()).isLessThan(DEVIATIONS));
    assertThat(count(TRANSACTIONS)).isEqualTo(2);
  }

  @Test
  void aVisitThatCameAfterItsDayWasSealedDoesNotStandOut() {
    Site site = Objects.requireNonNull(sites.add("late.example", ZONE, false).await());
    visitAll(List.of(site), FIRST, new HashMap<>());
    clock.set("2026-03-03T06:00:00Z");
    seals.run().await();
    view(site, 5, FIRST.atTime(12, 0).atZone(ZONE).toInstant());
    assertThat(count(TRANSACTIONS)).isGreaterThan(2);

    clock.set("2026-03-03T07:00:00Z");
    assertThat(seals.run().await()).isEqualTo(1);

    assertThat(count(TRANSACTIONS)).isEqualTo(2);
    assertThat(count("select count(*) from visit")).isEqualTo(4);
    assertThat(count("select count(*) from event")).isEqualTo(4);
  }

  /** Browsers of each site that come on most days, a quarter of an hour around their own time. */
  private void visitAll(List<Site> all, LocalDate day, Map<Integer, Integer> habits) {
    record Coming(Site site, int browser, Instant at) {}
    List<Coming> coming = new ArrayList<>();
    for (Site site : all) {
      int visits = all.size() == 1 ? 3 : VISITS_A_DAY.get(all.indexOf(site));
      List<Integer> browsers = new ArrayList<>();
      for (int browser = 0; browser < visits * 5 / 4 + 1; browser++) {
        browsers.add(site.id().value() * 1_000 + browser);
      }
      Collections.shuffle(browsers, random);
      for (int browser : browsers.subList(0, visits)) {
        int habit = habits.computeIfAbsent(browser, unknown -> random.nextInt(8 * 60, 22 * 60));
        int minute = Math.max(0, habit + (int) (random.nextGaussian() * 7));
        coming.add(
            new Coming(
                site,
                browser,
                day.atStartOfDay(ZONE)
                    .toInstant()
                    .plus(Duration.ofMinutes(minute))
                    .plusSeconds(random.nextInt(60))));
      }
    }
    coming.sort(Comparator.comparing(Coming::at));
    coming.forEach(one -> view(one.site(), one.browser(), one.at()));
  }

  /** A visit of one page, folded as it ends. */
  private void view(Site site, int browser, Instant at) {
    long number = ++numbers;
    String truth = "t" + random.nextLong();
    browserByTruth.put(truth, browser);
    Hit hit =
        new Hit(
            site.id(),
            number,
            number,
            at,
            0,
            new Page(site.domain(), "/"),
            new Action.PageView(),
            new Attributes(
                new Client("Browser " + browser % CLASSES, "140", "Linux", "", "Desktop", "", "da"),
                new Place("DK", "DK-84", ""),
                new Source("Direct", "", "", ""),
                null),
            Map.of("truth", truth),
            null,
            false);
    inbox.write(Batch.of(List.of(hit))).await();
    clock.set(at.plus(Duration.ofMinutes(31)));
    fold.fold(List.of(new EndedVisit(site.id(), number, at))).await();
  }

  /** In the order in which they were written, as far as that shows. */
  private List<Row> rows(LocalDate day) {
    List<Map.Entry<Long, Row>> rows = new ArrayList<>();
    for (io.vertx.sqlclient.Row row :
        database.pool().preparedQuery(ROWS).execute(Tuple.of(day)).await()) {
      rows.add(
          Map.entry(
              row.getLong("place"),
              new Row(
                  row.getInteger("site_id"),
                  day,
                  row.getOffsetDateTime("hour").toInstant(),
                  row.getString("browser"),
                  browserByTruth.get(row.getString("truth")))));
    }
    rows.sort(Map.Entry.comparingByKey());
    return rows.stream().map(Map.Entry::getValue).toList();
  }

  /**
   * What an attacker reaches on a site.
   *
   * @param found right guesses with the order that was found
   * @param drawn on average with others
   */
  private record Score(double found, double drawn, double spread, int guesses) {
    double deviations() {
      return spread == 0 ? 0 : (found - drawn) / spread;
    }

    @Override
    public String toString() {
      return "%.1f of %d (by the hour and classes alone %.1f ± %.1f)"
          .formatted(found, guesses, drawn, spread);
    }
  }

  private static Map<Integer, Score> scores(List<Row> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                Row::site,
                Collectors.collectingAndThen(Collectors.toList(), OrderOfRowsTest::score)));
  }

  private static Score score(List<Row> rows) {
    double found = new Attack(rows).right();
    Random others = new Random(7);
    double sum = 0;
    double squares = 0;
    for (int drawn = 0; drawn < DRAWN; drawn++) {
      List<Row> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, others);
      double right = new Attack(shuffled).right();
      sum += right;
      squares += right * right;
    }
    double mean = sum / DRAWN;
    return new Score(
        found,
        mean,
        Math.sqrt(Math.max(0, squares / DRAWN - mean * mean)),
        new Attack(rows).guesses());
  }

  /** Takes the place of a row among those of its hour for a time within the hour. */
  private static final class Attack {
    private final Map<LocalDate, List<Row>> rowsByDay;
    private final Map<Row, Double> times = new HashMap<>();

    Attack(List<Row> rows) {
      this.rowsByDay = rows.stream().collect(Collectors.groupingBy(Row::day));
      rows.stream()
          .collect(Collectors.groupingBy(Row::hour))
          .forEach(
              (hour, within) -> {
                for (int i = 0; i < within.size(); i++) {
                  times.put(
                      within.get(i),
                      hour.getEpochSecond() % 86_400 / 3_600.0 + (i + 0.5) / within.size());
                }
              });
    }

    /** How many guesses are right; where rows are equally good, the share of the right one. */
    double right() {
      double right = 0;
      for (List<Row> day : rowsByDay.values()) {
        for (Row row : day) {
          Row before = before(row);
          right += before == null ? 0 : right(row, before);
        }
      }
      return right;
    }

    int guesses() {
      return (int)
          rowsByDay.values().stream()
              .flatMap(List::stream)
              .filter(row -> before(row) != null)
              .count();
    }

    private double right(Row row, Row before) {
      List<Row> alike =
          rowsByDay.get(before.day()).stream()
              .filter(other -> other.classes().equals(row.classes()))
              .toList();
      double best = alike.stream().mapToDouble(other -> distance(row, other)).min().orElseThrow();
      List<Row> nearest =
          alike.stream().filter(other -> distance(row, other) < best + 1e-9).toList();
      return nearest.stream().anyMatch(before::equals) ? 1.0 / nearest.size() : 0;
    }

    private double distance(Row one, Row other) {
      return Math.abs(times.get(one) - times.get(other));
    }

    /** The visit of the same browser on the day before. */
    private @Nullable Row before(Row row) {
      return rowsByDay.getOrDefault(row.day().minusDays(1), List.of()).stream()
          .filter(other -> other.browser() == row.browser())
          .findAny()
          .orElse(null);
    }
  }

  private long count(String sql) {
    return database.pool().query(sql).execute().await().iterator().next().getLong(0);
  }
}
