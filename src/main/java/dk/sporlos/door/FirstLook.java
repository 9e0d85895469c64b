package dk.sporlos.door;

/** What one look at each character of a text tells of the traces that it may hold. */
final class FirstLook {

  /*
   * Each kind of trace needs something that can be told without looking back or ahead: an at sign,
   * so many digits with nothing but separators between, a run of hexadecimal digits. What is not
   * seen here need not be sought, and most texts need no search at all. Digits are counted in
   * clusters: a date in a path, /2026/11/22/, is three of them.
   */
  static final int JWT = 1;
  static final int EMAIL = 1 << 1;
  static final int UUID = 1 << 2;
  static final int IBAN = 1 << 3;
  static final int CARD = 1 << 4;
  static final int CPR = 1 << 5;
  static final int PHONE = 1 << 6;
  static final int HEX = 1 << 7;
  static final int BARE_PHONE = 1 << 8;
  static final int MIX = 1 << 9;

  private static final int DIGIT = 1;
  private static final int LOWER = 1 << 1;
  private static final int UPPER = 1 << 2;
  private static final int LETTER = LOWER | UPPER;
  private static final int HEXADECIMAL = 1 << 3;
  private static final int SEPARATOR = 1 << 4;
  private static final int OF_MIX = 1 << 5;

  /** As {@code a@b.dk} is. */
  private static final int SHORTEST = 6;

  private static final int LENGTH_OF_UUID = 36;
  private static final byte[] CLASSES = classes();

  private FirstLook() {}

  private static byte[] classes() {
    byte[] classes = new byte[0x80];
    for (char c = 0; c < classes.length; c++) {
      int all = 0;
      all |= c >= '0' && c <= '9' ? DIGIT : 0;
      all |= c >= 'a' && c <= 'z' ? LOWER : 0;
      all |= c >= 'A' && c <= 'Z' ? UPPER : 0;
      all |= Token.isHex(c) ? HEXADECIMAL : 0;
      all |= Digits.mayStandBetween(c) ? SEPARATOR : 0;
      all |= Token.isOfMix(c) ? OF_MIX : 0;
      classes[c] = (byte) all;
    }
    return classes;
  }

  private static int classOf(char c) {
    if (c < CLASSES.length) {
      return CLASSES[c];
    }
    return Digits.mayStandBetween(c) ? SEPARATOR : 0;
  }

  /** The kinds of traces that a text may hold, as bits; 0 if it certainly holds none. */
  static int at(String text) {
    if (text.length() < SHORTEST) {
      return 0;
    }
    int seen = 0;
    int digits = 0;
    int mostDigits = 0;
    int hex = 0;
    int ofUuid = 0;
    int mix = 0;
    int ofMix = 0;
    boolean telling = false;
    int before = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int now = classOf(c);
      if ((now & DIGIT) != 0) {
        mostDigits = Math.max(mostDigits, ++digits);
        telling |= c == '0' && (before & DIGIT) != 0 && text.charAt(i - 1) == '0';
        seen |= (before & DIGIT) != 0 && isAfterTwoLetters(text, i - 1) ? IBAN : 0;
      } else {
        digits = (now & SEPARATOR) != 0 ? digits : 0;
        telling |= c == '+' || c == ':' || c == '=';
        seen |= c == '@' ? EMAIL : 0;
        seen |= (c == 'J' || c == 'j') && isOfJwt(text, i) ? JWT : 0;
      }
      boolean isHex = (now & HEXADECIMAL) != 0;
      hex = isHex ? hex + 1 : 0;
      ofUuid = isHex || c == '-' ? ofUuid + 1 : 0;
      seen |= hex == Token.SHORTEST_HEX ? HEX : 0;
      seen |= ofUuid == LENGTH_OF_UUID ? UUID : 0;
      boolean isOfMix = (now & OF_MIX) != 0;
      mix = isOfMix ? mix + 1 : 0;
      ofMix = isOfMix ? ofMix | now : 0;
      seen |= mix >= Token.SHORTEST_MIXED && isMixed(ofMix) ? MIX : 0;
      before = now;
    }
    return seen | ofDigits(mostDigits, telling);
  }

  private static int ofDigits(int most, boolean telling) {
    return (most >= PaymentCard.SHORTEST ? CARD : 0)
        | (most >= Cpr.LENGTH ? CPR : 0)
        | (most >= PhoneNumber.SHORTEST ? BARE_PHONE : 0)
        | (telling && most >= PhoneNumber.SHORTEST_TOLD ? PHONE : 0);
  }

  private static boolean isMixed(int classes) {
    return (classes & DIGIT) != 0 && (classes & LOWER) != 0 && (classes & UPPER) != 0;
  }

  private static boolean isAfterTwoLetters(String text, int at) {
    return at >= 2
        && (classOf(text.charAt(at - 1)) & LETTER) != 0
        && (classOf(text.charAt(at - 2)) & LETTER) != 0;
  }

  private static boolean isOfJwt(String text, int last) {
    return last >= 2 && text.regionMatches(/* ignoreCase= */ true, last - 2, "eyJ", 0, 3);
  }
}
