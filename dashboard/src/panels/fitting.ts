import type { Subjects } from '../state/subjects';

type Instead = 'events' | 'group_conversion_rate';

/** The metrics among some that can be asked for; the server refuses questions that have no answer. */
export function fitting<M extends string>(metrics: readonly M[], asked: Subjects): (M | Instead)[] {
  const ofGoals = asked('event:goal');
  return metrics
    .filter((metric) => {
      switch (metric) {
        case 'time_on_page':
        case 'scroll_depth':
          return !ofGoals && !asked('event:name');
        case 'bounce_rate':
          // Steps that reach a goal are no whole visits, and none of them bounces.
          return !ofGoals;
        case 'views_per_visit':
          return !asked('event:page');
        default:
          return true;
      }
    })
    .map((metric) => (ofGoals ? (insteadOf[metric] ?? metric) : metric))
    .filter((metric, index, all) => all.indexOf(metric) === index);
}

/**
 * Once those are counted who reached a goal, it is told how often they did in place of how often they
 * viewed pages, and how many of a row's visitors they were in place of a row's share.
 */
const insteadOf: Partial<Record<string, Instead>> = {
  pageviews: 'events',
  percentage: 'group_conversion_rate',
};
