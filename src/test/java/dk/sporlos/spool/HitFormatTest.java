package dk.sporlos.spool;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.door.Action;
import dk.sporlos.door.Attributes;
import dk.sporlos.door.Campaign;
import dk.sporlos.door.Client;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Place;
import dk.sporlos.door.Revenue;
import dk.sporlos.door.Source;
import dk.sporlos.door.Vital;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HitFormatTest {
  private static final Attributes KNOWN =
      new Attributes(
          new Client("Firefox", "141", "Windows", "11", "Desktop", "Large", "da"),
          new Place("DK", "DK-84", "København"),
          new Source("Organic Search", "Google", "google.com", "/søg"),
          new Campaign("news", "email", "autumn", "top", "shoes"));

  private static final List<Hit> HITS =
      List.of(
          aHit().path("/ø/😀").attributes(KNOWN).build(),
          aHit()
              .attributes(new Attributes(Client.UNKNOWN, Place.UNKNOWN, Source.DIRECT, null))
              .properties(Map.of("size", "XL", "", "\0"))
              .build(),
          aHit()
              .step(499)
              .action(new Action.Event("Order", true))
              .revenue(new Revenue(new BigDecimal("-1.50"), "DKK"))
              .build(),
          aHit().action(new Action.Event("Tick", false)).build(),
          aHit().action(new Action.Engagement(Duration.ofMillis(4_321), 100)).build(),
          aHit().action(new Action.Vitals(Map.of(Vital.CLS, 76, Vital.INP, 0), "TV")).build(),
          aHit().visit(-1).action(new Action.Engagement(Duration.ZERO, null)).build());

  @Test
  void hitsAreTheSameAfterwards() throws Exception {
    assertThat(HitFormat.read(HitFormat.write(HITS))).isEqualTo(HITS);
  }

  @Test
  void bytesThatAreCutAreDamaged() {
    byte[] bytes = HitFormat.write(HITS);

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> HitFormat.read(cut)).isInstanceOf(DamagedException.class);
    }
  }

  @Test
  void anyBytesAreHitsOrDamaged() {
    Random random = new Random(1);
    byte[] bytes = HitFormat.write(HITS);
    for (int run = 0; run < 20_000; run++) {
      byte[] altered = bytes.clone();
      for (int change = 0; change < 3; change++) {
        altered[random.nextInt(altered.length)] = (byte) random.nextInt(256);
      }
      try {
        HitFormat.read(altered);
      } catch (DamagedException damaged) {
        assertThat(damaged).hasMessageNotContaining("DK");
      }
    }
  }
}
