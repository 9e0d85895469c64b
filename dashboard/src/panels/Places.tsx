import type { Site } from '../api/me';
import { view } from '../state/view';
import { t } from '../text';
import { later } from '../ui/later';
import { Skeleton } from '../ui/Skeleton';
import { useSeen } from '../ui/useSeen';
import { Breakdown } from './Breakdown';
import { Details } from './Lists';
import { chosenTab, Panel } from './Panel';
import { mapTab, placeTabs } from './tabs';

const PlaceMap = later(() => import('./PlaceMap').then((module) => module.PlaceMap), 10);

/** Where visitors were. */
export function Places({ site }: { site: Site }) {
  const [box, seen] = useSeen<HTMLDivElement>();
  const lists = placeTabs();
  const tabs = [mapTab(), ...lists];
  const chosen = chosenTab('places', tabs);
  const list = lists.find(({ id }) => id === chosen?.id);
  // What the map shows are countries.
  const detailed = list ?? lists[0];
  return (
    <Panel id="places" title={t().panels.places.title} tabs={tabs} detailed>
      {list ? (
        <Breakdown key={list.id} site={site} tab={list} />
      ) : (
        <div ref={box}>{seen ? <PlaceMap site={site} /> : <Skeleton rows={10} />}</div>
      )}
      {detailed && view.value.details === 'places' && (
        <Details
          key={`${detailed.id} details`}
          site={site}
          title={t().panels.places.title}
          tab={detailed}
        />
      )}
    </Panel>
  );
}
