import { DashboardLinkBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from './dashboard.js';
import { byDay, table, WHOLE } from './panels.js';
import { IN_RANGE } from './sources.js';

/** Every site that the role may see. */
export const allSites = dashboard('sporlos-all-sites', 'All sites', 'now-30d')
  .withPanel(
    table(
      'Sites',
      `
select site as "Site", sum(visitors) as "Visitors of each day", sum(visits) as "Visits",
  sum(pageviews) as "Page views",
  round(100.0 * sum(bounces) / nullif(sum(visits), 0), 1) as "Bounce rate %",
  max(day) as "Until"
from grafana.day
where ${IN_RANGE}
group by site
order by sum(pageviews) desc, site`,
      WHOLE,
    ).overrideByName('Site', [
      {
        id: 'links',
        value: [
          new DashboardLinkBuilder('Traffic')
            .url('/d/sporlos-traffic?var-site=${__data.fields.Site}&${__url_time_range}')
            .build(),
        ],
      },
    ]),
  )
  .withPanel(
    byDay(
      'Page views',
      `
select time, site as metric, sum(pageviews) as value
from grafana.day
where ${IN_RANGE}
group by time, site
order by time`,
    ),
  )
  .withPanel(
    byDay(
      'Not counted',
      `
select time, site as metric, sum(beacons) as value
from grafana.refusal
where ${IN_RANGE}
group by time, site
order by time`,
    ),
  );
