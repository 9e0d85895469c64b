package dk.sporlos.door;

import java.nio.charset.StandardCharsets;

/** Takes the percent-encoding off a text, however often it was put on. */
final class PercentDecoding {

  /*
   * What was encoded three times hides an address as well as what was encoded once, so nothing that
   * reads as an escape is left. Bytes go on a stack, and whenever its top three read as an escape
   * they become the byte that they stand for: one pass, whatever the depth. Control characters are
   * dropped on the way, since one of them could keep an escape apart.
   */

  private static final int LENGTH_OF_UNICODE = 6;

  private final byte[] stack;
  private int size;

  private PercentDecoding(int capacity) {
    this.stack = new byte[capacity];
  }

  /** The text decoded as UTF-8; escapes that are none stay as they stand. */
  static String decode(String text) {
    if (isPlain(text)) {
      return text;
    }
    String plain = PlainText.of(text);
    if (plain.indexOf('%') < 0) {
      return plain;
    }
    byte[] encoded = plain.getBytes(StandardCharsets.UTF_8);
    PercentDecoding decoding = new PercentDecoding(encoded.length);
    for (byte octet : encoded) {
      decoding.push(octet);
    }
    return new String(decoding.stack, 0, decoding.size, StandardCharsets.UTF_8);
  }

  /** Whether a text certainly stands for itself, as most do. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '%') {
        return false;
      }
    }
    return true;
  }

  private void push(byte octet) {
    stack[size++] = octet;
    dropControl();
    decodeUnicode();
    while (size >= 3 && stack[size - 3] == '%') {
      int high = Character.digit(stack[size - 2], 16);
      int low = Character.digit(stack[size - 1], 16);
      if (high < 0 || low < 0) {
        return;
      }
      size -= 2;
      stack[size - 1] = (byte) (high << 4 | low);
      dropControl();
    }
  }

  /** What JavaScript's {@code escape} makes of a character, as in {@code %u0040}. */
  private void decodeUnicode() {
    int begin = size - LENGTH_OF_UNICODE;
    if (begin < 0 || stack[begin] != '%' || (stack[begin + 1] | 0x20) != 'u') {
      return;
    }
    int unit = 0;
    for (int i = begin + 2; i < size; i++) {
      int digit = Character.digit(stack[i], 16);
      if (digit < 0) {
        return;
      }
      unit = unit << 4 | digit;
    }
    if (!Character.isSurrogate((char) unit)) {
      size = begin;
      for (byte octet : Character.toString(unit).getBytes(StandardCharsets.UTF_8)) {
        push(octet);
      }
    }
  }

  private void dropControl() {
    byte top = stack[size - 1];
    if ((top >= 0 && top < ' ') || top == 0x7f) {
      size--;
    } else if (size >= 2 && stack[size - 2] == (byte) 0xc2 && (top & 0xe0) == 0x80) {
      // U+0080 to U+009F
      size -= 2;
    }
  }
}
