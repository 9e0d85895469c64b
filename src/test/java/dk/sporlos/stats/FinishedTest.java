package dk.sporlos.stats;

import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.fold.Horizon;
import dk.sporlos.seal.Redaction;
import dk.sporlos.seal.Seals;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers about finished days, asked for again while other processes change them. */
class FinishedTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
  private static final String FINISHED = "['2026-11-01','2026-11-03']";
  private static final String WITH_TODAY = "['2026-11-01','2026-11-24']";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
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
            Horizon.of(CLOCK),
            CLOCK,
            (dropped, count) -> {});
    stats = new Stats(sites.pool(), new Reads(sites.pool()), CLOCK, meters);
    site = sites.site("example.com", "Europe/Copenhagen");
    sites.ended(
        site,
        aVisit("2026-11-01T09:00:00+01:00").views("/", "/a"),
        aVisit("2026-11-03T09:00:00+01:00").views("/b"));
    seals.run().await();
  }

  @AfterEach
  void close() {
    sites.close();
    vertx.close().await();
  }

  @Test
  void areReadOnce() {
    JsonObject first = ask(FINISHED);

    assertThat(ask(FINISHED)).isEqualTo(first);
    assertThat(remembered()).isEqualTo(1);
    assertThat(read()).isEqualTo(1);
  }

  @Test
  void areReadAgainOnceALateVisitMadeADayDueAndOnceItIsSealed() {
    ask(FINISHED);

    sites.ended(site, aVisit("2026-11-01T10:00:00+01:00").views("/late"));

    assertThat(pages(ask(FINISHED))).containsExactly("/", "/a", "/b", "/late");
    assertThat(ask(FINISHED).getJsonObject("meta").getJsonObject("sources"))
        .isEqualTo(new JsonObject("{\"months\":0,\"days\":2,\"visits\":1}"));
    assertThat(remembered()).isZero();
    seals.run().await();
    assertThat(ask(FINISHED).getJsonObject("meta").getJsonObject("sources"))
        .isEqualTo(new JsonObject("{\"months\":0,\"days\":3,\"visits\":0}"));
  }

  @Test
  void areReadAgainAfterATextWasTakenOutOfTotalsOfVisitsThatAreGone() {
    run("update site set visits_complete_from = '2026-11-05'");
    assertThat(pages(ask(FINISHED))).containsExactly("/", "/a", "/b");

    new Redaction(sites.pool()).page(site, "/a", true).await();

    assertThat(pages(ask(FINISHED))).containsExactly("/", "/b", ":redacted");
  }

  @Test
  void areReadAgainAfterAnImportWasTakenBack() {
    run(
        "insert into daily (site_id, day, origin, dimension, part, texts, views) select site_id,"
            + " day, 7, dimension, part, texts, views from daily where day = '2026-11-03'");
    run(
        "insert into import (site_id, id, at, first_day, last_day, lines, visits, views, events)"
            + " overriding system value select id, 7, now(), '2026-11-03', '2026-11-03', 1, 1, 1, 0"
            + " from site");
    long views = views(ask(FINISHED));

    run("with gone as (delete from daily where origin = 7) delete from import");

    assertThat(views(ask(FINISHED))).isEqualTo(views - 1);
  }

  @Test
  void areReadAlwaysWhileADayGoesOn() {
    ask(WITH_TODAY);
    sites.ended(site, aVisit("2026-11-24T09:00:00+01:00").views("/now"));

    assertThat(pages(ask(WITH_TODAY))).contains("/now");
    assertThat(remembered()).isZero();
  }

  @Test
  void areOfOneSiteAlone() {
    ask(FINISHED);
    Site other = sites.site("other.dk", "Europe/Copenhagen");
    sites.ended(other, aVisit("2026-11-02T09:00:00+01:00").views("/other"));
    seals.run().await();

    assertThat(pages(TestQueries.answer(stats, other, question(FINISHED))))
        .containsExactly("/other");
  }

  private JsonObject ask(String range) {
    return TestQueries.answer(stats, site, question(range));
  }

  private static String question(String range) {
    return "{'site_id':'any','metrics':['pageviews'],'date_range':%s,'dimensions':['event:page']}"
        .formatted(range)
        .replace('\'', '"');
  }

  private static List<String> pages(JsonObject answer) {
    return answer.getJsonArray("results").stream()
        .map(row -> ((JsonObject) row).getJsonArray("dimensions").getString(0))
        .sorted()
        .toList();
  }

  private static long views(JsonObject answer) {
    return answer.getJsonArray("results").stream()
        .mapToLong(row -> ((JsonObject) row).getJsonArray("metrics").getLong(0))
        .sum();
  }

  private double remembered() {
    return gets("hit");
  }

  private double read() {
    return gets("miss");
  }

  private double gets(String result) {
    return meters.get("cache.gets").tag("result", result).functionCounter().count();
  }

  private void run(String sql) {
    sites.pool().query(sql).execute().await();
  }
}
