package dk.sporlos.database;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What PostgreSQL keeps of a password, computed here, so that the password is in no statement and
 * thus in no log: RFC 5802, in the form that {@code create role … password} takes.
 */
public final class ScramVerifier {
  private static final int ITERATIONS = 4_096; // PostgreSQL's own default
  private static final int KEY_BITS = 256;
  private static final int SALT_BYTES = 16;
  private static final int SHORTEST = 8;

  private ScramVerifier() {}

  /**
   * The verifier of a password.
   *
   * @throws IllegalArgumentException if it is short, or has characters that would have to be
   *     normalised first
   */
  public static String of(String password, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return of(password, salt);
  }

  static String of(String password, byte[] salt) {
    if (!password.matches("[!-~]{%d,}".formatted(SHORTEST))) {
      throw new IllegalArgumentException(
          "the password has to be %d letters, digits or signs of ASCII at least, without spaces"
              .formatted(SHORTEST));
    }
    try {
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, KEY_BITS))
              .getEncoded();
      byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
      return "SCRAM-SHA-256$%d:%s$%s:%s"
          .formatted(
              ITERATIONS, base64(salt), base64(storedKey), base64(hmac(salted, "Server Key")));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has these", impossible);
    }
  }

  private static byte[] hmac(byte[] key, String message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message.getBytes(StandardCharsets.US_ASCII));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
