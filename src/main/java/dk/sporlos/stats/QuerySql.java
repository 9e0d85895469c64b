package dk.sporlos.stats;

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
 * one row that says that no row is on the page asked for; if it is read from heads alone, {@code
 * certain} in each, or in one row without figures.
 *
 * @param text composed from constants and fragments of {@link Metric} and {@link Dimension} alone
 */
record QuerySql(String text, Tuple parameters) {

  /*
   * visited: the site's visits of the period, closed ones from table visit and open ones from where
   *          Live says; none of days whose visits are gone, though one may have come late. One
   *          transaction sees one state, and the fold moves a visit from one to the other in one
   *          transaction, so each is seen exactly once.
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
        where site_id = $1 and day between $2 and $3{hours}{days}
          and day >= coalesce(
            (select visits_complete_from from site where id = $1), '-infinity'::date)
        union all
        select visit, visitor, day, hour, entry_page, exit_page, views, events, seconds,
          bounced, steps, by_cookie, client_id, place_id, referrer_id, campaign_id
        from {open} as open
        where site_id = $1 and day between $2 and $3 and hour between $4 and $5{days}
      )""";

  /** Where days are whole, it says nothing more, and takes an eighth of the time of a visit. */
  private static final String HOURS = " and hour between $4 and $5";

  /** Of no days nothing is read, and no table of visits is opened. */
  private static final String NOTHING_VISITED =
      """
      visited as (
        select null::bigint as visit, null::bigint as visitor, null::date as day,
          null::timestamptz as hour, null::int as entry_page, null::int as exit_page,
          null::smallint as views, null::smallint as events, null::smallint as seconds,
          null::boolean as bounced, null::bytea as steps, null::boolean as by_cookie,
          null::int as client_id, null::int as place_id, null::int as referrer_id,
          null::int as campaign_id
        where $4::timestamptz is null and $5::timestamptz is null and $2::date is null
          and $3::date is null
      )""";

  private static final String SAID =
      """
      (
        select visit, step::int as step, revenue, currency, properties
        from event
        where site_id = $1 and day between $2 and $3
        union all
        {open}
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
    expressions.add(visited(sources, period, parameters));
    parts(plan).forEach(part -> expressions.add(tally.of(part)));
    if (query.metrics().contains(Metric.GROUP_CONVERSION_RATE)) {
      expressions.add(peers(query));
    }
    expressions.add(answer(query, sources.heads() != null));
    if (sources.heads() != null && sources.days() != null) {
      expressions.add(
          sources
              .heads()
              .sql(
                  query,
                  sources.days(),
                  parameters,
                  order(query),
                  alias(query, query.order().get(0).by()),
                  wanted(query, rows, parameters)));
      return new QuerySql("with " + String.join(",\n", expressions), parameters.tuple());
    }
    String answer = rows(query, rows, parameters);
    return new QuerySql(
        "with " + String.join(",\n", expressions) + "\n" + answer, parameters.tuple());
  }

  /** The rows of {@code answer} that are asked for, in their order. */
  static String rows(Query query, @Nullable List<Answer.Row> rows, Parameters parameters) {
    return (query.include().totalRows() ? ROWS_AND_THEIR_COUNT : ROWS)
        .formatted(
            order(query),
            wanted(query, rows, parameters),
            parameters.add((long) query.paging().limit()) + "::bigint",
            parameters.add(query.paging().offset()) + "::bigint");
  }

  /** The common table expression of the visits that are read beside other sources. */
  static String visited(Sources sources, Period period, Parameters parameters) {
    return sources.ofVisits()
        ? visited(
            sources.live(), sources.visitDays(parameters), period.isOfWholeDays() ? "" : HOURS)
        : NOTHING_VISITED;
  }

  /**
   * The common table expression of all visits.
   *
   * @param live where those are read that may still go on
   */
  static String visited(Live live) {
    return visited(live, "", HOURS);
  }

  private static String visited(Live live, String days, String hours) {
    return VISITED
        .replace("{open}", live.visits())
        .replace("{days}", days)
        .replace("{hours}", hours);
  }

  /** What websites say of single steps, as {@code said}; also of steps that may lie elsewhere. */
  static String said(Live live) {
    return SAID.replace("{open}", live.said());
  }

  /** What is added up: what is asked for, and who it is compared with. */
  static List<Part> parts(Plan plan) {
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

  private static String answer(Query query, boolean ofHeads) {
    List<String> columns = new ArrayList<>(TallySql.keys(query.dimensions()));
    if (ofHeads) {
      columns.add("sum(present) as present, sum(covered) as covered");
    }
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
