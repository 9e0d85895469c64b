package dk.sporlos.account;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/**
 * The secret of a device that makes one-time codes by the clock (RFC 6238: SHA-1, six digits, steps
 * of 30 seconds, which every such device understands).
 */
record Totp(Buffer secret) {
  private static final int SECRET_BYTES = 20;
  private static final long STEP_SECONDS = 30;

  /** RFC 6238, 5.2: a step to either side, for clocks that differ. */
  private static final int STEPS_ASIDE = 1;

  static Totp draw(SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new Totp(Buffer.buffer(secret));
  }

  /**
   * The step of time that a code is of.
   *
   * @param after the step of the last code that was taken: that one and those before are not taken
   * @return empty if it is of none that is taken now
   */
  OptionalLong step(String code, Instant now, long after) {
    String digits = code.replace(" ", "");
    if (!digits.matches("[0-9]{6}")) {
      return OptionalLong.empty();
    }
    long current = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
    OptionalLong found = OptionalLong.empty();
    for (long step = current - STEPS_ASIDE; step <= current + STEPS_ASIDE; step++) {
      if (step > after && code(step).equals(digits)) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  /** The code of a step of time. */
  String code(long step) {
    try {
      return new TimeBasedOneTimePasswordGenerator()
          .generateOneTimePasswordString(
              new SecretKeySpec(
                  secret.getBytes(), TimeBasedOneTimePasswordGenerator.TOTP_ALGORITHM_HMAC_SHA1),
              Instant.ofEpochSecond(step * STEP_SECONDS));
    } catch (InvalidKeyException impossible) {
      throw new IllegalStateException("any bytes are a key", impossible);
    }
  }

  /** The secret as people type it into a device without a camera. */
  String text() {
    return new Base32().encodeToString(secret.getBytes()).replace("=", "");
  }

  /** The address that a device reads from a picture. */
  String uri(Email holder, String issuer) {
    return "otpauth://totp/"
        + encoded(issuer)
        + ":"
        + encoded(holder.text())
        + "?secret="
        + text()
        + "&issuer="
        + encoded(issuer);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return "Totp";
  }
}
