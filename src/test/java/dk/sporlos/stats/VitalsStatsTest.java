package dk.sporlos.stats;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Action;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Vital;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures of vitals, against the values that were counted, which nobody keeps. */
class VitalsStatsTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Copenhagen");
  private static final String ALL =
      "'lcp','lcp_good','lcp_needs_work','lcp_poor','inp','inp_good','inp_needs_work','inp_poor',"
          + "'cls','cls_good','cls_needs_work','cls_poor','ttfb','ttfb_good','ttfb_needs_work',"
          + "'ttfb_poor'";

  /** A view as the browser measured it. */
  private record View(LocalDate day, String path, String device, Map<Vital, Double> values) {}

  private static final List<View> VIEWS = new ArrayList<>();
  private static TestPool database;
  private static Site site;
  private static Stats stats;

  @BeforeAll
  static void measure() {
    database = TestPool.of(TestDatabase.create());
    site =
        Objects.requireNonNull(
            new SiteStore(database.pool()).add("example.com", ZONE, false).await());
    stats = new Stats(database.pool(), new MovableClock("2026-11-24T12:00:00Z"));
    Random random = new Random(7);
    List<Hit> hits = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      Instant at =
          Instant.parse("2026-11-24T12:00:00Z").minusSeconds(random.nextInt(20 * 24 * 3600));
      Map<Vital, Double> values = new EnumMap<>(Vital.class);
      for (Vital vital : Vital.values()) {
        if (random.nextInt(4) > 0) {
          double typical = vital == Vital.CLS ? 0.1 : 600;
          values.put(vital, typical * Math.exp(1.2 * random.nextGaussian()));
        }
      }
      View view =
          new View(
              LocalDate.ofInstant(at, ZONE),
              List.of("/", "/a", "/b").get(random.nextInt(3)),
              List.of("Desktop", "Mobile", "").get(random.nextInt(3)),
              values);
      VIEWS.add(view);
      Map<Vital, Integer> buckets = new EnumMap<>(Vital.class);
      values.forEach((vital, value) -> buckets.put(vital, vital.bucket(value)));
      hits.add(
          aHit()
              .site(site.id())
              .visit(0)
              .at(at)
              .path(view.path())
              .action(new Action.Vitals(buckets, view.device()))
              .build());
    }
    new Inbox(database.pool(), new SimpleMeterRegistry()).write(hits).await();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void areThoseOfTheViewsThatWereCounted() {
    check("", view -> true, view -> "");
    check("'dimensions':['event:page'],", view -> true, View::path);
    check("'dimensions':['visit:device'],", view -> true, view -> shown(view.device()));
    check("'dimensions':['time:day'],", view -> true, view -> view.day().toString());
    check(
        "'dimensions':['time:month','event:page'],",
        view -> true,
        view -> view.day().withDayOfMonth(1) + " " + view.path());
  }

  @Test
  void areThoseOfTheViewsThatFiltersLetCount() {
    check("'filters':[['is','event:page',['/a']]],", view -> view.path().equals("/a"), view -> "");
    check(
        "'filters':[['is_not','visit:device',['Mobile']],['contains','event:page',['a','b']]],"
            + "'dimensions':['event:page'],",
        view -> !view.device().equals("Mobile") && !view.path().equals("/"),
        View::path);
    check(
        "'filters':[['or',[['matches','visit:device',['^\\\\(']],['is','event:page',['/b']]]]],",
        view -> view.device().isEmpty() || view.path().equals("/b"),
        view -> "");
    check("'filters':[['is','event:page',['/none']]],", view -> false, view -> "");
  }

  @Test
  void areComparedWithThoseOfThePeriodBefore() {
    JsonObject row =
        answer(
                "'date_range':['2026-11-18','2026-11-24'],'metrics':['lcp_good','cls'],"
                    + "'include':{'comparisons':{'mode':'previous_period'}}")
            .getJsonArray("results")
            .getJsonObject(0);

    long before =
        VIEWS.stream()
            .filter(view -> !view.day().isBefore(LocalDate.parse("2026-11-11")))
            .filter(view -> view.day().isBefore(LocalDate.parse("2026-11-18")))
            .filter(view -> view.values().getOrDefault(Vital.LCP, 1e9) <= 2_500)
            .count();
    assertThat(row.getJsonObject("comparison").getJsonArray("metrics").getLong(0))
        .isEqualTo(before);
  }

  @Test
  void ofTodayAreOfOneDay() {
    assertThat(
            answer("'date_range':'day','metrics':['lcp'],'dimensions':['time']")
                .getJsonArray("results")
                .getJsonObject(0)
                .getJsonArray("dimensions"))
        .containsExactly("2026-11-24");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'metrics':['lcp','visits'] | Metric `visits` cannot be queried along with web vitals",
        "'metrics':['lcp'],'dimensions':['visit:country'] | with dimension `visit:country`",
        "'metrics':['lcp'],'dimensions':['time:hour'] | with dimension `time:hour`",
        "'metrics':['lcp'],'dimensions':['event:props:a'] | with dimension `event:props:a`",
        "'metrics':['lcp'],'filters':[['not',['is','visit:os',['x']]]] | with filter `visit:os`",
        "'metrics':['lcp'],'filters':[['has_done',['is','event:page',['/']]]] | what else was done",
      })
  void areRefusedWhereNothingIsKnownOfThem(String question, String message) {
    assertThatThrownBy(() -> answer("'date_range':'7d'," + question))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining(message);
  }

  @Test
  void areRefusedForPartsOfDays() {
    assertThatThrownBy(
            () ->
                answer(
                    "'date_range':['2026-11-24T08:00:00Z','2026-11-24T09:00:00Z'],"
                        + "'metrics':['lcp']"))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("over whole days");
  }

  private static String shown(String device) {
    return device.isEmpty() ? "(not set)" : device;
  }

  private static JsonObject answer(String question) {
    return TestQueries.answer(
        stats, site, ("{'site_id':'example.com'," + question + "}").replace('\'', '"'));
  }

  private static void check(String question, Predicate<View> counts, Function<View, String> group) {
    Map<String, List<View>> groups = new TreeMap<>();
    VIEWS.stream()
        .filter(counts)
        .forEach(
            view -> groups.computeIfAbsent(group.apply(view), k -> new ArrayList<>()).add(view));
    if (!question.contains("dimensions")) {
      groups.putIfAbsent("", List.of());
    }
    JsonArray results =
        answer(question + "'date_range':['2026-10-01','2026-11-24'],'metrics':[" + ALL + "]")
            .getJsonArray("results");

    Map<String, JsonArray> rows = new HashMap<>();
    results.stream()
        .map(JsonObject.class::cast)
        .forEach(
            row ->
                rows.put(
                    String.join(
                        " ",
                        row.getJsonArray("dimensions").stream().map(String.class::cast).toList()),
                    row.getJsonArray("metrics")));
    assertThat(rows.keySet()).as(question).isEqualTo(groups.keySet());
    groups.forEach((key, views) -> check(question + key, views, rows.get(key)));
  }

  private static void check(String question, List<View> views, JsonArray metrics) {
    int i = 0;
    for (Vital vital : Vital.values()) {
      int at = 4 * i;
      double good = List.of(2_500.0, 200.0, 0.1, 800.0).get(i);
      double poor = List.of(4_000.0, 500.0, 0.25, 1_800.0).get(i++);
      List<Double> values =
          views.stream()
              .map(View::values)
              .map(v -> v.get(vital))
              .filter(Objects::nonNull)
              .sorted()
              .toList();
      String as = question + " " + vital;

      assertThat(metrics.getLong(at + 1))
          .as(as)
          .isEqualTo(values.stream().filter(v -> v <= good).count());
      assertThat(metrics.getLong(at + 2))
          .as(as)
          .isEqualTo(values.stream().filter(v -> v > good && v <= poor).count());
      assertThat(metrics.getLong(at + 3))
          .as(as)
          .isEqualTo(values.stream().filter(v -> v > poor).count());
      if (values.isEmpty()) {
        assertThat(metrics.getValue(at)).as(as).isNull();
      } else {
        double exact = values.get((int) Math.ceil(0.75 * values.size()) - 1);
        double bound = 0.143 * exact + (vital == Vital.CLS ? 0.001 : 10);
        assertThat(metrics.getDouble(at)).as(as).isCloseTo(exact, within(bound));
      }
    }
  }
}
