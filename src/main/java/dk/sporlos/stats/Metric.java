package dk.sporlos.stats;

import dk.sporlos.door.Vital;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A figure that can be asked for. */
public enum Metric implements Column {
  /** Visitors of each day, added up: a visitor's number means one day only. */
  VISITORS("visitors", "coalesce(sum(visitors), 0)::bigint"),
  VISITS("visits", "coalesce(sum(visits), 0)::bigint"),
  PAGEVIEWS("pageviews", "coalesce(sum(views), 0)::bigint"),
  /** To two decimals. */
  VIEWS_PER_VISIT(
      "views_per_visit",
      "coalesce(round(sum(views) / nullif(sum(visits), 0)::numeric, 2), 0)::float8"),
  /** Whole percent of visits that bounced. */
  BOUNCE_RATE("bounce_rate", average("100 * sum(bounces)")),
  /** Whole seconds, on average. */
  VISIT_DURATION("visit_duration", average("sum(seconds)")),
  /** Page views and custom events. */
  EVENTS("events", "coalesce(sum(actions), 0)::bigint"),
  /** Percent of all visitors that the filters let count, to two decimals. */
  PERCENTAGE("percentage", share("(select sum(visitors) from tally_everyone)")),
  /** Percent of the visitors of the range that reached the goal, to two decimals. */
  CONVERSION_RATE("conversion_rate", share("(select sum(visitors) from tally_possible)")),
  /** The same, of the visitors of the row. */
  GROUP_CONVERSION_RATE("group_conversion_rate", share("max(among)")),
  /** Percent of a page, on average of how deep a visitor got in a day. */
  SCROLL_DEPTH("scroll_depth", "round(sum(scroll) / nullif(sum(scrolled), 0)::numeric)::bigint"),
  /** Seconds for which a page was visible and focused, on average of the visits that viewed it. */
  TIME_ON_PAGE("time_on_page", "round(sum(engaged) / nullif(sum(timed), 0)::numeric)::bigint"),
  /** In the currency of the goal. */
  TOTAL_REVENUE("total_revenue", "coalesce(sum(revenue), 0)"),
  /** Of the steps that were worth something. */
  AVERAGE_REVENUE("average_revenue", "coalesce(round(sum(revenue) / nullif(sum(paid), 0), 6), 0)"),
  /** Percent of visits that a cookie recognised, to one decimal. */
  CONSENT_SHARE(
      "consent_share",
      "coalesce(round(100 * sum(consented) / nullif(sum(visits), 0)::numeric, 1), 0)::float8"),
  /**
   * Browsers that keep a cookie, each once within its bucket of time, and the daily visitors of
   * those that keep none.
   */
  PEOPLE(
      "people",
      """
      (select coalesce(sum(browsers), 0) from return_gap
        where site_id = $1 and day between {first} and {last}
          and (gap is null or gap = -1 or day - gap < {first}))::bigint
      + coalesce(sum(cookieless), 0)::bigint"""),
  /** Browsers that were first given a cookie, and brought it back. */
  NEW_VISITORS(
      "new_visitors",
      """
      (select coalesce(sum(browsers), 0) from return_gap
        where site_id = $1 and day between {first} and {last} and gap is null)::bigint"""),
  /** See {@link Vital#LCP}. */
  LCP(Vital.LCP, VitalFigure.PERCENTILE),
  LCP_GOOD(Vital.LCP, VitalFigure.GOOD),
  LCP_NEEDS_WORK(Vital.LCP, VitalFigure.NEEDS_WORK),
  LCP_POOR(Vital.LCP, VitalFigure.POOR),
  /** See {@link Vital#INP}. */
  INP(Vital.INP, VitalFigure.PERCENTILE),
  INP_GOOD(Vital.INP, VitalFigure.GOOD),
  INP_NEEDS_WORK(Vital.INP, VitalFigure.NEEDS_WORK),
  INP_POOR(Vital.INP, VitalFigure.POOR),
  /** See {@link Vital#CLS}. */
  CLS(Vital.CLS, VitalFigure.PERCENTILE),
  CLS_GOOD(Vital.CLS, VitalFigure.GOOD),
  CLS_NEEDS_WORK(Vital.CLS, VitalFigure.NEEDS_WORK),
  CLS_POOR(Vital.CLS, VitalFigure.POOR),
  /** See {@link Vital#TTFB}. */
  TTFB(Vital.TTFB, VitalFigure.PERCENTILE),
  TTFB_GOOD(Vital.TTFB, VitalFigure.GOOD),
  TTFB_NEEDS_WORK(Vital.TTFB, VitalFigure.NEEDS_WORK),
  TTFB_POOR(Vital.TTFB, VitalFigure.POOR);

  private static final Map<String, Metric> METRICS_BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(Metric::word, Function.identity()));

  private final String word;
  private final String expression;
  private final @Nullable Vital vital;
  private final @Nullable VitalFigure figure;

  Metric(String word, String expression) {
    this.word = word;
    this.expression = expression;
    this.vital = null;
    this.figure = null;
  }

  /** One that is read from buckets and not from visits, see {@link VitalsSql}. */
  Metric(Vital vital, VitalFigure figure) {
    this.word = vital.word() + figure.suffix();
    this.expression = "";
    this.vital = vital;
    this.figure = figure;
  }

  /*
   * The reference of the Plausible Stats API gives bounce_rate and visit_duration types without
   * null, so a question that no visit answers gets 0. It does not know them by page; there, a page
   * that nobody entered on has null, for 0 would praise it.
   */
  private static String average(String sum) {
    return "case when coalesce(sum(visits), 0) = 0 then 0"
        + " else round(%s / nullif(sum(entries), 0)::numeric) end::bigint".formatted(sum);
  }

  private static String share(String whole) {
    return "coalesce(round(100 * sum(visitors) / nullif(%s, 0)::numeric, 2), 0)::float8"
        .formatted(whole);
  }

  static @Nullable Metric named(String word) {
    return METRICS_BY_WORD.get(word);
  }

  @Override
  public String word() {
    return word;
  }

  /** Whether it is read from visitors, so that these have to be told apart. */
  boolean needsVisitors() {
    return this == VISITORS || this == PEOPLE || ofShares();
  }

  /** Whether a visitor who is not known again counts twice in it. */
  boolean suffersFromLostMemory() {
    return this == VISITORS || this == VISITS || this == PEOPLE;
  }

  /** Whether it compares visitors with more visitors. */
  boolean ofShares() {
    return this == PERCENTAGE || ofConversions();
  }

  /** Whether it compares those who reached a goal with those who could have. */
  boolean ofConversions() {
    return this == CONVERSION_RATE || this == GROUP_CONVERSION_RATE;
  }

  /** Whether it says how a page was read. */
  boolean ofReading() {
    return this == SCROLL_DEPTH || this == TIME_ON_PAGE;
  }

  /** Whether it is an amount of money. */
  boolean ofRevenue() {
    return this == TOTAL_REVENUE || this == AVERAGE_REVENUE;
  }

  /** Whether it says something of visits as a whole, which single steps do not have. */
  boolean ofWholeVisits() {
    return this == BOUNCE_RATE || this == VISIT_DURATION || this == VIEWS_PER_VISIT;
  }

  /** Whether it has no meaning where hits are not joined to visits. */
  boolean needsVisits() {
    return this != PAGEVIEWS && this != EVENTS && !ofRevenue() && !ofReading() && !ofVitals();
  }

  /** Whether it is read from counters of whole days, which know nothing of single visits. */
  boolean ofReturns() {
    return this == PEOPLE || this == NEW_VISITORS;
  }

  /** Whether it says how pages loaded, reacted and held still, of which no visit knows. */
  boolean ofVitals() {
    return vital != null;
  }

  /** What it is a figure of; only of vitals. */
  Vital vital() {
    return Objects.requireNonNull(vital, word);
  }

  /** What it says of it; only of vitals. */
  VitalFigure figure() {
    return Objects.requireNonNull(figure, word);
  }

  /** Whether nothing is known where nothing is counted. */
  boolean isOfSomething() {
    return ofWholeVisits() || ofReading() || figure == VitalFigure.PERCENTILE;
  }

  /** Whether it is read from a column of {@code tally}. */
  boolean reads(String column) {
    return Pattern.compile("\\b" + column + "\\b").matcher(expression).find();
  }

  /**
   * SQL over the rows of {@code tally}, see {@link TallySql}.
   *
   * @param bucket the days that a row of the answer is about
   */
  String expression(Bucket bucket) {
    return expression.replace("{first}", bucket.first()).replace("{last}", bucket.last());
  }
}
