package dk.sporlos.door;

/** The plain text within a regular expression that stands in all that it matches. */
final class PlainRun {
  private static final String QUANTIFIERS = "?*+{";

  private final String pattern;
  private final StringBuilder run = new StringBuilder();
  private String longest = "";
  private int at;

  private PlainRun(String pattern) {
    this.pattern = pattern;
  }

  /** The longest there is; empty where none can be told at a glance. */
  static String longest(String pattern) {
    return new PlainRun(pattern).find();
  }

  private String find() {
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == '|') {
        return "";
      } else if (c == '\\' && at + 1 < pattern.length()) {
        char escaped = pattern.charAt(at + 1);
        at += 2;
        if (Character.isLetterOrDigit(escaped)) {
          end();
        } else {
          add(escaped);
        }
      } else if (c == '(') {
        end();
        skipGroup();
      } else if (c == '[') {
        end();
        skipClass();
      } else if (".^$?*+{".indexOf(c) >= 0) {
        end();
        skipOne(c);
      } else {
        at++;
        add(c);
      }
    }
    end();
    return longest;
  }

  /** Adds a character, unless it may be missing or stand more than once. */
  private void add(char c) {
    boolean quantified = at < pattern.length() && QUANTIFIERS.indexOf(pattern.charAt(at)) >= 0;
    if (quantified) {
      end();
    } else {
      run.append(c);
    }
  }

  private void end() {
    if (run.length() > longest.length()) {
      longest = run.toString();
    }
    run.setLength(0);
  }

  private void skipOne(char c) {
    at = c == '{' ? pattern.indexOf('}', at) + 1 : at + 1;
  }

  private void skipGroup() {
    int depth = 0;
    do {
      char c = pattern.charAt(at);
      if (c == '[') {
        skipClass();
        continue;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      at += c == '\\' ? 2 : 1;
    } while (depth > 0);
  }

  private void skipClass() {
    at++;
    while (pattern.charAt(at) != ']') {
      at += pattern.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }
}
