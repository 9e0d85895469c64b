package dk.sporlos.door;

/** Numbers of payment cards: ISO/IEC 7812, with Luhn's check and the prefix of a known scheme. */
final class PaymentCard {
  static final int SHORTEST = 13;
  private static final int LONGEST = 19;
  private static final int FIRST_GROUP = 4;
  private static final int EAN = 13;

  private PaymentCard() {}

  /** Where a number that begins at a place ends; -1 if none begins there. */
  static int end(String text, int from) {
    if (!Digits.isDigit(text, from) || Digits.isDigit(text, from - 1)) {
      return -1;
    }
    Digits digits = Digits.at(text, from, " -\u00a0", 1, LONGEST + 1);
    for (int length = Math.min(digits.count(), LONGEST); length >= SHORTEST; length--) {
      if (digits.endsAfter(length)
          && (digits.areTogether(0, length) || digits.endsAfter(FIRST_GROUP))
          && isOfScheme(digits.number(0, 4), length)
          && hasValidCheck(digits, length)
          && !(length == EAN && isArticle(digits))) {
        return digits.end(length);
      }
    }
    return -1;
  }

  private static boolean isOfScheme(int prefix, int length) {
    int two = prefix / 100;
    int three = prefix / 10;
    if (two / 10 == 4) {
      return length == 13 || length == 16 || length == 19;
    }
    if ((two >= 51 && two <= 55) || (prefix >= 2221 && prefix <= 2720)) {
      return length == 16;
    }
    if (two == 34 || two == 37) {
      return length == 15;
    }
    if ((three >= 300 && three <= 305) || three == 309 || two == 36 || two == 38 || two == 39) {
      return length >= 14;
    }
    // Discover, JCB, UnionPay, Maestro, and Dankort, which is 5019
    boolean known =
        two == 60 || (two >= 62 && two <= 65) || two == 67 || (prefix >= 3528 && prefix <= 3589);
    return (known || two == 50 || (two >= 56 && two <= 58)) && length >= 16;
  }

  /** Luhn's: every second digit from the right doubled, the sum of all digits a multiple of ten. */
  private static boolean hasValidCheck(Digits digits, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      int digit = digits.get(length - 1 - i);
      int doubled = i % 2 == 0 ? digit : digit * 2;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }

  /**
   * Whether 13 digits are the number of an article (EAN-13), of which cards have not been for long.
   */
  private static boolean isArticle(Digits digits) {
    int sum = 0;
    for (int i = 0; i < EAN; i++) {
      sum += digits.get(i) * (i % 2 == 0 ? 1 : 3);
    }
    return sum % 10 == 0;
  }
}
