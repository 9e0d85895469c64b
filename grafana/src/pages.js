import { ofSite } from './dashboard.js';
import { byDay, HALF, table, top, WHOLE } from './panels.js';
import { OF_SITE } from './sources.js';

/** Which pages of a site are read, and where visits begin and end. */
export const pages = ofSite('sporlos-pages', 'Pages')
  .withPanel(
    byDay(
      'The five with the most page views',
      `
select time, value as metric, sum(pageviews) as value
from grafana.value
where dimension = 'page' and ${OF_SITE}
  and value in (
    select value from grafana.value
    where dimension = 'page' and ${OF_SITE}
    group by value
    order by sum(pageviews) desc, value
    limit 5)
group by time, value.value
order by time`,
    ),
  )
  .withPanel(
    table(
      'Pages',
      `
select value as "Page", sum(visitors) as "Visitors", sum(pageviews) as "Page views",
  sum(entries) as "Entries", sum(exits) as "Exits",
  round(100.0 * sum(bounces) / nullif(sum(entries), 0), 1) as "Bounce rate %",
  round(sum(engaged)::numeric / nullif(sum(timed), 0)) as "Seconds looked at"
from grafana.value
where dimension = 'page' and ${OF_SITE}
group by value
order by sum(pageviews) desc, value
limit 200`,
      WHOLE,
    ),
  )
  .withPanel(top('Entry page', 'entry page'))
  .withPanel(top('Exit page', 'exit page'))
  .withPanel(top('Host', 'host'))
  .withPanel(
    table(
      'Events',
      `
select value as "Event", sum(visitors) as "Visitors", sum(events) as "Times"
from grafana.value
where dimension = 'event' and ${OF_SITE}
group by value
order by sum(events) desc, value
limit 100`,
      HALF,
    ),
  );
