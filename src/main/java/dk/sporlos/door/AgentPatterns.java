package dk.sporlos.door;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Many regular expressions, each with a name, sought in an agent string all at once. */
final class AgentPatterns {

  /*
   * Nearly all patterns of the lists are plain words. One alternation of 1,500 of them is tried word
   * by word at each place of the string, which takes the time of hundreds of beacons. So plain words
   * are found by their first three characters, and a real expression is tried where the string has
   * the plain text that the expression cannot match without.
   */
  private static final int KEY_LENGTH = 3;

  private static final String META = "\\.[]{}()*+?^$|";

  /** What is sought, and what it is called where it is found. */
  record Named(String name, String pattern) {}

  private record Word(String name, String text) {}

  /**
   * @param text without which it cannot match; empty if there is none that is known
   */
  private record Expression(String name, Pattern pattern, String text) {}

  private final boolean anyCase;
  private final Map<Integer, List<Word>> wordsByBeginning = new HashMap<>();
  private final List<Expression> expressions = new ArrayList<>();

  /**
   * @param anyCase whether letters match in upper and in lower case
   * @throws java.util.regex.PatternSyntaxException if one is no regular expression
   */
  AgentPatterns(List<Named> patterns, boolean anyCase) {
    this.anyCase = anyCase;
    int flags = anyCase ? Pattern.CASE_INSENSITIVE : 0;
    for (Named named : patterns) {
      String word = word(named.pattern());
      if (word == null || word.length() < KEY_LENGTH) {
        Pattern pattern = Pattern.compile(named.pattern(), flags);
        String text = folded(PlainRun.longest(named.pattern()));
        expressions.add(new Expression(named.name(), pattern, text));
      } else {
        String text = folded(word);
        wordsByBeginning
            .computeIfAbsent(key(text, 0), key -> new ArrayList<>())
            .add(new Word(named.name(), text));
      }
    }
  }

  /** The name of a pattern that the agent string has; null if it has none. */
  @Nullable String find(String agent) {
    String text = folded(agent);
    String name = word(text, wordsByBeginning);
    return name == null ? expression(agent, text) : name;
  }

  /** The longest of the words that stand first. */
  private static @Nullable String word(String text, Map<Integer, List<Word>> wordsByBeginning) {
    for (int i = 0; i + KEY_LENGTH <= text.length(); i++) {
      Word longest = null;
      for (Word word : wordsByBeginning.getOrDefault(key(text, i), List.of())) {
        boolean longer = longest == null || word.text().length() > longest.text().length();
        if (longer && text.startsWith(word.text(), i)) {
          longest = word;
        }
      }
      if (longest != null) {
        return longest.name();
      }
    }
    return null;
  }

  private @Nullable String expression(String agent, String text) {
    for (Expression expression : expressions) {
      if (text.contains(expression.text()) && expression.pattern().matcher(agent).find()) {
        return expression.name();
      }
    }
    return null;
  }

  private String folded(String text) {
    return anyCase ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static int key(String text, int i) {
    return (text.charAt(i) * 31 + text.charAt(i + 1)) * 31 + text.charAt(i + 2);
  }

  /** The text that a pattern stands for, null if it is more than a text. */
  private static @Nullable String word(String pattern) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\'
          && i + 1 < pattern.length()
          && !Character.isLetterOrDigit(pattern.charAt(i + 1))) {
        i++;
        word.append(pattern.charAt(i));
      } else if (META.indexOf(c) >= 0) {
        return null;
      } else {
        word.append(c);
      }
    }
    return word.toString();
  }
}
