package dk.sporlos.door;

import java.time.YearMonth;
import java.util.List;
import java.util.Locale;

/**
 * Numbers of the Danish civil register: day, month and year of birth and four digits, of which the
 * first says the century (CPR-kontoret, "Personnummeret i CPR-systemet").
 */
final class Cpr {

  /*
   * Ten digits in a row are an article more often than a person. So there must be a separator
   * between the date and the rest, or a word beside it that says what it is. The check digit is of
   * no help: since 2007 there are numbers without one.
   */
  static final int LENGTH = 10;

  private static final int DATE_LENGTH = 6;
  private static final int REACH = 24;

  private static final List<String> TELLING =
      List.of(
          "cpr",
          "cprnr",
          "cprno",
          "cprnummer",
          "cprnumber",
          "personnummer",
          "personnr",
          "ssn",
          "foedselsnummer",
          "fødselsnummer",
          "fodselsnummer");

  private Cpr() {}

  /** Where a number that begins at a place ends; -1 if none begins there. */
  static int end(String text, int from) {
    if (!beginsWithDate(text, from) || Digits.isDigit(text, from - 1)) {
      return -1;
    }
    Digits digits = Digits.at(text, from, "-\u2010\u2011\u2013_. +", 3, LENGTH + 1);
    if (!digits.endsAfter(LENGTH)
        || !digits.areTogether(0, DATE_LENGTH)
        || !digits.areTogether(DATE_LENGTH, LENGTH)) {
      return -1;
    }
    boolean separated = !digits.areTogether(0, LENGTH);
    int end = digits.end(LENGTH);
    boolean told = isTold(text, from, end);
    return (separated || told) && isDate(digits, told) ? end : -1;
  }

  private static boolean beginsWithDate(String text, int from) {
    for (int at = from; at < from + DATE_LENGTH; at++) {
      if (!Digits.isDigit(text, at)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the number can be of a birth.
   *
   * @param replacement whether it may be one given instead of a birth's, whose day is 60 higher
   */
  private static boolean isDate(Digits digits, boolean replacement) {
    int day = digits.number(0, 2);
    int month = digits.number(2, 4);
    if (replacement && day > 60) {
      day -= 60;
    }
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= YearMonth.of(year(digits.number(4, 6), digits.get(6)), month).lengthOfMonth();
  }

  private static int year(int year, int century) {
    if (century <= 3) {
      return 1900 + year;
    }
    if (century == 4 || century == 9) {
      return year <= 36 ? 2000 + year : 1900 + year;
    }
    return year <= 57 ? 2000 + year : 1800 + year;
  }

  private static boolean isTold(String text, int from, int end) {
    int start = from;
    while (start > 0 && from - start < REACH && !Digits.isDigit(text, start - 1)) {
      start--;
    }
    int stop = end;
    while (stop < text.length() && stop - end < REACH && !Digits.isDigit(text, stop)) {
      stop++;
    }
    String before = letters(text.substring(start, from));
    String after = letters(text.substring(end, stop));
    return TELLING.stream().anyMatch(before::endsWith)
        || TELLING.stream().anyMatch(after::startsWith);
  }

  private static String letters(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    text.chars().filter(Character::isLetter).forEach(c -> letters.append((char) c));
    return letters.toString().toLowerCase(Locale.ROOT);
  }
}
