package dk.sporlos.seal;

/**
 * How totals lie in tables {@code daily} and {@code monthly}: for a dimension, a head of the values
 * that matter most and the rest, each a row of arrays in the same order.
 */
final class Layout {
  /** How many values of the most page views, and how many of the most visitors, make the head. */
  static final int HEAD = 200;

  /*
   * The order is that of the figures and then of the text's bytes, so that the same visits give the
   * same bytes on any server. The greatest figures of the rest stand beside the head: who reads heads
   * alone knows by them what a value may have beyond; they are null where there is no rest.
   */
  private static final String INSERT =
      """
      insert into %1$s (site_id, %2$s, origin, dimension, part, beyond_visitors, beyond_visits,
        beyond_views, texts, %3$s)
      select $1, $2, origin, dimension, part,
        max(beyond_visitors) filter (where part = 0),
        max(beyond_visits) filter (where part = 0),
        max(beyond_views) filter (where part = 0),
        array_agg(value order by by_views), %4$s
      from (
        select *, max(visitors) filter (where part = 1) over one as beyond_visitors,
          max(visits) filter (where part = 1) over one as beyond_visits,
          max(views) filter (where part = 1) over one as beyond_views
        from (
          select *, (least(by_views, by_visitors) > %5$d)::int as part
          from (
            select *,
              row_number() over (partition by origin, dimension
                order by views desc, actions desc, value collate "C") as by_views,
              row_number() over (partition by origin, dimension
                order by visitors desc, visits desc, value collate "C") as by_visitors
            from (
      %6$s
            ) as totals
          ) as ranked
        ) as parted
        window one as (partition by origin, dimension)
      ) as bounded
      group by origin, dimension, part
      """;

  private Layout() {}

  /**
   * SQL that stores totals; $1 the site, $2 the day or month.
   *
   * @param period name of the column of $2
   * @param totals SQL of a row for each origin, dimension and value, with a column for each {@link
   *     Figure}, none of which is null
   */
  static String insert(String table, String period, String totals) {
    return INSERT.formatted(
        table, period, Figure.each(Figure::column), Figure.each(Layout::array), HEAD, totals);
  }

  private static String array(Figure figure) {
    return "case when bool_or(%1$s <> 0) then array_agg(%1$s order by by_views) end"
        .formatted(figure.column());
  }
}
