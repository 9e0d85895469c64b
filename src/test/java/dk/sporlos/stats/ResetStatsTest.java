package dk.sporlos.stats;

import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.fold.Horizon;
import dk.sporlos.seal.Seals;
import dk.sporlos.seal.SiteReset;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers about a site whose figures were forgotten, of a process that had answered before. */
class ResetStatsTest {
  private static final String FINISHED = "['2026-11-01','2026-11-03']";
  private static final String TODAY = "'day'";
  private static final Instant BEGAN = Instant.parse("2026-11-24T11:50:00Z");

  private final MovableClock clock = new MovableClock("2026-11-24T12:00:00Z");
  private Vertx vertx;
  private TestSites sites;
  private Seals seals;
  private Stats stats;
  private Site site;

  @BeforeEach
  void create() {
    vertx = Vertx.vertx();
    sites = TestSites.create(vertx).month("2026-11");
    seals =
        new Seals(
            sites.pool(),
            sites.pool(),
            new SiteStore(sites.pool()),
            Horizon.of(clock),
            clock,
            (dropped, count) -> {});
    stats = sites.stats(clock);
    site = sites.site("example.com", "UTC");
    // The open visit has number 1 in the inbox.
    sites.open(site, aVisit(BEGAN.toString()).views("/", "/a"));
    sites.ended(
        site,
        aVisit("2026-11-01T09:00:00Z").views("/", "/a"),
        aVisit("2026-11-03T09:00:00Z").views("/b"));
    seals.run().await();
  }

  @AfterEach
  void close() {
    sites.close();
    vertx.close().await();
  }

  @Test
  void areZeros() {
    assertThat(figures(FINISHED)).isEqualTo("[3,2]");
    assertThat(figures(TODAY)).isEqualTo("[2,1]");

    reset();

    assertThat(figures(FINISHED)).isEqualTo("[0,0]");
    assertThat(figures(TODAY)).isEqualTo("[0,0]");
    seals.run().await();
    assertThat(figures(FINISHED)).isEqualTo("[0,0]");
  }

  @Test
  void areZerosOfDaysWhoseVisitsWereGoneBefore() {
    sites
        .pool()
        .query("update site set visits_complete_from = '2026-11-05'")
        .execute()
        .compose(raised -> sites.pool().query("delete from visit").execute())
        .await();
    assertThat(figures(FINISHED)).isEqualTo("[3,2]");

    reset();

    assertThat(figures(FINISHED)).isEqualTo("[0,0]");
  }

  @Test
  void haveNothingOfVisitsThatWereUnderWay() {
    reset();

    assertThat(sites.fold(site, BEGAN, 1, 1).await()).isZero();
    assertThat(figures(TODAY)).isEqualTo("[0,0]");
  }

  @Test
  void haveWhatAnOpenVisitDoesLaterAsAVisitOfItsOwn() {
    reset();
    hit(/* step= */ 1, /* kind= */ 2, "12:00:10");
    hit(/* step= */ 2, /* kind= */ 0, "12:00:20");

    assertThat(figures(TODAY)).isEqualTo("[1,1]");
    assertThat(sites.fold(site, BEGAN, 1, 1).await()).isEqualTo(1);
    clock.move(Duration.ofMinutes(1));
    assertThat(figures(TODAY)).isEqualTo("[1,1]");
  }

  @Test
  void haveWhatIsCountedLater() {
    assertThat(figures(TODAY)).isEqualTo("[2,1]");
    reset();

    sites.open(site, aVisit("2026-11-24T11:59:00Z").views("/b"));
    clock.move(Duration.ofMinutes(1));

    assertThat(figures(TODAY)).isEqualTo("[1,1]");
  }

  private void reset() {
    new SiteReset(sites.pool()).reset(site, "test").await();
  }

  /** A hit of the visit that was open. */
  private void hit(int step, int kind, String time) {
    sites
        .pool()
        .query(
            """
            insert into hit (site_id, slot, visit, visitor, at, step, kind, page_id, engaged_ms,
              interactive, by_cookie)
            values (%d, 4, 1, 1, '2026-11-24T%sZ', %d, %d, 1, 0, true, false)
            """
                .formatted(site.id().value(), time, step, kind))
        .execute()
        .await();
  }

  private String figures(String range) {
    JsonObject answer =
        TestQueries.answer(
            stats,
            site,
            "{'site_id':'any','metrics':['pageviews','visits'],'date_range':%s}"
                .formatted(range)
                .replace('\'', '"'));
    return answer.getJsonArray("results").getJsonObject(0).getJsonArray("metrics").encode();
  }
}
