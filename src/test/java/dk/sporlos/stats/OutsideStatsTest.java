package dk.sporlos.stats;

import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.fold.Horizon;
import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.seal.Seals;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteSettings;
import dk.sporlos.site.SiteStore;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What outsiders are told of visits that were sealed. */
class OutsideStatsTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-17T11:00:00Z"), ZoneOffset.UTC);
  private static final String COUNTS = "'metrics':['visitors','visits','pageviews','events']";

  private static TestSites sites;
  private static Site site;
  private static Seals seals;

  @BeforeAll
  static void create() {
    sites = TestSites.create(VERTX).month("2026-03");
    site = sites.site("example.com", "Europe/Copenhagen");
    new Goals(sites.pool())
        .add(
            site.id(),
            new Goal.Definition("Bought", new Condition.EventSent("Buy"), Map.of(), null))
        .await();
    for (int day = 12; day <= 17; day++) {
      sites.ended(site, day(day));
    }
    seals =
        new Seals(
            sites.pool(),
            sites.pool(),
            new SiteStore(sites.pool()),
            Horizon.of(CLOCK),
            CLOCK,
            (which, count) -> {});
    seals.seal(site, LocalDate.parse("2026-03-12"), LocalDate.parse("2026-03-17")).await();
  }

  /** 23 visits from Denmark of one page or two, 7 from Sweden, one from Norway. */
  private static TestVisit[] day(int day) {
    String at = "2026-03-%02dT12:00:00+01:00".formatted(day);
    List<TestVisit> visits = new ArrayList<>();
    visits.addAll(
        Collections.nCopies(13, aVisit(at).views("/").with(Dimension.VISIT_COUNTRY, "DK")));
    visits.addAll(
        Collections.nCopies(10, aVisit(at).views("/", "/a").with(Dimension.VISIT_COUNTRY, "DK")));
    visits.addAll(
        Collections.nCopies(
            7, aVisit(at).views("/a").does("Buy", "/a").with(Dimension.VISIT_COUNTRY, "SE")));
    visits.add(aVisit(at).views("/secret").with(Dimension.VISIT_COUNTRY, "NO"));
    List<TestVisit> people = new ArrayList<>();
    for (TestVisit visit : visits) {
      people.add(visit.by(day * 1_000L + people.size()));
    }
    return people.toArray(TestVisit[]::new);
  }

  @AfterAll
  static void close() {
    sites.close();
    VERTX.close().await();
  }

  @Test
  void figuresAreMultiplesOfTheBaseAndNearTheTruth() {
    long[] exact = {31, 31, 41, 48};

    JsonArray day = figures(answer(site, COUNTS + ",'date_range':['2026-03-12','2026-03-12']"), 0);

    for (int i = 0; i < exact.length; i++) {
      assertThat(day.getLong(i) % 5).isZero();
      assertThat(day.getLong(i)).isBetween(exact[i] - 4, exact[i] + 4);
    }
  }

  @Test
  void saysToWhatItIsRounded() {
    assertThat(
            answer(site, COUNTS + ",'date_range':'7d'")
                .getJsonObject("meta")
                .getInteger("rounded_to"))
        .isEqualTo(5);
  }

  @Test
  void aRangeIsTheSumOfItsDays() {
    for (String by : List.of("visit:country", "event:page", "event:name", "event:goal")) {
      String dimension = ",'dimensions':['%s']".formatted(by);
      Map<String, Long> sums = new TreeMap<>();
      for (int day = 12; day <= 16; day++) {
        add(
            answer(
                site,
                "'metrics':['visitors'],'date_range':['2026-03-%1$d','2026-03-%1$d']".formatted(day)
                    + dimension),
            sums);
      }

      Map<String, Long> range = new TreeMap<>();
      add(
          answer(
              site, "'metrics':['visitors'],'date_range':['2026-03-12','2026-03-16']" + dimension),
          range);

      assertThat(range).as(by).isNotEmpty().isEqualTo(sums);
    }
  }

  private static void add(JsonObject answer, Map<String, Long> sums) {
    for (int i = 0; i < answer.getJsonArray("results").size(); i++) {
      JsonObject row = answer.getJsonArray("results").getJsonObject(i);
      sums.merge(
          row.getJsonArray("dimensions").getString(0), figures(answer, i).getLong(0), Long::sum);
    }
  }

  @Test
  void isTheSameForAnotherProcess() {
    String question = COUNTS + ",'date_range':'7d','dimensions':['visit:country']";

    JsonObject once = answer(site, question);

    assertThat(
            ask(new Stats(sites.pool(), CLOCK), new Reader.Outside(site), question)
                .getJsonArray("results"))
        .isEqualTo(once.getJsonArray("results"));
  }

  @Test
  void anotherKeyRoundsDifferently() {
    String question = COUNTS + ",'date_range':'7d','dimensions':['time:day']";
    Buffer key =
        sites
            .pool()
            .query("select key from rounding_key")
            .execute()
            .await()
            .iterator()
            .next()
            .getBuffer("key");

    JsonObject one = answerWith(Buffer.buffer("one key".repeat(5).substring(0, 32)), question);
    JsonObject other = answerWith(Buffer.buffer("another".repeat(5).substring(0, 32)), question);

    setKey(key);
    assertThat(other.getJsonArray("results")).isNotEqualTo(one.getJsonArray("results"));
  }

  private static JsonObject answerWith(Buffer key, String question) {
    setKey(key);
    return ask(new Stats(sites.pool(), CLOCK), new Reader.Outside(site), question);
  }

  private static void setKey(Buffer key) {
    sites.pool().preparedQuery("update rounding_key set key = $1").execute(Tuple.of(key)).await();
  }

  @Test
  void todayIsNotThereThoughItWasSealed() {
    JsonObject answer =
        answer(
            site,
            "'metrics':['pageviews'],'date_range':['2026-03-15','2026-03-17'],'dimensions':['time:day']");

    assertThat(TestServer.rows(answer)).noneMatch(row -> row.startsWith("2026-03-17"));
    assertThat(TestServer.rows(answer)).hasSize(2);
  }

  @Test
  void aDayThatIsNotSealedIsNotThere() {
    Site fresh = sites.site("fresh.dk", "UTC");
    sites.ended(fresh, day(14));

    assertThat(figures(answer(fresh, "'metrics':['pageviews'],'date_range':'7d'"), 0).getLong(0))
        .isZero();
  }

  @Test
  void ordersAndPagesWhatIsShown() {
    JsonObject all =
        answer(
            site,
            "'metrics':['visitors'],'date_range':'7d','dimensions':['visit:country'],"
                + "'include':{'total_rows':true}");
    JsonObject second =
        answer(
            site,
            "'metrics':['visitors'],'date_range':'7d','dimensions':['visit:country'],"
                + "'pagination':{'limit':1,'offset':1}");

    assertThat(TestServer.rows(all).get(0)).startsWith("DK ");
    assertThat(TestServer.rows(all).get(1)).startsWith("SE ");
    assertThat(all.getJsonObject("meta").getInteger("total_rows"))
        .isEqualTo(TestServer.rows(all).size());
    assertThat(TestServer.rows(second)).containsExactly(TestServer.rows(all).get(1));
  }

  @Test
  void ratesAreThoseOfRoundedFigures() {
    JsonArray figures =
        figures(
            answer(site, "'metrics':['visits','pageviews','views_per_visit'],'date_range':'7d'"),
            0);

    assertThat(figures.getDouble(2))
        .isEqualTo(Math.round(100.0 * figures.getLong(1) / figures.getLong(0)) / 100.0);
  }

  @Test
  void comparesWithAnEarlierPeriod() {
    JsonObject answer =
        answer(
            site,
            "'metrics':['visitors'],'date_range':['2026-03-14','2026-03-15'],"
                + "'include':{'comparisons':{'mode':'previous_period'}}");
    JsonObject earlier =
        answer(site, "'metrics':['visitors'],'date_range':['2026-03-12','2026-03-13']");

    assertThat(
            answer
                .getJsonArray("results")
                .getJsonObject(0)
                .getJsonObject("comparison")
                .getJsonArray("metrics"))
        .isEqualTo(figures(earlier, 0));
  }

  @Test
  void aSegmentIsAllThatIsCounted() {
    Reader.Outside swedes =
        new Reader.Outside(site, new JsonArray("[[\"is\",\"visit:country\",[\"SE\"]]]"));
    Stats stats = new Stats(sites.pool(), CLOCK);

    JsonObject pages =
        ask(stats, swedes, "'metrics':['visitors'],'date_range':'7d','dimensions':['event:page']");
    JsonObject whole = ask(stats, swedes, "'metrics':['visitors'],'date_range':'7d'");
    JsonObject countries =
        answer(site, "'metrics':['visitors'],'date_range':'7d','dimensions':['visit:country']");

    assertThat(TestServer.rows(pages)).hasSize(1);
    assertThat(TestServer.rows(pages).get(0)).startsWith("/a ");
    assertThat("SE " + figures(whole, 0).getLong(0)).isIn(TestServer.rows(countries));
  }

  @Test
  void withoutVisitsNobodyKnowsWhoIsInASegment() {
    Site old = sites.site("old.dk", "Europe/Copenhagen");
    sites.ended(old, day(12));
    seals.seal(old, LocalDate.parse("2026-03-12"), LocalDate.parse("2026-03-12")).await();
    sites
        .pool()
        .preparedQuery("update site set visits_complete_from = '2026-03-13' where id = $1")
        .execute(Tuple.of(old.id().value()))
        .await();
    Reader.Outside swedes =
        new Reader.Outside(old, new JsonArray("[[\"is\",\"visit:country\",[\"SE\"]]]"));
    Stats stats = new Stats(sites.pool(), CLOCK);

    assertThatThrownBy(
            () ->
                ask(
                    stats,
                    swedes,
                    "'metrics':['visitors'],'date_range':['2026-03-12','2026-03-12'],"
                        + "'dimensions':['event:page']"))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("ask from 2026-03-13 on");
    assertThat(
            ask(
                    stats,
                    swedes,
                    "'metrics':['visitors'],'date_range':'7d','dimensions':['event:page']")
                .getJsonObject("meta")
                .getString("data_from"))
        .isEqualTo("2026-03-13");
    assertThat(figures(answer(old, "'metrics':['visitors'],'date_range':'7d'"), 0).getLong(0))
        .isPositive();
  }

  @Test
  void aSiteMaySayThatOutsidersGetExactFigures() {
    Site exact =
        site.with(SiteSettings.read(Profile.DK, Map.of("rounding", "1"), unreadable -> {}));

    assertThat(
            figures(answer(exact, COUNTS + ",'date_range':['2026-03-12','2026-03-12']"), 0)
                .encode())
        .isEqualTo("[31,31,41,48]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'filters':[['is','visit:country',['DK']]] | leave `filters` out",
        "'dimensions':['visit:country','event:page'] | by one of the dimensions",
        "'dimensions':['time:day','event:page'] | by one of the dimensions",
        "'dimensions':['time:hour'] | ask by `time:day`",
        "'metrics':['people'] | Metric `people`",
        "'metrics':['new_visitors'] | Metric `new_visitors`",
        "'metrics':['total_revenue'],'dimensions':['event:goal'] | Metric `total_revenue`",
        "'date_range':'24h' | a range of days",
        "'date_range':['2026-03-12T10:00:00Z','2026-03-12T11:00:00Z'] | a range of days"
      })
  void saysWhatOutsidersMayNotAsk(String members, String remedy) {
    JsonObject document = TestServer.json("{%s}".formatted(members));

    assertThatThrownBy(
            () ->
                answer(
                    site,
                    (document.containsKey("metrics") ? "" : "'metrics':['visitors'],")
                        + (document.containsKey("date_range") ? "" : "'date_range':'7d',")
                        + members))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageStartingWith("Shared links, public pages and tokens of scope `outside` get")
        .hasMessageContaining(remedy);
  }

  @Test
  void timeOfOneDayIsThatDay() {
    assertThat(
            TestServer.rows(
                answer(
                    site,
                    "'metrics':['visitors'],'date_range':['2026-03-12','2026-03-12'],'dimensions':['time']")))
        .singleElement()
        .asString()
        .startsWith("2026-03-12 ");
  }

  private static JsonObject answer(Site of, String members) {
    return ask(new Stats(sites.pool(), CLOCK), new Reader.Outside(of), members);
  }

  private static JsonObject ask(Stats stats, Reader reader, String members) {
    JsonObject document =
        TestServer.json("{'site_id':'%s',%s}".formatted(reader.site().domain(), members));
    return stats.answer(reader, QueryParser.parse(document)).await().json();
  }

  private static JsonArray figures(JsonObject answer, int row) {
    return answer.getJsonArray("results").getJsonObject(row).getJsonArray("metrics");
  }
}
