package dk.sporlos.seal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The statements that compute a day's totals. What happened on the day is read once, into temporary
 * tables that go with the transaction; the totals of all dimensions are made from these.
 */
final class DaySql {

  /*
   * sealing_visit: a row for each visit, and for each hit without one; a hit has visits 0 and no
   *   visitor. "alone" says that the visitor has no other visit on the day: such visits can be summed
   *   before texts are read and visitors told apart, which saves most of the work.
   * sealing_step: page views and events of visits, and hits; viewed is 0 for an engagement that is
   *   joined to no page view.
   * sealing_page: the pages met. Numbers stand for path and host until the sums are made.
   */
  static final String TABLES =
      """
      create temporary table sealing_visit (
        n int, origin int, id bigint, visitor bigint, alone boolean, visits int, hour timestamptz, entry_page int,
        exit_page int, views int, events int, seconds int, bounced boolean, by_cookie boolean,
        client_id int, place_id int, referrer_id int, campaign_id int, steps bytea, properties jsonb,
        revenue numeric, currency text) on commit drop;
      create temporary table sealing_step (
        n int, page_id int, name_id int, viewed int, engaged int, scroll int, properties jsonb,
        revenue numeric, currency text) on commit drop;
      create temporary table sealing_page (
        id int, path text, host text, path_no int, host_no int) on commit drop;
      create temporary table sealing_goal_page (goal bigint, page_id int) on commit drop
      """;

  /** For another day in the same transaction. */
  static final String NO_TABLES =
      "drop table sealing_visit, sealing_step, sealing_page, sealing_goal_page";

  private static final String VISITS =
      """
      insert into sealing_visit
      select row_number() over (), origin, id, visitor,
        visits = 0 or count(*) over (partition by visitor) = 1, visits, hour, entry_page, exit_page,
        views, events, seconds, bounced, by_cookie, client_id, place_id, referrer_id, campaign_id,
        steps, properties, revenue, currency
      from (
        select origin, id, visitor, 1 as visits, hour, entry_page, exit_page, views, events, seconds,
          bounced, by_cookie, client_id, place_id, referrer_id, campaign_id, steps,
          null::jsonb as properties, null::numeric as revenue, null::text as currency
        from %s
        where site_id = $1 and day = $2%s
      ) as seen
      """;

  private static final String LONE_HITS =
      """

        union all
        select 0, null, null, 0, date_trunc('hour', at, timezone), null, null, (kind = 0)::int,
          (kind = 1)::int, 0, false, false, coalesce(client_id, 0), coalesce(place_id, 0),
          coalesce(referrer_id, 0), coalesce(campaign_id, 0),
          int4send(page_id) || int4send(
            case kind
              when 1 then -name_id
              else least(round(engaged_ms / 1000.0), 16383)::int * 128 + coalesce(scroll, 127)
            end),
          properties, revenue, currency
        from hit
        join site on site.id = hit.site_id
        where site_id = $1 and visit = 0 and slot = 8 and (at at time zone timezone)::date = $2""";

  private static final String STEPS =
      """
      insert into sealing_step
      select n, page_id, name_id, (name_id is null and (visits = 1 or views = 1))::int,
        engaged_seconds, step.scroll, coalesce(visited.properties, said.properties),
        coalesce(visited.revenue, said.revenue), coalesce(visited.currency, said.currency)
      from sealing_visit as visited
      cross join lateral unpack(steps) as step
      left join (
        select visit, step, properties, revenue, currency
        from %s
        where site_id = $1 and day = $2
      ) as said on said.visit = visited.id and said.step = step.step
      """;

  /** What a day's totals are made of. */
  enum From {
    /** What is kept of the day: visits, and hits without one. */
    KEPT("visit", "event", LONE_HITS),
    /** Visits of an import that are not kept, see {@link dk.sporlos.fold.PastVisits}. */
    PASSING("passing_visit", "passing_event", "");

    private final String visits;
    private final String events;
    private final String hits;

    From(String visits, String events, String hits) {
      this.visits = visits;
      this.events = events;
      this.hits = hits;
    }

    String visits() {
      return VISITS.formatted(visits, hits);
    }

    String steps() {
      return STEPS.formatted(events);
    }
  }

  static final String PAGES =
      """
      insert into sealing_page
      select id, path, host, min(id) over (partition by path), min(id) over (partition by host)
      from page
      where site_id = $1 and id in (select page_id from sealing_step)
      """;

  /** Pages that reach goals; $1 and $2 numbers of these, and regular expressions of paths. */
  static final String GOAL_PAGES =
      """
      insert into sealing_goal_page
      select goal.id, page.id
      from unnest($1::bigint[], $2::text[]) as goal (id, path)
      join sealing_page as page on page.path ~ goal.path
      """;

  /** Else PostgreSQL takes the tables for small. */
  static final String ANALYZE_VISITS =
      """
      analyze sealing_visit (n, visitor, alone, hour, entry_page, exit_page, client_id, place_id,
        referrer_id, campaign_id)
      """;

  static final String ANALYZE_STEPS =
      "analyze sealing_step (n, page_id, name_id); analyze sealing_page (id, path_no, host_no)";

  /*
   * Visits as a whole. They are summed by a number first, those of visitors who came once together
   * and those of others by visitor, and then by text.
   */
  private static final String WHOLE =
      """
      select told.dimension, origin, coalesce(told.value, '') as value, visitor, visitors, cookieless,
        visits, consented, views, actions, 0 as entries, 0 as exits, bounces, seconds, 0 as engaged,
        0 as timed, 0 as scroll, 0 as scrolled, null::numeric as revenue, 0 as paid
      from (
        select %1$s as key, origin, case when not alone then visitor end as visitor,
          sum(visits) as visitors, sum(visits) filter (where not by_cookie) as cookieless,
          sum(visits) as visits, sum(visits) filter (where by_cookie) as consented,
          sum(views) as views, sum(views + events) as actions,
          sum(visits) filter (where bounced) as bounces, sum(seconds) as seconds
        from sealing_visit
        group by 1, 2, 3
      ) as seen
      %2$s
      cross join lateral (values %3$s) as told (dimension, value)
      """;

  /* A page on which a visit did things, but which it did not view, is none of its pages. */
  private static final String PAGES_OF_STEPS =
      """
      select %1$d as dimension, origin, page.%2$s as value, seen.visitor, visitors, cookieless,
        visits, consented, views, actions, entries, exits, bounces, seconds, engaged, timed, scroll,
        scrolled, null::numeric as revenue, 0 as paid
      from (
        select step.no, origin, case when not alone then visitor end as visitor,
          sum(visits) as visitors, sum(visits) filter (where not by_cookie) as cookieless,
          sum(visits) as visits, sum(visits) filter (where by_cookie) as consented,
          sum(step.views) as views, sum(actions) as actions,
          sum(visits) filter (where entry.%2$s_no = step.no) as entries,
          sum(visits) filter (where exit.%2$s_no = step.no) as exits,
          sum(visits) filter (where bounced and entry.%2$s_no = step.no) as bounces,
          sum(seconds) filter (where entry.%2$s_no = step.no) as seconds,
          sum(engaged) as engaged, sum(least(step.views, 1)) as timed,
          case when alone then sum(scroll) else max(scroll) end as scroll,
          case when alone then count(scroll) else least(count(scroll), 1) end as scrolled
        from (
          select page.%2$s_no as no, n, sum(viewed) as views,
            sum(viewed + (name_id is not null)::int) as actions, sum(engaged) as engaged,
            max(scroll) as scroll
          from sealing_step
          join sealing_page as page on page.id = page_id
          group by 1, 2
          having bool_or(name_id is null)
        ) as step
        join sealing_visit using (n)
        left join sealing_page as entry on entry.id = entry_page
        left join sealing_page as exit on exit.id = exit_page
        group by step.no, origin, alone, 3
      ) as seen
      join sealing_page as page on page.id = seen.no
      """;

  /** What steps have under some key, each visit once. */
  private static final String OF_STEPS =
      """
      select %1$d as dimension, origin, %2$s as value, seen.visitor, visitors, cookieless, visits,
        consented, views, actions, 0 as entries, 0 as exits, bounces, seconds, 0 as engaged,
        0 as timed, 0 as scroll, 0 as scrolled, revenue, paid
      from (
        select step.key, origin, case when not alone then visitor end as visitor,
          sum(visits) as visitors, sum(visits) filter (where not by_cookie) as cookieless,
          sum(visits) as visits, sum(visits) filter (where by_cookie) as consented,
          sum(step.views) as views, sum(actions) as actions,
          sum(visits) filter (where bounced) as bounces, sum(seconds) as seconds,
          sum(step.revenue) as revenue, sum(paid) as paid
        from (
          select key, n, sum(viewed) as views, count(*) as actions, sum(amount) as revenue,
            count(amount) as paid
          from (
      %4$s
          ) as keyed (key, n, viewed, amount)
          group by key, n
        ) as step
        join sealing_visit using (n)
        group by 1, 2, 3
      ) as seen
      %3$s
      """;

  private static final String EVENTS =
      """
      select coalesce(name_id, 0), n, viewed, null::numeric
      from sealing_step
      where name_id is not null or viewed = 1""";

  private static final String PROPERTIES =
      """
      select property.name || chr(%d) || coalesce(properties ->> property.name, '(none)'), n, viewed,
        null::numeric
      from property
      cross join sealing_step
      where site_id = $1 and (name_id is not null or viewed = 1)"""
          .formatted((int) Sealed.SEPARATOR);

  private static final String GOALS =
      """
      select goal.id, n, viewed,
        case
          when goal.value is not null then goal.value
          when step.currency = goal.currency then step.revenue
        end
      from (
        select goal.id as goal_id, step.*
        from goal
        join event_name on event_name.site_id = $1 and event_name.name = goal.event
        join sealing_step as step on step.name_id = event_name.id
        where goal.site_id = $1
        union all
        select goal.id, step.*
        from goal
        join sealing_goal_page as page on page.goal = goal.id
        join sealing_step as step on step.page_id = page.page_id and viewed = 1
          and (goal.scroll is null or step.scroll >= goal.scroll)
        where goal.site_id = $1
      ) as step
      join goal on goal.site_id = $1 and goal.id = step.goal_id
      where not exists (
        select from jsonb_each_text(goal.properties) as asked
        where coalesce(step.properties ->> asked.key, '(none)') <> asked.value)""";

  /*
   * From rows of values and visitors, where the visitor is null for several who came once. Nothing
   * is kept of a value under which nothing was done: an engagement alone is no visit to a page.
   */
  private static final String TOTALS =
      """
      select origin, dimension, value, %s
      from (
        select origin, dimension, value, %s
        from (
      %s
        ) as told
        group by origin, dimension, value, visitor
      ) as by_visitor
      group by origin, dimension, value
      having sum(actions) > 0
      """;

  private DaySql() {}

  /** The totals of all dimensions of one kind; $1 the site, $2 the day. */
  static String fill(Sealed.Of of) {
    return Layout.insert(
        "daily",
        "day",
        TOTALS.formatted(
            Figure.each(f -> "coalesce(%s, 0) as %s".formatted(f.sum(), f.column())),
            Figure.each(f -> "%s as %s".formatted(ofVisitors(of, f), f.column())),
            told(of)));
  }

  private static String ofVisitors(Sealed.Of of, Figure figure) {
    String sum = figure.sum();
    if (figure == Figure.COOKIELESS && of != Sealed.Of.TOTAL) {
      return "0";
    }
    return switch (figure) {
      case VISITORS -> "case when visitor is null then %s else 1 end".formatted(sum);
      case COOKIELESS ->
          "case when visitor is null then %s else (coalesce(sum(consented), 0) = 0)::int end"
              .formatted(sum);
      case SCROLL, SCROLLED ->
          "case when visitor is null then %s else max(%s) end".formatted(sum, figure.column());
      default -> sum;
    };
  }

  private static String told(Sealed.Of of) {
    return switch (of) {
      case PAGE -> PAGES_OF_STEPS.formatted(Sealed.PAGE.number(), "path");
      case HOST -> PAGES_OF_STEPS.formatted(Sealed.HOST.number(), "host");
      case EVENT -> ofSteps(Sealed.EVENT, of, EVENTS);
      case GOAL -> ofSteps(Sealed.GOAL, of, GOALS);
      case PROPERTY -> ofSteps(Sealed.PROPERTY, of, PROPERTIES);
      default -> WHOLE.formatted(of.key(), of.join(), values(of.dimensions()));
    };
  }

  private static String ofSteps(Sealed dimension, Sealed.Of of, String steps) {
    return OF_STEPS.formatted(dimension.number(), dimension.value(), of.join(), steps);
  }

  private static String values(List<Sealed> dimensions) {
    return dimensions.stream()
        .map(one -> String.format(Locale.ROOT, "(%d, %s)", one.number(), one.value()))
        .collect(Collectors.joining(", "));
  }
}
