package dk.sporlos.stats;

import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.fold.Horizon;
import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.metrics.Meters;
import dk.sporlos.seal.Seals;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteSettings;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The figures of sites among the metrics. */
class SiteFiguresTest {
  private static final Vertx VERTX = Vertx.vertx();

  /** In ten seconds those have gone who came at 11:58 in Copenhagen. */
  private static final Instant NOW = Instant.parse("2026-03-17T11:02:50Z");

  private static TestSites sites;
  private static Site site;

  private final MovableClock clock = new MovableClock(NOW);
  private final Meters meters = new Meters();

  @BeforeAll
  static void create() {
    sites = TestSites.create(VERTX).month("2026-03");
    site = with(sites.site("example.com", "Europe/Copenhagen"), Map.of("prometheus", "on"));
    Goals goals = new Goals(sites.pool());
    for (int number = 0; number <= SiteDays.MOST_GOALS; number++) {
      Condition condition = new Condition.EventSent(number == 0 ? "Buy" : "Goal " + number);
      goals.add(site.id(), new Goal.Definition(null, condition, Map.of(), null)).await();
    }
    sites.ended(
        site,
        IntStream.range(0, 33)
            .mapToObj(
                number ->
                    aVisit("2026-03-16T12:00:00+01:00")
                        .views("/", "/a")
                        .does("Buy", "/a")
                        .by(1_000 + number))
            .toArray(TestVisit[]::new));
    sites.open(
        site,
        IntStream.range(0, 8)
            .mapToObj(number -> aVisit("2026-03-17T11:58:00+01:00").views("/").by(2_000 + number))
            .toArray(TestVisit[]::new));
    MovableClock clock = new MovableClock(NOW);
    new Seals(
            sites.pool(),
            sites.pool(),
            new SiteStore(sites.pool()),
            Horizon.of(clock),
            clock,
            (which, count) -> {})
        .seal(site, LocalDate.parse("2026-03-15"), LocalDate.parse("2026-03-16"))
        .await();
  }

  private static Site with(Site site, Map<String, String> settings) {
    return site.with(SiteSettings.read(Profile.DK, settings, unread -> {}));
  }

  @AfterAll
  static void close() {
    sites.close();
    VERTX.close().await();
  }

  @AfterEach
  void closeMeters() {
    meters.close();
  }

  @Test
  void theLastFinishedDayIsShownRounded() {
    figures(List.of(site)).refresh().await();

    assertThat(value("sporlos_site_day_timestamp_seconds{site=\"example.com\"}"))
        .isEqualTo(Instant.parse("2026-03-15T23:00:00Z").toEpochMilli() / 1_000.0);
    assertThat(value("sporlos_site_day_pageviews{site=\"example.com\"}")).isIn(65.0, 70.0);
    assertThat(value("sporlos_site_day_visits{site=\"example.com\"}")).isIn(30.0, 35.0);
    assertThat(value("sporlos_site_day_visitors{site=\"example.com\"}")).isIn(30.0, 35.0);
    assertThat(value("sporlos_site_day_goal_visitors{goal=\"Buy\",site=\"example.com\"}"))
        .isIn(30.0, 35.0);
    assertThat(value("sporlos_site_day_goal_visitors{goal=\"Goal 1\",site=\"example.com\"}"))
        .isZero();
  }

  @Test
  void visitorsOfNowAreShownAboutAndReadAgainAfterAWhileAlone() {
    SiteFigures figures = figures(List.of(site));
    figures.refresh().await();
    assertThat(value("sporlos_site_visitors_now{site=\"example.com\"}")).isEqualTo(10);

    clock.move(Duration.ofSeconds(14));
    figures.refresh().await();
    assertThat(value("sporlos_site_visitors_now{site=\"example.com\"}")).isEqualTo(10);

    clock.move(Duration.ofSeconds(1));
    figures.refresh().await();
    assertThat(value("sporlos_site_visitors_now{site=\"example.com\"}")).isZero();
  }

  @Test
  void aSiteThatDoesNotSayThatItIsShownIsNot() {
    figures(List.of(with(site, Map.of()))).refresh().await();

    assertThat(meters.scrape()).doesNotContain("sporlos_site_", "example.com");
  }

  @Test
  void aSiteThatSaysSoNoLongerIsShownNoLonger() {
    List<Site> all = new ArrayList<>(List.of(site));
    SiteFigures figures = figures(all);
    figures.refresh().await();
    assertThat(meters.scrape()).contains("example.com");

    all.set(0, with(site, Map.of()));
    clock.move(Duration.ofSeconds(15));
    figures.refresh().await();

    assertThat(meters.scrape()).doesNotContain("example.com");
  }

  @Test
  void nobodyChoosesHowManySitesAndGoalsThereAre() {
    List<Site> all = new ArrayList<>(List.of(site));
    for (int number = 1; number < SiteFigures.MOST_SITES + 3; number++) {
      SiteId id = new SiteId(site.id().value() + number);
      all.add(
          new Site(id, "s%d.example".formatted(number), site.zone(), /* demo= */ false)
              .with(site.settings()));
    }
    figures(all).refresh().await();

    assertThat(value("sporlos_sites_unshown")).isEqualTo(3);
    assertThat(meters.scrape().lines().filter(line -> line.startsWith("sporlos_site_visitors_now")))
        .hasSize(SiteFigures.MOST_SITES);
    assertThat(
            meters
                .scrape()
                .lines()
                .filter(line -> line.startsWith("sporlos_site_day_goal_visitors")))
        .hasSize(SiteDays.MOST_GOALS);
  }

  private SiteFigures figures(List<Site> all) {
    return new SiteFigures(
        sites.pool(),
        () -> List.copyOf(all),
        new Stats(sites.pool(), clock),
        clock,
        meters.registry());
  }

  private double value(String sample) {
    return meters
        .scrape()
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(sample + " is not in\n" + meters.scrape()));
  }
}
