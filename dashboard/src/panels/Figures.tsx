import type { Result } from '../api/query';
import { show, type Headline } from '../state/view';
import { t } from '../text';
import { figure, shortFigure } from '../text/format';
import { Hint } from '../ui/Hint';
import { Icon } from '../ui/Icon';
import { asNumber, Change } from './Change';
import { daysOf, exactness, type Exactness, saysSomething } from './figures';

interface Props {
  /** What was asked, in the order of the answer. */
  metrics: Headline[];
  answer: Result;
  /** The one that is drawn. */
  drawn: Headline;
}

/** The figures at the head of a site's page; each can be drawn. */
export function Figures({ metrics, answer, drawn }: Props) {
  const row = answer.results[0];
  const shown = metrics.filter((metric) =>
    saysSomething(metric, asNumber(row?.metrics[metrics.indexOf(metric)]), answer.meta),
  );
  return (
    <ul class="figures">
      {shown.map((metric) => {
        const at = metrics.indexOf(metric);
        return (
          <FigureCell
            key={metric}
            metric={metric}
            value={asNumber(row?.metrics[at])}
            before={asNumber(row?.comparison?.metrics[at])}
            changed={row?.comparison?.change[at] ?? null}
            compared={!!row?.comparison}
            mark={exactness(metric, answer.meta, daysOf(answer.query.date_range))}
            drawn={metric === drawn}
          />
        );
      })}
    </ul>
  );
}

interface CellProps {
  metric: Headline;
  value: number | null;
  before: number | null;
  changed: number | null;
  compared: boolean;
  mark: Exactness | null;
  drawn: boolean;
}

function FigureCell({ metric, value, before, changed, compared, mark, drawn }: CellProps) {
  return (
    <li class={drawn ? 'figure drawn' : 'figure'}>
      <button
        type="button"
        aria-pressed={drawn}
        onClick={() => show({ metric }, { replace: true })}
      >
        <span class="name">{t().metrics[metric]}</span>
        <span class="value" title={value === null ? undefined : figure(metric, value)}>
          {shortFigure(metric, value)}
        </span>
        {compared && <Change metric={metric} before={before} changed={changed} />}
      </button>
      {mark && (
        <Hint label={t().exactness.label} mark={<ExactnessMark mark={mark} />}>
          {t().exactness[mark]}
        </Hint>
      )}
    </li>
  );
}

function ExactnessMark({ mark }: { mark: Exactness }) {
  switch (mark) {
    case 'exact':
      return <span aria-hidden="true">=</span>;
    case 'at_most':
      return <span aria-hidden="true">≤</span>;
    case 'sum_of_days':
      return <span aria-hidden="true">Σ</span>;
    case 'no_visits':
    case 'memory_lost':
      return <Icon name="warning" />;
  }
}
