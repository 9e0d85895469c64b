import type { Site } from '../api/me';
import { view } from '../state/view';
import { later } from '../ui/later';
import { Breakdown, type BreakdownTab } from './Breakdown';
import { chosenTab, Panel } from './Panel';

/** All rows of a list, in front of the page. */
export const Details = later(() => import('./Details').then((module) => module.Details), 0);

interface Props {
  site: Site;
  id: string;
  title: string;
  tabs: BreakdownTab[];
}

/** A panel each of whose tabs is a list of values with their figures. */
export function Lists({ site, id, title, tabs }: Props) {
  const tab = chosenTab(id, tabs);
  return (
    <Panel id={id} title={title} tabs={tabs} detailed>
      {tab && <Breakdown key={tab.id} site={site} tab={tab} />}
      {tab && view.value.details === id && (
        <Details key={`${tab.id} details`} site={site} title={title} tab={tab} />
      )}
    </Panel>
  );
}
