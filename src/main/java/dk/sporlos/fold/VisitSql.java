package dk.sporlos.fold;

/** The definition of a visit in SQL, the same for the fold and for live reading. */
public final class VisitSql {
  private VisitSql() {}

  /*
   * Two levels, both in the order of index hit_visit: first a page view takes in the engagement that
   * carries its step, then a visit takes in its steps. An engagement without its page view is no
   * step, and a visit without a step is no visit. What is known of the visit came with the one hit
   * that opened it: the least number is the only one.
   *
   * date_trunc with a zone keeps the offset of its argument, so the hour is right on both sides of a
   * change of the clocks, which a round trip through local time would not be.
   */
  private static final String VISITS =
      """
      select step.site_id, step.visit, step.visitor,
        (step.began at time zone site.timezone)::date as day,
        date_trunc('hour', step.began, site.timezone) as hour,
        step.entry_page, step.exit_page, step.views, step.events, step.seconds, step.bounced,
        step.steps, coalesce(step.client_id, 0) as client_id, coalesce(step.place_id, 0) as place_id,
        coalesce(step.referrer_id, 0) as referrer_id, coalesce(step.campaign_id, 0) as campaign_id,
        step.by_cookie
      from (
        select site_id, visit, min(visitor) as visitor, min(at) as began,
          (array_agg(page_id order by step) filter (where kind = 0))[1] as entry_page,
          (array_agg(page_id order by step desc) filter (where kind = 0))[1] as exit_page,
          (count(*) filter (where kind = 0))::smallint as views,
          (count(*) filter (where kind = 1))::smallint as events,
          least(extract(epoch from max(at) - min(at)), 32767)::smallint as seconds,
          count(*) filter (where interactive) <= 1 as bounced,
          string_agg(
            int4send(page_id) || int4send(
              case kind
                when 0 then least(round(engaged_ms / 1000.0), 16383)::int * 128
                  + coalesce(scroll, 127)
                else -name_id
              end),
            ''::bytea order by step) as steps,
          min(client_id) as client_id, min(place_id) as place_id,
          min(referrer_id) as referrer_id, min(campaign_id) as campaign_id,
          bool_or(by_cookie) as by_cookie
        from (
          select site_id, visit, step, min(kind) as kind, min(visitor) as visitor,
            min(at) filter (where kind <> 2) as at,
            min(page_id) filter (where kind <> 2) as page_id,
            min(name_id) as name_id,
            sum(engaged_ms) as engaged_ms,
            max(scroll) as scroll,
            bool_or(kind <> 2 and interactive) as interactive,
            min(client_id) as client_id, min(place_id) as place_id,
            min(referrer_id) as referrer_id, min(campaign_id) as campaign_id,
            bool_or(by_cookie) as by_cookie
          from %s as inbox
          group by site_id, visit, step
          having min(kind) <> 2
        ) as action
        group by site_id, visit
      ) as step
      join site on site.id = step.site_id
      """;

  /** The columns of table {@code visit} that a visit has from its hits: all but id and origin. */
  static final String COLUMNS =
      """
      visitor, hour, site_id, day, entry_page, exit_page, views, events, seconds, bounced, steps,
        client_id, place_id, referrer_id, campaign_id, by_cookie""";

  private static final String SAID =
      """
      insert into %s (visit, site_id, day, name_id, step, revenue, currency, properties)
      select folded.id, site_id, folded.day, name_id, position, revenue, currency, properties
      from (
        select site_id, visit, name_id, revenue, currency, properties,
          dense_rank() over (partition by site_id, visit order by step) - 1 as position
        from gone
        where kind <> 2 and (site_id, visit) in (
          select site_id, visit from gone where properties is not null or revenue is not null)
      ) as action
      join folded using (site_id, visit)
      where properties is not null or revenue is not null
      order by folded.id, position
      """;

  /**
   * Inserts what is said of steps. The hits are in relation {@code gone}, and their visits with the
   * ids of their rows in {@code folded}.
   *
   * @param table name of one with the columns of {@code event}
   */
  static String said(String table) {
    return SAID.formatted(table);
  }

  /**
   * The visits of a relation that has the columns of table {@code hit}.
   *
   * <p>Columns: those of table {@code visit} but {@code id}, and {@code visit}, the visit's number
   * in the inbox.
   *
   * @param relation name of a table or of a common table expression; never text of a request
   */
  public static String of(String relation) {
    return VISITS.formatted(relation);
  }
}
