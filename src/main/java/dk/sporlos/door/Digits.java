package dk.sporlos.door;

/** Digits that stand together, perhaps in groups with a separator or two between. */
final class Digits {
  private final String text;
  private final int[] places;
  private int count;

  private Digits(String text, int most) {
    this.text = text;
    this.places = new int[most];
  }

  /**
   * The digits from a place on.
   *
   * @param separators characters that may stand between two of them
   * @param widest how many of those may stand there together
   * @param most how many digits are of interest
   */
  static Digits at(String text, int from, String separators, int widest, int most) {
    Digits digits = new Digits(text, most);
    int at = from;
    while (at < text.length() && digits.count < most) {
      if (isDigit(text, at)) {
        digits.places[digits.count++] = at++;
        continue;
      }
      int next = at;
      while (next < text.length() && separators.indexOf(text.charAt(next)) >= 0) {
        next++;
      }
      if (next == at || next - at > widest || !isDigit(text, next)) {
        break;
      }
      at = next;
    }
    return digits;
  }

  /** Whether any number of interest has this character between two of its digits. */
  static boolean mayStandBetween(char c) {
    return " -_.+()\u00a0\u2010\u2011\u2013".indexOf(c) >= 0;
  }

  static boolean isDigit(String text, int at) {
    return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  int count() {
    return count;
  }

  /** The value of the digit at an index. */
  int get(int index) {
    return text.charAt(places[index]) - '0';
  }

  /** The number that some digits make. */
  int number(int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + get(i);
    }
    return number;
  }

  /** Whether no digit stands right behind the first so many. */
  boolean endsAfter(int number) {
    return number > 0 && number <= count && !isDigit(text, end(number));
  }

  /** The place behind the first so many. */
  int end(int number) {
    return places[number - 1] + 1;
  }

  /** Whether all of the first so many stand without anything between. */
  boolean areTogether(int from, int to) {
    return places[to - 1] - places[from] == to - 1 - from;
  }

  /** The sizes of the groups that the first so many stand in, as in {@code 2-2-4}. */
  String groups(int number) {
    StringBuilder groups = new StringBuilder();
    int begun = 0;
    for (int i = 1; i <= number; i++) {
      if (i == number || places[i] != places[i - 1] + 1) {
        groups.append(groups.isEmpty() ? "" : "-").append(i - begun);
        begun = i;
      }
    }
    return groups.toString();
  }
}
