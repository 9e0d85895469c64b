package dk.sporlos.door;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Many regular expressions, sought in an agent string all at once. */
final class AgentPatterns {

  /*
   * Nearly all patterns of the lists are plain words. One alternation of 1,500 of them is tried word
   * by word at each place of the string, which takes the time of hundreds of beacons. So plain words
   * are found by their first three characters, and the few real expressions are one alternation.
   */
  private static final int KEY_LENGTH = 3;

  private static final String META = "\\.[]{}()*+?^$|";

  private final Map<Integer, List<String>> wordsByBeginning = new HashMap<>();
  private final Pattern expressions;

  /**
   * @throws java.util.regex.PatternSyntaxException if one is no regular expression
   */
  AgentPatterns(List<String> patterns) {
    List<String> rest = new ArrayList<>();
    for (String pattern : patterns) {
      String word = word(pattern);
      if (word == null || word.length() < KEY_LENGTH) {
        rest.add("(?:" + pattern + ")");
      } else {
        wordsByBeginning.computeIfAbsent(key(word, 0), key -> new ArrayList<>()).add(word);
      }
    }
    this.expressions = Pattern.compile(rest.isEmpty() ? "(?!)" : String.join("|", rest));
  }

  boolean find(String agent) {
    for (int i = 0; i + KEY_LENGTH <= agent.length(); i++) {
      List<String> words = wordsByBeginning.get(key(agent, i));
      if (words != null) {
        for (String word : words) {
          if (agent.startsWith(word, i)) {
            return true;
          }
        }
      }
    }
    return expressions.matcher(agent).find();
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
