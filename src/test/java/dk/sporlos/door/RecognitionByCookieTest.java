package dk.sporlos.door;

import static dk.sporlos.door.FakeVisitors.ENGAGEMENT;
import static dk.sporlos.door.FakeVisitors.SITE;
import static dk.sporlos.door.FakeVisitors.VIEW;
import static dk.sporlos.door.FakeVisitors.visitorsOf;
import static dk.sporlos.door.FakeVisitors.visitsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteSettings;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsers with cookies, under a moved clock. */
final class RecognitionByCookieTest {
  private static final LocalDate MONDAY = LocalDate.parse("2026-11-23");

  private final FakeVisitors visitors = new FakeVisitors(1_000, 1_000);

  @Test
  void givesNoCookieBeforeConsentWhereTheProfileAsksForIt() {
    FakeBrowser browser = browserOf(SITE);

    browser.views();
    browser.views();

    assertThat(browser.cookie).isNull();
    assertThat(visitors.returned).isEmpty();
  }

  @Test
  void givesACookieThatAPersonCanRead() {
    FakeBrowser browser = browserOf(SITE);

    browser.views(true);

    assertThat(browser.cookie).matches("1\\.2026-W48\\.2026-11-23\\.[A-Za-z0-9_-]{22}");
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"CNIL", "UK"})
  void givesACookieWithoutAWordOnConsentWhereTheProfileAllowsIt(Profile profile) {
    FakeBrowser browser = browserOf(siteOf(profile, Map.of()));

    browser.views();

    assertThat(browser.hasCookie()).isTrue();
  }

  @Test
  void givesNoneToWhoSaysNoWhereTheProfileAllowsIt() {
    FakeBrowser browser = browserOf(siteOf(Profile.UK, Map.of()));

    browser.views(false);

    assertThat(browser.hasCookie()).isFalse();
  }

  @Test
  void seesOneVisitOfOneVisitorWhereConsentComesOnTheThirdPage() {
    FakeBrowser browser = browserOf(SITE);

    Recognised first = browser.views();
    Recognised second = browser.views();
    Recognised third = browser.views(true);
    Recognised fourth = browser.views();

    assertThat(visitsOf(first, second, third, fourth)).hasSize(1);
    assertThat(visitorsOf(first, second, third, fourth)).hasSize(1);
    assertThat(fourth.step()).isEqualTo(3);
    assertThat(third.byCookie()).isFalse();
    assertThat(fourth.byCookie()).isTrue();
  }

  @Test
  void seesOneVisitWhereTwoTabsSendTheirFirstBeaconsAtOnce() {
    FakeBrowser browser = browserOf(SITE);

    Recognised one = browser.request(VIEW, true);
    Recognised other = browser.request(VIEW, true);
    browser.takes(other, true);
    browser.takes(one, true);
    Recognised next = browser.views();
    visitors.clock.move(Duration.ofHours(2));
    Recognised later = browser.views();

    assertThat(visitsOf(one, other, next)).hasSize(1);
    assertThat(visitorsOf(one, other, next, later)).hasSize(1);
    assertThat(visitors.returned).hasSize(1);
  }

  @Test
  void countsABrowserOnceWhoseTabsBringTwoCookiesOfItsFirstVisit() {
    FakeBrowser browser = browserOf(SITE);
    Recognised one = browser.request(VIEW, true);
    Recognised other = browser.request(VIEW, true);
    browser.takes(one, true);
    browser.views();
    browser.takes(other, true);
    browser.views();
    visitors.clock.move(Duration.ofHours(2));
    browser.views();

    assertThat(visitors.returned).hasSize(1);
  }

  @Test
  void givesANeighbourWhoLooksAlikeAVisitOfTheirOwnOnceTheCookieHasArrived() {
    FakeBrowser browser = browserOf(SITE);
    FakeBrowser neighbour = browserOf(SITE);

    browser.views(true);
    Recognised holder = browser.views();
    Recognised next = neighbour.views();
    Recognised again = browser.views();

    assertThat(next.visit()).isNotEqualTo(holder.visit());
    assertThat(next.visitor()).isNotEqualTo(holder.visitor());
    assertThat(again.visit()).isEqualTo(holder.visit());
    assertThat(found(browser)).isEqualTo(holder.visit());
  }

  @Test
  void givesTheCookieOfANeighbourNoWayToTheHoldersVisit() {
    FakeBrowser browser = browserOf(SITE);
    FakeBrowser neighbour = browserOf(SITE);
    Recognised holder = browser.views(true);
    browser.views();

    Recognised other = neighbour.views(true);

    assertThat(found(browser)).isEqualTo(holder.visit());
    assertThat(found(neighbour)).isEqualTo(other.visit()).isNotEqualTo(holder.visit());
  }

  @Test
  void letsTheVisitOfTheCookieWinWhereBothKeysHaveOne() {
    FakeBrowser browser = browserOf(SITE);
    FakeBrowser neighbour = browserOf(SITE);
    browser.views(true);
    Recognised holder = browser.views();
    Recognised cookieless = neighbour.views();

    Recognised withdrawn = browser.views(false);
    Recognised after = browser.views();

    assertThat(withdrawn.visit()).isEqualTo(holder.visit());
    assertThat(after.visit()).isEqualTo(cookieless.visit());
  }

  @Test
  void goesOnWithTheVisitOfTheCookieWhereTheOtherKeysVisitHasEnded() {
    FakeBrowser browser = browserOf(SITE);
    FakeBrowser neighbour = browserOf(SITE);
    browser.views(true);
    Recognised holder = browser.views();
    Recognised other = neighbour.views(true);
    VisitorCookie cookie = Objects.requireNonNull(VisitorCookie.parse(cookieOf(neighbour)));
    visitors.recognition.end(SITE, Objects.requireNonNull(visitors.recognition.find(SITE, cookie)));

    browser.views(false);
    Recognised after = browser.views();

    assertThat(after.visit()).isEqualTo(holder.visit()).isNotEqualTo(other.visit());
    visitors.clock.move(Duration.ofHours(1));
    visitors.recognition.expire();
    assertThat(visitors.ended)
        .extracting(EndedVisit::visit)
        .containsExactly(other.visit(), holder.visit());
  }

  @Test
  void goesOnWithTheVisitWhereConsentIsWithdrawn() {
    FakeBrowser browser = browserOf(SITE);
    browser.views(true);
    Recognised before = browser.views();

    Recognised withdrawn = browser.views(false);
    Recognised after = browser.views();

    assertThat(browser.hasCookie()).isFalse();
    assertThat(visitsOf(before, withdrawn, after)).hasSize(1);
    assertThat(after.byCookie()).isFalse();
  }

  @Test
  void renewsDateAndNumberWithTheFirstHitOfADaysFirstVisitAndNeverInsideAVisit() {
    FakeBrowser browser = browserOf(SITE);
    browser.views(true);
    browser.views();
    String monday = cookieOf(browser);
    visitors.clock.move(Duration.ofHours(3));
    browser.views();
    assertThat(browser.cookie).isEqualTo(monday);

    visitors.clock.set("2026-11-24T09:00:00Z");
    Recognised first = browser.views();
    String tuesday = cookieOf(browser);
    Recognised second = browser.views();
    browser.sends(ENGAGEMENT, null);

    assertThat(tuesday).startsWith("1.2026-W48.2026-11-24.").isNotEqualTo(monday);
    assertThat(tuesday.substring(23)).isNotEqualTo(monday.substring(23));
    assertThat(browser.cookie).isEqualTo(tuesday);
    assertThat(visitsOf(first, second)).hasSize(1);
    assertThat(visitorsOf(first, second)).hasSize(1);
  }

  @Test
  void seesTwoVisitsAndAGapOfADayOverMidnightAndInTheMorning() {
    FakeBrowser browser = browserOf(SITE);
    visitors.clock.set("2026-11-23T22:50:00Z");
    Recognised before = browser.views(true);
    visitors.clock.set("2026-11-23T23:10:00Z");
    Recognised after = browser.views();
    assertThat(browser.cookie).contains(".2026-11-23.");
    visitors.clock.set("2026-11-24T09:00:00Z");
    Recognised morning = browser.views();

    assertThat(visitsOf(before, after, morning)).hasSize(2);
    assertThat(before.visit()).isEqualTo(after.visit());
    assertThat(visitorsOf(before, after, morning)).hasSize(2);
    assertThat(visitors.returned)
        .containsExactly(
            new Returns.Return(SITE.id(), MONDAY, null, MONDAY),
            new Returns.Return(SITE.id(), MONDAY.plusDays(1), 1, MONDAY));
  }

  @Test
  void countsABrowserOnceADayWhenItBringsACookie() {
    FakeBrowser browser = browserOf(SITE);
    browser.views(true);
    assertThat(visitors.returned).isEmpty();
    browser.views();
    visitors.clock.move(Duration.ofHours(2));
    browser.views();
    visitors.clock.set("2026-12-03T09:00:00Z");
    browser.views();
    browser.views();
    visitors.clock.move(Duration.ofHours(2));
    browser.views();

    assertThat(visitors.returned)
        .containsExactly(
            new Returns.Return(SITE.id(), MONDAY, null, MONDAY),
            new Returns.Return(SITE.id(), MONDAY.plusDays(10), 10, MONDAY));
  }

  @Test
  void countsABrowserOnceWhoseTabsBringYesterdaysCookieAtOnce() {
    FakeBrowser browser = browserOf(SITE);
    browser.views(true);
    visitors.clock.set("2026-11-25T09:00:00Z");

    Recognised one = browser.request(VIEW, null);
    Recognised other = browser.request(VIEW, null);
    browser.takes(one, null);
    browser.takes(other, null);
    browser.views();

    assertThat(visitsOf(one, other)).hasSize(1);
    assertThat(visitors.returned).extracting(Returns.Return::gap).containsExactly(2);
  }

  @Test
  void doesNotCountABrowserThatNeverBringsItsCookieBack() {
    FakeBrowser browser = browserOf(SITE);
    browser.blocksCookies = true;
    for (int view = 0; view < 20; view++) {
      browser.views(true);
    }

    assertThat(visitors.returned).isEmpty();
    assertThat(visitors.recognition.openVisits()).isLessThanOrEqualTo(4);
  }

  @Test
  void renewsACookieOnDay59AfterTheLastVisitAndKnowsNoneOnDay61() {
    FakeBrowser browser = browserOf(SITE);
    browser.views(true);
    visitors.clock.move(Duration.ofDays(59));
    assertThat(browser.hasCookie()).isTrue();
    browser.views();
    assertThat(browser.cookie).contains("." + MONDAY.plusDays(59) + ".");

    visitors.clock.move(Duration.ofDays(61));

    assertThat(browser.hasCookie()).isFalse();
  }

  @Test
  void takesNoCookieFromABrowserThatKeepsItTooLong() {
    FakeBrowser browser = browserOf(SITE);
    browser.views(true);
    browser.views();
    String old = cookieOf(browser);
    visitors.clock.move(Duration.ofDays(61));
    browser.cookie = old;
    browser.expires = visitors.clock.instant().plus(Duration.ofDays(1));

    Recognised late = browser.views();

    assertThat(late.byCookie()).isFalse();
    assertThat(browser.hasCookie()).as("no consent, and no cookie: it is taken back").isFalse();
    assertThat(visitors.returned).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"DK", "UK", "CNIL"})
  void knowsNoCookieThirteenMonthsAfterTheFirstVisitWhateverTheVisits(Profile profile) {
    FakeBrowser browser = browserOf(siteOf(profile, Map.of()));
    browser.views(true);
    LocalDate end = MONDAY.plusMonths(13);
    LocalDate day = MONDAY;
    while (day.isBefore(end.minusDays(1))) {
      visitors.clock.move(Duration.ofDays(1));
      day = day.plusDays(1);
      assertThat(browser.views().byCookie()).as(day.toString()).isTrue();
      assertThat(browser.cookie).startsWith("1.2026-W48." + day);
    }

    visitors.clock.move(Duration.ofDays(1));

    assertThat(browser.hasCookie()).isFalse();
    assertThat(VisitorCookie.parse(cookieOf(browser)).isValidOn(end, SITE.privacy())).isFalse();
  }

  @Test
  void keepsTheEndOfACookieOfFixedLifeWithoutVisits() {
    FakeBrowser browser = browserOf(siteOf(Profile.CNIL, Map.of()));
    browser.views();

    visitors.clock.move(Duration.ofDays(300));

    assertThat(browser.hasCookie()).isTrue();
    assertThat(browser.views().byCookie()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2026-W48.2026-11-24.AAAAAAAAAAAAAAAAAAAAAA",
        "1.2026-W49.2026-11-23.AAAAAAAAAAAAAAAAAAAAAA",
        "1.2026-W48.2026-11-22.AAAAAAAAAAAAAAAAAAAAAA",
        "1.2026-W54.2026-11-23.AAAAAAAAAAAAAAAAAAAAAA",
        "1.2026-W48.2026-02-30.AAAAAAAAAAAAAAAAAAAAAA",
        "2.2026-W48.2026-11-23.AAAAAAAAAAAAAAAAAAAAAA",
        "1.2026-W48.2026-11-23.short",
        "1.2026-W48.2026-11-23.AAAAAAAAAAAAAAAAAAAAAAA",
        "1.2026-W48.2026-11-23.AAAAAAAAAAAAAAAAAAAA%20",
        "",
        "\"1.2026-W48.2026-11-23.AAAAAAAAAAAAAAAAAAAAAA\""
      })
  void looksAtNoCookieThatItNeverGaveOut(String forged) {
    FakeBrowser browser = browserOf(SITE);
    browser.cookie = forged;

    Recognised recognised = browser.views();

    assertThat(recognised.byCookie()).isFalse();
    assertThat(recognised.given()).isNull();
    assertThat(browser.cookie).isNull();
    assertThat(visitors.returned).isEmpty();
  }

  @Test
  void takesACookieWithAForgedNumberForABrowserOfItsOwn() {
    FakeBrowser browser = browserOf(SITE);
    browser.views(true);
    Recognised holder = browser.views();
    FakeBrowser forger = browserOf(SITE);
    forger.cookie = "1.2026-W48.2026-11-23.AAAAAAAAAAAAAAAAAAAAAA";

    Recognised forged = forger.views();

    assertThat(forged.visit()).isNotEqualTo(holder.visit());
    assertThat(found(forger)).isNotEqualTo(holder.visit());
  }

  @ParameterizedTest
  @CsvSource({"off, false", "consent, true"})
  void knowsNobodyWithoutACookieWhereNothingElseIsRecognised(String rule, boolean given) {
    Site site = siteOf(Profile.DK, Map.of("recognition", "none", "cookie", rule));

    assertThat(browserOf(site).identity(null).isUnknowable()).isTrue();
    assertThat(browserOf(site).identity(true).isUnknowable()).isEqualTo(!given);
  }

  @Test
  void tellsNeighboursApartByTheFullAddressWhereASiteChoseSo() {
    Site site = siteOf(Profile.DK, Map.of("address-for-recognition", "full"));
    FakeBrowser one = new FakeBrowser(visitors, site, "192.0.2.1");
    FakeBrowser other = new FakeBrowser(visitors, site, "192.0.2.2");

    assertThat(visitorsOf(one.views(), other.views(), one.views())).hasSize(2);
  }

  @Test
  void endsAVisitOnceThatHasSeveralEntries() {
    FakeBrowser browser = browserOf(SITE);
    Recognised first = browser.views(true);
    browser.views();
    visitors.clock.move(Duration.ofHours(1));
    visitors.recognition.expire();

    assertThat(visitors.ended)
        .containsExactly(new EndedVisit(SITE.id(), first.visit(), first.at()));
    assertThat(visitors.recognition.openVisits()).isZero();
  }

  @Test
  void endsAVisitAfterFourHoursUnderAllItsKeys() {
    FakeBrowser browser = browserOf(SITE);
    Recognised first = browser.views(true);
    for (int tenMinutes = 0; tenMinutes < 24; tenMinutes++) {
      visitors.clock.move(Duration.ofMinutes(10));
      browser.views();
    }
    visitors.clock.move(Duration.ofHours(1));
    visitors.recognition.expire();

    assertThat(visitors.ended).hasSize(2);
    assertThat(visitors.ended.get(0).visit()).isEqualTo(first.visit());
  }

  private FakeBrowser browserOf(Site site) {
    return new FakeBrowser(visitors, site, "192.0.2.1");
  }

  private static Site siteOf(Profile profile, Map<String, String> said) {
    return new Site(
        SITE.id(),
        SITE.domain(),
        SITE.publicId(),
        SITE.zone(),
        false,
        profile,
        SiteSettings.read(profile, said, unread -> fail(unread.name())));
  }

  private static String cookieOf(FakeBrowser browser) {
    return Objects.requireNonNull(browser.cookie, "no cookie");
  }

  private long found(FakeBrowser browser) {
    VisitorCookie cookie = Objects.requireNonNull(VisitorCookie.parse(cookieOf(browser)));
    OpenVisit visit = visitors.recognition.find(SITE, cookie);
    return visit == null ? 0 : visit.number();
  }
}
