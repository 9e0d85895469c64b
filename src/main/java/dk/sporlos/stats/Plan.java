package dk.sporlos.stats;

import dk.sporlos.goal.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A query with everything filled in that it names.
 *
 * @param filter what counts, in terms of visits and steps
 * @param possible the same without what top-level filters say of goals and properties: who could
 *     have reached the goals
 * @param reached the goals that rows of {@code event:goal} are about
 * @param revenue what steps are worth
 */
record Plan(Query query, Filter filter, Filter possible, List<Goal> reached, Revenue revenue) {

  Plan {
    reached = List.copyOf(reached);
  }

  /**
   * @param query with a bucket for its time and an order, see {@link Query#over(Period)}
   * @throws InvalidQueryException if it names what the site does not have
   */
  static Plan of(Query query, Definitions definitions) {
    Filter.All asked = Expansion.ofSegments(query.filter(), definitions);
    Rules.check(query, asked);
    Filter filter = Expansion.ofGoals(asked, definitions);
    List<Filter> possible = new ArrayList<>();
    for (Filter part : asked.parts()) {
      if (!isAboutConversions(part)) {
        possible.add(Expansion.ofGoals(part, definitions));
      }
    }
    if (!query.dimensions().contains(Dimension.EVENT_GOAL)) {
      Revenue revenue = Revenue.ofFilter(query, Expansion.goals(asked, definitions));
      return new Plan(query, filter, new Filter.All(possible), List.of(), revenue);
    }
    List<Goal> reached = reached(asked, definitions);
    return new Plan(
        query,
        new Filter.All(
            List.of(filter, new Filter.Any(reached.stream().map(Expansion::steps).toList()))),
        new Filter.All(possible),
        reached,
        Revenue.ofRows(query, reached));
  }

  /** The goals that top-level filters name, or all of them. */
  private static List<Goal> reached(Filter.All asked, Definitions definitions) {
    List<Filter.Compare> naming =
        asked.parts().stream()
            .flatMap(part -> part instanceof Filter.Compare one ? Stream.of(one) : Stream.empty())
            .filter(comparison -> comparison.attribute() == Dimension.EVENT_GOAL)
            .toList();
    return definitions.goals().stream()
        .filter(
            goal ->
                naming.isEmpty()
                    || naming.stream().anyMatch(named -> named.fits().test(goal.name())))
        .toList();
  }

  private static boolean isAboutConversions(Filter part) {
    return part.comparisons().findAny().isPresent()
        && part.comparisons().map(Filter.Compare::attribute).allMatch(Plan::isAboutConversions);
  }

  /** Whether it tells those who reached a goal from those who could have. */
  static boolean isAboutConversions(Attribute attribute) {
    return attribute == Dimension.EVENT_GOAL || attribute instanceof Property;
  }

  /** The same, with other rows of the answer and nothing beside them. */
  Plan paged(Query.Paging paging) {
    return new Plan(
        new Query(
            query.metrics(),
            query.range(),
            query.filter(),
            query.dimensions(),
            query.order(),
            Query.Include.NOTHING,
            paging),
        filter,
        possible,
        reached,
        revenue);
  }

  /** The same for whoever names the period otherwise. */
  Plan overAnyRange() {
    Query any =
        new Query(
            query.metrics(),
            DateRange.Named.ALL,
            query.filter(),
            query.dimensions(),
            query.order(),
            query.include(),
            query.paging());
    return new Plan(any, filter, possible, reached, revenue);
  }

  /** All filters in it, whose comparisons are to be looked up. */
  Filter filters() {
    return new Filter.All(
        Stream.concat(Stream.of(filter, possible), revenue.goals().stream().map(Expansion::steps))
            .toList());
  }

  /** The names of the goals reached. */
  List<String> goalNames() {
    return reached.stream().map(Goal::name).toList();
  }
}
