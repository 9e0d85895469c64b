package dk.sporlos.door;

import java.text.Normalizer;

/** Characters that stand for others, or that nobody sees: what they spell reads the same. */
final class Lookalikes {

  /*
   * Copied text brings no-width spaces and soft hyphens along, telephones narrow spaces, keyboards of
   * East Asia the wide forms of ASCII. Each becomes one character of ASCII or none, so that a text
   * never gets longer. Letters of other scripts are none of them: they are letters here anyway.
   */
  private static final int SOFT_HYPHEN = 0xad;
  private static final int FIRST = 0x600;
  private static final int MINUS = 0x2212;
  private static final int IDEOGRAPHIC_STOP = 0x3002;

  private Lookalikes() {}

  /** The text in plain characters; the text itself if it has no others. */
  static String folded(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (mayBeOne(text.charAt(i))) {
        return fold(text);
      }
    }
    return text;
  }

  private static boolean mayBeOne(int c) {
    return c >= FIRST || c == SOFT_HYPHEN;
  }

  private static String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .forEach(c -> folded.appendCodePoint(mayBeOne(c) ? plain(c) : c));
    return folded.toString();
  }

  private static int plain(int c) {
    int type = Character.getType(c);
    if (type == Character.DECIMAL_DIGIT_NUMBER) {
      return '0' + Character.digit(c, 10);
    } else if (type == Character.DASH_PUNCTUATION || c == MINUS) {
      return '-';
    } else if (type == Character.SPACE_SEPARATOR) {
      return ' ';
    } else if (c == IDEOGRAPHIC_STOP) {
      return '.';
    }
    String compatible = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
    return compatible.length() == 1 && compatible.charAt(0) < 0x80 ? compatible.charAt(0) : c;
  }
}
