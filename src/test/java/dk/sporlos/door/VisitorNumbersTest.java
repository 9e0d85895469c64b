package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class VisitorNumbersTest {

  @Test
  void remembersEachVisitorAsItGrows() {
    VisitorNumbers visitors = new VisitorNumbers(new AtomicLong(100_000));
    Map<Fingerprint, Long> expected = new HashMap<>();
    Random random = new Random(1);
    for (int i = 1; i <= 50_000; i++) {
      Fingerprint fingerprint = new Fingerprint(random.nextLong(), random.nextLong());
      expected.put(fingerprint, (long) i);
      assertThat(visitors.put(fingerprint, i)).isTrue();
    }

    assertThat(visitors.size()).isEqualTo(50_000);
    expected.forEach(
        (fingerprint, number) -> assertThat(visitors.get(fingerprint)).isEqualTo(number));
    assertThat(visitors.get(new Fingerprint(1, 2))).isZero();
  }

  @Test
  void tellsFingerprintsOfOneSlotApart() {
    VisitorNumbers visitors = new VisitorNumbers(new AtomicLong(10));
    visitors.put(new Fingerprint(1, 15), 11);
    visitors.put(new Fingerprint(2, 15), 12);
    visitors.put(new Fingerprint(1, 31), 13);

    assertThat(visitors.get(new Fingerprint(1, 15))).isEqualTo(11);
    assertThat(visitors.get(new Fingerprint(2, 15))).isEqualTo(12);
    assertThat(visitors.get(new Fingerprint(1, 31))).isEqualTo(13);
    assertThat(visitors.get(new Fingerprint(3, 15))).isZero();
  }

  @Test
  void takesNobodyWithoutRoomAndGivesRoomBack() {
    AtomicLong room = new AtomicLong(1);
    VisitorNumbers one = new VisitorNumbers(room);
    VisitorNumbers other = new VisitorNumbers(room);

    assertThat(one.put(new Fingerprint(1, 1), 1)).isTrue();
    assertThat(other.put(new Fingerprint(2, 2), 2)).isFalse();
    assertThat(other.get(new Fingerprint(2, 2))).isZero();

    one.clear();

    assertThat(other.put(new Fingerprint(2, 2), 2)).isTrue();
  }
}
