package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.fold.Partitions;
import dk.sporlos.intake.ReturnCounts;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.stats.InvalidQueryException;
import dk.sporlos.stats.Stats;
import dk.sporlos.stats.TestQueries;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Figures of people against what was true: browsers that come and go for weeks under a moved clock,
 * recognised by the real recognition, counted by the real counters, and asked for by the query API.
 */
final class PeopleTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-10-12");
  private static final int DAYS = 45;

  /** A fixed seed, so that a failure can be repeated. */
  private final Random random = new Random(20261126);

  private final Map<Long, long[]> visits = new HashMap<>();
  private final Map<LocalDate, Set<Integer>> browsersByDay = new HashMap<>();
  private TestPool database;
  private Site site;
  private FakeVisitors visitors;
  private ReturnCounts returns;
  private Stats stats;

  @BeforeEach
  void open() {
    database = TestPool.of(TestDatabase.create());
    site =
        Objects.requireNonNull(
            new SiteStore(database.pool())
                .add("example.com", ZoneId.of("Europe/Copenhagen"), false)
                .await());
    visitors = new FakeVisitors(10_000, 10_000);
    returns = new ReturnCounts(database.pool(), visitors.clock, id -> site);
    visitors.returns = returns;
    stats = new Stats(database.pool(), visitors.clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void areExactOverAnyRangeWhereEveryBrowserKeepsItsCookie() {
    List<FakeBrowser> browsers = browsers(60);
    live(browsers, /* consenting= */ 60);

    for (int first = 0; first < DAYS; first += 4) {
      for (int last = first; last < DAYS; last += 3) {
        LocalDate from = FIRST.plusDays(first);
        LocalDate to = FIRST.plusDays(last);
        JsonObject answer = ask("['people']", from, to, "[]");

        assertThat(figure(answer)).as(from + " to " + to).isEqualTo(truth(from, to));
        assertThat(answer.getJsonObject("meta").getJsonObject("people"))
            .as(from + " to " + to)
            .isEqualTo(new JsonObject("{\"exactness\":\"exact\",\"share\":1.0}"));
      }
    }
  }

  @Test
  void areExactWithinEachDayWeekAndMonth() {
    List<FakeBrowser> browsers = browsers(60);
    live(browsers, /* consenting= */ 60);
    LocalDate to = FIRST.plusDays(DAYS - 1L);

    for (String bucket : List.of("time:day", "time:week", "time:month")) {
      JsonObject answer = ask("['people']", FIRST, to, "['" + bucket + "']");
      answer
          .getJsonArray("results")
          .forEach(
              row -> {
                JsonObject result = (JsonObject) row;
                LocalDate from = LocalDate.parse(result.getJsonArray("dimensions").getString(0));
                LocalDate until =
                    switch (bucket) {
                      case "time:day" -> from;
                      case "time:week" -> from.plusDays(6);
                      default -> from.plusMonths(1).minusDays(1);
                    };
                assertThat(result.getJsonArray("metrics").getLong(0))
                    .as(bucket + " " + from)
                    .isEqualTo(truth(later(from, FIRST), earlier(until, to)));
              });
      assertThat(answer.getJsonArray("results")).hasSizeGreaterThan(1);
    }
  }

  @Test
  void areBoundedWhereSomeKeepNoCookieAndNeverLessThanTheTruth() {
    List<FakeBrowser> browsers = browsers(60);
    live(browsers, /* consenting= */ 40);
    LocalDate to = FIRST.plusDays(20);

    JsonObject answer = ask("['people','visitors','consent_share']", FIRST, to, "[]");

    JsonObject exactness = answer.getJsonObject("meta").getJsonObject("people");
    assertThat(exactness.getString("exactness")).isEqualTo("bounded");
    assertThat(exactness.getDouble("share")).isBetween(0.5, 0.8);
    assertThat(figures(answer).getLong(0))
        .isGreaterThan(truth(FIRST, to))
        .isLessThan(figures(answer).getLong(1));
    assertThat(figures(answer).getDouble(2) / 100)
        .isCloseTo(exactness.getDouble("share"), within(0.001));
  }

  @Test
  void areTheSumOfDailyVisitorsWhereNobodyKeepsACookie() {
    live(browsers(30), /* consenting= */ 0);

    JsonObject answer = ask("['people','visitors']", FIRST, FIRST.plusDays(20), "[]");

    assertThat(answer.getJsonObject("meta").getJsonObject("people").getString("exactness"))
        .isEqualTo("sum_of_days");
    assertThat(figures(answer).getLong(0)).isEqualTo(figures(answer).getLong(1));
  }

  @Test
  void areBoundedBeyondTheLifeOfACookie() {
    live(browsers(30), /* consenting= */ 30);
    visitors.clock.move(Duration.ofDays(60));

    JsonObject answer = ask("['people']", FIRST.minusDays(20), FIRST.plusDays(DAYS + 10L), "[]");

    assertThat(answer.getJsonObject("meta").getJsonObject("people").getString("exactness"))
        .isEqualTo("bounded");
  }

  @Test
  void areAskedForByWholeDaysAlone() {
    for (String dimensions :
        List.of("['event:page']", "['time:hour']", "['time:day','time:week']")) {
      assertThatThrownBy(() -> ask("['people']", FIRST, FIRST.plusDays(1), dimensions))
          .as(dimensions)
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("Metric `people`");
    }
  }

  @Test
  void newVisitorsAreThoseWhoBringTheirFirstCookie() {
    live(browsers(60), /* consenting= */ 60);
    LocalDate to = FIRST.plusDays(DAYS - 1L);

    assertThat(figure(ask("['new_visitors']", FIRST, to, "[]"))).isEqualTo(truth(FIRST, to));
  }

  private List<FakeBrowser> browsers(int count) {
    List<FakeBrowser> browsers = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      browsers.add(new FakeBrowser(visitors, site, "10.0." + number + ".1"));
    }
    return browsers;
  }

  /** Days on which most browsers come, some of them twice, in two tabs, or over midnight. */
  private void live(List<FakeBrowser> browsers, int consenting) {
    visitors.clock.set(FIRST.atStartOfDay(site.zone()).toInstant().toString());
    for (int day = 0; day < DAYS; day++) {
      Instant midnight = FIRST.plusDays(day).atStartOfDay(site.zone()).toInstant();
      List<Coming> comings = new ArrayList<>();
      for (int number = 0; number < browsers.size(); number++) {
        for (int times = random.nextInt(3); times > 0; times--) {
          int minute = random.nextInt(10) == 0 ? 1_430 : 60 + random.nextInt(1_300);
          comings.add(new Coming(midnight.plusSeconds(60L * minute), number));
        }
      }
      comings.sort((one, other) -> one.at().compareTo(other.at()));
      for (Coming coming : comings) {
        if (coming.at().isAfter(visitors.clock.instant())) {
          visitors.clock.set(coming.at().toString());
        }
        visit(browsers.get(coming.number()), coming.number(), coming.number() < consenting);
        visitors.recognition.expire();
      }
      returns.flush().await();
    }
    visitors.clock.set(
        FIRST.plusDays(DAYS).atStartOfDay(site.zone()).plusHours(2).toInstant().toString());
    returns.flush().await();
    store();
  }

  private record Coming(Instant at, int number) {}

  /** Three pages at least, so that a cookie given with the first is brought by the others. */
  private void visit(FakeBrowser browser, int number, boolean consents) {
    Boolean said = consents ? true : null;
    if (random.nextInt(4) == 0) {
      Recognised one = browser.request(FakeVisitors.VIEW, said);
      Recognised other = browser.request(FakeVisitors.VIEW, said);
      boolean inOrder = random.nextBoolean();
      browser.takes(inOrder ? one : other, said);
      browser.takes(inOrder ? other : one, said);
      note(one, number);
      note(other, number);
    } else {
      note(browser.views(said), number);
    }
    note(browser.views(said), number);
    visitors.clock.move(Duration.ofMinutes(random.nextInt(4)));
    note(browser.views(said), number);
  }

  private void note(Recognised recognised, int browser) {
    long[] visit =
        visits.computeIfAbsent(
            recognised.visit(),
            none -> new long[] {recognised.visitor(), recognised.at().getEpochSecond(), 0});
    visit[2] |= recognised.byCookie() ? 1 : 0;
    LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond(visit[1]), site.zone());
    browsersByDay.computeIfAbsent(day, none -> new HashSet<>()).add(browser);
  }

  private void store() {
    new Partitions(database.pool()).ensure(FIRST, FIRST.plusDays(DAYS)).await();
    List<Tuple> rows = new ArrayList<>();
    visits.forEach(
        (number, visit) -> {
          Instant began = Instant.ofEpochSecond(visit[1]);
          rows.add(
              Tuple.of(
                  number,
                  visit[0],
                  began.atOffset(ZoneOffset.UTC).withMinute(0).withSecond(0),
                  site.id().value(),
                  LocalDate.ofInstant(began, site.zone()),
                  visit[2] == 1));
        });
    database
        .pool()
        .preparedQuery(
            """
            insert into visit (id, visitor, hour, site_id, day, views, events, seconds, bounced, steps,
              by_cookie)
            values ($1, $2, $3, $4, $5, 1, 0, 0, true, '\\x0000000100000000', $6)
            """)
        .executeBatch(rows)
        .await();
  }

  private long truth(LocalDate from, LocalDate to) {
    Set<Integer> browsers = new HashSet<>();
    from.datesUntil(to.plusDays(1))
        .forEach(day -> browsers.addAll(browsersByDay.getOrDefault(day, Set.of())));
    return browsers.size();
  }

  private JsonObject ask(String metrics, LocalDate from, LocalDate to, String dimensions) {
    String question =
        "{'site_id':'example.com','metrics':%s,'date_range':['%s','%s'],'dimensions':%s}"
            .formatted(metrics, from, to, dimensions);
    return TestQueries.answer(stats, site, question.replace('\'', '"'));
  }

  private static JsonArray figures(JsonObject answer) {
    return answer.getJsonArray("results").getJsonObject(0).getJsonArray("metrics");
  }

  private static long figure(JsonObject answer) {
    return figures(answer).getLong(0);
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }
}
