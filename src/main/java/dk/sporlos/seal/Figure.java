package dk.sporlos.seal;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A sum that is kept of each value of a dimension: a column of arrays in tables {@code daily} and
 * {@code monthly}. An array that would hold nothing but zeros is null, which takes a bit.
 */
public enum Figure {
  VISITORS("int"),
  /** Visitors none of whose visits came with a cookie; of the whole alone. */
  COOKIELESS("int"),
  VISITS("int"),
  /** Visits that came with a cookie. */
  CONSENTED("int"),
  VIEWS("int"),
  /** Page views and custom events. */
  ACTIONS("int"),
  /** Visits that began there; by page and host alone, elsewhere these are all visits. */
  ENTRIES("int"),
  /** Visits that ended there; likewise. */
  EXITS("int"),
  /** Of the visits that began there, those that bounced. */
  BOUNCES("int"),
  /** Seconds of the visits that began there. */
  SECONDS("bigint"),
  /** Seconds for which a page was looked at. */
  ENGAGED("bigint"),
  /** What these are averaged over: visits of the page, or its views where nobody is recognised. */
  TIMED("int"),
  /** Deepest scroll in percent, one for each visitor and page. */
  SCROLL("bigint"),
  /** How many went into that sum. */
  SCROLLED("int"),
  /** What steps that reached a goal were worth, in the goal's currency. */
  REVENUE("numeric"),
  /** How many of these steps were worth something. */
  PAID("int");

  private final String type;

  Figure(String type) {
    this.type = type;
  }

  /** Name of the column. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** SQL of its sum over rows, in the type of the column's elements. */
  String sum() {
    return "sum(%s)::%s".formatted(column(), type);
  }

  /** The same over the rows of a relation. */
  String sumOf(String relation) {
    return "sum(%s.%s)::%s".formatted(relation, column(), type);
  }

  /** SQL that says something of each figure, separated by commas. */
  public static String each(Function<Figure, String> sql) {
    return Arrays.stream(values()).map(sql).collect(Collectors.joining(", "));
  }
}
