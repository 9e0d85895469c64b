package dk.sporlos.stats;

import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.fold.Horizon;
import dk.sporlos.fold.Snapshots;
import dk.sporlos.seal.Seals;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Figures of today, read from snapshots of the inbox that two processes make. */
class SnapshotStatsTest {
  private static final Instant BEGAN = Instant.parse("2026-11-24T09:00:00Z");
  private static final String TOTALS =
      "{'site_id':'any','metrics':['visits','pageviews','visitors'],'date_range':'day'}";
  private static final String FILTERED =
      "{'site_id':'any','metrics':['visits','pageviews','visitors'],'date_range':'day',"
          + "'filters':[['is','event:page',['/a']]]}";

  private final MovableClock clock = new MovableClock("2026-11-24T12:00:00Z");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Vertx vertx;
  private TestSites sites;
  private Site site;
  private Snapshots snapshots;
  private Stats stats;

  @BeforeEach
  void create() {
    vertx = Vertx.vertx();
    sites = TestSites.create(vertx).month("2026-11");
    site = sites.site("example.com", "UTC");
    snapshots = sites.snapshots(clock);
    stats = stats(snapshots);
  }

  @AfterEach
  void close() {
    sites.close();
    vertx.close().await();
  }

  private Stats stats(Snapshots of) {
    return new Stats(sites.pool(), new Reads(sites.pool(), of), clock, new SimpleMeterRegistry());
  }

  @Test
  void sayAsOfWhenTheyAreAndStayUntilTheNextSnapshot() {
    sites.open(site, aVisit("2026-11-24T09:00:00Z").views("/a"));
    assertThat(figures(stats, TOTALS)).isEqualTo("[1,1,1]");
    sites.open(site, aVisit("2026-11-24T09:10:00Z").views("/a", "/b"));

    clock.move(Duration.ofSeconds(8));
    JsonObject answer = ask(stats, FILTERED);

    assertThat(metrics(answer)).isEqualTo("[1,1,1]");
    assertThat(answer.getJsonObject("meta").getString("data_to")).isEqualTo("2026-11-24T12:00:00Z");

    clock.move(Duration.ofSeconds(13));
    answer = ask(stats, FILTERED);

    assertThat(metrics(answer)).isEqualTo("[2,2,2]");
    assertThat(answer.getJsonObject("meta").getString("data_to")).isEqualTo("2026-11-24T12:00:21Z");
  }

  @Test
  void visitsCountOnceAndAlwaysWhileTheyAreFoldedAndSnapshotsAreMade() {
    int visits = 2_000;
    sites.open(
        site,
        IntStream.range(0, visits)
            .mapToObj(i -> aVisit(BEGAN.plusSeconds(i % 600).toString()).views("/a", "/b"))
            .toArray(TestVisit[]::new));
    Snapshots elsewhere = sites.snapshots(clock);
    Stats others = stats(elsewhere);
    Set<String> seen = new HashSet<>();
    int folded = 0;
    for (int first = 1; first <= visits; first += 100) {
      clock.move(Duration.ofSeconds(first % 500 == 1 ? 25 : 4));
      Future<Integer> folding = fold(first, first + 99);
      Future<Void> refreshing = Future.all(snapshots.refresh(), elsewhere.refresh()).mapEmpty();
      Future<JsonObject> here = asking(stats, TOTALS);
      seen.add(figures(others, FILTERED));
      seen.add(metrics(here.await()));
      seen.add(figures(stats, FILTERED));
      if (first % 700 == 1) {
        refreshing.await();
      }
      folded += folding.await();
    }

    assertThat(folded).isEqualTo(visits);
    seen.add(figures(stats, TOTALS));
    assertThat(seen).containsExactlyInAnyOrder("[2000,4000,2000]", "[2000,2000,2000]");
  }

  private Future<Integer> fold(int first, int last) {
    Future<Integer> folded = Future.succeededFuture(0);
    for (int from = first; from <= last; from += 25) {
      int next = from;
      folded =
          folded.compose(
              before -> sites.fold(site, BEGAN, next, next + 24).map(rows -> before + rows));
    }
    return folded;
  }

  @Test
  void finishedDaysNeedNoSnapshot() {
    sites.ended(site, aVisit("2026-11-20T09:00:00Z").views("/a"));
    sites.open(site, aVisit("2026-11-24T09:00:00Z").views("/a"));
    new Seals(
            sites.pool(),
            sites.pool(),
            new SiteStore(sites.pool()),
            Horizon.of(clock),
            clock,
            (of, late) -> {})
        .run()
        .await();

    assertThat(figures(stats, FILTERED.replace("'day'", "['2026-11-20','2026-11-21']")))
        .isEqualTo("[1,1,1]");

    assertThat(snapshotsThere()).isZero();
  }

  @Test
  void whoWaitsTooLongForTheFirstIsToldToComeAgain() {
    Refusal refusal = Refusal.of(new Reads.NotReadyException(), -1);

    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.message()).contains("try again in a moment");
  }

  @Test
  void aSnapshotThatWentIsMadeAnew() {
    sites.open(site, aVisit("2026-11-24T09:00:00Z").views("/a"));
    assertThat(figures(stats, TOTALS)).isEqualTo("[1,1,1]");
    sites.pool().query("truncate snapshot, open_visit, open_event, folded_visit").execute().await();

    assertThat(figures(stats, TOTALS)).isEqualTo("[1,1,1]");
    assertThat(snapshotsThere()).isEqualTo(1);
  }

  @Test
  void areOfTheReplicaUnlessTheInboxIsTooLargeToBeReadForOneQuestion() {
    sites.open(site, aVisit("2026-11-24T09:00:00Z").views("/a"));
    try (TestSites replica = TestSites.create(vertx)) {
      Site same = replica.site("example.com", "UTC");
      replica.open(same, aVisit("2026-11-24T09:00:00Z").views("/a", "/b"));
      replica
          .pool()
          .query(
              "insert into node (id, name, started_at, seen_at) values (gen_random_uuid(), 'one',"
                  + " '2026-11-24 11:59:59Z', '2026-11-24 11:59:59Z')")
          .execute()
          .await();
      Reads reads = new Reads(sites.pool(), replica.pool(), snapshots, clock, meters);
      Stats both = new Stats(sites.pool(), reads, clock, meters);
      assertThat(figures(both, TOTALS)).isEqualTo("[1,2,1]");

      replica
          .pool()
          .query(
              "insert into hit (site_id, slot, visit, visitor, at, step, kind, page_id, engaged_ms,"
                  + " interactive, by_cookie) select "
                  + same.id().value()
                  + ", 0, 1000 + i, i, '2026-11-24 09:00Z', 0, 0, 1, 0, true, false"
                  + " from generate_series(1, 20000) as i")
          .execute()
          .await();

      assertThat(figures(both, TOTALS)).isEqualTo("[1,1,1]");
      assertThat(meters.get("sporlos.replica.questions").tag("outcome", "today").counter().count())
          .isEqualTo(1);
    }
  }

  private long snapshotsThere() {
    return sites
        .pool()
        .query("select count(*) from snapshot")
        .execute()
        .await()
        .iterator()
        .next()
        .getLong(0);
  }

  private String figures(Stats of, String question) {
    return metrics(ask(of, question));
  }

  private JsonObject ask(Stats of, String question) {
    return asking(of, question).await();
  }

  private Future<JsonObject> asking(Stats of, String question) {
    return of.answer(site, QueryParser.parse(new JsonObject(question.replace('\'', '"'))))
        .map(Answer::json);
  }

  private static String metrics(JsonObject answer) {
    return answer.getJsonArray("results").getJsonObject(0).getJsonArray("metrics").encode();
  }
}
