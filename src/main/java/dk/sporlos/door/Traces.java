package dk.sporlos.door;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Finds traces in texts, puts placeholders in their stead, and counts them. */
final class Traces {

  /*
   * Most texts have none, and a look at each character once tells so: no at sign, few digits, no
   * long run of what tokens are made of. Only others are searched, by hand-written scanners that
   * look ahead so many characters at most, or start at the beginning of a run alone: there is no
   * text that takes them long.
   *
   * What is searched is searched again until nothing more is found, as a placeholder may make a
   * whole of what stood on both its sides.
   */
  private static final int FEWEST_DIGITS = 7;
  private static final int SHORTEST_HEX = 16;
  private static final int SHORTEST_MIXED = 20;
  private static final int MOST_ROUNDS = 10;

  /** The kind, and where one that begins at a place ends; -1 if none does. */
  private record Finder(Trace kind, End end) {}

  @FunctionalInterface
  private interface End {
    int of(String text, int from);
  }

  private static final List<Finder> TOLD_BY_FORM =
      List.of(
          new Finder(Trace.JWT, Token::jwtEnd),
          new Finder(Trace.EMAIL, EmailAddress::end),
          new Finder(Trace.ID, Token::uuidEnd),
          new Finder(Trace.IBAN, Iban::end),
          new Finder(Trace.CARD, PaymentCard::end),
          new Finder(Trace.CPR, Cpr::end),
          new Finder(Trace.PHONE, PhoneNumber::end),
          new Finder(Trace.ID, Token::hexEnd));

  private static final List<Finder> BARE = List.of(new Finder(Trace.PHONE, PhoneNumber::bareEnd));

  private static final List<Finder> TOLD_BY_LOOK = List.of(new Finder(Trace.ID, Token::mixedEnd));

  private final Map<Trace, Integer> found = new EnumMap<>(Trace.class);

  /** How many of each kind were found so far; kinds that were not are absent. */
  Map<Trace, Integer> found() {
    return found;
  }

  void count(Trace kind) {
    found.merge(kind, 1, Integer::sum);
  }

  /** The text, with a placeholder for each trace in it. */
  String replace(String text) {
    return isHarmless(text) ? text : replace(text, /* bare= */ false);
  }

  /** The same for a text that is not of an address, in which a phone number may stand bare. */
  String replaceAll(String text) {
    return isHarmless(text) ? text : replace(text, /* bare= */ true);
  }

  /** Whether a text certainly has no traces. */
  static boolean isHarmless(String text) {
    int digits = 0;
    int hex = 0;
    int mixed = 0;
    boolean upper = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      digits += digit ? 1 : 0;
      hex = digit || Token.isHex(c) ? hex + 1 : 0;
      if (Token.isOfMix(c)) {
        mixed++;
        upper |= c >= 'A' && c <= 'Z';
      } else {
        mixed = 0;
        upper = false;
      }
      if (c == '@'
          || digits >= FEWEST_DIGITS
          || hex >= SHORTEST_HEX
          || (mixed >= SHORTEST_MIXED && upper && digits > 0)
          || ((c == 'J' || c == 'j')
              && text.regionMatches(true, Math.max(0, i - 2), "eyJ", 0, 3))) {
        return false;
      }
    }
    return true;
  }

  private String replace(String text, boolean bare) {
    String replaced = text;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      String before = replaced;
      replaced = replace(replaced, TOLD_BY_FORM);
      replaced = bare ? replace(replaced, BARE) : replaced;
      replaced = replace(replaced, TOLD_BY_LOOK);
      if (replaced.equals(before)) {
        break;
      }
    }
    return replaced;
  }

  private String replace(String text, List<Finder> finders) {
    StringBuilder replaced = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = -1;
      for (Finder finder : finders) {
        end = finder.end().of(text, at);
        if (end > at) {
          count(finder.kind());
          replaced.append(finder.kind().placeholder());
          break;
        }
      }
      if (end > at) {
        at = end;
      } else {
        replaced.append(text.charAt(at++));
      }
    }
    return replaced.toString();
  }
}
