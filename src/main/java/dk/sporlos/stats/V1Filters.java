package dk.sporlos.stats;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Translates filters of the Stats API v1 into those of the query language: {@code
 * event:page==/blog/*;visit:source==Github|Twitter;visit:country!=FR} means all of these.
 *
 * <p>{@code ==} is, {@code !=} is not, {@code ~} contains, {@code !~} does not contain one of the
 * values between bars; {@code *} and {@code **} stand for anything. A backslash before a bar or a
 * semicolon makes it part of the value. Spaces around names, operators and values mean nothing.
 */
final class V1Filters {

  private static final Set<String> PROPERTIES =
      Set.of(
          "event:goal",
          "event:page",
          "event:hostname",
          "event:name",
          "visit:entry_page",
          "visit:exit_page",
          "visit:source",
          "visit:channel",
          "visit:referrer",
          "visit:utm_medium",
          "visit:utm_source",
          "visit:utm_campaign",
          "visit:utm_content",
          "visit:utm_term",
          "visit:device",
          "visit:screen",
          "visit:browser",
          "visit:browser_version",
          "visit:os",
          "visit:os_version",
          "visit:country",
          "visit:region",
          "visit:city");
  private static final String CUSTOM = "event:props:";

  private static final int LONGEST_SHOWN = 100;

  private V1Filters() {}

  /** The operators of v1, longer ones before those that they end in. */
  private enum Operator {
    IS("==", "is", "matches_wildcard"),
    IS_NOT("!=", "is_not", "matches_wildcard_not"),
    CONTAINS_NOT("!~", "contains_not", "contains_not"),
    CONTAINS("~", "contains", "contains");

    private final String sign;
    private final String plain;
    private final String wildcard;

    Operator(String sign, String plain, String wildcard) {
      this.sign = sign;
      this.plain = plain;
      this.wildcard = wildcard;
    }

    /*
     * An asterisk of v1 stands for slashes, too. One in the name of a goal is the goal's own.
     */
    private JsonArray filter(String property, List<String> values) {
      boolean wild =
          !wildcard.equals(plain)
              && !property.equals("event:goal")
              && values.stream().anyMatch(value -> value.contains("*"));
      List<String> clauses =
          wild ? values.stream().map(value -> value.replaceAll("\\*+", "**")).toList() : values;
      return new JsonArray().add(wild ? wildcard : plain).add(property).add(new JsonArray(clauses));
    }
  }

  /**
   * The filters of a query that mean the same.
   *
   * @throws InvalidQueryException if they are no filters of v1
   */
  static JsonArray parse(String text) {
    JsonArray filters = new JsonArray();
    for (String filter : split(text, ';')) {
      if (!filter.isBlank()) {
        filters.add(filter(filter));
      }
    }
    return filters;
  }

  /** Whether v1 knows a property by that name. */
  static boolean isProperty(String name) {
    return PROPERTIES.contains(name)
        || (name.startsWith(CUSTOM) && name.length() > CUSTOM.length());
  }

  /** A part of a request as it is repeated in an answer. */
  static String shown(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }

  private static JsonArray filter(String text) {
    for (int i = 0; i < text.length(); i++) {
      for (Operator operator : Operator.values()) {
        if (text.startsWith(operator.sign, i)) {
          String values = text.substring(i + operator.sign.length());
          return filter(text.substring(0, i).strip(), operator, values);
        }
      }
    }
    throw new InvalidQueryException(
        "Invalid filter '%s'. Please write filters as property==value, with `!=`, `~` or `!~` for other comparisons and `;` between them."
            .formatted(shown(text.strip())));
  }

  private static JsonArray filter(String property, Operator operator, String text) {
    if (!isProperty(property)) {
      throw new InvalidQueryException(
          "Invalid filter property '%s'. Please provide a valid filter property."
              .formatted(shown(property)));
    }
    List<String> values = split(text, '|').stream().map(String::strip).toList();
    return operator.filter(property, values);
  }

  /** The parts between separators; a backslash before one makes it part of its part. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == separator) {
        part.append(separator);
        i++;
      } else if (c == separator) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }
}
