package dk.sporlos.transfer;

import static dk.sporlos.transfer.ImportServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.fold.Horizon;
import dk.sporlos.seal.Check;
import dk.sporlos.seal.Retention;
import dk.sporlos.seal.Seals;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.stats.Stats;
import dk.sporlos.stats.TestQueries;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imports of days of which no visits are kept. */
class ImportedTotalsTest {
  private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");
  private static final String SEPTEMBER = "'date_range':['2026-09-01','2026-09-30']";
  private static final String COUNTS =
      "'metrics':['visitors','visits','pageviews','events','bounce_rate','visit_duration'],";

  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-26T12:00:00Z"));
  private TestPool database;
  private SiteStore sites;
  private Site site;
  private Site strict;
  private Imports imports;
  private ImportServer server;

  @BeforeEach
  void open() {
    database = TestPool.of(TestDatabase.create());
    sites = new SiteStore(database.pool());
    site = add("example.com", Profile.DK);
    strict = add("strict.example", Profile.STRICT);
    imports = new Imports(database.pool());
    server = new ImportServer(database.vertx(), database.pool(), clock, site, strict);
  }

  private Site add(String domain, Profile profile) {
    return Objects.requireNonNull(sites.add(domain, COPENHAGEN, false, profile).await());
  }

  @AfterEach
  void close() {
    server.close();
    database.close();
  }

  @Test
  void daysWhoseVisitsAreDeletedAnswerAsIfTheirVisitsWereThere() {
    send(weekOf("example.com"));
    seal();
    List<JsonArray> kept = answers(site);
    assertThat(imports.undo(id()).await()).isNotNull();
    seal();
    visitsOfSeptemberAreDeleted();

    HttpResponse<String> sent = send(weekOf("example.com"));

    assertThat(json(sent).getString("totals_only_until")).isEqualTo("2026-09-14");
    assertThat(answers(site)).isEqualTo(kept);
    assertThat(kept.get(0).encode()).contains("[15,20,40,50,");
    assertThat(texts("select id::text as text from visit")).isEmpty();
    assertThat(texts("select day::text as text from event")).isEmpty();
    seal();
    assertThat(answers(site)).isEqualTo(kept);
  }

  @Test
  void totalsAreAddedToThoseThatTheDaysHave() {
    send(weekOf("example.com"));
    seal();
    visitsOfSeptemberAreDeleted();
    say("delete from visit");
    List<Integer> once = counts(site);

    send(weekOf("example.com"));

    assertThat(counts(site)).isEqualTo(once.stream().map(figure -> 2 * figure).toList());
  }

  @Test
  void anImportKeepsTheVisitsOfLaterDays() {
    say("update site set visits_complete_from = '2026-09-12'");

    HttpResponse<String> sent = send(weekOf("example.com"));

    assertThat(json(sent).getString("totals_only_until")).isEqualTo("2026-09-11");
    assertThat(texts("select distinct day::text as text from visit order by 1"))
        .containsExactly("2026-09-12", "2026-09-13", "2026-09-14");
    assertThat(texts("select distinct day::text as text from daily order by 1"))
        .containsExactly("2026-09-10", "2026-09-11");
    assertThat(counts(site)).startsWith(15, 20, 40, 10);
  }

  @Test
  void visitsThatAreDeletedWhileTheyAreImportedLeaveTotals() {
    SqlConnection retention = database.pool().getConnection().await();
    Transaction deleting = retention.begin().await();
    retention.query("update site set visits_complete_from = '2026-09-13'").execute().await();

    CompletableFuture<HttpResponse<String>> sending =
        CompletableFuture.supplyAsync(() -> send(weekOf("example.com")));
    awaitBlocked();
    deleting.commit().await();
    retention.close().await();
    HttpResponse<String> sent = sending.join();

    assertThat(json(sent).getString("totals_only_until")).as(sent.body()).isEqualTo("2026-09-12");
    assertThat(texts("select distinct day::text as text from visit order by 1"))
        .containsExactly("2026-09-13", "2026-09-14");
    assertThat(texts("select id::text as text from import")).hasSize(1);
    seal();
    assertThat(counts(site)).containsExactly(15, 20, 40, 10);
  }

  @Test
  void anImportOfTotalsIsTakenBackWhole() {
    say("update site set visits_complete_from = '2026-11-01'");
    send(weekOf("example.com"));
    int first = id();
    List<Integer> once = counts(site);
    send(weekOf("example.com"));
    seal();

    imports.undo(id()).await();

    assertThat(counts(site)).isEqualTo(once);
    seal();
    assertThat(counts(site)).isEqualTo(once);
    imports.undo(first).await();
    assertThat(texts("select day::text as text from daily")).isEmpty();
    assertThat(texts("select month::text as text from monthly")).isEmpty();
    assertThat(counts(site)).startsWith(0, 0, 0, 0);
  }

  @Test
  void importAndUndoWaitForWhoeverChangesTotals() {
    say("update site set visits_complete_from = '2026-11-01'");
    SqlConnection sealing = database.pool().getConnection().await();
    Transaction held = sealing.begin().await();
    sealing.query("select pg_advisory_xact_lock(7310004)").execute().await();

    CompletableFuture<HttpResponse<String>> sent =
        CompletableFuture.supplyAsync(() -> send(weekOf("example.com")));
    awaitBlocked();
    held.commit().await();
    assertThat(sent.join().statusCode()).isEqualTo(200);

    Transaction again = sealing.begin().await();
    sealing.query("select pg_advisory_xact_lock(7310004)").execute().await();
    Future<?> undone = imports.undo(id());
    awaitBlocked();
    again.commit().await();
    sealing.close().await();
    undone.await();

    assertThat(counts(site)).containsExactly(0, 0, 0, 0);
  }

  @Test
  void theMonthIsSummedAgainAndTheCheckFindsNothing() {
    say("update site set visits_complete_from = '2026-11-01'");
    send(weekOf("example.com"));
    seal();
    assertThat(months()).containsExactly("2026-09-01");
    int before = sources().getInteger("months");
    send(weekOf("example.com"));
    assertThat(months()).isEmpty();

    seal();

    assertThat(before).isEqualTo(1);
    assertThat(months()).containsExactly("2026-09-01");
    assertThat(sources().getInteger("months")).isEqualTo(1);
    assertThat(counts(site)).startsWith(30, 40, 80, 20);
    assertThat(differences()).isEmpty();
    say("update monthly set views[1] = views[1] + 1 where dimension = 0 and origin = " + id());
    assertThat(differences()).extracting(Check.Difference::figure).containsExactly("views");
  }

  @Test
  void aSiteThatRecognisesNobodyGetsPageViewsOfFinishedDays() {
    HttpResponse<String> sent = send(weekOf("strict.example"));

    assertThat(json(sent).getString("totals_only_until")).isEqualTo("2026-09-14");
    assertThat(texts("select id::text as text from visit")).isEmpty();
    JsonArray row = ask(strict, COUNTS + SEPTEMBER).getJsonObject(0).getJsonArray("metrics");
    assertThat(row.encode()).isEqualTo("[null,null,40,50,null,null]");
    JsonArray pages =
        ask(strict, "'metrics':['pageviews'],'dimensions':['event:page']," + SEPTEMBER);
    assertThat(pages.encode()).contains("\"/a\"", "\"/b\"");
    seal();
    assertThat(ask(strict, "'metrics':['pageviews'],'dimensions':['event:page']," + SEPTEMBER))
        .isEqualTo(pages);
  }

  @Test
  void aSiteThatRecognisesNobodyGetsNothingOfADayThatGoesOn() {
    HttpResponse<String> sent = send(view("strict.example", "anna", "2026-11-26T09:00:00Z", "/"));

    assertThat(sent.statusCode()).isEqualTo(409);
    assertThat(json(sent).getString("title")).isEqualTo("days-not-over");
    assertThat(json(sent).getString("detail")).contains("2026-11-25");
    assertThat(texts("select id::text as text from import")).isEmpty();
  }

  @Test
  void hitsThatWaitForTheirDayToBeSealedAreNotForgottenForAnImport() {
    say(
        """
        insert into hit (site_id, visit, visitor, at, step, kind, page_id, slot, interactive, by_cookie,
          engaged_ms)
        values (%d, 0, 0, '2026-11-25T10:00:00Z', 0, 0, 1, 8, true, false, 0)
        """
            .formatted(strict.id().value()));
    String line = view("strict.example", "anna", "2026-11-25T09:00:00Z", "/");

    HttpResponse<String> early = send(line);
    seal();
    HttpResponse<String> later = send(line);

    assertThat(json(early).getString("title")).isEqualTo("days-not-sealed");
    assertThat(later.statusCode()).as(later.body()).isEqualTo(200);
    JsonArray row = ask(strict, "'metrics':['pageviews'],'date_range':['2026-11-25','2026-11-25']");
    assertThat(row.getJsonObject(0).getJsonArray("metrics").encode()).isEqualTo("[2]");
  }

  @Test
  void sealingADayAgainLeavesTheTotalsOfImports() {
    send(weekOf("strict.example"));
    JsonArray before = ask(strict, "'metrics':['pageviews']," + SEPTEMBER);

    seals().seal(strict, LocalDate.parse("2026-09-10"), LocalDate.parse("2026-09-14")).await();

    assertThat(ask(strict, "'metrics':['pageviews']," + SEPTEMBER)).isEqualTo(before);
  }

  /** Of three visitors a day, one of whom comes twice; the first one orders, twice. */
  private static String[] weekOf(String domain) {
    return Stream.of("10", "11", "12", "13", "14")
        .flatMap(
            day ->
                Stream.of("anna 08:00", "bent 09:30", "carl 21:00", "anna 14:00")
                    .flatMap(
                        visit -> {
                          String[] words = visit.split(" ", -1);
                          String at = "2026-09-%sT%s".formatted(day, words[1]);
                          return Stream.of(
                              view(domain, words[0], at + ":00Z", "/a"),
                              view(domain, words[0], at + ":40Z", "/b"),
                              words[0].equals("anna")
                                  ? view(domain, words[0], at + ":50Z", "/b")
                                      .replace("{", "{'name':'Order','props':{'plan':'x'},")
                                  : "");
                        }))
        .toArray(String[]::new);
  }

  private static String view(String domain, String visitor, String at, String path) {
    return "{'site':'%1$s','visitor':'%2$s','at':'%3$s','url':'https://%1$s%4$s'}"
        .formatted(domain, visitor, at, path);
  }

  private HttpResponse<String> send(String... lines) {
    return server.send(lines);
  }

  private int id() {
    return Integer.parseInt(texts("select max(id)::text as text from import").get(0));
  }

  private Seals seals() {
    return new Seals(
        database.pool(), database.pool(), sites, Horizon.of(clock), clock, (of, late) -> {});
  }

  private void seal() {
    seals().run().await();
  }

  private void visitsOfSeptemberAreDeleted() {
    say("update site set visits_complete_from = '2026-10-01'");
    new Retention(database.pool(), database.pool(), sites, clock).run().await();
  }

  private List<String> months() {
    return texts(
        "select month::text as text from sealed_month where site_id = %d order by 1"
            .formatted(site.id().value()));
  }

  private List<Check.Difference> differences() {
    return new Check(database.pool())
        .differences(site, LocalDate.parse("2026-09-01"), LocalDate.parse("2026-09-30"))
        .await();
  }

  private List<JsonArray> answers(Site of) {
    return Stream.of(
            COUNTS + SEPTEMBER,
            "'metrics':['visitors','pageviews'],'dimensions':['time:day']," + SEPTEMBER,
            "'metrics':['visitors','pageviews','bounce_rate'],'dimensions':['event:page'],"
                + SEPTEMBER,
            "'metrics':['events'],'dimensions':['event:name']," + SEPTEMBER,
            "'metrics':['visits'],'dimensions':['visit:entry_page']," + SEPTEMBER)
        .map(question -> ask(of, question))
        .toList();
  }

  private List<Integer> counts(Site of) {
    JsonArray metrics =
        ask(of, "'metrics':['visitors','visits','pageviews','events']," + SEPTEMBER)
            .getJsonObject(0)
            .getJsonArray("metrics");
    return List.of(
        metrics.getInteger(0),
        metrics.getInteger(1),
        metrics.getInteger(2),
        metrics.getInteger(3) - metrics.getInteger(2));
  }

  private JsonArray ask(Site of, String question) {
    return answer(of, question).getJsonArray("results");
  }

  private JsonObject sources() {
    return answer(site, "'metrics':['pageviews']," + SEPTEMBER)
        .getJsonObject("meta")
        .getJsonObject("sources");
  }

  private JsonObject answer(Site of, String question) {
    String query = "{'site_id':'%s',%s}".formatted(of.domain(), question);
    return TestQueries.answer(new Stats(database.pool(), clock), of, query.replace('\'', '"'));
  }

  /** Waits until a statement waits for another. */
  private void awaitBlocked() {
    String waiting =
        "select 'x' as text from pg_stat_activity"
            + " where datname = current_database() and wait_event_type = 'Lock'";
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (texts(waiting).isEmpty()) {
      assertThat(System.nanoTime()).as("nothing waits for a lock").isLessThan(patience);
    }
  }

  private List<String> texts(String sql) {
    return StreamSupport.stream(database.pool().query(sql).execute().await().spliterator(), false)
        .map(row -> row.getString("text"))
        .toList();
  }

  private void say(String sql) {
    database.pool().query(sql).execute().await();
  }
}
