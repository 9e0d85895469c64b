import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Site } from '../api/me';
import { addYears, type Day, lastOfMonth, todayIn } from '../state/days';
import { type Range, rangeNames, rangeText, spanOf, step } from '../state/range';
import { show, view } from '../state/view';
import { t } from '../text';
import { monthName } from '../text/format';
import { rangeLabel } from '../text/ranges';
import { Button, IconButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { Popover } from '../ui/Popover';

/** The keys that choose ranges, in the order of the ranges. */
export const rangeKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

/** Goes to the time before or after the one that is shown. */
export function stepRange(site: Site, direction: -1 | 1): void {
  const next = step(view.value.range, direction, todayIn(site.timezone, new Date()));
  if (next) {
    choose(next);
  }
}

const choose = (range: Range) => show({ range, interval: null });

/** Chooses the time that figures are about. */
export function RangeMenu({ site }: { site: Site }) {
  const today = todayIn(site.timezone, new Date());
  const { range } = view.value;
  return (
    <div class="range">
      <IconButton
        class="step"
        icon="left"
        label={t().range.before}
        disabled={step(range, -1, today) === null}
        onClick={() => stepRange(site, -1)}
      />
      <Popover
        icon="calendar"
        align="end"
        name={`${t().range.title}: ${rangeLabel(range)}`}
        label={<span class="words">{rangeLabel(range)}</span>}
      >
        {(close) => (
          <div class="range-choices">
            <Named close={close} />
            <div>
              <Months today={today} close={close} />
              <Custom today={today} close={close} />
            </div>
          </div>
        )}
      </Popover>
      <IconButton
        class="step"
        icon="right"
        label={t().range.after}
        disabled={step(range, 1, today) === null}
        onClick={() => stepRange(site, 1)}
      />
    </div>
  );
}

function Named({ close }: { close: () => void }) {
  return (
    <ul class="options">
      {rangeNames.map((name, index) => (
        <li key={name}>
          <button
            type="button"
            aria-pressed={view.value.range === name}
            onClick={() => {
              close();
              choose(name);
            }}
          >
            <span class="tick">{view.value.range === name && <Icon name="check" />}</span>
            <span class="words">{t().ranges[name]}</span>
            <kbd>{rangeKeys[index]}</kbd>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Months({ today, close }: { today: Day; close: () => void }) {
  const chosen = rangeText(view.value.range);
  const year = useSignal((spanOf(view.value.range, today)?.last ?? today).slice(0, 4));
  const months = Array.from(
    { length: 12 },
    (_, index) => `${year.value}-${String(index + 1).padStart(2, '0')}`,
  );
  const turn = (years: number) => (year.value = addYears(`${year.value}-01-01`, years).slice(0, 4));
  const pick = (range: Range) => {
    close();
    choose(range);
  };
  return (
    <div class="months">
      <div class="year">
        <IconButton icon="left" label={t().range.yearBefore} onClick={() => turn(-1)} />
        <Button
          kind="quiet"
          aria-pressed={chosen === year.value}
          onClick={() => pick({ first: `${year.value}-01-01`, last: `${year.value}-12-31` })}
        >
          <b>{year.value}</b>
        </Button>
        <IconButton
          icon="right"
          label={t().range.yearAfter}
          disabled={year.value >= today.slice(0, 4)}
          onClick={() => turn(1)}
        />
      </div>
      {months.map((month) => (
        <Button
          key={month}
          kind="quiet"
          aria-pressed={chosen === month}
          disabled={month > today.slice(0, 7)}
          onClick={() => pick({ first: `${month}-01`, last: lastOfMonth(`${month}-01`) })}
        >
          {monthName(`${month}-01`)}
        </Button>
      ))}
    </div>
  );
}

function Custom({ today, close }: { today: Day; close: () => void }) {
  const shown = spanOf(view.value.range, today);
  const first = useSignal(shown?.first ?? '');
  const last = useSignal(shown?.last ?? '');
  const id = useId();
  const fits = first.value !== '' && first.value <= last.value;
  return (
    <form
      class="custom"
      onSubmit={(event) => {
        event.preventDefault();
        close();
        choose({ first: first.value, last: last.value });
      }}
    >
      <label for={`${id}-first`}>{t().range.first}</label>
      <input
        id={`${id}-first`}
        type="date"
        required
        max={today}
        value={first.value}
        onInput={(event) => (first.value = event.currentTarget.value)}
      />
      <label for={`${id}-last`}>{t().range.last}</label>
      <input
        id={`${id}-last`}
        type="date"
        required
        min={first.value}
        max={today}
        value={last.value}
        onInput={(event) => (last.value = event.currentTarget.value)}
      />
      <Button kind="main" type="submit" disabled={!fits}>
        {t().range.show}
      </Button>
    </form>
  );
}
