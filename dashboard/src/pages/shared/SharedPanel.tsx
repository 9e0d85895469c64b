import { useId } from 'preact/hooks';
import type { Row } from '../../api/query';
import type { SharedSite } from '../../api/shared';
import { useAnswer } from '../../api/useAnswer';
import { Answered } from '../../panels/Panel';
import { here } from '../../state/location';
import { t } from '../../text';
import { figure, shortFigure } from '../../text/format';
import { dimensionName, valueName } from '../../text/values';
import { Empty } from '../../ui/Notice';
import { breakdown, rangeOf, type SharedList, type SharedMetric, total } from './questions';
import { words } from './sharedText';

interface Props {
  site: SharedSite['site'];
  panel: SharedList;
}

/** Values with their figures, the highest first. */
export function SharedPanel({ site, panel }: Props) {
  const heading = useId();
  const range = rangeOf(here.value.search);
  const whole = useAnswer(total(site.domain, range)).value;
  // Where nobody is recognised, page views are counted instead.
  const metric =
    whole && (typeof whole.results[0]?.metrics[0] === 'number' ? 'visitors' : 'pageviews');
  const answer = useAnswer(metric ? breakdown(site.domain, range, panel.dimension, metric) : null);
  return (
    <section class="panel" aria-labelledby={heading} data-panel={panel.dimension}>
      <header>
        <h2 id={heading}>{panel.title}</h2>
      </header>
      <div class="content">
        <Answered answer={answer} rows={11}>
          {({ results }) =>
            results.length === 0 || !metric ? (
              <Empty>{words().nothing}</Empty>
            ) : (
              <Rows dimension={panel.dimension} metric={metric} rows={results} />
            )
          }
        </Answered>
      </div>
    </section>
  );
}

function Rows(props: { dimension: string; metric: SharedMetric; rows: Row[] }) {
  const { dimension, metric, rows } = props;
  const most = Math.max(1, ...rows.map(({ metrics }) => Number(metrics[0] ?? 0)));
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{dimensionName(dimension)}</th>
          <th scope="col" class="number">
            {t().metrics[metric]}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ dimensions: [value = ''], metrics: [counted] }) => (
          <tr key={value}>
            <th scope="row">
              <span class="share" style={{ width: `${(100 * Number(counted ?? 0)) / most}%` }} />
              <span class="value">{valueName(dimension, value)}</span>
            </th>
            <td class="number" title={figure(metric, counted)}>
              {shortFigure(metric, counted)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
