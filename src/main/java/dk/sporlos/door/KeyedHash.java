package dk.sporlos.door;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** HMAC-SHA-256 (RFC 2104) under one key, which can be destroyed. Confined to its owner's lock. */
final class KeyedHash {

  /*
   * Written out, because javax.crypto.Mac copies the key into arrays that nobody can clear, and a
   * key that stays in memory still tells who came. Here the one array with the key is the caller's,
   * and the padded copy is cleared after each use.
   */
  static final int KEY_LENGTH = 32;

  private static final int BLOCK = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private final byte[] key;
  private final byte[] padded = new byte[BLOCK];
  private final MessageDigest sha256 = sha256();

  /**
   * @param key random bytes, owned from now on and zeroed in the end
   */
  KeyedHash(byte[] key) {
    this.key = key;
  }

  /** The code of a message, to be read from the start. */
  ByteBuffer code(byte[] message) {
    sha256.update(pad(INNER));
    byte[] inner = sha256.digest(message);
    sha256.update(pad(OUTER));
    ByteBuffer code = ByteBuffer.wrap(sha256.digest(inner));
    Arrays.fill(padded, (byte) 0);
    return code;
  }

  /** The key itself, not a copy of it. */
  byte[] key() {
    return key;
  }

  /** Zeroes the key. */
  void destroy() {
    Arrays.fill(key, (byte) 0);
  }

  private byte[] pad(byte mask) {
    Arrays.fill(padded, mask);
    for (int i = 0; i < key.length; i++) {
      padded[i] ^= key[i];
    }
    return padded;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
