package dk.sporlos.stats;

import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.PagePattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Replaces goals and segments by the filters that they stand for. */
final class Expansion {

  /** Of a query with the filters of its segments and goals. */
  private static final int MOST = 2_000;

  private static final int MOST_NESTED = 3;

  private final Definitions definitions;
  private int filters;

  private Expansion(Definitions definitions) {
    this.definitions = definitions;
  }

  /**
   * A filter with segments replaced, all of whose parts have to be true.
   *
   * @throws InvalidQueryException if a segment is not there, is broken, or grows too large
   */
  static Filter.All ofSegments(Filter.All filter, Definitions definitions) {
    List<Filter> parts = new ArrayList<>();
    flatten(new Expansion(definitions).segments(filter, 0), parts);
    return new Filter.All(parts);
  }

  private static void flatten(Filter filter, List<Filter> into) {
    if (filter instanceof Filter.All all) {
      all.parts().forEach(part -> flatten(part, into));
    } else {
      into.add(filter);
    }
  }

  /** A filter with goals replaced. */
  static Filter ofGoals(Filter filter, Definitions definitions) {
    if (filter instanceof Filter.Compare comparison) {
      return comparison.attribute() == Dimension.EVENT_GOAL
          ? new Filter.Any(definitions.fitting(comparison).stream().map(Expansion::steps).toList())
          : comparison;
    }
    return rebuilt(
        filter, filter.parts().stream().map(part -> ofGoals(part, definitions)).toList());
  }

  /** The goals that a filter lets count by their names: not those that it lets not count. */
  static Set<Goal> goals(Filter filter, Definitions definitions) {
    Set<Goal> goals = new LinkedHashSet<>();
    if (filter instanceof Filter.Compare comparison
        && comparison.attribute() == Dimension.EVENT_GOAL) {
      goals.addAll(definitions.fitting(comparison));
    }
    if (filter instanceof Filter.All || filter instanceof Filter.Any) {
      filter.parts().forEach(part -> goals.addAll(goals(part, definitions)));
    }
    return goals;
  }

  /** The steps that reach a goal. */
  static Filter steps(Goal goal) {
    List<Filter> parts = new ArrayList<>();
    if (goal.condition() instanceof Condition.EventSent sent) {
      parts.add(Filter.Compare.is(Dimension.EVENT_NAME, List.of(sent.event())));
    } else if (goal.condition() instanceof Condition.PageViewed viewed) {
      parts.add(page(viewed.page()));
      parts.add(Filter.Compare.is(Dimension.EVENT_NAME, List.of("pageview")));
    } else if (goal.condition() instanceof Condition.PageScrolled scrolled) {
      parts.add(page(scrolled.page()));
      parts.add(new Filter.Scrolled(scrolled.percent()));
    }
    goal.properties()
        .forEach((key, value) -> parts.add(Filter.Compare.is(new Property(key), List.of(value))));
    return new Filter.All(parts);
  }

  private static Filter page(PagePattern page) {
    Operator operator = page.isExact() ? Operator.IS : Operator.MATCHES_WILDCARD;
    return new Filter.Compare(operator, false, Dimension.EVENT_PAGE, List.of(page.text()), true);
  }

  private Filter segments(Filter filter, int nested) {
    if (++filters > MOST) {
      throw new InvalidQueryException(
          "#/filters: With its segments the query has more than %d filters.".formatted(MOST));
    }
    if (filter instanceof Filter.InSegment segment) {
      List<Filter> any = new ArrayList<>();
      for (long number : segment.numbers()) {
        any.add(segment(number, nested + 1));
      }
      return any.size() == 1 ? any.get(0) : new Filter.Any(any);
    }
    List<Filter> parts = new ArrayList<>();
    filter.parts().forEach(part -> parts.add(segments(part, nested)));
    return rebuilt(filter, parts);
  }

  private Filter segment(long number, int nested) {
    if (nested > MOST_NESTED) {
      throw new InvalidQueryException(
          "Invalid segment filter: segment %d is nested more than %d deep."
              .formatted(number, MOST_NESTED));
    }
    Place place = new Place("segment " + number);
    return segments(FilterParser.parse(place, definitions.segment(number).filters()), nested);
  }

  private static Filter rebuilt(Filter filter, List<Filter> parts) {
    if (filter instanceof Filter.All) {
      return new Filter.All(parts);
    }
    if (filter instanceof Filter.Any) {
      return new Filter.Any(parts);
    }
    if (filter instanceof Filter.Not) {
      return new Filter.Not(parts.get(0));
    }
    if (filter instanceof Filter.HasDone done) {
      return new Filter.HasDone(parts.get(0), done.negated());
    }
    return filter;
  }
}
