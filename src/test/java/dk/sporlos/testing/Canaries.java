package dk.sporlos.testing;

import io.vertx.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Secrets that must not be found, in the many forms in which they could have been written: plain,
 * in other cases, hex, base64 (also as part of something longer), percent-encoded, escaped as in
 * JSON, UTF-16, and hashed.
 */
public final class Canaries {

  /*
   * A pattern is found by its last six bytes in a map and compared then: one look-up for each byte
   * that is searched, however many patterns there are. It is the last six, because texts that differ
   * often begin alike, as agents do. Most of what is searched ends at a table of bits, before the
   * map. No shorter pattern is taken: it would be found by chance.
   */
  private static final int WINDOW = 6;

  private static final class Pattern {
    private final String name;
    private final byte[] bytes;

    Pattern(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }
  }

  private static final int FILTER_BITS = 1 << 24;
  private static final long WINDOW_MASK = (1L << (WINDOW * Byte.SIZE)) - 1;

  private final Map<Long, List<Pattern>> patterns = new HashMap<>();
  private final BitSet filter = new BitSet(FILTER_BITS);

  /** Looks for a text in every form. */
  public void addText(String name, String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    add(name, plain);
    add(name + " in lower case", text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    add(name + " in upper case", text.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    add(
        name + " percent-encoded",
        URLEncoder.encode(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.US_ASCII));
    add(
        name + " percent-encoded in lower case",
        URLEncoder.encode(text, StandardCharsets.UTF_8)
            .toLowerCase(Locale.ROOT)
            .getBytes(StandardCharsets.US_ASCII));
    add(name + " escaped with \\u", escaped(text).getBytes(StandardCharsets.US_ASCII));
    String json = Json.encode(text);
    String quoted = json.substring(1, json.length() - 1);
    add(name + " in JSON", quoted.getBytes(StandardCharsets.UTF_8));
    add(name + " in JSON", quoted.replace("/", "\\/").getBytes(StandardCharsets.UTF_8));
    add(name + " in UTF-16", text.getBytes(StandardCharsets.UTF_16LE));
    add(name + " in UTF-16, big-endian", text.getBytes(StandardCharsets.UTF_16BE));
    addEncoded(name, plain);
    for (String algorithm : List.of("MD5", "SHA-1", "SHA-256")) {
      addBytes(algorithm + " of " + name, digest(algorithm, plain));
    }
  }

  /** Looks for bytes, raw and encoded. */
  public void addBytes(String name, byte[] bytes) {
    add(name, bytes);
    addEncoded(name, bytes);
  }

  /** Looks for a number as a column of PostgreSQL and as text. */
  public void addNumber(String name, long number) {
    byte[] bytes = BigInteger.valueOf(number).toByteArray();
    byte[] eight = new byte[Long.BYTES];
    Arrays.fill(eight, (byte) (number < 0 ? -1 : 0));
    System.arraycopy(bytes, 0, eight, Long.BYTES - bytes.length, bytes.length);
    add(name + ", big-endian", eight);
    add(name + ", little-endian", reversed(eight));
    add(name + " as text", Long.toString(number).getBytes(StandardCharsets.US_ASCII));
  }

  private void addEncoded(String name, byte[] bytes) {
    String hex = hex(bytes);
    add(name + " in hex", hex.getBytes(StandardCharsets.US_ASCII));
    add(name + " in HEX", hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
    for (int before = 0; before < 3; before++) {
      add(name + " in base64", base64(Base64.getEncoder(), bytes, before));
      add(name + " in base64url", base64(Base64.getUrlEncoder(), bytes, before));
    }
  }

  /** What base64 makes of bytes that others precede and follow, as far as these do not matter. */
  private static byte[] base64(Base64.Encoder encoder, byte[] bytes, int before) {
    byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    byte[] encoded = encoder.withoutPadding().encode(shifted);
    int from = before == 0 ? 0 : before + 1;
    int to = shifted.length / 3 * 4 + (shifted.length % 3 == 0 ? 0 : shifted.length % 3);
    return Arrays.copyOfRange(encoded, from, to);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));
    return escaped.toString();
  }

  private void add(String name, byte[] bytes) {
    if (bytes.length < WINDOW) {
      throw new IllegalArgumentException(name + " is too short to be told from chance");
    }
    long window = window(bytes, bytes.length - WINDOW);
    patterns.computeIfAbsent(window, none -> new ArrayList<>(1)).add(new Pattern(name, bytes));
    filter.set(bit(window));
  }

  /** The canaries found in a text. */
  public List<String> in(String text) {
    Set<String> found = new TreeSet<>();
    search(text.getBytes(StandardCharsets.UTF_8), "the text", found);
    return List.copyOf(found);
  }

  /** The canaries found in files of a directory, wherever they lie, with the files' names. */
  public List<String> under(Path directory) {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        try {
          search(Files.readAllBytes(file), file.toString(), found);
        } catch (NoSuchFileException gone) {
          // PostgreSQL removed it meanwhile: it is not at rest
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return List.copyOf(found);
  }

  private void search(byte[] bytes, String where, Set<String> found) {
    long window = 0;
    for (int end = 1; end <= bytes.length; end++) {
      window = ((window << Byte.SIZE) | (bytes[end - 1] & 0xff)) & WINDOW_MASK;
      if (end >= WINDOW && filter.get(bit(window))) {
        for (Pattern pattern : patterns.getOrDefault(window, List.of())) {
          int from = end - pattern.bytes.length;
          if (from >= 0
              && Arrays.equals(bytes, from, end, pattern.bytes, 0, pattern.bytes.length)) {
            found.add(pattern.name + " in " + where);
          }
        }
      }
    }
  }

  private static int bit(long window) {
    return (int) ((window * 0x9E3779B97F4A7C15L) >>> 40);
  }

  private static long window(byte[] bytes, int at) {
    long window = 0;
    for (int i = at; i < at + WINDOW; i++) {
      window = (window << Byte.SIZE) | (bytes[i] & 0xff);
    }
    return window;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
