package dk.sporlos.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetworksTest {
  private static final long SEED = 20_261_125L;

  @Test
  void containWhatOneOfThemContains() {
    Networks networks = of("10.0.0.0/8,192.0.2.7,2001:db8::/32,fe80::/10,::1");

    assertThat(networks.contain(false, 0, 0x0a000000L)).isTrue();
    assertThat(networks.contain(false, 0, 0x0affffffL)).isTrue();
    assertThat(networks.contain(false, 0, 0x0b000000L)).isFalse();
    assertThat(networks.contain(false, 0, 0xc0000207L)).isTrue();
    assertThat(networks.contain(false, 0, 0xc0000206L)).isFalse();
    assertThat(networks.contain(true, 0x20010db8_ffff0000L, 5)).isTrue();
    assertThat(networks.contain(true, 0x20010db9_00000000L, 5)).isFalse();
    assertThat(networks.contain(true, 0xfebf0000_00000000L, 0)).isTrue();
    assertThat(networks.contain(true, 0, 1)).isTrue();
    assertThat(networks.contain(true, 0, 2)).isFalse();
  }

  @Test
  void countOnceWhatOthersHold() {
    Networks networks = of("10.1.2.0/24,10.0.0.0/8,10.0.0.0/8,10.0.0.0/9,11.0.0.0/8");

    assertThat(networks.size()).isEqualTo(2);
    assertThat(networks.contain(false, 0, 0x0aff0000L)).isTrue();
  }

  @Test
  void holdNothingWithoutNetworks() {
    assertThat(of("").contain(false, 0, 0)).isFalse();
    assertThat(of("").contain(true, 0, 0)).isFalse();
  }

  @Test
  void sayWhatLookingAtEachSays() {
    Random random = new Random(SEED);
    List<Network> each = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      each.add(anyNetwork(random));
    }
    Networks networks = new Networks(each);

    for (int i = 0; i < 20_000; i++) {
      boolean six = random.nextBoolean();
      long high = six ? (long) random.nextInt(64) << 58 : 0;
      long low = six ? random.nextLong() : random.nextInt(1 << 12) << 20 & 0xffff_ffffL;
      boolean expected = each.stream().anyMatch(network -> network.contains(six, high, low));

      assertThat(networks.contain(six, high, low)).isEqualTo(expected);
    }
  }

  private static Network anyNetwork(Random random) {
    if (random.nextBoolean()) {
      int length = 3 + random.nextInt(30);
      long address = random.nextInt() & 0xffff_ffffL;
      return new Network(false, 0, address & (-1L << (32 - length)), length);
    }
    int length = 4 + random.nextInt(61);
    return new Network(true, random.nextLong() & (-1L << (64 - length)), 0, length);
  }

  private static Networks of(String text) {
    return new Networks(Network.parseAll(text));
  }
}
