import { type Goal, goals } from '../../api/definitions';
import type { Site } from '../../api/me';
import { useAnswer } from '../../api/useAnswer';
import { view } from '../../state/view';
import { t } from '../../text';
import { Breakdown, type BreakdownTab } from '../Breakdown';
import { words } from './text';
import { Undefined } from './Undefined';

/** The list of goals: how many reached them, how often, and what that was worth. */
export const goalTab = (site: Site, defined: Goal[] | undefined): BreakdownTab => ({
  id: 'goals',
  label: words().tabs.goals,
  dimensions: ['event:goal'],
  metrics: ['visitors', 'events', 'conversion_rate', 'total_revenue'],
  details: ['visitors', 'events', 'conversion_rate', 'total_revenue', 'average_revenue'],
  compared: true,
  always: isAnyGoal() ? [] : (defined ?? []).map(({ display_name }) => display_name),
  empty: () =>
    defined?.length === 0 ? (
      <Undefined site={site} said={words().goals.none} make={words().goals.make} section="goals" />
    ) : (
      t().panels.nothing
    ),
});

/** Whether the view is about some goals alone, so that others are not missing. */
const isAnyGoal = () => view.value.filters.some(({ dimension }) => dimension === 'event:goal');

/** What visitors were to do, and how many did. */
export function Goals({ site }: { site: Site }) {
  const defined = useAnswer(goals(site.domain)).value;
  return <Breakdown site={site} tab={goalTab(site, defined)} />;
}
