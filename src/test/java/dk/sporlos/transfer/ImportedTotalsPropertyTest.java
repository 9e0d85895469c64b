package dk.sporlos.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.fold.Horizon;
import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.Properties;
import dk.sporlos.seal.Seals;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.stats.Stats;
import dk.sporlos.stats.TestQueries;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Random lines: a site whose visits are gone answers as one that keeps them. */
class ImportedTotalsPropertyTest {
  private static final MovableClock CLOCK = new MovableClock(Instant.parse("2026-11-26T12:00:00Z"));
  private static final TestPool DATABASE = TestPool.of(TestDatabase.create());
  private static final SiteStore SITES = new SiteStore(DATABASE.pool());
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static final String OF_SITE =
      "'visitors','visits','pageviews','events','bounce_rate','visit_duration','views_per_visit'";
  private static final String OF_VISITS =
      "'visitors','visits','pageviews','bounce_rate','visit_duration'";
  private static final String OF_PAGES =
      "'visitors','visits','pageviews','time_on_page','scroll_depth'";

  /**
   * A line of what is sent, without its site.
   *
   * @param minute of the five days from 2026-09-10
   */
  record Line(String visitor, int minute, String rest) {
    String of(Site site) {
      return "{'site':'%s','visitor':'%s','at':'%s',%s}"
          .formatted(
              site.domain(),
              visitor,
              Instant.parse("2026-09-10T00:00:00Z").plusSeconds(60L * minute),
              rest.replace("HOST", site.domain()));
    }
  }

  @AfterContainer
  static void close() {
    DATABASE.close();
  }

  @Property(tries = 8, edgeCases = EdgeCasesMode.NONE)
  void totalsOfDaysWhoseVisitsAreGoneSayWhatTheirVisitsWouldSay(@ForAll("lines") List<Line> lines) {
    int number = NUMBERS.incrementAndGet();
    Site keeping = add("keeping-%d.example".formatted(number));
    Site past = add("past-%d.example".formatted(number));
    DATABASE
        .pool()
        .preparedQuery("update site set visits_complete_from = '2026-10-01' where id = $1")
        .execute(Tuple.of(past.id().value()))
        .await();

    try (ImportServer server =
        new ImportServer(DATABASE.vertx(), DATABASE.pool(), CLOCK, keeping, past)) {
      send(server, keeping, lines);
      send(server, past, lines);
    }
    new Seals(DATABASE.pool(), DATABASE.pool(), SITES, Horizon.of(CLOCK), CLOCK, (of, late) -> {})
        .run()
        .await();

    assertThat(visitsOf(past)).isZero();
    assertThat(visitsOf(keeping)).isPositive();
    questions()
        .forEach(
            question ->
                assertThat(answer(past, question))
                    .as(question)
                    .isEqualTo(answer(keeping, question).replace(keeping.domain(), past.domain())));
  }

  private static Site add(String domain) {
    Site site = SITES.add(domain, ZoneId.of("Europe/Copenhagen"), /* demo= */ false).await();
    Site added = Objects.requireNonNull(site);
    new Properties(DATABASE.pool()).add(added.id(), "plan").await();
    Condition ordered = new Condition.EventSent("Order");
    new Goals(DATABASE.pool())
        .add(added.id(), new Goal.Definition("Orders", ordered, Map.of(), null))
        .await();
    return added;
  }

  private static void send(ImportServer server, Site site, List<Line> lines) {
    HttpResponse<String> answer =
        server.send(lines.stream().map(line -> line.of(site)).toArray(String[]::new));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static long visitsOf(Site site) {
    return DATABASE
        .pool()
        .preparedQuery("select count(*) from visit where site_id = $1")
        .execute(Tuple.of(site.id().value()))
        .await()
        .iterator()
        .next()
        .getLong(0);
  }

  private static Stream<String> questions() {
    Stream<String> ofSite = Stream.of("", "time:day", "time:month").map(by -> ask(OF_SITE, by));
    Stream<String> ofVisits =
        Stream.of(
                "visit:entry_page",
                "visit:exit_page",
                "visit:source",
                "visit:channel",
                "visit:country",
                "visit:browser",
                "visit:device")
            .map(by -> ask(OF_VISITS, by));
    Stream<String> ofSteps =
        Stream.of("event:name", "event:props:plan").map(by -> ask("'visitors','events'", by));
    return Stream.of(
            ofSite,
            ofVisits,
            ofSteps,
            Stream.of(
                ask(OF_PAGES, "event:page"),
                ask("'visitors','visits','pageviews'", "event:hostname"),
                ask("'visitors','events','conversion_rate'", "event:goal")))
        .flatMap(questions -> questions);
  }

  private static String ask(String metrics, String by) {
    return "'metrics':[%s],'dimensions':[%s],'date_range':['2026-09-01','2026-09-30']"
        .formatted(metrics, by.isEmpty() ? "" : "'" + by + "'");
  }

  private static String answer(Site site, String question) {
    String query = "{'site_id':'%s',%s}".formatted(site.domain(), question).replace('\'', '"');
    JsonObject answer = TestQueries.answer(new Stats(DATABASE.pool(), CLOCK), site, query);
    return answer.getJsonArray("results").encode();
  }

  /** The first is a page view, so that there is a visit. */
  @Provide
  Arbitrary<List<Line>> lines() {
    return line(view()).list().ofSize(1).flatMap(first -> more().map(more -> joined(first, more)));
  }

  private static List<Line> joined(List<Line> first, List<Line> more) {
    return Stream.concat(first.stream(), more.stream()).toList();
  }

  private Arbitrary<List<Line>> more() {
    return line(Arbitraries.oneOf(view(), view(), event(), engagement())).list().ofMaxSize(60);
  }

  private static Arbitrary<Line> line(Arbitrary<String> rest) {
    return Combinators.combine(
            Arbitraries.of("anna", "bent", "carl", "dina"),
            // Most of the time within some hours, so that visits have more than one step.
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(8 * 60, 10 * 60),
            rest)
        .as((visitor, day, minute, of) -> new Line(visitor, day * 24 * 60 + minute, of));
  }

  private static Arbitrary<String> view() {
    return Combinators.combine(url(), attributes()).as((url, of) -> url + of);
  }

  private static Arbitrary<String> event() {
    return Combinators.combine(
            url(),
            attributes(),
            Arbitraries.of("Order", "Signup"),
            Arbitraries.of("", ",'props':{'plan':'pro'}", ",'props':{'plan':'free','other':'x'}"))
        .as((url, of, name, props) -> "'name':'%s',%s%s%s".formatted(name, url, of, props));
  }

  private static Arbitrary<String> engagement() {
    return Combinators.combine(
            url(),
            Arbitraries.integers().between(1, 300_000),
            Arbitraries.integers().between(0, 100))
        .as(
            (url, millis, scroll) ->
                "'name':'engagement',%s,'engagement_ms':%d,'scroll_depth':%d"
                    .formatted(url, millis, scroll));
  }

  private static Arbitrary<String> url() {
    return Arbitraries.of("/", "/a", "/b/c").map("'url':'https://HOST%s'"::formatted);
  }

  private static Arbitrary<String> attributes() {
    return Arbitraries.of(
        "",
        ",'source':'Google','channel':'Organic Search'",
        ",'country':'DK','browser':'Firefox','device':'Desktop'",
        ",'country':'SE','source':'Bing'");
  }
}
