package dk.sporlos.stats;

import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import dk.sporlos.site.Site;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a cell of a day is rounded as: cells that everybody knows to be the same have the same name,
 * for rounded twice they would tell more than rounded once.
 *
 * @param segment filters as text; empty if everything is counted
 * @param dimension word of the dimension; empty for the whole of the segment
 */
record CellName(String segment, String dimension, String value) {

  private static final String PAGEVIEW = "pageview";

  private static final Set<Dimension> HOSTS =
      Set.of(
          Dimension.EVENT_HOSTNAME,
          Dimension.VISIT_ENTRY_PAGE_HOSTNAME,
          Dimension.VISIT_EXIT_PAGE_HOSTNAME);

  /** The names of the cells of one segment at a site. */
  record Within(Site site, Filter.All segment) {

    /** The segment as a whole: if it is one value, what that value is of everything. */
    CellName whole() {
      Filter.Compare only = only();
      if (only == null) {
        return new CellName(text(), "", "");
      }
      return new Within(site, Filter.All.NOTHING).part(only.attribute(), only.clauses().get(0));
    }

    /** A value of a dimension; that of a goal is told by {@link #part(Goal)}. */
    CellName part(Attribute attribute, String value) {
      Filter.Compare only = only();
      boolean whole =
          (only != null
                  && only.attribute().equals(attribute)
                  && only.clauses().equals(List.of(value)))
              || (attribute == Dimension.EVENT_NAME && value.equals(PAGEVIEW))
              || (attribute instanceof Dimension dimension
                  && HOSTS.contains(dimension)
                  && value.equals(site.domain()));
      return whole ? whole() : new CellName(text(), attribute.word(), value);
    }

    /** A goal that is an event or a page, and asks no more, is that event or page. */
    CellName part(Goal goal) {
      if (goal.properties().isEmpty()) {
        if (goal.condition() instanceof Condition.EventSent sent) {
          return part(Dimension.EVENT_NAME, sent.event());
        }
        if (goal.condition() instanceof Condition.PageViewed viewed && viewed.page().isExact()) {
          return part(Dimension.EVENT_PAGE, viewed.page().text());
        }
      }
      return new CellName(text(), Dimension.EVENT_GOAL.word(), Long.toString(goal.id()));
    }

    private String text() {
      return segment.parts().isEmpty() ? "" : segment.json().encode();
    }

    /** The one value that everything in the segment has; null if there is no such. */
    private Filter.@Nullable Compare only() {
      return segment.parts().size() == 1
              && segment.parts().get(0) instanceof Filter.Compare comparison
              && comparison.operator() == Operator.IS
              && !comparison.negated()
              && comparison.caseSensitive()
              && comparison.clauses().size() == 1
              && comparison.attribute() != Dimension.EVENT_GOAL
          ? comparison
          : null;
    }
  }
}
