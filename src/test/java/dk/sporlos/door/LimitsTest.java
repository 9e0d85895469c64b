package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteSettings;
import dk.sporlos.testing.MovableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many beacons are taken of an address, and of a site. */
class LimitsTest {
  private static final Address ONE = Address.parse("198.51.100.7");
  private static final Site SITE =
      new Site(new SiteId(1), "example.com", ZoneId.of("Europe/Copenhagen"), false);
  private static final Site OTHER =
      new Site(new SiteId(2), "other.example", ZoneId.of("UTC"), false);

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");

  @Test
  void anAddressHasItsBeaconsOfEachMinuteAndNoMore() {
    RateLimit limit = limitOf(10, TrustedProxies.none());

    assertThat(taken(limit, ONE, 30)).isEqualTo(10);
    clock.move(Duration.ofSeconds(59));
    assertThat(taken(limit, ONE, 30)).isZero();
    clock.move(Duration.ofSeconds(1));
    assertThat(taken(limit, ONE, 30)).isEqualTo(10);
  }

  @Test
  void addressesAreLimitedEachForItself() {
    RateLimit limit = limitOf(10, TrustedProxies.none());
    taken(limit, ONE, 30);

    assertThat(taken(limit, Address.parse("198.51.100.8"), 30)).isEqualTo(10);
  }

  @Test
  void anAddressOfIpv6IsItsNetworkOfSixtyFourBits() {
    RateLimit limit = limitOf(10, TrustedProxies.none());
    taken(limit, Address.parse("2001:db8:1:2::1"), 30);

    assertThat(taken(limit, Address.parse("2001:db8:1:2:3::9"), 30)).isZero();
    assertThat(taken(limit, Address.parse("2001:db8:1:3::1"), 30)).isEqualTo(10);
  }

  @Test
  void anExemptNetworkAndALimitOfZeroTakeAnyNumber() {
    assertThat(taken(limitOf(10, TrustedProxies.parse("198.51.100.0/24")), ONE, 30)).isEqualTo(30);
    assertThat(taken(limitOf(0, TrustedProxies.none()), ONE, 30)).isEqualTo(30);
  }

  @Test
  void aHundredThousandAddressesDoNotLimitEachOther() {
    RateLimit limit = limitOf(10, TrustedProxies.none());
    for (int address = 0; address < 100_000; address++) {
      limit.exceededBy(new Address(false, 0, address));
    }

    long limited =
        IntStream.range(0, 1_000)
            .filter(address -> limit.exceededBy(new Address(false, 0, 0x7000_0000L + address)))
            .count();

    assertThat(limited).isZero();
  }

  @Test
  void aSiteHasItsBeaconsOfEachSecond() {
    SiteLimits limits = new SiteLimits(10, 0, clock);

    assertThat(ratedOf(limits, SITE, 30)).isEqualTo(10);
    assertThat(ratedOf(limits, OTHER, 30)).isEqualTo(10);
    clock.move(Duration.ofMillis(500));
    assertThat(ratedOf(limits, SITE, 30)).isEqualTo(5);
    clock.move(Duration.ofSeconds(100));
    assertThat(ratedOf(limits, SITE, 30)).isEqualTo(10);
  }

  @Test
  void aSiteHasItsBeaconsOfEachLocalDay() {
    SiteLimits limits = new SiteLimits(0, 20, clock);

    assertThat(countedOf(limits, SITE, 30)).isEqualTo(20);
    clock.move(Duration.ofHours(12));
    assertThat(countedOf(limits, SITE, 30)).as("an hour before its midnight").isZero();
    clock.move(Duration.ofHours(1));
    assertThat(countedOf(limits, SITE, 30)).isEqualTo(20);
  }

  @Test
  void aSiteWithoutLimitsTakesAnyNumber() {
    SiteLimits limits = new SiteLimits(0, 0, clock);

    assertThat(ratedOf(limits, SITE, 30)).isEqualTo(30);
    assertThat(countedOf(limits, SITE, 30)).isEqualTo(30);
  }

  @Test
  void anAddressOfIpv4IsTheSameWhenItIsWrittenAsIpv6() {
    RateLimit limit = limitOf(10, TrustedProxies.none());
    taken(limit, ONE, 30);

    assertThat(taken(limit, Address.parse("::ffff:198.51.100.7"), 30)).isZero();
    assertThat(taken(limit, Address.parse("::ffff:198.51.100.8"), 30)).isEqualTo(10);
  }

  @Test
  void anAddressThatIsExemptIsSoWhenItIsWrittenAsIpv6() {
    RateLimit limit = limitOf(10, TrustedProxies.parse("127.0.0.0/8,::1"));

    assertThat(taken(limit, Address.parse("::ffff:127.0.0.1"), 30)).isEqualTo(30);
    assertThat(taken(limit, Address.parse("::1"), 30)).isEqualTo(30);
  }

  @Test
  void whatASiteSaysGoesBeforeWhatHoldsForAll() {
    SiteLimits limits = new SiteLimits(10, 20, clock);

    assertThat(ratedOf(limits, saying(SITE, 3, 5), 30)).isEqualTo(3);
    assertThat(countedOf(limits, saying(SITE, 3, 5), 30)).isEqualTo(5);
    assertThat(ratedOf(limits, saying(OTHER, 15, 25), 30)).isEqualTo(15);
    assertThat(countedOf(limits, saying(OTHER, 15, 25), 30)).isEqualTo(25);
  }

  @Test
  void aLowerRateHoldsAtOnceAndAHigherOneIsEarned() {
    SiteLimits limits = new SiteLimits(10, 0, clock);

    assertThat(ratedOf(limits, saying(SITE, 4, 0), 30)).isEqualTo(4);
    clock.move(Duration.ofSeconds(1));
    assertThat(ratedOf(limits, SITE, 3)).as("of all").isEqualTo(3);
    assertThat(ratedOf(limits, saying(SITE, 2, 0), 30)).as("no more than its own").isEqualTo(2);
    clock.move(Duration.ofMillis(500));
    assertThat(ratedOf(limits, saying(SITE, 20, 0), 30)).isEqualTo(10);
  }

  @Test
  void aNewRateBeginsWithAllOfASecond() {
    SiteLimits limits = new SiteLimits(0, 0, clock);
    ratedOf(limits, SITE, 1);
    countedOf(limits, SITE, 1);

    assertThat(ratedOf(limits, saying(SITE, 10, 0), 30)).isEqualTo(10);
  }

  @Test
  void aQuotaThatIsSetDuringTheDayKnowsWhatTheDayHad() {
    SiteLimits limits = new SiteLimits(0, 0, clock);
    countedOf(limits, SITE, 15);

    assertThat(countedOf(limits, saying(SITE, 0, 20), 30)).isEqualTo(5);
    assertThat(countedOf(limits, saying(SITE, 0, 10), 30)).as("lowered").isZero();
    assertThat(countedOf(limits, saying(SITE, 0, 30), 30)).as("raised").isEqualTo(10);
    assertThat(countedOf(limits, SITE, 30)).as("taken back").isEqualTo(30);
  }

  /** A site with limits of its own; 0 for none. */
  private static Site saying(Site site, int rate, int quota) {
    Map<String, String> said = new HashMap<>();
    if (rate > 0) {
      said.put("rate", Integer.toString(rate));
    }
    if (quota > 0) {
      said.put("quota", Integer.toString(quota));
    }
    return site.with(SiteSettings.read(Profile.DK, said, unreadable -> {}));
  }

  private RateLimit limitOf(int perMinute, TrustedProxies exempt) {
    return new RateLimit(perMinute, exempt, clock, new SecureRandom());
  }

  private static long taken(RateLimit limit, Address address, int sent) {
    return IntStream.range(0, sent).filter(i -> !limit.exceededBy(address)).count();
  }

  private static long ratedOf(SiteLimits limits, Site site, int sent) {
    return IntStream.range(0, sent).filter(i -> !limits.rateExceededBy(site)).count();
  }

  private static long countedOf(SiteLimits limits, Site site, int sent) {
    return IntStream.range(0, sent).filter(i -> !limits.quotaExceededBy(site)).count();
  }
}
