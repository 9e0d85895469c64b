package dk.sporlos.account;

import dk.sporlos.page.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why something is not done, in the language of whoever asked. It is said in English where it is
 * found out, since commands and programs are told the same; what people see in the dashboard is put
 * into Danish by {@code refusals.da.txt}.
 */
final class RefusalWords {
  private static final String GAP = "{}";

  /** What a word of an address or field is about, and what is said of it. */
  private static final Pattern OF_FIELD = Pattern.compile("([a-z][a-z_-]*): (.+)");

  /** Looking for sentences in what somebody made much longer would take long. */
  private static final int LONGEST = 1_000;

  private static final List<Sentence> DANISH = read();

  private RefusalWords() {}

  /**
   * A sentence in both languages.
   *
   * @param quoted of each gap whether it stands in quotation marks: what somebody wrote stays as it
   *     is
   */
  private record Sentence(String english, String danish, Pattern pattern, List<Boolean> quoted) {
    static Sentence of(String english, String danish) {
      String pattern =
          Stream.of(english.split(Pattern.quote(GAP), -1))
              .map(Pattern::quote)
              .collect(Collectors.joining("(.*)"));
      List<Boolean> quoted = new ArrayList<>();
      for (int at = english.indexOf(GAP); at >= 0; at = english.indexOf(GAP, at + 1)) {
        quoted.add(at > 0 && "'\"`".indexOf(english.charAt(at - 1)) >= 0);
      }
      return new Sentence(english, danish, Pattern.compile(pattern, Pattern.DOTALL), quoted);
    }

    String filled(Matcher matcher) {
      StringBuilder said = new StringBuilder();
      int from = 0;
      for (int gap = 0; gap < matcher.groupCount(); gap++) {
        int at = danish.indexOf(GAP, from);
        if (at < 0) {
          break;
        }
        String filling = matcher.group(gap + 1);
        said.append(danish, from, at).append(quoted.get(gap) ? filling : inDanish(filling));
        from = at + GAP.length();
      }
      return said.append(danish, from, danish.length()).toString();
    }
  }

  /** The same in a language; in English where nobody has put it into the other. */
  static String in(Language language, String english) {
    return language == Language.DA && english.length() <= LONGEST ? inDanish(english) : english;
  }

  private static String inDanish(String english) {
    for (Sentence sentence : DANISH) {
      Matcher matcher = sentence.pattern().matcher(english);
      if (matcher.matches()) {
        return sentence.filled(matcher);
      }
    }
    Matcher ofField = OF_FIELD.matcher(english);
    return ofField.matches() ? ofField.group(1) + ": " + inDanish(ofField.group(2)) : english;
  }

  /** Those with the longest English first, since the others say less of what they are about. */
  private static List<Sentence> read() {
    List<Sentence> sentences = new ArrayList<>();
    String english = "";
    for (String line : lines()) {
      if (line.startsWith("  ")) {
        sentences.add(Sentence.of(english, line.strip()));
      } else {
        english = line;
      }
    }
    sentences.sort(
        Comparator.comparingInt((Sentence sentence) -> sentence.english().length()).reversed());
    return List.copyOf(sentences);
  }

  private static List<String> lines() {
    try (InputStream file =
        Objects.requireNonNull(RefusalWords.class.getResourceAsStream("refusals.da.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
