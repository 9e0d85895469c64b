package dk.sporlos.privacy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a visitor keeps to lift a restriction later: 128 random bits. Only a hash of it is at rest.
 *
 * @param digits 32 digits to the base of 16, in lower case
 */
record RestrictionCode(String digits) {
  private static final int BYTES = 16;
  private static final int GROUP = 4;

  static RestrictionCode draw(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new RestrictionCode(HexFormat.of().formatHex(bytes));
  }

  /** Reads what a person typed, with whatever between the digits; null if it is no code. */
  static @Nullable RestrictionCode parse(String typed) {
    String digits = typed.toLowerCase(Locale.ROOT).replaceAll("[\\s–-]", "");
    return digits.matches("[0-9a-f]{32}") ? new RestrictionCode(digits) : null;
  }

  /** As a person reads it. */
  String inGroups() {
    return digits.replaceAll("(.{%d})(?!$)".formatted(GROUP), "$1-");
  }

  /** What is stored of it. */
  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(digits.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return "RestrictionCode";
  }
}
