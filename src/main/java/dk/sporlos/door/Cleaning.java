package dk.sporlos.door;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Makes of an address the part that says which page it is, and nothing about who read it. */
final class Cleaning {
  private static final int LONGEST_PAGE = 2_000;

  private Cleaning() {}

  /**
   * The page at an address: its path decoded, without query and fragment; host and path together at
   * most 2,000 bytes in UTF-8, cut between two characters.
   */
  static Page page(Url url) {
    String path = PlainText.of(percentDecoded(url.path())).stripTrailing();
    String cut = PlainText.cut(path, LONGEST_PAGE - url.host().length());
    return new Page(url.host(), cut.isEmpty() ? "/" : cut);
  }

  /** Decodes escapes as UTF-8 and leaves those that are none as they stand. */
  private static String percentDecoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int i = 0;
    while (i < text.length()) {
      int octet = escapedOctet(text, i);
      if (octet >= 0) {
        bytes.write(octet);
        i += 3;
      } else {
        drain(bytes, decoded);
        decoded.append(text.charAt(i));
        i++;
      }
    }
    drain(bytes, decoded);
    return decoded.toString();
  }

  private static void drain(ByteArrayOutputStream bytes, StringBuilder text) {
    if (bytes.size() > 0) {
      text.append(bytes.toString(StandardCharsets.UTF_8));
      bytes.reset();
    }
  }

  /** The octet that is escaped at a place, -1 if none is. */
  private static int escapedOctet(String text, int i) {
    if (text.charAt(i) != '%' || i + 2 >= text.length()) {
      return -1;
    }
    boolean hex =
        HexFormat.isHexDigit(text.charAt(i + 1)) && HexFormat.isHexDigit(text.charAt(i + 2));
    return hex ? HexFormat.fromHexDigits(text, i + 1, i + 3) : -1;
  }
}
