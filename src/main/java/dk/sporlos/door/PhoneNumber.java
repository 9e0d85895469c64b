package dk.sporlos.door;

import java.time.YearMonth;
import java.util.List;

/**
 * Telephone numbers: international ones (ITU-T E.164) behind {@code +} or {@code 00}, any behind
 * {@code tel:} and the like, and bare ones where a text is not an address.
 */
final class PhoneNumber {
  private static final String SEPARATORS = " \u00a0-.()\u2011\u2013";
  static final int SHORTEST = 8;
  private static final int LONGEST = 15;
  static final int SHORTEST_TOLD = 7;
  private static final int LONGEST_BARE = 12;

  private static final List<String> TELLING =
      List.of(
          "tel", "tlf", "phone", "telefon", "telephone", "mobil", "mobile", "callto", "sms", "fax");

  private PhoneNumber() {}

  /** Where a number that says that it is one ends; -1 if none begins at the place. */
  static int end(String text, int from) {
    char first = text.charAt(from);
    if (first == '+') {
      return international(text, from + 1);
    }
    if (first == '0') {
      boolean inside = from > 0 && Character.isLetterOrDigit(text.charAt(from - 1));
      return !inside && text.startsWith("00", from) ? afterZeroes(text, from + 2) : -1;
    }
    return Character.isLetter(first) ? told(text, from) : -1;
  }

  private static int international(String text, int from) {
    if (from >= text.length() || (!Digits.isDigit(text, from) && text.charAt(from) != '(')) {
      return -1;
    }
    int first = text.charAt(from) == '(' ? from + 1 : from;
    Digits digits = Digits.at(text, first, SEPARATORS, 2, LONGEST + 1);
    if (digits.count() == 0 || digits.get(0) == 0) {
      return -1;
    }
    int length = lengthOf(digits);
    return digits.endsAfter(length) ? digits.end(length) : longest(digits, SHORTEST, LONGEST);
  }

  /** Numbers of articles begin with zeroes, too: the length must be one that the country has. */
  private static int afterZeroes(String text, int from) {
    Digits digits = Digits.at(text, from, SEPARATORS, 2, LONGEST + 1);
    if (digits.count() < SHORTEST || digits.get(0) == 0) {
      return -1;
    }
    int length = lengthOf(digits);
    if (length > 0) {
      return digits.endsAfter(length) && !isPartOfMore(text, digits.end(length))
          ? digits.end(length)
          : -1;
    }
    int end = longest(digits, SHORTEST + 1, LONGEST);
    return end > 0 && isPartOfMore(text, end) ? -1 : end;
  }

  /** How many digits the numbers of a country have, its code included; 0 if it varies. */
  private static int lengthOf(Digits digits) {
    if (digits.get(0) == 1 || digits.get(0) == 7) {
      return 11;
    }
    int code = digits.count() < 2 ? 0 : digits.number(0, 2);
    return code == 45 || code == 47 ? 10 : 0;
  }

  private static int told(String text, int from) {
    if (from > 0 && Character.isLetter(text.charAt(from - 1))) {
      return -1;
    }
    for (String word : TELLING) {
      int colon = from + word.length();
      if (text.regionMatches(/* ignoreCase= */ true, from, word, 0, word.length())
          && colon < text.length()
          && ":=".indexOf(text.charAt(colon)) >= 0) {
        int first = colon + 1;
        while (first < text.length() && " /+(".indexOf(text.charAt(first)) >= 0) {
          first++;
        }
        return longest(Digits.at(text, first, SEPARATORS, 2, LONGEST + 1), SHORTEST_TOLD, LONGEST);
      }
    }
    return -1;
  }

  /** Where a number ends that stands there as a number of its own; -1 if none begins there. */
  static int bareEnd(String text, int from) {
    int first = text.charAt(from) == '(' ? from + 1 : from;
    if (!Digits.isDigit(text, first) || (from > 0 && isPartOfMore(text.charAt(from - 1)))) {
      return -1;
    }
    Digits digits = Digits.at(text, first, " \u00a0-()", 2, LONGEST + 1);
    if (digits.count() < SHORTEST) {
      digits = Digits.at(text, first, ".", 1, SHORTEST + 1);
      if (digits.count() != SHORTEST || !digits.groups(SHORTEST).equals("2-2-2-2")) {
        return -1;
      }
    }
    for (int length = Math.min(digits.count(), LONGEST_BARE); length >= SHORTEST; length--) {
      if (digits.endsAfter(length)
          && !isPartOfMore(text, digits.end(length))
          && !isDate(digits, length)) {
        return digits.end(length);
      }
    }
    return -1;
  }

  private static boolean isPartOfMore(char before) {
    return Character.isLetterOrDigit(before) || "-_.,#".indexOf(before) >= 0;
  }

  private static boolean isPartOfMore(String text, int end) {
    if (end >= text.length()) {
      return false;
    }
    char next = text.charAt(end);
    return Character.isLetter(next) || (".,".indexOf(next) >= 0 && Digits.isDigit(text, end + 1));
  }

  /** Whether digits are a day, with or without a time, or two years. */
  private static boolean isDate(Digits digits, int length) {
    String groups = digits.groups(length);
    if (groups.equals("4-4") && isYear(digits.number(0, 4)) && isYear(digits.number(4, 8))) {
      return true;
    }
    boolean dayLike =
        groups.startsWith("4-2-2") || groups.startsWith("2-2-4") || digits.areTogether(0, 8);
    return dayLike
        && (isDay(digits.number(0, 4), digits.number(4, 6), digits.number(6, 8))
            || isDay(digits.number(4, 8), digits.number(2, 4), digits.number(0, 2)));
  }

  private static boolean isDay(int year, int month, int day) {
    return isYear(year)
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= YearMonth.of(year, month).lengthOfMonth();
  }

  private static boolean isYear(int number) {
    return number >= 1900 && number < 2100;
  }

  /** Where the longest number ends that stands for itself; -1 if there is none. */
  private static int longest(Digits digits, int shortest, int longest) {
    for (int length = Math.min(digits.count(), longest); length >= shortest; length--) {
      if (digits.endsAfter(length)) {
        return digits.end(length);
      }
    }
    return -1;
  }
}
