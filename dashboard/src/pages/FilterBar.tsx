import { useSignal } from '@preact/signals';
import type { Site } from '../api/me';
import { type Segment, segments } from '../api/site';
import { useAnswer } from '../api/useAnswer';
import { type Filter, filterText, sameFilter } from '../state/filter';
import { show, view } from '../state/view';
import { t } from '../text';
import { dimensionName, valueName } from '../text/values';
import { Button } from '../ui/Button';
import { Chip } from '../ui/Chip';
import { FilterDialog } from './FilterDialog';
import { SegmentDialog } from './SegmentDialog';

/** The filters that hold, each of which can be changed or taken away. */
export function FilterBar({ site }: { site: Site }) {
  const { filters } = view.value;
  const edited = useSignal<Filter | null>(null);
  const saving = useSignal(false);
  const known = useAnswer(filters.some(isSegment) ? segments(site.domain) : null).value ?? [];
  if (filters.length === 0) {
    return null;
  }
  return (
    <div class="filters" role="group" aria-label={t().filters.title}>
      {filters.map((filter) => (
        <Chip
          key={filterText(filter)}
          label={<FilterWords filter={filter} known={known} />}
          name={dimensionName(filter.dimension)}
          {...(isSegment(filter) ? {} : { open: () => (edited.value = filter) })}
          remove={() => show({ filters: filters.filter((one) => !sameFilter(one, filter)) })}
        />
      ))}
      <Button kind="quiet" class="small" onClick={() => show({ filters: [] })}>
        {t().filters.clear}
      </Button>
      {!filters.some(isSegment) && (
        <Button kind="quiet" class="small" onClick={() => (saving.value = true)}>
          {t().segments.save}
        </Button>
      )}
      {edited.value && (
        <FilterDialog site={site} filter={edited.value} close={() => (edited.value = null)} />
      )}
      {saving.value && <SegmentDialog site={site} close={() => (saving.value = false)} />}
    </div>
  );
}

const isSegment = ({ dimension }: Filter) => dimension === 'segment';

/** A filter in words: Source is Google or Bing. */
function FilterWords({ filter, known }: { filter: Filter; known: Segment[] }) {
  const { dimension, operator, values } = filter;
  const names = values.map((value) =>
    isSegment(filter)
      ? (known.find(({ id }) => String(id) === value)?.name ?? value)
      : valueName(dimension, value),
  );
  return (
    <>
      {dimensionName(dimension)} {t().operators[operator]} <b>{t().or(names)}</b>
    </>
  );
}
