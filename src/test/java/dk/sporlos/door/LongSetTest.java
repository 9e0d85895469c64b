package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LongSetTest {
  private final LongSet set = new LongSet();

  @Test
  void holdsWhatWasAddedAndNothingElse() {
    Random random = new Random(1);
    Set<Long> expected = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong();
      assertThat(set.add(number)).isEqualTo(expected.add(number));
    }

    assertThat(set.size()).isEqualTo(expected.size());
    assertThat(expected).allMatch(set::contains);
    assertThat(random.longs(1_000)).noneMatch(set::contains);
  }

  @Test
  void holdsZeroLikeAnyOther() {
    assertThat(set.contains(0)).isFalse();
    assertThat(set.add(0)).isTrue();
    assertThat(set.contains(0)).isTrue();
    assertThat(set.add(0)).isFalse();
    assertThat(set.size()).isEqualTo(1);
  }

  @Test
  void tellsNumbersOfTheSameSlotApart() {
    assertThat(set.add(16)).isTrue();
    assertThat(set.add(32)).isTrue();

    assertThat(set.contains(16)).isTrue();
    assertThat(set.contains(32)).isTrue();
    assertThat(set.contains(48)).isFalse();
  }
}
