import { funnels, goals, properties } from '../../api/definitions';
import type { Site } from '../../api/me';
import { useAnswer } from '../../api/useAnswer';
import { view } from '../../state/view';
import { later } from '../../ui/later';
import { Details } from '../Lists';
import { chosenTab, Panel, type PanelTab } from '../Panel';
import { Funnels } from './Funnels';
import { Goals, goalTab } from './Goals';
import { Properties, propertyTab } from './Properties';
import { words } from './text';

const Paths = later(() => import('./Paths').then((module) => module.Paths), 12);
const Revenue = later(() => import('./Revenue').then((module) => module.Revenue), 12);

const contents = {
  goals: Goals,
  properties: Properties,
  funnels: Funnels,
  paths: Paths,
  revenue: Revenue,
};

type Id = keyof typeof contents;

/** Whether there is anything that details could tell of. */
function useAnything(site: Site, chosen: Id): boolean {
  const steps = useAnswer(chosen === 'funnels' ? funnels(site.domain) : null).value;
  const worth = useAnswer(chosen === 'revenue' ? goals(site.domain) : null).value;
  switch (chosen) {
    case 'funnels':
      return steps !== undefined && steps.length > 0;
    case 'revenue':
      return worth?.some(({ currency }) => currency) ?? false;
    default:
      return true;
  }
}

/** What visitors do: goals, what pages and events say, ways through the site, money. */
export function Behaviour({ site }: { site: Site }) {
  const tabs = (Object.keys(contents) as Id[]).map((id) => ({ id, label: words().tabs[id] }));
  const chosen: Id = chosenTab<PanelTab & { id: Id }>('behaviour', tabs)?.id ?? 'goals';
  const Content = contents[chosen];
  return (
    <Panel
      id="behaviour"
      title={words().title}
      tabs={tabs}
      class="whole"
      detailed={useAnything(site, chosen)}
    >
      <Content key={chosen} site={site} />
      {(chosen === 'goals' || chosen === 'properties') && view.value.details === 'behaviour' && (
        <BehaviourDetails key={`${chosen} details`} site={site} of={chosen} />
      )}
    </Panel>
  );
}

function BehaviourDetails({ site, of }: { site: Site; of: 'goals' | 'properties' }) {
  const defined = useAnswer(of === 'goals' ? goals(site.domain) : null).value;
  const known = useAnswer(of === 'properties' ? properties(site.domain) : null).value ?? [];
  const tab = of === 'goals' ? goalTab(site, defined) : propertyTab(known);
  return tab ? <Details key={tab.id} site={site} title={words().title} tab={tab} /> : null;
}
