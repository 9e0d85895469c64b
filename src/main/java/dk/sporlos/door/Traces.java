package dk.sporlos.door;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/** Finds traces in texts, puts placeholders in their stead, and counts them. */
final class Traces {

  /*
   * A first look tells what a text may hold, mostly nothing. What it may hold is sought by
   * hand-written scanners that look ahead so many characters at most, or start at the beginning of
   * a run alone: there is no text that takes them long.
   *
   * What is searched is searched again until nothing more is found, as a placeholder may make a
   * whole of what stood on both its sides.
   */
  private static final int MOST_ROUNDS = 10;

  /**
   * What is sought.
   *
   * @param sign what a first look sees of a text that holds one
   * @param end where one that begins at a place ends; -1 if none does
   */
  private record Finder(Trace kind, int sign, End end) {}

  @FunctionalInterface
  private interface End {
    int of(String text, int from);
  }

  private static final Finder[] TOLD_BY_FORM = {
    new Finder(Trace.JWT, FirstLook.JWT, Token::jwtEnd),
    new Finder(Trace.EMAIL, FirstLook.EMAIL, EmailAddress::end),
    new Finder(Trace.ID, FirstLook.UUID, Token::uuidEnd),
    new Finder(Trace.IBAN, FirstLook.IBAN, Iban::end),
    new Finder(Trace.CARD, FirstLook.CARD, PaymentCard::end),
    new Finder(Trace.CPR, FirstLook.CPR, Cpr::end),
    new Finder(Trace.PHONE, FirstLook.PHONE, PhoneNumber::end),
    new Finder(Trace.ID, FirstLook.HEX, Token::hexEnd)
  };

  private static final Finder[] BARE = {
    new Finder(Trace.PHONE, FirstLook.BARE_PHONE, PhoneNumber::bareEnd)
  };

  private static final Finder[] TOLD_BY_LOOK = {
    new Finder(Trace.ID, FirstLook.MIX, Token::mixedEnd)
  };

  private static final Finder[][] OF_ADDRESSES = {TOLD_BY_FORM, TOLD_BY_LOOK};
  private static final Finder[][] OF_TEXTS = {TOLD_BY_FORM, BARE, TOLD_BY_LOOK};

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
    return replace(text, OF_ADDRESSES);
  }

  /** The same for a text that is not of an address, in which a phone number may stand bare. */
  String replaceAll(String text) {
    return replace(text, OF_TEXTS);
  }

  private String replace(String text, Finder[][] passes) {
    String plain = plain(text);
    String replaced = search(plain, passes);
    return replaced.equals(plain) ? text : replaced;
  }

  /* Folding may make an escape of what was none, and that may stand for what is to be folded. */
  private static String plain(String text) {
    String plain = text;
    String folded = Lookalikes.folded(plain);
    while (!folded.equals(plain)) {
      plain = PercentDecoding.decode(folded);
      folded = Lookalikes.folded(plain);
    }
    return plain;
  }

  private String search(String text, Finder[][] passes) {
    int seen = FirstLook.at(text);
    String replaced = text;
    for (int round = 0; seen != 0 && round < MOST_ROUNDS; round++) {
      String before = replaced;
      for (Finder[] finders : passes) {
        String after = replace(replaced, finders, seen);
        seen = after.equals(replaced) ? seen : FirstLook.at(after);
        replaced = after;
      }
      if (replaced.equals(before)) {
        break;
      }
    }
    return replaced;
  }

  private String replace(String text, Finder[] all, int seen) {
    Finder[] finders =
        Stream.of(all).filter(finder -> (finder.sign() & seen) != 0).toArray(Finder[]::new);
    if (finders.length == 0) {
      return text;
    }
    StringBuilder replaced = new StringBuilder(text.length());
    int kept = 0;
    int at = 0;
    while (at < text.length()) {
      int end = -1;
      for (int i = 0; i < finders.length && end <= at; i++) {
        end = finders[i].end().of(text, at);
        if (end > at) {
          count(finders[i].kind());
          replaced.append(text, kept, at).append(finders[i].kind().placeholder());
          kept = end;
        }
      }
      at = end > at ? end : at + 1;
    }
    return kept == 0 ? text : replaced.append(text, kept, text.length()).toString();
  }
}
