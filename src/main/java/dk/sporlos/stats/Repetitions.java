package dk.sporlos.stats;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a regular expression repeats its innermost part by counts: 1,000 for {@code
 * (a{10}){100}}.
 *
 * <p>Each repetition by a count is written out when an expression is compiled, so that counts
 * within counts fill the memory. RE2 takes 1,000 at most, and so do we; the longer an expression
 * is, the fewer.
 */
final class Repetitions {
  static final int MOST = 1_000;

  /** In characters that are written out, should all of them be in the innermost part. */
  private static final int LONGEST = 20_000;

  private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

  private Repetitions() {}

  /** Also of an expression that does not compile, which is then refused for that. */
  static boolean areTooMany(String regex) {
    Matcher count = COUNT.matcher(regex);
    Deque<Long> groups = new ArrayDeque<>();
    long most = 1;
    long atom = 1;
    int i = 0;
    while (i < regex.length()) {
      char c = regex.charAt(i);
      if (c == '(') {
        groups.push(most);
        most = 1;
      } else if (c == ')') {
        atom = most;
        most = Math.max(atom, groups.isEmpty() ? 1 : groups.pop());
      } else if (c == '{' && count.region(i, regex.length()).lookingAt()) {
        most = Math.max(most, atom * times(count));
        i = count.end();
        continue;
      } else {
        atom = 1;
        i = c == '\\' ? i + 1 : c == '[' ? endOfClass(regex, i) : i;
      }
      i++;
    }
    return most > MOST || most * regex.length() > LONGEST;
  }

  private static long times(Matcher count) {
    String upTo = count.group(2);
    return Long.parseLong(upTo == null || upTo.isEmpty() ? count.group(1) : upTo);
  }

  private static int endOfClass(String regex, int start) {
    int i = start + 1;
    while (i < regex.length() && (regex.charAt(i) != ']' || i == start + 1)) {
      i += regex.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }
}
