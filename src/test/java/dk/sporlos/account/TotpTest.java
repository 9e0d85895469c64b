package dk.sporlos.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final Totp TOTP = new Totp(Buffer.buffer("12345678901234567890"));

  /** RFC 6238, appendix B, the last six of its eight digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void makesTheCodesOfTheStandard(long second, String code) {
    assertThat(TOTP.step(code, Instant.ofEpochSecond(second), -1)).hasValue(second / 30);
  }

  @Test
  void takesACodeOfAStepToEitherSideAndNoneFurtherAway() {
    Instant now = Instant.ofEpochSecond(1_000_000_000);
    long step = 1_000_000_000 / 30;

    assertThat(TOTP.step(TOTP.code(step - 1), now, -1)).hasValue(step - 1);
    assertThat(TOTP.step(TOTP.code(step + 1), now, -1)).hasValue(step + 1);
    assertThat(TOTP.step(TOTP.code(step - 2), now, -1)).isEmpty();
    assertThat(TOTP.step(TOTP.code(step + 2), now, -1)).isEmpty();
  }

  @Test
  void takesNoCodeTwiceNorOneFromBeforeTheLast() {
    Instant now = Instant.ofEpochSecond(1_000_000_000);
    long step = 1_000_000_000 / 30;

    assertThat(TOTP.step(TOTP.code(step), now, step)).isEmpty();
    assertThat(TOTP.step(TOTP.code(step - 1), now, step)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"12345", "1234567", "abcdef", "''", "１２３４５６"})
  void readsSixDigitsAlone(String code) {
    assertThat(TOTP.step(code, Instant.EPOCH, -1)).isEqualTo(OptionalLong.empty());
  }

  @Test
  void tellsADeviceWhoseItIs() {
    assertThat(TOTP.uri(Email.parse("anna+x@example.com"), "Sporløs"))
        .isEqualTo(
            "otpauth://totp/Sporl%C3%B8s:anna%2Bx%40example.com"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sporl%C3%B8s");
  }
}
