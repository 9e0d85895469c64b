import { properties } from '../../api/definitions';
import type { Site } from '../../api/me';
import { useAnswer } from '../../api/useAnswer';
import { chooseTab, view } from '../../state/view';
import { Breakdown, type BreakdownTab } from '../Breakdown';
import { Empty } from '../../ui/Notice';
import { Answered } from '../Panel';
import { Picker } from './Picker';
import { words } from './text';
import { Undefined } from './Undefined';

/** What the address calls the choice of a property. */
const KEY = 'property';

/** The values of the property that is chosen; the first of all unless one is. */
export const propertyTab = (all: { property: string }[]): BreakdownTab | undefined => {
  const wanted = view.value.tabs[KEY];
  const chosen = all.find(({ property }) => property === wanted) ?? all[0];
  return (
    chosen && {
      id: chosen.property,
      label: chosen.property,
      dimensions: [`event:props:${chosen.property}`],
      metrics: ['visitors', 'events', 'percentage'],
      details: ['visitors', 'percentage', 'events', 'visits'],
      names: { events: words().properties.said },
      onlySet: true,
      compared: true,
      empty: () => words().properties.nothing,
    }
  );
};

/** What pages and events say of themselves. */
export function Properties({ site }: { site: Site }) {
  const defined = useAnswer(properties(site.domain));
  return (
    <Answered answer={defined} rows={10}>
      {(all) => {
        const tab = propertyTab(all);
        return tab ? (
          <>
            <Picker
              label={words().properties.choose}
              chosen={tab.id}
              choices={all.map(({ property }) => ({ id: property, name: property }))}
              choose={(property) => chooseTab(KEY, property)}
            />
            <Breakdown key={tab.id} site={site} tab={tab} />
          </>
        ) : (
          <Empty>
            <Undefined
              site={site}
              said={words().properties.none}
              make={words().properties.make}
              section="properties"
            />
          </Empty>
        );
      }}
    </Answered>
  );
}
