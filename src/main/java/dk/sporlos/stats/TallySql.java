package dk.sporlos.stats;

import dk.sporlos.goal.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What visits and their steps add up to, as SQL: a common table expression {@code tally}.
 *
 * <p>Its columns are the dimensions {@code d0, d1, …}, those of {@link #COLUMNS}, all to be added
 * up, and two of {@link Heads}: in how many heads a value is present that have a rest, and the most
 * that a value of these rests has.
 */
final class TallySql {

  /*
   * seen:    a row for each visit or, where steps are told apart, for each visit and value that
   *          steps of it have. What visits have as a whole (bounced, seconds) counts by page where
   *          the visit was entered.
   * tally:   a row for each visitor, for one level of grouping on top of another finds distinct
   *          visitors several times faster than count(distinct); without such a metric, for each
   *          row of seen. To these come figures of reading, which are of visitors and pages, and
   *          what Sources has beside visits.
   */
  private static final String SEEN_AS_VISITS =
      """
      seen%s as (
        select %sviews, views + events as actions, true as entered, visitor, seconds, bounced,
          by_cookie, null::numeric as revenue, 0 as paid
        from visited%s%s
      )""";

  private static final String SEEN_AS_STEPS =
      """
      seen%s as (
        select %scount(*) filter (where step.name_id is null) as views, count(*) as actions,
          bool_or(%s) as entered, min(visitor) as visitor, min(seconds) as seconds,
          bool_and(bounced) as bounced, bool_and(visited.by_cookie) as by_cookie,
          %s
        from visited
        cross join lateral unpack(visited.steps) as step%s%s
        group by %svisited.visit%s
      )""";

  private static final String VIEWED =
      "\n  having count(*) filter (where step.name_id is null) > 0";

  private static final String FIRST_PAGE =
      "\n        left join page as first_page"
          + " on first_page.site_id = $1 and first_page.id = visited.entry_page";

  /** In this order. */
  static final String COLUMNS =
      "visitors, cookieless, visits, views, actions, entries, bounces, seconds, consented, scroll,"
          + " scrolled, engaged, timed, revenue, paid";

  private static final String TALLY_OF_VISITORS =
      """
      tally%1$s as (
        select %2$s1 as visitors, (count(*) filter (where by_cookie) = 0)::int as cookieless,
          count(*) as visits, sum(views) as views, sum(actions) as actions,
          count(*) filter (where entered) as entries,
          count(*) filter (where entered and bounced) as bounces,
          sum(seconds) filter (where entered) as seconds,
          count(*) filter (where by_cookie) as consented,
          null::int as scroll, 0 as scrolled, 0 as engaged, 0 as timed,
          sum(revenue) as revenue, sum(paid) as paid, 0 as present, 0 as covered
        from seen%1$s
        group by %3$s%4$s
      )""";

  private static final String TALLY_OF_VISITS =
      """
      tally%1$s as (
        select %2$s0 as visitors, 0 as cookieless, 1 as visits, views, actions,
          entered::int as entries,
          (entered and bounced)::int as bounces, case when entered then seconds end as seconds,
          by_cookie::int as consented,
          null::int as scroll, 0 as scrolled, 0 as engaged, 0 as timed, revenue, paid,
          0 as present, 0 as covered
        from seen%1$s%3$s
      )""";

  private static final String READING =
      """

        union all
        select %s0, 0, 0, 0, 0, 0, 0, 0, 0, scroll, (scroll is not null)::int, engaged, timed, null, 0,
          0, 0
        from (
          select %smax(step.scroll) as scroll, sum(step.engaged_seconds) as engaged,
            count(distinct visited.visit) as timed
          from visited
          cross join lateral unpack(visited.steps) as step%s%s and step.name_id is null
          group by %svisited.visitor, page.path
        ) as reading""";

  private static final String SAID_OF_STEP =
      "\n        left join %s on said.visit = visited.visit and said.step = step.step";

  private static final String REACHED =
      "\n        cross join lateral unnest(array_remove(array[%s]::int[], null)) as reached (goal)";

  private final Plan plan;
  private final Sources sources;
  private final Parameters parameters;
  private final FilterSql filters;

  TallySql(Plan plan, Sources sources, Parameters parameters, FilterSql filters) {
    this.plan = plan;
    this.sources = sources;
    this.parameters = parameters;
    this.filters = filters;
  }

  /** The common table expressions, with a comma between. */
  String of(Part part) {
    String more =
        (part.ofReading() ? reading(part) : "")
            + sources.unjoinedHits(part, this)
            + Totals.sql(part, sources, plan.reached(), parameters);
    List<String> keys = new ArrayList<>(keys(part.dimensions()));
    String selected = listed(keys);
    String seen = part.ofSteps() ? seenAsSteps(part) : seenAsVisits(part);
    if (!part.needsVisitors()) {
      return seen + ",\n" + TALLY_OF_VISITS.formatted(part.name(), selected, more);
    }
    keys.add("visitor");
    return seen
        + ",\n"
        + TALLY_OF_VISITORS.formatted(part.name(), selected, String.join(", ", keys), more);
  }

  private String seenAsVisits(Part part) {
    return SEEN_AS_VISITS.formatted(
        part.name(),
        values(part, Scope.STEPS, true),
        joins(part, Scope.STEPS),
        where(filters.condition(part.filter(), Scope.STEPS)));
  }

  private String seenAsSteps(Part part) {
    boolean byPage = part.kinds().contains(Dimension.Of.STEP);
    return SEEN_AS_STEPS.formatted(
        part.name(),
        values(part, Scope.STEPS, true),
        byPage ? entered(part) : "true",
        revenue(part, Scope.STEPS),
        joins(part, Scope.STEPS)
            + said(part, part.ofRevenue())
            + (byPage ? FIRST_PAGE : "")
            + reached(part, Scope.STEPS),
        where(stepCondition(part)),
        listed(keys(part.dimensions())),
        part.ofPagesAlone() ? VIEWED : "");
  }

  private String reading(Part part) {
    Set<Dimension.Of> kinds = part.kinds();
    String page = kinds.contains(Dimension.Of.STEP) ? "" : Dimension.Of.STEP.join();
    String keys = listed(keys(part.dimensions()));
    return READING.formatted(
        keys,
        values(part, Scope.STEPS, true),
        joins(part, Scope.STEPS) + Scope.STEPS.fill(page) + said(part, false),
        where(stepCondition(part)),
        keys);
  }

  private String stepCondition(Part part) {
    String exact = filters.condition(part.filter(), Scope.STEPS);
    String before = part.filter().ofSteps() ? filters.visitCondition(part.filter()) : null;
    return before == null ? exact : "(" + before + ") and (" + exact + ")";
  }

  private static String where(String condition) {
    return "\n        where " + condition;
  }

  private static String entered(Part part) {
    return part.dimensions().stream()
        .filter(Rules::isOfPages)
        .map(attribute -> "coalesce(" + ((Dimension) attribute).entered() + ", false)")
        .collect(Collectors.joining(" and "));
  }

  /**
   * SQL of the values of the dimensions, a comma after each.
   *
   * @param named whether they are called d0, d1, …
   */
  String values(Part part, Scope scope, boolean named) {
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < part.dimensions().size(); i++) {
      values.append(value(part.dimensions().get(i), scope));
      values.append(named ? " as d" + i + ", " : ", ");
    }
    return values.toString();
  }

  private String value(Attribute attribute, Scope scope) {
    if (attribute instanceof Property property) {
      return "coalesce(%s ->> %s::text, '%s') collate \"C\""
          .formatted(scope.properties(), parameters.add(property.key()), Property.NONE);
    }
    return parameters.fill(scope.fill(((Dimension) attribute).expression()));
  }

  /** SQL of a further condition on the days of hits without a visit. */
  String loneDays() {
    return sources.visitDays(parameters);
  }

  /** SQL that adds what the dimensions are read from. */
  String joins(Part part, Scope scope) {
    return scope.fill(part.kinds().stream().map(Dimension.Of::join).collect(Collectors.joining()));
  }

  /** SQL that adds the goals that a step reaches. */
  String reached(Part part, Scope scope) {
    if (!part.kinds().contains(Dimension.Of.GOAL)) {
      return "";
    }
    List<String> cases = new ArrayList<>();
    for (Goal goal : plan.reached()) {
      cases.add(
          "case when %s then %d end"
              .formatted(condition(Expansion.steps(goal), scope), cases.size() + 1));
    }
    return REACHED.formatted(String.join(", ", cases));
  }

  String condition(Filter filter, Scope scope) {
    return filters.condition(filter, scope);
  }

  private String said(Part part, boolean revenue) {
    boolean needed =
        revenue
            || part.filter().asksAboutProperties()
            || part.dimensions().stream().anyMatch(Property.class::isInstance);
    return needed ? SAID_OF_STEP.formatted(QuerySql.said(sources.live())) : "";
  }

  private String revenue(Part part, Scope scope) {
    String amount = amount(part, scope);
    return "sum(%1$s) as revenue, count(%1$s) as paid".formatted(amount);
  }

  /** SQL of what a step is worth; null if it is not worth anything. */
  String amount(Part part, Scope scope) {
    Revenue revenue = plan.revenue();
    if (!part.ofRevenue() || !revenue.isKnown()) {
      return "null::numeric";
    }
    String cases =
        revenue.goals().stream()
            .map(goal -> " when " + reaches(goal, scope) + amount(goal, scope))
            .collect(Collectors.joining());
    return "case" + cases + " end";
  }

  private String reaches(Goal goal, Scope scope) {
    return plan.revenue().byGoal()
        ? "reached.goal = " + (plan.reached().indexOf(goal) + 1)
        : condition(Expansion.steps(goal), scope);
  }

  private String amount(Goal goal, Scope scope) {
    return " then " + Revenue.sql(goal, scope, parameters);
  }

  static List<String> keys(List<? extends Attribute> dimensions) {
    return IntStream.range(0, dimensions.size()).mapToObj(i -> "d" + i).toList();
  }

  private static String listed(List<String> keys) {
    return keys.stream().map(key -> key + ", ").collect(Collectors.joining());
  }
}
