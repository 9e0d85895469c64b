import { ofSite } from './dashboard.js';
import { bars, byDay, figures, table, THIRD, top } from './panels.js';
import { OF_SITE } from './sources.js';

/** How many visited a site, from where, with what, and what they did. */
export const traffic = ofSite('sporlos-traffic', 'Traffic')
  .withPanel(
    figures(
      'In this range',
      `
select sum(visitors) as "Visitors of each day", sum(visits) as "Visits",
  sum(pageviews) as "Page views",
  round(sum(pageviews)::numeric / nullif(sum(visits), 0), 2) as "Views per visit",
  round(100.0 * sum(bounces) / nullif(sum(visits), 0), 1) as "Bounce rate %",
  round(sum(seconds)::numeric / nullif(sum(visits), 0)) as "Seconds per visit"
from grafana.day
where ${OF_SITE}`,
    ),
  )
  .withPanel(
    byDay(
      'By day',
      `
select time, sum(visitors) as "Visitors", sum(visits) as "Visits", sum(pageviews) as "Page views"
from grafana.day
where ${OF_SITE}
group by time
order by time`,
    ),
  )
  .withPanel(top('Source', 'source', 'Direct / None'))
  .withPanel(top('Page', 'page'))
  .withPanel(bars('Country', 'country'))
  .withPanel(bars('Browser', 'browser'))
  .withPanel(bars('Device', 'device'))
  .withPanel(bars('Operating system', 'os'))
  .withPanel(bars('Hour of the day', 'hour'))
  .withPanel(
    table(
      'Goals',
      `
select value as "Goal", sum(visitors) as "Visitors", sum(events) as "Times",
  sum(revenue) as "Worth", max(currency) as "Currency"
from grafana.value
where dimension = 'goal' and ${OF_SITE}
group by value
order by sum(visitors) desc nulls last, value`,
      THIRD,
    ),
  )
  .withPanel(
    byDay(
      'Not counted',
      `
select time, reason as metric, sum(beacons) as value
from grafana.refusal
where ${OF_SITE}
group by time, reason
order by time`,
    ),
  );
