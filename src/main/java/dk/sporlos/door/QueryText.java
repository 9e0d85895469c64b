package dk.sporlos.door;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a query or a form; what is wrongly encoded stays as it stands. */
final class QueryText {
  private static final int MOST = 1_000;
  private static final int LENGTH_OF_ESCAPE = 3;

  private QueryText() {}

  /** Values by name, decoded once; of several with one name the last. */
  static Map<String, String> read(String query) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : query.split("&", MOST)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!name.isEmpty()) {
        values.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  /**
   * A query in which some parameters have other names.
   *
   * @param names those that they get, by those that they have in lower case
   */
  static @Nullable String renamed(@Nullable String query, Map<String, String> names) {
    if (query == null) {
      return null;
    }
    StringBuilder renamed = new StringBuilder(query.length());
    for (String pair : query.split("&", MOST)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String other = names.getOrDefault(name.toLowerCase(Locale.ROOT), name);
      renamed
          .append(renamed.isEmpty() ? "" : "&")
          .append(other)
          .append(equals < 0 ? "" : pair.substring(equals));
    }
    return renamed.toString();
  }

  /** A text without the one encoding that a form puts on it. */
  private static String decoded(String text) {
    String spaced = text.replace('+', ' ');
    if (spaced.indexOf('%') < 0) {
      return spaced;
    }
    ByteArrayOutputStream octets = new ByteArrayOutputStream(spaced.length());
    byte[] encoded = spaced.getBytes(StandardCharsets.UTF_8);
    int at = 0;
    while (at < encoded.length) {
      int escaped = octet(encoded, at);
      octets.write(escaped < 0 ? encoded[at] : escaped);
      at += escaped < 0 ? 1 : LENGTH_OF_ESCAPE;
    }
    return octets.toString(StandardCharsets.UTF_8);
  }

  /** The octet that an escape stands for; -1 if there is none. */
  private static int octet(byte[] encoded, int at) {
    if (encoded[at] != '%' || at + LENGTH_OF_ESCAPE > encoded.length) {
      return -1;
    }
    int high = Character.digit(encoded[at + 1], 16);
    int low = Character.digit(encoded[at + 2], 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
