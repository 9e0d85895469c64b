package dk.sporlos.stats;

import dk.sporlos.seal.Figure;
import io.vertx.core.json.JsonArray;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What outsiders may ask: figures of whole finished days that are sums of visits, by one dimension,
 * of the one segment that is theirs.
 */
public final class Outsiders {

  private static final String MAY =
      "Shared links, public pages and tokens of scope `outside` get rounded figures of finished"
          + " days by one dimension.";

  /** What is said to one who asks for something beside the query language. */
  static final String NOTHING_ELSE = MAY + " This is open to the members of the site alone.";

  private static final Set<Metric> CLOSED =
      EnumSet.of(
          Metric.PEOPLE,
          Metric.NEW_VISITORS,
          Metric.TOTAL_REVENUE,
          Metric.AVERAGE_REVENUE,
          Metric.GROUP_CONVERSION_RATE);

  private Outsiders() {}

  /**
   * Refuses a question that outsiders may not ask.
   *
   * @throws InvalidQueryException which says what they may
   */
  static void check(Query query) {
    if (!query.filter().parts().isEmpty()) {
      throw refusal("They cannot be filtered: leave `filters` out.");
    }
    for (Metric metric : query.metrics()) {
      if (CLOSED.contains(metric) || metric.ofVitals()) {
        throw refusal("Metric `%s` is not among them.".formatted(metric.word()));
      }
    }
    if (query.dimensions().size() > 1) {
      throw refusal("Ask by one of the dimensions, and again by another.");
    }
    if (query.dimensions().contains(Dimension.TIME_HOUR)) {
      throw refusal("There are none by `time:hour`: ask by `time:day`.");
    }
    if (query.range() instanceof DateRange.Moments
        || query.range() == DateRange.Named.LAST_24_HOURS) {
      throw refusal("There are none of hours: ask for a range of days, as in `7d`.");
    }
    if (query.metrics().contains(Metric.CONVERSION_RATE)
        && !query.dimensions().contains(Dimension.EVENT_GOAL)) {
      throw refusal("Ask for metric `conversion_rate` by `event:goal`.");
    }
  }

  private static InvalidQueryException refusal(String why) {
    return new InvalidQueryException(MAY + " " + why);
  }

  /**
   * Refuses filters that no segment of outsiders can consist of.
   *
   * @throws InvalidQueryException if they are none
   */
  public static void checkSegment(JsonArray filters) {
    segment(filters);
  }

  /** The filters of a segment. */
  static Filter.All segment(JsonArray filters) {
    return FilterParser.parse(Place.ROOT.at("filters"), filters);
  }

  /**
   * What is added up so that a metric can be given.
   *
   * @param byPage whether rows are pages or their hosts
   */
  static Set<Figure> figures(List<Metric> metrics, boolean byPage) {
    Set<Figure> figures = EnumSet.noneOf(Figure.class);
    for (Metric metric : metrics) {
      figures.addAll(figures(metric, byPage));
    }
    return figures;
  }

  private static List<Figure> figures(Metric metric, boolean byPage) {
    return switch (metric) {
      case VISITORS, PERCENTAGE, CONVERSION_RATE -> List.of(Figure.VISITORS);
      case VISITS -> List.of(Figure.VISITS);
      case PAGEVIEWS -> List.of(Figure.VIEWS);
      case EVENTS -> List.of(Figure.ACTIONS);
      case VIEWS_PER_VISIT -> List.of(Figure.VIEWS, Figure.VISITS);
      case BOUNCE_RATE -> List.of(Figure.BOUNCES, entries(byPage));
      case VISIT_DURATION -> List.of(Figure.SECONDS, entries(byPage));
      case SCROLL_DEPTH -> List.of(Figure.SCROLL, Figure.SCROLLED);
      case TIME_ON_PAGE -> List.of(Figure.ENGAGED, Figure.TIMED);
      case CONSENT_SHARE -> List.of(Figure.CONSENTED, Figure.VISITS);
      // None of the others is open to them.
      default -> List.of();
    };
  }

  /** Unless that is a page, a visit began in whatever it is counted under. */
  static Figure entries(boolean byPage) {
    return byPage ? Figure.ENTRIES : Figure.VISITS;
  }
}
