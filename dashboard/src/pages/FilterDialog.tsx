import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Site } from '../api/me';
import { useAnswer } from '../api/useAnswer';
import { about } from '../state/ask';
import { dimensions, isOfCodes, isOfGoals } from '../state/dimensions';
import { type Filter, type Operator, operators, sameFilter } from '../state/filter';
import { show, view } from '../state/view';
import { t } from '../text';
import { short } from '../text/format';
import { dimensionName, valueName } from '../text/values';
import { Button } from '../ui/Button';
import { Combobox, type Option } from '../ui/Combobox';
import { Dialog } from '../ui/Dialog';

interface Props {
  site: Site;
  /** The one that is changed; null for a new one. */
  filter: Filter | null;
  close: () => void;
}

/** How many values are suggested. */
const suggestions = 12;

/** The operators that a dimension can be filtered by. */
export const operatorsOf = (dimension: string): Operator[] =>
  isOfGoals(dimension) ? ['is'] : isOfCodes(dimension) ? ['is', 'is_not'] : [...operators];

/** Makes a filter, or changes one. */
export function FilterDialog({ site, filter, close }: Props) {
  const dimension = useSignal(filter?.dimension ?? 'event:page');
  const operator = useSignal<Operator>(filter?.operator ?? 'is');
  const values = useSignal<string[]>(filter?.values ?? []);
  const written = useSignal('');
  const id = useId();
  const fitting = operatorsOf(dimension.value);
  const whole = operator.value === 'is' || operator.value === 'is_not';
  const options = useSuggestions(site, filter, dimension.value, written.value);
  const complete =
    written.value.trim() && !isOfCodes(dimension.value) ? [written.value.trim()] : [];
  const all = [...new Set([...values.value, ...complete])];

  const save = () => {
    const others = view.value.filters.filter((one) => !filter || !sameFilter(one, filter));
    const saved = { dimension: dimension.value, operator: operator.value, values: all };
    close();
    show({ filters: [...others, saved] });
  };
  return (
    <Dialog title={filter ? t().filters.change : t().filters.add} close={close}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (all.length > 0) {
            save();
          }
        }}
      >
        <div class="pair">
          <div>
            <label for={`${id}-dimension`}>{t().filters.dimension}</label>
            <select
              id={`${id}-dimension`}
              value={dimension.value}
              onChange={(event) => {
                dimension.value = event.currentTarget.value;
                values.value = [];
                if (!operatorsOf(dimension.value).includes(operator.value)) {
                  operator.value = 'is';
                }
              }}
            >
              {[...dimensions, ...(filter ? [filter.dimension] : [])]
                .filter((one, index, every) => every.indexOf(one) === index)
                .map((one) => (
                  <option key={one} value={one}>
                    {dimensionName(one)}
                  </option>
                ))}
            </select>
          </div>
          <div>
            <label for={`${id}-operator`}>{t().filters.operator}</label>
            <select
              id={`${id}-operator`}
              value={operator.value}
              onChange={(event) => (operator.value = event.currentTarget.value as Operator)}
            >
              {fitting.map((one) => (
                <option key={one} value={one}>
                  {t().operators[one]}
                </option>
              ))}
            </select>
          </div>
        </div>
        <Combobox
          label={t().filters.values}
          chosen={values.value}
          choose={(chosen) => (values.value = chosen)}
          name={(value) => (whole ? valueName(dimension.value, value) : value)}
          options={options}
          written={written.value}
          write={(text) => (written.value = text)}
          free={!isOfCodes(dimension.value)}
        />
        <p class="help">{t().filters.help[whole ? 'whole' : 'part']}</p>
        <div class="ends">
          <Button onClick={close}>{t().cancel}</Button>
          <Button kind="main" type="submit" disabled={all.length === 0}>
            {t().filters.apply}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Values of the range that are visited most, and have in them what is written. */
function useSuggestions(
  site: Site,
  filter: Filter | null,
  dimension: string,
  written: string,
): Option[] {
  const byName = isOfCodes(dimension);
  const others = view.value.filters.filter((one) => !filter || !sameFilter(one, filter));
  const contained = ['contains', dimension, [written], { case_sensitive: false }];
  const answer = useAnswer(
    about(
      site,
      { ...view.value, filters: others },
      {
        metrics: [isOfGoals(dimension) ? 'events' : 'visitors'],
        dimensions: [dimension],
        limit: byName ? 400 : suggestions,
        compare: false,
        ...(written && !byName && !isOfGoals(dimension) ? { filters: [contained] } : {}),
      },
    ),
  );
  const rows = answer.value?.results ?? [];
  return rows
    .map(({ dimensions: [value = ''], metrics: [visitors] }): Option => ({
      value,
      label: valueName(dimension, value),
      hint: short(Number(visitors ?? 0)),
    }))
    .filter(({ value, label }) =>
      [value, label].some((text) => text.toLowerCase().includes(written.toLowerCase())),
    )
    .slice(0, suggestions);
}
