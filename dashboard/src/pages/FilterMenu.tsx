import { type Signal } from '@preact/signals';
import type { Site } from '../api/me';
import { segments } from '../api/site';
import { useAnswer } from '../api/useAnswer';
import { show, view } from '../state/view';
import { t } from '../text';
import { Button } from '../ui/Button';
import { Menu, type MenuItem } from '../ui/Menu';
import { FilterDialog } from './FilterDialog';

/** Adds a filter, or applies a segment. */
export function FilterMenu({ site, adding }: { site: Site; adding: Signal<boolean> }) {
  const saved = useAnswer(segments(site.domain)).value ?? [];
  const add = () => (adding.value = true);
  return (
    <>
      {saved.length === 0 ? (
        <Button icon="filter" class="filter" aria-label={t().filters.add} onClick={add}>
          <span class="words">{t().filters.button}</span>
        </Button>
      ) : (
        <Menu
          icon="filter"
          align="end"
          class="filter"
          name={t().filters.button}
          label={<span class="words">{t().filters.button}</span>}
          items={[
            { label: t().filters.add, hint: 'f', choose: add },
            'line',
            { heading: t().segments.title },
            ...saved.map(({ id, name }): MenuItem => ({
              label: name,
              chosen: view.value.filters.some(
                ({ dimension, values }) => dimension === 'segment' && values.includes(String(id)),
              ),
              choose: () =>
                show({
                  filters: [{ operator: 'is', dimension: 'segment', values: [String(id)] }],
                }),
            })),
          ]}
        />
      )}
      {adding.value && (
        <FilterDialog site={site} filter={null} close={() => (adding.value = false)} />
      )}
    </>
  );
}
