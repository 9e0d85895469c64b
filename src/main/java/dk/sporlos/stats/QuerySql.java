package dk.sporlos.stats;

import dk.sporlos.fold.VisitSql;
import dk.sporlos.site.SiteId;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The SQL that answers a query, and its parameters.
 *
 * <p>Columns of the answer: {@code d0, d1, …} the dimensions, {@code m0, m1, …} the metrics; if the
 * count of all rows is asked for, also {@code total_rows}, and {@code found}, which is null in the
 * one row that says that no row is on the page asked for.
 *
 * @param text composed from constants of this class and fragments of {@link Metric} and {@link
 *     Dimension} alone
 */
record QuerySql(String text, Tuple parameters) {

  /*
   * visited: the site's visits of the period, closed ones from table visit and open ones out of the
   *          inbox; none of days whose visits are gone, though one may have come late. One statement sees one snapshot, and the fold moves a visit from one to the
   *          other in one transaction, so each is seen exactly once.
   * seen:    a row for each visit or, by page, for each visit and page that it viewed. What visits
   *          have as a whole (bounced, seconds) counts where the visit was entered.
   * tally:   to these come hits without a visit and sealed days, see Sources; a row for each visitor, for one level of grouping on top of another finds distinct
   *          visitors several times faster than count(distinct); without that metric, for each row
   *          of seen.
   * answer:  a row for each value of the dimensions.
   */
  static final String VISITED =
      """
      visited as (
        select id as visit, visitor, day, hour, entry_page, exit_page, views, events, seconds,
          bounced, steps, by_cookie
        from visit
        where site_id = $1 and day between $2 and $3 and hour between $4 and $5
          and day >= coalesce(
            (select visits_complete_from from site where id = $1), '-infinity'::date)
        union all
        select visit, visitor, day, hour, entry_page, exit_page, views, events, seconds,
          bounced, steps, by_cookie
        from (
      %s) as open
        where site_id = $1 and day between $2 and $3 and hour between $4 and $5
      )"""
          .formatted(VisitSql.of("(select * from hit where visit <> 0)"));

  private static final String SEEN_AS_VISITS =
      """
      seen as (
        select %sviews, views + events as actions, true as entered, visitor, seconds, bounced,
          by_cookie
        from visited%s
      )""";

  private static final String SEEN_AS_PAGES =
      """
      seen as (
        select %scount(*) filter (where step.name_id is null) as views, count(*) as actions,
          bool_or(%s) as entered, min(visitor) as visitor, min(seconds) as seconds,
          bool_and(bounced) as bounced, bool_and(visited.by_cookie) as by_cookie
        from visited
        cross join lateral unpack(visited.steps) as step
        join page on page.site_id = $1 and page.id = step.page_id%s
        group by %s, visited.visit
        having count(*) filter (where step.name_id is null) > 0
      )""";

  private static final String TALLY_OF_VISITORS =
      """
      tally as (
        select %s1 as visitors, (count(*) filter (where by_cookie) = 0)::int as cookieless,
          count(*) as visits, sum(views) as views, sum(actions) as actions,
          count(*) filter (where entered) as entries,
          count(*) filter (where entered and bounced) as bounces,
          sum(seconds) filter (where entered) as seconds,
          count(*) filter (where by_cookie) as consented
        from seen
        group by %s%s
      )""";

  private static final String TALLY_OF_VISITS =
      """
      tally as (
        select %s0 as visitors, 0 as cookieless, 1 as visits, views, actions,
          entered::int as entries,
          (entered and bounced)::int as bounces, case when entered then seconds end as seconds,
          by_cookie::int as consented
        from seen%s
      )""";

  private static final String ANSWER =
      """
      answer as (
        select %s
        from tally
        group by %s
      )""";

  private static final String ROWS = "select * from answer order by %s limit $6 offset $7";

  private static final String ROWS_AND_THEIR_COUNT =
      """
      select count.total_rows, rows.*
      from (select count(*) as total_rows from answer) as count
      left join (
        select true as found, answer.* from answer order by %1$s limit $6 offset $7
      ) as rows on true
      order by %1$s""";

  /**
   * @param query with a bucket for its time and an order, see {@link Query#over(Period)}
   * @param sources where there are figures beside those of visits
   */
  static QuerySql of(SiteId site, Query query, Period period, Sources sources) {
    String text =
        "with "
            + String.join(
                ",\n", VISITED, seen(query.dimensions()), tally(query, sources), answer(query))
            + "\n"
            + (query.include().totalRows() ? ROWS_AND_THEIR_COUNT : ROWS).formatted(order(query));
    return new QuerySql(text, parameters(site, query, period));
  }

  private static Tuple parameters(SiteId site, Query query, Period period) {
    Tuple parameters = hours(site, period);
    parameters.addLong((long) query.paging().limit()).addLong(query.paging().offset());
    if (query.dimensions().contains(Dimension.TIME_HOUR)) {
      parameters.addString(period.zone().getId());
    }
    return parameters;
  }

  /** The first parameters of a statement over whole days. */
  static Tuple days(SiteId site, Period period) {
    return Tuple.of(site.value(), period.firstDay(), period.lastDay());
  }

  /** The parameters of {@link #VISITED}. */
  static Tuple hours(SiteId site, Period period) {
    return days(site, period)
        .addOffsetDateTime(timestamp(period.firstHour()))
        .addOffsetDateTime(timestamp(period.lastHour()));
  }

  private static OffsetDateTime timestamp(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static String seen(List<Dimension> dimensions) {
    Set<Dimension.Of> kinds = EnumSet.noneOf(Dimension.Of.class);
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < dimensions.size(); i++) {
      kinds.add(dimensions.get(i).of());
      values.append(dimensions.get(i).expression()).append(" as d").append(i).append(", ");
    }
    if (!kinds.contains(Dimension.Of.STEP)) {
      return SEEN_AS_VISITS.formatted(values, joins(kinds));
    }
    kinds.add(Dimension.Of.ENTRY);
    String entered =
        dimensions.stream()
            .filter(Dimension::ofSteps)
            .map(Dimension::entered)
            .collect(Collectors.joining(" and "));
    return SEEN_AS_PAGES.formatted(
        values, entered, joins(kinds), String.join(", ", keys(dimensions)));
  }

  private static String joins(Set<Dimension.Of> kinds) {
    return kinds.stream().map(Dimension.Of::join).collect(Collectors.joining());
  }

  private static List<String> keys(List<Dimension> dimensions) {
    return IntStream.range(0, dimensions.size()).mapToObj(i -> "d" + i).toList();
  }

  private static String grouping(List<String> keys) {
    return keys.isEmpty() ? "()" : String.join(", ", keys);
  }

  /**
   * @param sources where there are figures beside those of visits
   */
  private static String tally(Query query, Sources sources) {
    String more = sources.sql(query);
    List<String> keys = new ArrayList<>(keys(query.dimensions()));
    String selected = keys.stream().map(key -> key + ", ").collect(Collectors.joining());
    if (query.metrics().stream().noneMatch(Metric::needsVisitors)) {
      return TALLY_OF_VISITS.formatted(selected, more);
    }
    keys.add("visitor");
    return TALLY_OF_VISITORS.formatted(selected, grouping(keys), more);
  }

  private static String answer(Query query) {
    List<String> columns = new ArrayList<>(keys(query.dimensions()));
    for (int i = 0; i < query.metrics().size(); i++) {
      columns.add(query.metrics().get(i).expression(Bucket.of(query)) + " as m" + i);
    }
    return ANSWER.formatted(String.join(", ", columns), grouping(keys(query.dimensions())));
  }

  /**
   * The order asked for, then the dimensions, so that equal rows stand in the same order always.
   */
  private static String order(Query query) {
    Set<String> terms = new LinkedHashSet<>();
    Set<Column> ordered = new LinkedHashSet<>();
    for (Order order : query.order()) {
      ordered.add(order.by());
      terms.add(alias(query, order.by()) + " " + order.direction().word() + " nulls last");
    }
    query.dimensions().stream()
        .filter(dimension -> !ordered.contains(dimension))
        .forEach(dimension -> terms.add(alias(query, dimension)));
    return String.join(", ", terms);
  }

  private static String alias(Query query, Column column) {
    return column instanceof Metric metric
        ? "m" + query.metrics().indexOf(metric)
        : "d" + query.dimensions().indexOf(column);
  }
}
