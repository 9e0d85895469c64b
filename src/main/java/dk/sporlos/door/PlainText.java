package dk.sporlos.door;

/** Text from outside, made fit for a table: well-formed, and without what nobody can see. */
final class PlainText {
  private static final int REPLACEMENT = 0xfffd;

  /** Of a char in UTF-8; two chars of a pair take four. */
  private static final int MOST_BYTES = 3;

  private PlainText() {}

  /**
   * The text without control characters (PostgreSQL keeps no NUL), with U+FFFD for each half of a
   * surrogate pair that stands alone.
   */
  static String of(String text) {
    return isPlain(text) ? text : cleaned(text);
  }

  /* Loops where a stream would do: each beacon's texts pass here, and nearly all are plain. */
  private static boolean isPlain(String text) {
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      if (Character.isISOControl(codePoint) || isSurrogate(codePoint)) {
        return false;
      }
      i += Character.charCount(codePoint);
    }
    return true;
  }

  private static String cleaned(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> !Character.isISOControl(c))
        .forEach(c -> plain.appendCodePoint(isSurrogate(c) ? REPLACEMENT : c));
    return plain.toString();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** Whether a text takes more bytes in UTF-8 than it may. Most are told by their length. */
  static boolean isLonger(String text, int bytes) {
    return text.length() > bytes
        || (text.length() > bytes / MOST_BYTES && utf8Length(text) > bytes);
  }

  /** How many bytes a text takes in UTF-8, lone surrogates counted as what replaces them. */
  static int utf8Length(String text) {
    int length = 0;
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      length += utf8Length(codePoint);
      i += Character.charCount(codePoint);
    }
    return length;
  }

  private static int utf8Length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }

  /** The longest beginning that takes no more bytes in UTF-8 and splits no code point. */
  static String cut(String text, int bytes) {
    if (text.length() * 3L <= bytes) {
      return text;
    }
    int left = bytes;
    int end = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      left -= utf8Length(codePoint);
      if (left < 0) {
        return text.substring(0, end);
      }
      end += Character.charCount(codePoint);
    }
    return text;
  }
}
