package dk.sporlos.privacy;

import dk.sporlos.page.Language;
import dk.sporlos.page.Resources;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** The words that policies are made of, in both languages: {@code policy.yaml}. */
final class Wording {
  private static final String FILE = "policy.yaml";

  /** What stands where nobody has said anything. */
  static final String UNSAID = "[…]";

  private static final Pattern GAP = Pattern.compile("\\{([^{}]*)}");

  /** A part of every policy, under a heading. */
  record Section(String name, Map<Language, String> heading, List<Paragraph> paragraphs) {}

  /**
   * A paragraph with gaps.
   *
   * @param item whether it is an item of a list
   * @param when by name of a fact the values with which it is said
   */
  record Paragraph(boolean item, Map<String, List<String>> when, Map<Language, String> text) {

    boolean holds(Facts facts) {
      return when.entrySet().stream()
          .allMatch(condition -> condition.getValue().contains(facts.get(condition.getKey())));
    }

    String filled(Language language, Facts facts) {
      return fill(text.getOrDefault(language, ""), facts);
    }
  }

  private final List<Section> sections = Yaml.read(FILE).stream().map(Wording::section).toList();

  List<Section> sections() {
    return sections;
  }

  /** By which a change of the words themselves is noticed. */
  static String version() {
    CRC32C checksum = new CRC32C();
    checksum.update(Resources.read(Wording.class, FILE));
    return Long.toHexString(checksum.getValue());
  }

  /**
   * Fills the {@code {gaps}} of a text with facts; one of which nothing is said is seen as such.
   *
   * @throws IllegalArgumentException if there is no fact of that name
   */
  static String fill(String text, Facts facts) {
    return GAP.matcher(text)
        .replaceAll(
            gap -> {
              String value = facts.get(gap.group(1));
              return Matcher.quoteReplacement(value.isEmpty() ? UNSAID : value);
            });
  }

  private static Section section(Yaml entry) {
    return new Section(
        entry.text("section"),
        both(entry),
        entry.list("paragraphs").stream()
            .map(
                paragraph ->
                    new Paragraph(paragraph.is("item"), paragraph.lists("when"), both(paragraph)))
            .toList());
  }

  private static Map<Language, String> both(Yaml entry) {
    return Map.of(Language.DA, entry.text("da"), Language.EN, entry.text("en"));
  }
}
