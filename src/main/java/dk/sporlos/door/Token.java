package dk.sporlos.door;

/** Texts that machines make up: JSON web tokens, UUIDs, hexadecimal and other random numbers. */
final class Token {
  static final int SHORTEST_HEX = 16;
  static final int SHORTEST_MIXED = 20;
  private static final int SHORTEST_OF_JWT = 10;
  private static final int MOST_TRIES = 8;
  private static final int[] UUID_GROUPS = {8, 4, 4, 4, 12};

  private Token() {}

  /** Where a JSON web token (RFC 7519), also one in other cases, ends; -1 if none begins there. */
  static int jwtEnd(String text, int from) {
    if (!isBeginningOfJwt(text, from) || isTried(text, from)) {
      return -1;
    }
    int end = runEnd(text, from);
    if (end - from < SHORTEST_OF_JWT || !continues(text, end)) {
      return -1;
    }
    int second = runEnd(text, end + 1);
    boolean asWritten = text.startsWith("eyJ", from);
    if (second - end - 1 < (asWritten ? 4 : SHORTEST_OF_JWT)
        || !(asWritten || continues(text, second))) {
      return -1;
    }
    int last = second;
    for (int parts = 2; parts < 5 && continues(text, last); parts++) {
      last = runEnd(text, last + 1);
    }
    return last;
  }

  private static boolean isBeginningOfJwt(String text, int from) {
    return text.regionMatches(/* ignoreCase= */ true, from, "eyJ", 0, 3);
  }

  /*
   * What makes a token is what follows the run: where that was missing for an earlier beginning in
   * the same run, it is missing for this one, unless another trace had taken the earlier one's
   * first letter. So a few are tried: each of hundreds would go through all of a long run.
   */
  private static boolean isTried(String text, int from) {
    int tries = 0;
    for (int at = from - 1; at >= 0 && isOfRun(text.charAt(at)); at--) {
      tries += isBeginningOfJwt(text, at) ? 1 : 0;
      if (tries == MOST_TRIES) {
        return true;
      }
    }
    return false;
  }

  private static boolean continues(String text, int end) {
    return end < text.length() && text.charAt(end) == '.';
  }

  private static int runEnd(String text, int from) {
    int at = from;
    while (at < text.length() && isOfRun(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Where a UUID (RFC 9562) with its hyphens ends; -1 if none begins there. */
  static int uuidEnd(String text, int from) {
    int at = from;
    for (int group = 0; group < UUID_GROUPS.length; group++) {
      if (group > 0 && (at >= text.length() || text.charAt(at++) != '-')) {
        return -1;
      }
      for (int i = 0; i < UUID_GROUPS[group]; i++) {
        if (at >= text.length() || !isHex(text.charAt(at++))) {
          return -1;
        }
      }
    }
    return at;
  }

  /** Where hexadecimal digits end, 16 or more; -1 if so many do not begin there. */
  static int hexEnd(String text, int from) {
    if (!isHex(text.charAt(from)) || !mayBegin(text, from)) {
      return -1;
    }
    int at = from;
    while (at < text.length() && isHex(text.charAt(at))) {
      at++;
    }
    return at - from >= SHORTEST_HEX ? at : -1;
  }

  /** At the beginning of a word, or where a word passes into a number. */
  private static boolean mayBegin(String text, int from) {
    if (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1))) {
      return true;
    }
    return Digits.isDigit(text, from) && !Digits.isDigit(text, from - 1);
  }

  /** Where a mix of both cases and digits ends that no words are in; -1 if none begins there. */
  static int mixedEnd(String text, int from) {
    if (!isOfMix(text.charAt(from)) || (from > 0 && isOfMix(text.charAt(from - 1)))) {
      return -1;
    }
    int at = from;
    int upper = 0;
    int lower = 0;
    int digits = 0;
    while (at < text.length() && isOfMix(text.charAt(at))) {
      char c = text.charAt(at++);
      upper += c >= 'A' && c <= 'Z' ? 1 : 0;
      lower += c >= 'a' && c <= 'z' ? 1 : 0;
      digits += c >= '0' && c <= '9' ? 1 : 0;
    }
    boolean mixed = at - from >= SHORTEST_MIXED && upper > 0 && lower > 0 && digits > 0;
    return mixed && !WordStructure.isIn(text.substring(from, at)) ? at : -1;
  }

  static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  /** Whether a character is one of base64url (RFC 4648). */
  private static boolean isOfRun(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '-'
        || c == '_';
  }

  static boolean isOfMix(char c) {
    return isOfRun(c) || c == '+';
  }
}
