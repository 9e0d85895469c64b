import { useMemo } from 'preact/hooks';
import { type Goal, goals } from '../../api/definitions';
import type { Site } from '../../api/me';
import { useAnswer } from '../../api/useAnswer';
import { about } from '../../state/ask';
import { daysIn, todayIn, wallClock } from '../../state/days';
import { spanOf } from '../../state/range';
import { earlierSpan, intervalOf } from '../../state/series';
import { chooseTab, view } from '../../state/view';
import { language } from '../../text';
import { count, money, shortMoney } from '../../text/format';
import { asNumber, Change } from '../Change';
import { Curve, type Drawn } from '../Curve';
import { Empty } from '../../ui/Notice';
import { Details } from '../Lists';
import { Answered } from '../Panel';
import { pointsOf } from '../points';
import { Picker } from './Picker';
import { words } from './text';
import { Undefined } from './Undefined';

/** What the address calls the choice of a currency. */
const KEY = 'currency';

/** What goals were worth, each currency by itself: amounts of several are never added up. */
export function Revenue({ site }: { site: Site }) {
  const defined = useAnswer(goals(site.domain));
  return (
    <Answered answer={defined} rows={12}>
      {(all) => {
        const currencies = [...new Set(all.flatMap(({ currency }) => currency ?? []))].sort();
        const chosen = currencies.find((one) => one === view.value.tabs[KEY]) ?? currencies[0];
        return chosen === undefined ? (
          <Empty>
            <Undefined
              site={site}
              said={words().revenue.none}
              make={words().revenue.make}
              section="goals"
            />
          </Empty>
        ) : (
          <>
            {currencies.length > 1 && (
              <Picker
                label={words().revenue.currency}
                chosen={chosen}
                choices={currencies.map((one) => ({ id: one, name: one }))}
                choose={(one) => chooseTab(KEY, one)}
              />
            )}
            <Amounts
              key={chosen}
              site={site}
              currency={chosen}
              goals={all.filter(({ currency }) => currency === chosen)}
            />
          </>
        );
      }}
    </Answered>
  );
}

interface AmountsProps {
  site: Site;
  currency: string;
  goals: Goal[];
}

function Amounts({ site, currency, goals: earning }: AmountsProps) {
  const shown = view.value;
  const now = new Date();
  const today = todayIn(site.timezone, now);
  const span = spanOf(shown.range, today);
  const interval = span && intervalOf(shown.interval, daysIn(span.first, span.last));
  const before = earlierSpan(shown, today);
  const filters = [['is', 'event:goal', earning.map(({ display_name }) => display_name)]];
  const ofTime = {
    metrics: ['total_revenue'],
    dimensions: [interval ? `time:${interval}` : 'time'],
    filters,
    timeLabels: true,
    compare: false,
  };
  const sums = useAnswer(
    about(site, shown, { metrics: ['total_revenue', 'average_revenue', 'events'], filters }, now),
  );
  const series = useAnswer(about(site, shown, ofTime, now));
  const earlier = useAnswer(before && about(site, shown, { ...ofTime, span: before }, now));

  const clock = wallClock(site.timezone, now).slice(0, 16);
  const said = series.value;
  const earlierSaid = before ? (earlier.value ?? null) : null;
  const points = useMemo(
    () =>
      said
        ? pointsOf({
            metric: 'total_revenue',
            answer: said,
            before: earlierSaid,
            annotations: [],
            clock,
          })
        : [],
    [said, earlierSaid, clock],
  );
  const spoken = language.value;
  const drawn = useMemo(
    () => drawnIn(currency),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what is said is said anew in another language
    [currency, spoken],
  );
  const written = (at: number, value: number) =>
    at === 2 ? count(value) : money({ value, currency });
  const names = [words().revenue.total, words().revenue.average, words().revenue.conversions];
  return (
    <>
      <Answered answer={sums} rows={2}>
        {({ results: [row] }) => (
          <dl class="sums">
            {names.map((name, at) => {
              const value = asNumber(row?.metrics[at]);
              return (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>
                    <b>{written(at, value ?? 0)}</b>
                    {row?.comparison && (
                      <Change
                        metric={at === 2 ? 'events' : 'total_revenue'}
                        before={asNumber(row.comparison.metrics[at])}
                        changed={row.comparison.change[at] ?? null}
                        write={(amount) => written(at, amount ?? 0)}
                      />
                    )}
                  </dd>
                </div>
              );
            })}
          </dl>
        )}
      </Answered>
      {shown.details === 'behaviour' && (
        <Details
          site={site}
          title={words().tabs.revenue}
          tab={{
            id: 'revenue',
            label: currency,
            dimensions: ['event:goal'],
            metrics: ['total_revenue'],
            details: ['total_revenue', 'average_revenue', 'events', 'visitors', 'conversion_rate'],
            filters,
            compared: true,
          }}
        />
      )}
      <Answered answer={series} rows={9}>
        {(answer) => (
          <Curve drawn={drawn} answer={answer} points={points} compared={before !== null} />
        )}
      </Answered>
    </>
  );
}

const drawnIn = (currency: string): Drawn => ({
  name: `${words().revenue.total} (${currency})`,
  full: (value) => (value === null ? '–' : money({ value, currency })),
  short: (value) => shortMoney({ value, currency }),
  least: 10,
});
