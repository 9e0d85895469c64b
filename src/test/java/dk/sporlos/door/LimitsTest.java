package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.testing.MovableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
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
