import type { Site } from '../api/me';
import { about } from '../state/ask';
import { todayIn } from '../state/days';
import { spanOf } from '../state/range';
import { usual } from '../state/view';

/** The two questions about a site's visitors of the last weeks. */
export function questionsOf(site: Site) {
  const span = spanOf(usual.range, todayIn(site.timezone, new Date()));
  return {
    series: about(site, usual, {
      metrics: ['visitors'],
      dimensions: ['time:day'],
      timeLabels: true,
      compare: false,
      ...(span ? { span } : {}),
    }),
    total: about(site, usual, { metrics: ['visitors'] }),
  };
}
