package dk.sporlos.transfer;

import dk.sporlos.seal.Figure;

/** What a row of an export is a sum of, where visits are there: SQL over {@code visited}. */
enum ExportSource {
  /** Visits, with whatever is an attribute of a whole visit. */
  VISIT(
      """
      from visited
      left join referrer on referrer.site_id = $1 and referrer.id = visited.referrer_id
      left join campaign on campaign.site_id = $1 and campaign.id = visited.campaign_id
      left join place on place.site_id = $1 and place.id = visited.place_id
      left join client on client.site_id = $1 and client.id = visited.client_id"""),
  /** Visits that viewed a page, with the first. */
  ENTRY("from visited join page on page.site_id = $1 and page.id = visited.entry_page"),
  /** Visits that viewed a page, with the last. */
  EXIT("from visited join page on page.site_id = $1 and page.id = visited.exit_page"),
  /** Visits of a page. */
  PAGE(
      """
      from visited
      cross join lateral (
        select step.page_id, count(*) as views, max(step.scroll) as scroll,
          sum(step.engaged_seconds) as engaged
        from unpack(visited.steps) as step
        where step.name_id is null
        group by step.page_id
      ) as viewed
      join page on page.site_id = $1 and page.id = viewed.page_id"""),
  /** Custom events. */
  EVENT(
      """
      from visited
      cross join lateral unpack(visited.steps) as step
      join event_name on event_name.site_id = $1 and event_name.id = step.name_id
      left join event on event.site_id = $1 and event.day = visited.day
        and event.visit = visited.id and event.step = step.step""");

  private final String from;

  ExportSource(String from) {
    this.from = from;
  }

  String from() {
    return from;
  }

  /** SQL of a figure over rows that belong together. */
  String sum(Figure figure) {
    return switch (figure) {
      case VISITORS -> "count(distinct visited.visitor)";
      case VISITS, ACTIONS, TIMED -> "count(*)";
      case VIEWS -> this == PAGE ? "sum(viewed.views)" : "sum(visited.views)";
      case BOUNCES -> "count(*) filter (where visited.bounced)";
      case SECONDS -> "sum(visited.seconds)";
      case ENGAGED -> "coalesce(sum(viewed.engaged), 0)";
      case SCROLL -> "coalesce(sum(viewed.scroll), 0)";
      case SCROLLED -> "count(viewed.scroll)";
      default -> throw new IllegalArgumentException("no export has a column of " + figure);
    };
  }
}
