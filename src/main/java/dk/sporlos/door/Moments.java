package dk.sporlos.door;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times of RFC 3339, in whole seconds. */
final class Moments {

  /*
   * The usual form is read by place, which takes a fraction of the time of the library's parser; any
   * other is left to that parser.
   */
  private static final String FORM = "0000-00-00T00:00:00+00:00";
  private static final int OFFSET = "0000-00-00T00:00:00".length();

  private Moments() {}

  /**
   * The moment that a text names; a fraction of a second is dropped.
   *
   * @throws DateTimeException if it names none
   */
  static Instant parse(String text) {
    return Instant.ofEpochSecond(
        isUsual(text) ? usual(text) : OffsetDateTime.parse(text).toEpochSecond());
  }

  private static boolean isUsual(String text) {
    boolean zulu = text.length() == OFFSET + 1 && text.charAt(OFFSET) == 'Z';
    if (!zulu && text.length() != FORM.length()) {
      return false;
    }
    for (int i = 0; i < (zulu ? OFFSET : FORM.length()); i++) {
      if (!fits(FORM.charAt(i), text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(char form, char letter) {
    return switch (form) {
      case '0' -> letter >= '0' && letter <= '9';
      case '+' -> letter == '+' || letter == '-';
      default -> letter == form;
    };
  }

  private static long usual(String text) {
    LocalDate day =
        LocalDate.of(100 * number(text, 0) + number(text, 2), number(text, 5), number(text, 8));
    LocalTime time = LocalTime.of(number(text, 11), number(text, 14), number(text, 17));
    return day.toEpochSecond(time, offset(text));
  }

  private static ZoneOffset offset(String text) {
    if (text.charAt(OFFSET) == 'Z') {
      return ZoneOffset.UTC;
    }
    int sign = text.charAt(OFFSET) == '-' ? -1 : 1;
    return ZoneOffset.ofHoursMinutes(
        sign * number(text, OFFSET + 1), sign * number(text, OFFSET + 4));
  }

  /** Of two digits. */
  private static int number(String text, int place) {
    return 10 * (text.charAt(place) - '0') + text.charAt(place + 1) - '0';
  }
}
