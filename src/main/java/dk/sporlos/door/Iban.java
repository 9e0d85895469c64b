package dk.sporlos.door;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Numbers of bank accounts: ISO 13616, of a known country's length and with a valid check. */
final class Iban {
  private static final int LONGEST = 34;
  private static final int SHORTEST = 15;
  private static final String SEPARATORS = " -\u00a0";

  /** Lengths by country, from the registry that SWIFT keeps. */
  private static final Map<String, Integer> LENGTHS =
      lengths(
          "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22"
              + " DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28"
              + " HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20"
              + " LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28"
              + " PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28"
              + " TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");

  private Iban() {}

  private static Map<String, Integer> lengths(String list) {
    Map<String, Integer> lengths = new HashMap<>();
    for (String entry : list.split(" ", -1)) {
      lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
    }
    return Map.copyOf(lengths);
  }

  /** Where a number that begins at a place ends; -1 if none begins there. */
  static int end(String text, int from) {
    if (from + SHORTEST > text.length()
        || !isLetter(text.charAt(from))
        || !isLetter(text.charAt(from + 1))
        || !Digits.isDigit(text, from + 2)
        || !Digits.isDigit(text, from + 3)) {
      return -1;
    }
    Integer length = LENGTHS.get(text.substring(from, from + 2).toUpperCase(Locale.ROOT));
    return length == null ? -1 : end(text, from, length);
  }

  private static int end(String text, int from, int length) {
    StringBuilder number = new StringBuilder(LONGEST);
    int at = from;
    while (at < text.length() && number.length() < length) {
      char c = text.charAt(at);
      if (isLetter(c) || Digits.isDigit(text, at)) {
        number.append(c);
      } else if (SEPARATORS.indexOf(c) < 0) {
        return -1;
      }
      at++;
    }
    return number.length() == length && hasValidCheck(number) ? at : -1;
  }

  /** ISO 7064, MOD 97-10: the first four characters moved to the end, letters as 10 to 35. */
  private static boolean hasValidCheck(CharSequence number) {
    int remainder = 0;
    for (int i = 0; i < number.length(); i++) {
      int value = Character.digit(number.charAt((i + 4) % number.length()), 36);
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder == 1;
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
