package dk.sporlos.stats;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What figures can be told apart by. */
public enum Dimension implements Column {
  /** Path of a page viewed. */
  EVENT_PAGE("event:page", Of.STEP, "page.path"),
  /** Host of a page viewed. */
  EVENT_HOSTNAME("event:hostname", Of.STEP, "page.host"),
  /** Path of the first page viewed. A visit without a page view is in no row. */
  VISIT_ENTRY_PAGE("visit:entry_page", Of.ENTRY, "entry.path"),
  /** Path of the last page viewed. A visit without a page view is in no row. */
  VISIT_EXIT_PAGE("visit:exit_page", Of.EXIT, "exit.path"),
  /** The one of the dimensions below that suits the range; see {@link Period#bucket()}. */
  TIME("time", Of.TIME, ""),
  /*
   * A visit's hour is cut off under the offset at which it began. Where the clock changes by half
   * an hour, that instant may lie before the change and show another hour; the last second of the
   * hour always shows the right one.
   */
  TIME_HOUR(
      "time:hour",
      Of.TIME,
      "date_trunc('hour', (visited.hour + interval '3599 seconds') at time zone $8::text)"),
  TIME_DAY("time:day", Of.TIME, "visited.day"),
  /** Monday of the week. */
  TIME_WEEK("time:week", Of.TIME, "visited.day - (extract(isodow from visited.day)::int - 1)"),
  /** First day of the month. */
  TIME_MONTH("time:month", Of.TIME, "visited.day - (extract(day from visited.day)::int - 1)");

  /** What a dimension is an attribute of. */
  enum Of {
    STEP(""),
    ENTRY("\n  join page as entry on entry.site_id = $1 and entry.id = visited.entry_page"),
    EXIT("\n  join page as exit on exit.site_id = $1 and exit.id = visited.exit_page"),
    TIME("");

    private final String join;

    Of(String join) {
      this.join = join;
    }

    /** SQL that adds the page in question to a visit. */
    String join() {
      return join;
    }
  }

  private static final Map<String, Dimension> DIMENSIONS_BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(Dimension::word, Function.identity()));

  private final String word;
  private final Of of;
  private final String value;

  Dimension(String word, Of of, String value) {
    this.word = word;
    this.of = of;
    this.value = value;
  }

  static @Nullable Dimension named(String word) {
    return DIMENSIONS_BY_WORD.get(word);
  }

  @Override
  public String word() {
    return word;
  }

  Of of() {
    return of;
  }

  /** Whether it tells the steps of one visit apart. */
  boolean ofSteps() {
    return of == Of.STEP;
  }

  boolean ofTime() {
    return of == Of.TIME;
  }

  /** SQL over a visit and, for a dimension of steps, the page of a step; see {@link QuerySql}. */
  String expression() {
    return ofTime() ? value : value + " collate \"C\"";
  }

  /** SQL that says, for a dimension of steps, whether the visit's first page has the same value. */
  String entered() {
    return value + " = " + value.replace("page.", "entry.");
  }
}
