import { useSignal } from '@preact/signals';
import { useCallback, useMemo } from 'preact/hooks';
import type { Result } from '../../api/query';
import type { SharedSite } from '../../api/shared';
import { useAnswer } from '../../api/useAnswer';
import { LineChart } from '../../chart/LineChart';
import { leastTop } from '../../panels/figures';
import { Answered } from '../../panels/Panel';
import { pointsOf } from '../../panels/points';
import { addDays, type Day, wallClock } from '../../state/days';
import { here } from '../../state/location';
import { t } from '../../text';
import { days, figure, shortFigure } from '../../text/format';
import { headline, rangeOf, series, type SharedMetric, total } from './questions';
import { words } from './sharedText';

/** The figures of the time, each of which can be drawn. */
export function SharedCurve({ site }: { site: SharedSite['site'] }) {
  const range = rangeOf(here.value.search);
  const chosen = useSignal<SharedMetric | null>(null);
  const whole = useAnswer(total(site.domain, range));
  const known = saying(whole.value);
  const metric = chosen.value ?? known[0];
  const overTime = useAnswer(metric ? series(site.domain, range, metric) : null);
  return (
    <section class="panel headline" data-panel="headline">
      <Answered answer={whole} rows={2}>
        {(answer) => (
          <ul class="figures">
            {known.map((one) => (
              <li key={one} class={one === metric ? 'figure drawn' : 'figure'}>
                <button
                  type="button"
                  aria-pressed={one === metric}
                  onClick={() => (chosen.value = one)}
                >
                  <span class="name">{t().metrics[one]}</span>
                  <span class="value">{shortFigure(one, valueOf(answer, one))}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Answered>
      <Answered answer={overTime} rows={9}>
        {(answer) => metric && <Drawn metric={metric} answer={answer} timezone={site.timezone} />}
      </Answered>
    </section>
  );
}

const valueOf = (answer: Result | undefined, metric: SharedMetric) =>
  answer?.results[0]?.metrics[headline.indexOf(metric)];

/** Those of which something can be said: a site that recognises nobody has no visits. */
const saying = (answer: Result | undefined): SharedMetric[] =>
  headline.filter((metric) => typeof valueOf(answer, metric) === 'number');

/** Without the day that is not over: outsiders are told nothing of it, which is not nothing. */
const finished = (answer: Result, today: Day): Result => ({
  ...answer,
  meta: {
    ...answer.meta,
    time_labels: (answer.meta.time_labels ?? []).filter((label) => label < today),
  },
});

interface DrawnProps {
  metric: SharedMetric;
  answer: Result;
  timezone: string;
}

function Drawn({ metric, answer, timezone }: DrawnProps) {
  const clock = wallClock(timezone, new Date()).slice(0, 16);
  const today = clock.slice(0, 10);
  const points = useMemo(
    () =>
      pointsOf({ metric, answer: finished(answer, today), before: null, annotations: [], clock }),
    [metric, answer, today, clock],
  );
  const spoken = useCallback((value: number) => shortFigure(metric, value), [metric]);
  const [first, end] = answer.query.date_range;
  const last = end.slice(0, 10) < today ? end : addDays(today, -1);
  return (
    <div class="curve">
      <p class="quiet">{words().of(days(first, last))}</p>
      <LineChart
        label={t().chart.label(t().metrics[metric])}
        points={points}
        words={spoken}
        least={leastTop(metric)}
        reading={({ title, value }) => `${title}: ${figure(metric, value)}`}
        tip={({ title, value }) => (
          <div class="tip-line">
            <span>{title}</span>
            <b>{figure(metric, value)}</b>
          </div>
        )}
      />
    </div>
  );
}
