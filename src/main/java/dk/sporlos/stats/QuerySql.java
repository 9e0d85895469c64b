package dk.sporlos.stats;

import dk.sporlos.fold.VisitSql;
import dk.sporlos.site.SiteId;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that answers a query, and its parameters.
 *
 * <p>Columns of the answer: {@code d0, d1, …} the dimensions, {@code m0, m1, …} the metrics; if the
 * count of all rows is asked for, also {@code total_rows}, and {@code found}, which is null in the
 * one row that says that no row is on the page asked for.
 *
 * @param text composed from constants and fragments of {@link Metric} and {@link Dimension} alone
 */
record QuerySql(String text, Tuple parameters) {

  /*
   * visited: the site's visits of the period, closed ones from table visit and open ones out of the
   *          inbox; none of days whose visits are gone, though one may have come late. One statement
   *          sees one snapshot, and the fold moves a visit from one to the other in one transaction,
   *          so each is seen exactly once.
   * tally:   what they and their steps add up to, see TallySql; also that of more visitors, with
   *          which those of the answer are compared.
   * peers:   of these, how many there are for each row of the answer.
   * answer:  a row for each value of the dimensions.
   */
  private static final String VISITED =
      """
      visited as not materialized (
        select id as visit, visitor, day, hour, entry_page, exit_page, views, events, seconds,
          bounced, steps, by_cookie, client_id, place_id, referrer_id, campaign_id
        from visit
        where site_id = $1 and day between $2 and $3 and hour between $4 and $5{days}
          and day >= coalesce(
            (select visits_complete_from from site where id = $1), '-infinity'::date)
        union all
        select visit, visitor, day, hour, entry_page, exit_page, views, events, seconds,
          bounced, steps, by_cookie, client_id, place_id, referrer_id, campaign_id
        from (
      %s) as open
        where site_id = $1 and day between $2 and $3 and hour between $4 and $5{days}
      )"""
          .formatted(VisitSql.of("(select * from hit where visit <> 0)"));

  /** What websites say of single steps, as {@code said}; also of steps that may lie elsewhere. */
  static final String SAID =
      """
      (
        select visit, step::int as step, revenue, currency, properties
        from event
        where site_id = $1 and day between $2 and $3
        union all
        select visit, position, revenue, currency, properties
        from (
          select *, (dense_rank() over (partition by visit order by step))::int - 1 as position
          from hit
          where site_id = $1 and visit <> 0 and kind <> 2
        ) as action
        where properties is not null or revenue is not null
      ) as said""";

  private static final String PEERS =
      """
      peers as (
        select %ssum(visitors) as among
        from tally_peers
        group by %s
      )""";

  private static final String JOIN_PEERS = " left join peers on ";

  private static final String ANSWER =
      """
      answer as (
        select %s
        from tally%s
        group by %s
      )""";

  private static final String ROWS =
      "select * from answer where %2$s order by %1$s limit %3$s offset %4$s";

  private static final String ROWS_AND_THEIR_COUNT =
      """
      select count.total_rows, rows.*
      from (select count(*) as total_rows from answer where %2$s) as count
      left join (
        select true as found, answer.* from answer
        where %2$s
        order by %1$s limit %3$s offset %4$s
      ) as rows on true
      order by %1$s""";

  /**
   * @param sources where there are figures beside those of visits
   * @param rows the only rows that are wanted; null for any
   */
  static QuerySql of(
      SiteId site,
      Plan plan,
      Period period,
      Sources sources,
      Lookups lookups,
      @Nullable List<Answer.Row> rows) {
    Query query = plan.query();
    Parameters parameters = new Parameters(site, period, plan.goalNames());
    TallySql tally = new TallySql(plan, sources, parameters, new FilterSql(parameters, lookups));
    List<String> expressions = new ArrayList<>();
    expressions.add(visited(sources.visitDays(parameters)));
    parts(plan).forEach(part -> expressions.add(tally.of(part)));
    if (query.metrics().contains(Metric.GROUP_CONVERSION_RATE)) {
      expressions.add(peers(query));
    }
    expressions.add(answer(query));
    String answer =
        (query.include().totalRows() ? ROWS_AND_THEIR_COUNT : ROWS)
            .formatted(
                order(query),
                wanted(query, rows, parameters),
                parameters.add((long) query.paging().limit()) + "::bigint",
                parameters.add(query.paging().offset()) + "::bigint");
    return new QuerySql(
        "with " + String.join(",\n", expressions) + "\n" + answer, parameters.tuple());
  }

  /**
   * The common table expression of visits.
   *
   * @param days SQL of a further condition on their days
   */
  static String visited(String days) {
    return VISITED.replace("{days}", days);
  }

  /** What is added up: what is asked for, and who it is compared with. */
  private static List<Part> parts(Plan plan) {
    Query query = plan.query();
    List<Metric> visitors = List.of(Metric.VISITORS);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("", query.dimensions(), plan.filter(), query.metrics()));
    if (query.metrics().contains(Metric.PERCENTAGE)) {
      parts.add(new Part("_everyone", List.of(), plan.filter(), visitors));
    }
    if (query.metrics().contains(Metric.CONVERSION_RATE)) {
      parts.add(new Part("_possible", List.of(), plan.possible(), visitors));
    }
    if (query.metrics().contains(Metric.GROUP_CONVERSION_RATE)) {
      parts.add(new Part("_peers", ofPeers(query), plan.possible(), visitors));
    }
    return parts;
  }

  private static List<Attribute> ofPeers(Query query) {
    return query.dimensions().stream()
        .filter(attribute -> !Plan.isAboutConversions(attribute))
        .toList();
  }

  private static String peers(Query query) {
    List<String> keys = TallySql.keys(ofPeers(query));
    String selected =
        keys.stream()
            .map(key -> key + " as " + key.replace('d', 'p') + ", ")
            .collect(Collectors.joining());
    return PEERS.formatted(selected, grouping(keys));
  }

  private static String joinedPeers(Query query) {
    List<Attribute> dimensions = ofPeers(query);
    return JOIN_PEERS
        + dimensions.stream()
            .map(d -> "d%d = p%d".formatted(query.dimensions().indexOf(d), dimensions.indexOf(d)))
            .reduce((one, other) -> one + " and " + other)
            .orElse("true");
  }

  private static String grouping(List<String> keys) {
    return keys.isEmpty() ? "()" : String.join(", ", keys);
  }

  private static String answer(Query query) {
    List<String> columns = new ArrayList<>(TallySql.keys(query.dimensions()));
    for (int i = 0; i < query.metrics().size(); i++) {
      columns.add(query.metrics().get(i).expression(Bucket.of(query)) + " as m" + i);
    }
    return ANSWER.formatted(
        String.join(", ", columns),
        query.metrics().contains(Metric.GROUP_CONVERSION_RATE) ? joinedPeers(query) : "",
        grouping(TallySql.keys(query.dimensions())));
  }

  /** Moments of one period are none of another, so they say nothing about which rows are wanted. */
  private static String wanted(
      Query query, @Nullable List<Answer.Row> rows, Parameters parameters) {
    List<String> conditions = new ArrayList<>(List.of("true"));
    for (int i = 0; rows != null && i < query.dimensions().size(); i++) {
      if (!query.dimensions().get(i).ofTime()) {
        int index = i;
        List<String> values =
            rows.stream().map(row -> row.dimensions().get(index)).distinct().toList();
        conditions.add("d%d = any (%s)".formatted(i, parameters.addTexts(values)));
      }
    }
    return String.join(" and ", conditions);
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
