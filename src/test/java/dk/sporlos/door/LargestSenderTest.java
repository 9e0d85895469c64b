package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.door.LargestSender.Finding;
import dk.sporlos.testing.LogLines;
import dk.sporlos.testing.MovableClock;
import java.security.SecureRandom;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LargestSenderTest {
  private static final Address PROXY = Address.parse("10.0.0.1");

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private final LargestSender largest = new LargestSender(clock, new SecureRandom());

  @Test
  void oneAddressThatMakesFourOfFiveBeaconsIsNoticedAndNotNamed() {
    try (LogLines log = new LogLines()) {
      observe(320, 80, false);

      assertThat(largest.finding()).isEqualTo(Finding.SILENT_PROXY);
      assertThat(largest.share()).isCloseTo(0.8, Offset.offset(0.001));
      assertThat(largest.finding()).isEqualTo(Finding.SILENT_PROXY);
      assertThat(log.lines()).hasSize(1).noneMatch(line -> line.contains("10.0.0.1"));
      assertThat(log.lines().get(0)).contains("80 %", "--trusted-proxies");
    }
  }

  @Test
  void headersThatAreNotBelievedSayThatItIsAProxy() {
    observe(400, 0, true);

    assertThat(largest.finding()).isEqualTo(Finding.UNTRUSTED_PROXY);
  }

  @Test
  void manyAddressesAreAsItShouldBe() {
    observe(100, 300, false);

    assertThat(largest.finding()).isEqualTo(Finding.NOTHING);
    assertThat(largest.share()).isCloseTo(0.25, Offset.offset(0.001));
  }

  @Test
  void aFewBeaconsSayNothing() {
    observe(299, 0, true);

    assertThat(largest.finding()).isEqualTo(Finding.NOTHING);
    assertThat(largest.share()).isZero();
  }

  @Test
  void whatWasFoundHoldsUntilAnotherIntervalHasBeaconsEnough() {
    observe(400, 0, false);
    clock.move(Duration.ofMinutes(11));
    observe(1, 100, false);
    assertThat(largest.finding()).isEqualTo(Finding.SILENT_PROXY);

    observe(1, 300, false);

    assertThat(largest.finding()).isEqualTo(Finding.NOTHING);
  }

  @Test
  void moreAddressesThanAreRememberedHideNoneThatMakesMost() {
    observe(10_000, 1_200, false);

    assertThat(largest.finding()).isEqualTo(Finding.SILENT_PROXY);
  }

  private void observe(int ofProxy, int ofOthers, boolean unbelieved) {
    for (int i = 0; i < ofProxy; i++) {
      largest.observe(PROXY, unbelieved);
    }
    for (int i = 0; i < ofOthers; i++) {
      largest.observe(new Address(false, 0, 0x1000 + i), unbelieved);
    }
  }
}
