package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A game against somebody who has the whole database: they are told that a browser came back, and
 * on which day it was there before, and guess which of that day's visits was its. Rows that are
 * alike in all declared classes can only be told apart by luck.
 */
class LinkingGameTest {

  /*
   * Within the rows of equal classes a guess by luck is right with probability one over their
   * number, so the number of right guesses is a sum of independent trials of known probabilities.
   * The bound lies five standard deviations above what is expected: reached by luck less than once
   * in a million games.
   */
  private static final int DAYS = 14;
  private static final double DEVIATIONS = 5;
  private static final Instant BEGIN = Instant.parse("2026-11-02T00:00:00Z");

  private static final List<String> AGENTS =
      List.of(
          "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"
              + " Safari/537.36",
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0");

  private static final String ROWS =
      """
      select site.domain, visit.day - date '2026-11-02' as day, visit.id, visitor,
        row_number() over (partition by visit.site_id, visit.day order by visit.tableoid, visit.ctid)
          as place_in_day,
        row_number() over (
          partition by visit.site_id, visit.day order by visit.xmin::text::bigint, visit.ctid)
          as turn_in_day,
        visit.xmin::text::bigint % 64 as turn,
        concat_ws('|', browser, browser_version, os, os_version, device, screen, language,
          page.path) as classes,
        event.properties ->> 'truth' as truth
      from visit
      join site on site.id = visit.site_id
      join client on client.site_id = visit.site_id and client.id = visit.client_id
      join page on page.site_id = visit.site_id and page.id = visit.entry_page
      join event on event.site_id = visit.site_id and event.visit = visit.id and event.step = 0
      """;

  /** Sites by how many visits they have in a day. */
  private static final Map<String, Integer> SITES = sites();

  private final Random random = new Random(20261126);
  private final MovableClock clock = new MovableClock(BEGIN);
  private final Map<String, Integer> browserByTruth = new HashMap<>();

  /** A visit as it lies in the database, and whose it was, which the attacker does not see. */
  private record Row(
      String site,
      int day,
      long id,
      long visitor,
      long placeInDay,
      long turnInDay,
      long turn,
      String classes,
      int browser) {

    Row withVisitor(long number) {
      return new Row(site, day, id, number, placeInDay, turnInDay, turn, classes, browser);
    }

    Row withId(long number) {
      return new Row(site, day, number, visitor, placeInDay, turnInDay, turn, classes, browser);
    }
  }

  /** How far two visits are apart to somebody who looks for those of one browser. */
  private interface Strategy {
    double distance(Row one, Row another);
  }

  private static final Map<String, Strategy> STRATEGIES =
      Map.of(
          "near visit numbers", (one, another) -> Math.abs((double) one.id() - another.id()),
          "near visitor numbers",
              (one, another) -> Math.abs((double) one.visitor() - another.visitor()),
          "bits of visitor numbers",
              (one, another) -> Long.bitCount(one.visitor() ^ another.visitor()),
          "bits of visit numbers", (one, another) -> Long.bitCount(one.id() ^ another.id()),
          "visit and visitor number",
              (one, another) ->
                  Math.abs(
                      (double) (one.id() - one.visitor()) - (another.id() - another.visitor())),
          "place among the day's rows",
              (one, another) -> Math.abs(one.placeInDay() - another.placeInDay()),
          "turn among the day's transactions",
              (one, another) -> Math.abs(one.turnInDay() - another.turnInDay()),
          "transaction numbers", (one, another) -> Math.abs(one.turn() - another.turn()));

  private record Score(int right, int games, double expected, double variance) {
    boolean isLuck() {
      return right <= expected + DEVIATIONS * Math.sqrt(variance) + 1e-9;
    }
  }

  @Test
  void visitsOfDifferentDaysOrSitesAreJoinedNoBetterThanByTheirClassesAlone() throws Throwable {
    List<Row> rows = play();

    assertThat(rows).hasSize(SITES.values().stream().mapToInt(Integer::intValue).sum() * DAYS);
    STRATEGIES.forEach(
        (name, strategy) -> {
          Score days = overDays(rows, strategy);
          assertThat(days.games()).isGreaterThan(500);
          assertThat(days.isLuck()).as("%s joins days: %s", name, days).isTrue();
          Score sites = overSites(rows, strategy);
          assertThat(sites.games()).isGreaterThan(50);
          assertThat(sites.isLuck()).as("%s joins sites: %s", name, sites).isTrue();
        });
    assertThatLeaksWin(rows);
  }

  /** The control: numbers that are kept over days, or that are near for one browser. */
  private static void assertThatLeaksWin(List<Row> rows) {
    List<Row> kept = rows.stream().map(row -> row.withVisitor(row.browser())).toList();
    Strategy visitors = STRATEGIES.get("near visitor numbers");
    assertThat(overDays(kept, visitors).isLuck()).isFalse();
    assertThat(overDays(kept, visitors).right()).isEqualTo(overDays(kept, visitors).games());
    assertThat(overSites(kept, visitors).isLuck()).isFalse();

    List<Row> near =
        rows.stream().map(row -> row.withId(row.browser() * 1_000L + row.day())).toList();
    assertThat(overDays(near, STRATEGIES.get("near visit numbers")).isLuck()).isFalse();

    Random few = new Random(1);
    List<Row> sometimes =
        rows.stream()
            .map(row -> few.nextInt(3) == 0 ? row.withVisitor(row.browser()) : row)
            .toList();
    assertThat(overDays(sometimes, visitors).isLuck()).isFalse();
  }

  /** For each visit of a browser that was there before: which visit of that day was it? */
  private static Score overDays(List<Row> rows, Strategy strategy) {
    List<Guess> guesses = new ArrayList<>();
    for (Row row : rows) {
      rows.stream()
          .filter(other -> other.browser() == row.browser() && other.site().equals(row.site()))
          .filter(other -> other.day() < row.day())
          .max((one, another) -> Integer.compare(one.day(), another.day()))
          .ifPresent(before -> guesses.add(new Guess(row, before, alike(rows, row, before))));
    }
    return score(guesses, strategy);
  }

  /** For each visit to one of two sites by a browser that was on the other one that day. */
  private static Score overSites(List<Row> rows, Strategy strategy) {
    List<Guess> guesses = new ArrayList<>();
    for (Row row : rows) {
      rows.stream()
          .filter(other -> other.browser() == row.browser() && other.day() == row.day())
          .filter(other -> other.site().compareTo(row.site()) > 0)
          .forEach(other -> guesses.add(new Guess(row, other, alike(rows, row, other))));
    }
    return score(guesses, strategy);
  }

  private record Guess(Row from, Row right, List<Row> candidates) {}

  /** The visits of the site and day of one that have all classes of another. */
  private static List<Row> alike(List<Row> rows, Row classes, Row where) {
    return rows.stream()
        .filter(row -> row.day() == where.day() && row.site().equals(where.site()))
        .filter(row -> row.classes().equals(classes.classes()))
        .toList();
  }

  private static Score score(List<Guess> guesses, Strategy strategy) {
    Random coin = new Random(7);
    int right = 0;
    double expected = 0;
    double variance = 0;
    for (Guess guess : guesses) {
      List<Row> candidates = new ArrayList<>(guess.candidates());
      Collections.shuffle(candidates, coin);
      Row best =
          Collections.min(
              candidates,
              (one, another) ->
                  Double.compare(
                      strategy.distance(guess.from(), one),
                      strategy.distance(guess.from(), another)));
      right += best.equals(guess.right()) ? 1 : 0;
      double luck = 1.0 / candidates.size();
      expected += luck;
      variance += luck * (1 - luck);
    }
    return new Score(right, guesses.size(), expected, variance);
  }

  /** Two weeks of visits through the front door, folded as they end. */
  private List<Row> play() throws Throwable {
    DatabaseUrl url = TestDatabase.create();
    try (TestPool database = TestPool.of(url)) {
      SITES.keySet().forEach(site -> add(database, site));
      try (RunningApplication application = RunningApplication.on(url, clock, new SecureRandom())) {
        for (int day = 0; day < DAYS; day++) {
          clock.set(BEGIN.plus(Duration.ofDays(day)).plus(Duration.ofHours(8)));
          visit(application);
          clock.move(Duration.ofHours(1));
          eventually(() -> assertThat(hitsOnceItIsLater(database)).isZero());
        }
      }
      return rows(database);
    }
  }

  private static void add(TestPool database, String site) {
    new SiteStore(database.pool()).add(site, ZoneId.of("UTC"), false).await();
  }

  /** A day's visits, of all sites and in any order. */
  private void visit(RunningApplication application) throws Exception {
    List<Map.Entry<String, Integer>> visits = new ArrayList<>();
    SITES.forEach(
        (site, number) -> {
          List<Integer> browsers = new ArrayList<>();
          int first =
              site.startsWith("ten") ? 0 : 1_000 * new ArrayList<>(SITES.keySet()).indexOf(site);
          for (int browser = 0; browser < number * 3 / 2 + 1; browser++) {
            browsers.add(first + browser);
          }
          Collections.shuffle(browsers, random);
          browsers.subList(0, number).forEach(browser -> visits.add(Map.entry(site, browser)));
        });
    Collections.shuffle(visits, random);
    for (Map.Entry<String, Integer> visit : visits) {
      clock.move(Duration.ofSeconds(random.nextInt(5)));
      view(application, visit.getKey(), visit.getValue());
    }
  }

  /** What a browser has of classes is its own over all days; of them it has few. */
  private void view(RunningApplication application, String site, int browser) throws Exception {
    String truth = "t" + Integer.toString(random.nextInt(1 << 28), 36);
    browserByTruth.put(truth, browser);
    HttpResponse<String> answer =
        application.send(
            application
                .request("/b")
                .header("X-Forwarded-For", "81.%d.%d.7".formatted(browser / 250, browser % 250))
                .header("User-Agent", AGENTS.get(browser % AGENTS.size()))
                .header("Accept-Language", browser % 3 == 0 ? "en" : "da")
                .POST(
                    BodyPublishers.ofString(
                        "{\"d\": \"%1$s\", \"u\": \"https://%1$s/%2$s\", \"w\": 1200, \"p\": {\"truth\": \"%3$s\"}}"
                            .formatted(site, browser % 5 == 0 ? "news" : "", truth))));
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("sporlos-ignored")).isEmpty();
  }

  /** Visits that ended rest for a while before they are folded. */
  private long hitsOnceItIsLater(TestPool database) {
    clock.move(Duration.ofSeconds(10));
    return database
        .pool()
        .query("select count(*) from hit")
        .execute()
        .await()
        .iterator()
        .next()
        .getLong(0);
  }

  private List<Row> rows(TestPool database) {
    List<Row> rows = new ArrayList<>();
    database
        .pool()
        .query(ROWS)
        .execute()
        .await()
        .forEach(
            row ->
                rows.add(
                    new Row(
                        row.getString("domain"),
                        row.getInteger("day"),
                        row.getLong("id"),
                        row.getLong("visitor"),
                        row.getLong("place_in_day"),
                        row.getLong("turn_in_day"),
                        row.getLong("turn"),
                        row.getString("classes"),
                        browserByTruth.get(row.getString("truth")))));
    return rows;
  }

  private static Map<String, Integer> sites() {
    Map<String, Integer> sites = new TreeMap<>();
    for (int site = 0; site < 4; site++) {
      sites.put("one" + site + ".example", 1);
      sites.put("three" + site + ".example", 3);
    }
    sites.put("ten0.example", 10);
    sites.put("ten1.example", 10);
    sites.put("hundred.example", 100);
    return Collections.unmodifiableMap(sites);
  }
}
