package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VitalTest {

  /** The thresholds as https://web.dev/articles/vitals gives them. */
  @ParameterizedTest
  @CsvSource({
    "LCP, 2500, 2500.01, 4000, 4000.01",
    "INP, 200, 200.01, 500, 500.01",
    "CLS, 0.1, 0.1001, 0.25, 0.2501",
    "TTFB, 800, 800.01, 1800, 1800.01"
  })
  void noBucketHoldsValuesOfTwoClasses(
      Vital vital, double good, double fair, double stillFair, double poor) {
    assertThat(vital.bucket(good)).isEqualTo(vital.lastGood());
    assertThat(vital.bucket(fair)).isEqualTo(vital.lastGood() + 1);
    assertThat(vital.bucket(stillFair)).isEqualTo(vital.lastFair());
    assertThat(vital.bucket(poor)).isEqualTo(vital.lastFair() + 1);
  }

  @Test
  void aValueIsBetweenTheBoundsOfItsBucketWhichAreCloseTogether() {
    Random random = new Random(1);
    for (Vital vital : Vital.values()) {
      double[] bounds = vital.upperBounds();
      for (int i = 0; i < 1_000; i++) {
        double value =
            bounds[0] + random.nextDouble() * random.nextDouble() * (bounds[75] - bounds[0]);
        int bucket = vital.bucket(value);

        assertThat(value).isGreaterThan(bounds[bucket - 1]).isLessThanOrEqualTo(bounds[bucket]);
        assertThat(bounds[bucket] / bounds[bucket - 1]).isLessThan(1.143);
      }
    }
  }

  @Test
  void whatIsBeyondTheBoundsHasBucketsToo() {
    for (Vital vital : Vital.values()) {
      assertThat(vital.bucket(0)).isZero();
      assertThat(vital.bucket(Double.MAX_VALUE)).isEqualTo(Vital.last()).isEqualTo(76);
    }
    assertThat(Arrays.stream(Vital.values()).map(vital -> vital.upperBounds()[75]))
        .containsExactly(56_000.0, 56_000.0, 5.6, 56_000.0);
  }
}
