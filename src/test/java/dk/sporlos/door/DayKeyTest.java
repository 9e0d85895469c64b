package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class DayKeyTest {
  private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");

  @Test
  void computesAnHmac() throws GeneralSecurityException {
    byte[] bytes = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    DayKey key = aKey(bytes);

    for (int length : new int[] {0, 1, 31, 55, 56, 63, 64, 65, 500}) {
      byte[] traits = new byte[length];
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
      ByteBuffer code = ByteBuffer.wrap(mac.doFinal(traits));

      assertThat(key.fingerprint(traits))
          .isEqualTo(new Fingerprint(code.getLong(), code.getLong()));
    }
  }

  @Test
  void zeroesTheKeyAndForgetsTheVisitorsInTheEnd() {
    byte[] bytes = new byte[DayKey.LENGTH];
    bytes[7] = 7;
    DayKey key = aKey(bytes);
    Fingerprint fingerprint = key.fingerprint(new byte[0]);
    key.visitors().put(fingerprint, 1);

    key.destroy();

    assertThat(bytes).containsOnly(0);
    assertThat(key.visitors().get(fingerprint)).isZero();
  }

  @Test
  void coversTheLocalDay() {
    DayKey key = new DayKey(new byte[32], LocalDate.parse("2026-10-25"), COPENHAGEN, room());

    assertThat(key.begins()).isEqualTo("2026-10-24T22:00:00Z");
    assertThat(key.ends()).isEqualTo("2026-10-25T23:00:00Z");
    assertThat(key.covers(Instant.parse("2026-10-24T21:59:59Z"))).isFalse();
    assertThat(key.covers(Instant.parse("2026-10-24T22:00:00Z"))).isTrue();
    assertThat(key.covers(Instant.parse("2026-10-25T22:59:59Z"))).isTrue();
    assertThat(key.covers(Instant.parse("2026-10-25T23:00:00Z"))).isFalse();
  }

  private static DayKey aKey(byte[] bytes) {
    return new DayKey(bytes, LocalDate.parse("2026-11-23"), COPENHAGEN, room());
  }

  private static AtomicLong room() {
    return new AtomicLong(10);
  }
}
