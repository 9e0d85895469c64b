package dk.sporlos.stats;

import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.Segment;
import dk.sporlos.goal.Segments;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the owner of a site has defined that a query names.
 *
 * @param goals of the site, if the query asks about goals
 * @param segments that the query names
 */
record Definitions(List<Goal> goals, List<Segment> segments) {

  private static final Definitions NONE = new Definitions(List.of(), List.of());

  Definitions {
    goals = List.copyOf(goals);
    segments = List.copyOf(segments);
  }

  /** Those that a query needs. */
  static Future<Definitions> of(Pool pool, SiteId site, Query query) {
    boolean byGoal = query.dimensions().contains(Dimension.EVENT_GOAL);
    return of(pool, site, query.filter(), byGoal || asksAboutGoals(query.filter()));
  }

  /** Those that a filter needs. */
  static Future<Definitions> of(Pool pool, SiteId site, Filter filter) {
    return of(pool, site, filter, asksAboutGoals(filter));
  }

  private static Future<Definitions> of(Pool pool, SiteId site, Filter filter, boolean aboutGoals) {
    List<Long> numbers = segments(filter).distinct().toList();
    if (numbers.isEmpty()) {
      return aboutGoals
          ? new Goals(pool).all(site).map(goals -> new Definitions(goals, List.of()))
          : Future.succeededFuture(NONE);
    }
    return new Segments(pool)
        .find(site, numbers)
        .compose(
            segments -> new Goals(pool).all(site).map(goals -> new Definitions(goals, segments)));
  }

  private static boolean asksAboutGoals(Filter filter) {
    return filter
        .allComparisons()
        .anyMatch(comparison -> comparison.attribute() == Dimension.EVENT_GOAL);
  }

  private static Stream<Long> segments(Filter filter) {
    return filter instanceof Filter.InSegment segment
        ? segment.numbers().stream()
        : filter.parts().stream().flatMap(Definitions::segments);
  }

  /**
   * The segment of a number.
   *
   * @throws InvalidQueryException if the site has none
   */
  Segment segment(long number) {
    return segments.stream()
        .filter(segment -> segment.id() == number)
        .findAny()
        .orElseThrow(
            () ->
                new InvalidQueryException(
                    "Invalid segment filter: the site has no segment %d.".formatted(number)));
  }

  /**
   * The goals that fit a filter.
   *
   * @throws InvalidQueryException if the site has no goal of one of the names
   */
  List<Goal> fitting(Filter.Compare comparison) {
    if (comparison.operator() == Operator.IS) {
      comparison.clauses().forEach(clause -> refuseUnknown(clause, comparison.caseSensitive()));
    }
    return goals.stream().filter(goal -> comparison.fits().test(goal.name())).toList();
  }

  private void refuseUnknown(String name, boolean caseSensitive) {
    boolean known =
        goals.stream()
            .anyMatch(
                goal ->
                    caseSensitive
                        ? Objects.equals(goal.name(), name)
                        : goal.name().equalsIgnoreCase(name));
    if (!known) {
      throw new InvalidQueryException(
          "Invalid goal filter: the goal `%s` is not configured for this site.".formatted(name));
    }
  }
}
