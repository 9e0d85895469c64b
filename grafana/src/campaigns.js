import { ofSite } from './dashboard.js';
import { byDay, top } from './panels.js';
import { OF_SITE } from './sources.js';

/** What led to a site. */
export const campaigns = ofSite('sporlos-campaigns', 'Campaigns')
  .withPanel(
    byDay(
      'Visits by channel',
      `
select time, coalesce(nullif(value, ''), '(unknown)') as metric, sum(visits) as value
from grafana.value
where dimension = 'channel' and ${OF_SITE}
group by time, value.value
order by time`,
    ),
  )
  .withPanel(top('Channel', 'channel', '(unknown)'))
  .withPanel(top('Source', 'source', 'Direct / None'))
  .withPanel(top('Referrer', 'referrer'))
  .withPanel(top('Campaign', 'utm_campaign'))
  .withPanel(top('Campaign source', 'utm_source'))
  .withPanel(top('Campaign medium', 'utm_medium'))
  .withPanel(top('Campaign content', 'utm_content'))
  .withPanel(top('Campaign term', 'utm_term'));
