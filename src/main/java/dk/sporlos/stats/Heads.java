package dk.sporlos.stats;

import dk.sporlos.seal.Figure;
import dk.sporlos.seal.Sealed;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of an answer, as far as the heads of totals alone tell them.
 *
 * @param dimension that they are the values of
 * @param figure that rows are ordered by, greatest first
 * @param rows how many have to be certain: those on the page asked for, and those before it
 * @param named whether the rows are known beforehand, so that others do not matter
 */
record Heads(Sealed dimension, Figure figure, long rows, boolean named) {

  /*
   * A head holds the values that matter most on a day or in a month, and beside it stands the most that
   * a value of the rest has. So what a value has in all heads is the least it can have, and for each
   * head that it is not in, it has no more than stands there. The first rows are certain if they are in
   * every head that has a rest, so that all their figures are known, and if none of the others, seen or
   * unseen, can have as much as the last of them. A month may have tens of thousands of pages, of which
   * the first ten are known from the four hundred of its head. Rows that are not certain are not given.
   */
  private static final String ANSWER =
      """
      heads as (
        select count(*) as parts, coalesce(sum(beyond), 0) as beyond,
          coalesce(bool_or(beyond is null), false) as unbounded
        from (%1$s
        ) as head
        where rest = 1
      ),
      ranked as (
        select answer.*, row_number() over (order by %2$s) as place from answer where %3$s
      ),
      verdict as (
        select parts = 0 or not unbounded
          and count(*) filter (where place <= %4$s) = %4$s
          and bool_and(present = parts) filter (where place <= %4$s)
          and %5$s as certain
        from heads
        left join ranked on true
        group by parts, beyond, unbounded
      )
      select coalesce(certain, false) as certain, ranked.*
      from verdict
      left join ranked on certain and place > %6$s and place <= %4$s
      order by place""";

  /** Of the others, one that is named as if nothing were known may stand for two values. */
  private static final String FIRST =
      """
      min(%1$s) filter (where place <= %2$s) > greatest(beyond,
            max(%1$s + (1 + (%3$s)::int) * beyond - covered) filter (where place > %2$s))""";

  private static final String HEAD =
      """

          select beyond_%3$s as beyond, %4$s as rest
          from %1$s as held
          where site_id = $1 and %2$s = any (%5$s) and dimension = %6$d and part = 0""";

  private static final String REST =
      "(select count(*) from %1$s as rest where rest.site_id = held.site_id"
          + " and rest.%2$s = held.%2$s and rest.origin = held.origin"
          + " and rest.dimension = held.dimension and rest.part = 1)";

  private static final Map<Metric, Figure> BOUNDED =
      Map.of(
          Metric.VISITORS, Figure.VISITORS,
          Metric.VISITS, Figure.VISITS,
          Metric.PAGEVIEWS, Figure.VIEWS);

  /** Of more rows heads are seldom certain. */
  private static final int MOST = 200;

  /** Anyone may name a campaign as the answer names what has none. */
  private static final Set<Sealed> NAMED_BY_ANYONE =
      EnumSet.of(
          Sealed.SOURCE,
          Sealed.UTM_SOURCE,
          Sealed.UTM_MEDIUM,
          Sealed.UTM_CAMPAIGN,
          Sealed.UTM_CONTENT,
          Sealed.UTM_TERM);

  private static final String UNNAMED = "('', '(not set)', 'Direct / None')";

  /**
   * The first rows of an answer; null if they cannot be told from heads.
   *
   * @param only the only rows that are wanted; null for any
   */
  static @Nullable Heads of(Query query, Sources sources, @Nullable List<Answer.Row> only) {
    Metric metric = first(query);
    Figure figure = metric == null ? null : BOUNDED.get(metric);
    long rows = only == null ? query.paging().offset() + query.paging().limit() : only.size();
    Sealed dimension =
        query.dimensions().size() == 1 ? Totals.texts(query.dimensions().get(0)) : null;
    return figure == null
            || dimension == null
            || sources.days() == null
            || rows > MOST
            || query.include().totalRows()
        ? null
        : new Heads(dimension, figure, rows, only != null);
  }

  /** What rows are ordered by first, unless that is the least of it, or what they are told by. */
  private static @Nullable Metric first(Query query) {
    Order order = query.order().get(0);
    return order.direction() == Order.Direction.DESC && order.by() instanceof Metric metric
        ? metric
        : null;
  }

  /** SQL of a column {@code rest} of a head: 1 if there is a rest, 0 if the head is all. */
  static String rest(String table, String period) {
    return REST.formatted(table, period);
  }

  /** SQL of whether a text may be one of two that the answer gives the same name. */
  static String isAmbiguous(Sealed sealed, String text) {
    return NAMED_BY_ANYONE.contains(sealed) ? text + " in " + UNNAMED : "false";
  }

  /**
   * SQL of the rows, after the common table expression {@code answer}.
   *
   * @param order SQL of the order of rows
   * @param metric column of the answer that rows are ordered by
   * @param wanted SQL of the condition on rows
   */
  String sql(
      Query query, Days days, Parameters parameters, String order, String metric, String wanted) {
    String last = parameters.add(rows) + "::bigint";
    String before = parameters.add(named ? 0L : query.paging().offset()) + "::bigint";
    String heads =
        head("monthly", "month", parameters.addDays(days.months()))
            + "\n          union all"
            + head("daily", "day", parameters.addDays(days.sealed()));
    String first = named ? "true" : FIRST.formatted(metric, last, isAmbiguous(dimension, "d0"));
    return ANSWER.formatted(heads, order, wanted, last, first, before);
  }

  private String head(String table, String period, String days) {
    return HEAD.formatted(
        table, period, figure.column(), rest(table, period), days, dimension.number());
  }
}
