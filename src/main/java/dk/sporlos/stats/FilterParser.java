package dk.sporlos.stats;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the filters of a query, or of a segment. */
final class FilterParser {

  static final int DEEPEST = 32;
  static final int MOST = 200;
  static final int MOST_CLAUSES = 2_000;
  static final int LONGEST_CLAUSE = 2_000;
  static final int LONGEST_REGEX = 1_000;
  static final int MOST_REGEXES = 20;
  private static final int MOST_STARS = 10;

  private final Place root;
  private int filters;
  private int clauses;
  private int regexes;

  private FilterParser(Place root) {
    this.root = root;
  }

  /**
   * The filters of a list, all of which have to be true.
   *
   * @throws InvalidQueryException if one of them is none, or if they are too many or too deep
   */
  static Filter.All parse(Place place, @Nullable Object value) {
    return new Filter.All(new FilterParser(place).list(place, value, 1));
  }

  private List<Filter> list(Place place, @Nullable Object value, int depth) {
    JsonArray array = place.array(value);
    List<Filter> list = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      list.add(filter(place.at(i), array.getValue(i), depth));
    }
    return list;
  }

  private Filter filter(Place place, @Nullable Object value, int depth) {
    if (depth > DEEPEST) {
      throw root.refusal("Filters are nested at most %d deep.".formatted(DEEPEST));
    }
    if (++filters > MOST) {
      throw root.refusal("A query has at most %d filters.".formatted(MOST));
    }
    JsonArray array = place.array(value);
    String word = word(place, array);
    return switch (word) {
      case "and", "or" -> {
        size(place, array, 2, 2);
        List<Filter> parts = list(place.at(1), array.getValue(1), depth + 1);
        if (parts.isEmpty()) {
          throw place.at(1).refusal("Expected a minimum of 1 items but got 0.");
        }
        yield word.equals("and") ? new Filter.All(parts) : new Filter.Any(parts);
      }
      case "not" -> {
        size(place, array, 2, 2);
        yield new Filter.Not(filter(place.at(1), array.getValue(1), depth + 1));
      }
      case "has_done", "has_not_done" -> {
        size(place, array, 2, 2);
        yield new Filter.HasDone(
            filter(place.at(1), array.getValue(1), depth + 1), word.equals("has_not_done"));
      }
      default -> comparison(place, array, word);
    };
  }

  private static String word(Place place, JsonArray filter) {
    if (!filter.isEmpty() && filter.getValue(0) instanceof String word) {
      return word;
    }
    throw place.refusal("Invalid filter " + Place.shown(filter));
  }

  private Filter comparison(Place place, JsonArray array, String word) {
    Operator operator = Operator.named(word);
    if (operator == null) {
      throw place.at(0).refusal("Unknown operator " + Place.shown(word));
    }
    size(place, array, 3, 4);
    if ("segment".equals(array.getValue(1))) {
      return segment(place, array, word);
    }
    Attribute attribute = array.getValue(1) instanceof String name ? Attribute.named(name) : null;
    if (attribute == null || attribute.ofTime()) {
      throw place.at(1).refusal("Invalid filter dimension " + Place.shown(array.getValue(1)));
    }
    boolean negated = word.equals(operator.word(true));
    refuseUnlessGoalsTake(place, attribute, operator, negated);
    List<String> texts = clauses(place.at(2), array.getValue(2), operator);
    refuseOtherCountries(attribute, operator, texts);
    boolean caseSensitive = array.size() == 3 || caseSensitive(place.at(3), array.getValue(3));
    return new Filter.Compare(operator, negated, attribute, texts, caseSensitive);
  }

  private static void refuseUnlessGoalsTake(
      Place place, Attribute attribute, Operator operator, boolean negated) {
    if (attribute == Dimension.EVENT_GOAL && (negated || !operator.isOfGoals())) {
      throw place
          .at(0)
          .refusal("Dimension `event:goal` is filtered by the operators `is` and `contains` only.");
    }
  }

  private static void refuseOtherCountries(
      Attribute attribute, Operator operator, List<String> texts) {
    if (attribute == Dimension.VISIT_COUNTRY
        && operator == Operator.IS
        && !texts.stream().allMatch(text -> text.isEmpty() || text.matches("[A-Za-z]{2}"))) {
      throw new InvalidQueryException(
          "Invalid visit:country filter, visit:country needs to be a valid 2-letter country code.");
    }
  }

  private static boolean caseSensitive(Place place, @Nullable Object value) {
    JsonObject options = place.object(value);
    for (String key : options.fieldNames()) {
      if (!key.equals("case_sensitive")) {
        throw place.at(key).refusal("Schema does not allow additional properties.");
      }
    }
    return !options.containsKey("case_sensitive") || place.flag(options, "case_sensitive");
  }

  private List<String> clauses(Place place, @Nullable Object value, Operator operator) {
    JsonArray array = place.array(value);
    if (array.isEmpty()) {
      throw place.refusal("Expected a minimum of 1 items but got 0.");
    }
    clauses += array.size();
    if (clauses > MOST_CLAUSES) {
      throw root.refusal("A query has at most %d clauses.".formatted(MOST_CLAUSES));
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      Place at = place.at(i);
      String text = at.string(array.getValue(i));
      refuseLongOrStrange(at, text);
      refuseUnfit(at, text, operator);
      texts.add(text);
    }
    return texts;
  }

  private static void refuseLongOrStrange(Place place, String text) {
    if (text.length() > LONGEST_CLAUSE) {
      throw place.refusal("A clause has at most %d characters.".formatted(LONGEST_CLAUSE));
    }
    if (text.indexOf('\0') >= 0) {
      throw place.refusal("A clause cannot contain the character U+0000.");
    }
  }

  private void refuseUnfit(Place place, String text, Operator operator) {
    if (operator == Operator.MATCHES) {
      if (++regexes > MOST_REGEXES) {
        throw root.refusal("A query has at most %d regular expressions.".formatted(MOST_REGEXES));
      }
      refuseUnlessRegex(place, text);
    }
    if (operator == Operator.MATCHES_WILDCARD
        && text.chars().filter(c -> c == '*').count() > MOST_STARS) {
      throw place.refusal("A wildcard has at most %d stars.".formatted(MOST_STARS));
    }
  }

  private static void refuseUnlessRegex(Place place, String text) {
    if (text.length() > LONGEST_REGEX) {
      throw place.refusal(
          "A regular expression has at most %d characters.".formatted(LONGEST_REGEX));
    }
    // Before it is compiled, which is what would fill the memory.
    if (Repetitions.areTooMany(text)) {
      throw place.refusal(invalid(text, "its counts repeat too much"));
    }
    try {
      Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw place.refusal(invalid(text, e.getDescription()));
    }
  }

  private static String invalid(String regex, String why) {
    return "Invalid regular expression %s: %s. Write it in the syntax of RE2."
        .formatted(Place.shown(regex), why);
  }

  private Filter segment(Place place, JsonArray array, String word) {
    size(place, array, 3, 3);
    if (!word.equals("is")) {
      throw place.at(0).refusal("A segment is filtered by the operator `is` only.");
    }
    JsonArray numbers = place.at(2).array(array.getValue(2));
    if (numbers.isEmpty()) {
      throw place.at(2).refusal("Expected a minimum of 1 items but got 0.");
    }
    clauses += numbers.size();
    if (clauses > MOST_CLAUSES) {
      throw root.refusal("A query has at most %d clauses.".formatted(MOST_CLAUSES));
    }
    List<Long> read = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      read.add(place.at(2).at(i).number(numbers.getValue(i)));
    }
    return new Filter.InSegment(read);
  }

  private static void size(Place place, JsonArray array, int least, int most) {
    if (array.size() < least) {
      throw place.refusal(
          "Expected a minimum of %d items but got %d.".formatted(least, array.size()));
    }
    if (array.size() > most) {
      throw place.refusal(
          "Expected a maximum of %d items but got %d.".formatted(most, array.size()));
    }
  }
}
