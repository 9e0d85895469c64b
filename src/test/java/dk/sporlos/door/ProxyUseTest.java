package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.door.ProxyUse.Finding;
import dk.sporlos.testing.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyUseTest {
  private static final TrustedProxies SOME = TrustedProxies.parse("10.0.0.0/24");

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private final ProxyUse use = new ProxyUse(SOME, clock);

  @ParameterizedTest
  @CsvSource({
    "300, 0, 0, 0, UNUSED",
    "299, 0, 0, 0, NOTHING",
    "299, 1, 0, 0, NOTHING",
    "150, 0, 150, 0, NOTHING",
    "149, 0, 151, 0, UNBELIEVED",
    "100, 0, 0, 200, SILENT"
  })
  void whatMostBeaconsDoIsNoticed(
      int none, int believed, int unbelieved, int silent, Finding finding) {
    observe(Forwarding.NONE, none);
    observe(Forwarding.BELIEVED, believed);
    observe(Forwarding.UNBELIEVED, unbelieved);
    observe(Forwarding.SILENT, silent);

    assertThat(use.finding()).isEqualTo(finding);
  }

  @Test
  void whatWasMendedIsWellOnceTheNextIntervalHasBeaconsEnough() {
    observe(Forwarding.SILENT, 300);
    clock.move(Duration.ofMinutes(11));
    observe(Forwarding.BELIEVED, 299);
    assertThat(use.finding()).isEqualTo(Finding.SILENT);

    observe(Forwarding.BELIEVED, 1);

    assertThat(use.finding()).isEqualTo(Finding.NOTHING);
  }

  @Test
  void whoTrustsNobodyHasNoProxyToMiss() {
    ProxyUse none = new ProxyUse(TrustedProxies.none(), clock);
    for (int i = 0; i < 300; i++) {
      none.observe(Forwarding.NONE);
    }

    assertThat(none.finding()).isEqualTo(Finding.NOTHING);
  }

  private void observe(Forwarding forwarding, int times) {
    for (int i = 0; i < times; i++) {
      use.observe(forwarding);
    }
  }
}
