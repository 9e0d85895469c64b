package dk.sporlos.account;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** What opens something for whoever says it. Its holder is told once; its hash is kept. */
record Secret(String text) {
  private static final int BYTES = 32;
  private static final int LONGEST = 200;

  /** One of 256 random bits, as text that an address or a cookie may hold. */
  static Secret draw(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Secret(encoded(bytes));
  }

  /** Whether it is worth looking for. */
  boolean mayBeOne() {
    return !text.isEmpty() && text.length() <= LONGEST;
  }

  /* A plain hash does: a secret of 80 random bits or more cannot be guessed, however fast one tries. */
  /** SHA-256 of it. */
  Buffer hash() {
    return Buffer.buffer(sha256(text));
  }

  /** What a form says to show that it is of a page which the holder was given. */
  String formToken() {
    return derived("form");
  }

  /** A text that only who knows the secret can tell, and that does not tell the secret. */
  String derived(String purpose) {
    return encoded(sha256(purpose + " " + text));
  }

  /** SHA-256 of a text, as text. */
  static String digest(String text) {
    return encoded(sha256(text));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether a form says so, told in constant time. */
  boolean isFormToken(String said) {
    return isSame(formToken(), said);
  }

  /** Whether two texts are the same, told in constant time. */
  static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return "Secret";
  }
}
