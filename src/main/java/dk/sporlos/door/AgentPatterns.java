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
   * are found by their first three characters, and the few real expressions are one alternation,
   * which are told apart only where it matches. Those that begin with ^ are tried there alone.
   */
  private static final int KEY_LENGTH = 3;

  private static final String META = "\\.[]{}()*+?^$|";

  /** What is sought, and what it is called where it is found. */
  record Named(String name, String pattern) {}

  private record Word(String name, String text) {}

  private record Expression(String name, Pattern pattern) {}

  private final boolean anyCase;
  private final Map<Integer, List<Word>> wordsByBeginning = new HashMap<>();
  private final List<Expression> expressions = new ArrayList<>();

  /** Any expression that stands at the beginning alone, and any of the others. */
  private final Pattern anyAtBeginning;

  private final Pattern anywhere;

  /**
   * @param anyCase whether letters match in upper and in lower case
   * @throws java.util.regex.PatternSyntaxException if one is no regular expression
   */
  AgentPatterns(List<Named> patterns, boolean anyCase) {
    this.anyCase = anyCase;
    int flags = anyCase ? Pattern.CASE_INSENSITIVE : 0;
    List<String> atBeginning = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Named named : patterns) {
      String word = word(named.pattern());
      if (word == null || word.length() < KEY_LENGTH) {
        (isOfTheBeginning(named.pattern()) ? atBeginning : others).add(named.pattern());
        expressions.add(new Expression(named.name(), Pattern.compile(named.pattern(), flags)));
      } else {
        String text = folded(word);
        wordsByBeginning
            .computeIfAbsent(key(text, 0), key -> new ArrayList<>())
            .add(new Word(named.name(), text));
      }
    }
    this.anyAtBeginning = any(atBeginning, flags);
    this.anywhere = any(others, flags);
  }

  private static Pattern any(List<String> patterns, int flags) {
    return patterns.isEmpty()
        ? Pattern.compile("(?!)")
        : Pattern.compile("(?:" + String.join(")|(?:", patterns) + ")", flags);
  }

  /** Whether a pattern cannot match but at the beginning, as far as can be told at a glance. */
  private static boolean isOfTheBeginning(String pattern) {
    return pattern.startsWith("^")
        && !pattern.contains("\\(")
        && pattern.replaceAll("\\([^()]*\\)", "").indexOf('|') < 0;
  }

  /** The name of a pattern that the agent string has; null if it has none. */
  @Nullable String find(String agent) {
    String name = word(folded(agent), wordsByBeginning);
    if (name != null) {
      return name;
    }
    boolean found = anyAtBeginning.matcher(agent).lookingAt() || anywhere.matcher(agent).find();
    return found ? expression(agent) : null;
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

  private @Nullable String expression(String agent) {
    for (Expression expression : expressions) {
      if (expression.pattern().matcher(agent).find()) {
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
