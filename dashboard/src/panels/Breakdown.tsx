import { type ComponentChildren, Fragment } from 'preact';
import type { Site } from '../api/me';
import type { Result, Row } from '../api/query';
import { useAnswer } from '../api/useAnswer';
import { about } from '../state/ask';
import { filterText } from '../state/filter';
import { useSubjects } from '../state/subjects';
import { show, view } from '../state/view';
import { t } from '../text';
import { figure, shortFigure } from '../text/format';
import { dimensionName, valueName } from '../text/values';
import { Empty } from '../ui/Notice';
import { asNumber, Change } from './Change';
import { fitting } from './fitting';
import { Answered, type PanelTab } from './Panel';

/** Figures by the values of something, the highest first. */
export interface BreakdownTab extends PanelTab {
  /** One, or two that belong together, as a browser and its version. */
  dimensions: string[];
  /** The first decides the order and is drawn as a bar. */
  metrics: Metric[];
  /** What narrows details beyond the view. */
  filters?: unknown[];
  /** Whether what is not known or not set is left out: it is nearly all, and says nothing. */
  onlySet?: boolean;
  /** Whether the first figure is compared, if the view is. */
  compared?: boolean;
  /** What metrics are called here, where it is not what they are called elsewhere. */
  names?: Partial<Record<Metric, string>>;
  /** All that details say; the metrics of visits unless given. */
  details?: Metric[];
  /** Values that have a row though nothing was counted of them. */
  always?: string[];
  /** What is said in place of rows, if there are none. */
  empty?: () => ComponentChildren;
}

/** What a narrow column can be about. */
export type Metric = keyof ReturnType<typeof t>['columns'];

/** How many rows a panel has. */
export const panelRows = 9;

interface Props {
  site: Site;
  tab: BreakdownTab;
}

/** The rows of a panel; a click on one shows what belongs to it alone. */
export function Breakdown({ site, tab }: Props) {
  const metrics = fitting(tab.metrics, useSubjects(site.domain));
  const answer = useAnswer(
    about(site, view.value, {
      metrics,
      dimensions: tab.dimensions,
      limit: tab.onlySet ? panelRows + 1 : panelRows,
      compare: tab.compared === true,
    }),
  );
  return (
    <Answered answer={answer} rows={panelRows + 1}>
      {(said) => {
        const rows = said.results
          .filter(({ dimensions: [value = ''] }) => !tab.onlySet || !unset.includes(value))
          .concat(missing(tab, said))
          .slice(0, panelRows);
        return rows.length === 0 ? (
          <Empty>{tab.empty?.() ?? t().panels.nothing}</Empty>
        ) : (
          <Rows tab={{ ...tab, metrics: known(said) }} rows={rows} />
        );
      }}
    </Answered>
  );
}

/** The metrics that an answer says something of: where nothing earns money, revenue is no column. */
export const known = ({ query, meta }: Result): Metric[] =>
  (query.metrics as Metric[]).filter(
    (metric) => meta.metric_warnings?.[metric]?.code !== 'no_revenue_goals_matching',
  );

/** Rows of values that nothing was counted of. */
export const missing = ({ always = [] }: BreakdownTab, { results, query }: Result): Row[] =>
  always
    .filter((value) => !results.some(({ dimensions }) => dimensions[0] === value))
    .map((value) => ({
      dimensions: [value],
      metrics: query.metrics.map((metric) => (metric.endsWith('_revenue') ? null : 0)),
    }));

/** How values are called that are not there. */
const unset = ['(not set)', '(none)'];

/** Rows of figures with a bar behind each. */
export function Rows({ tab, rows }: { tab: BreakdownTab; rows: Row[] }) {
  const most = mostOf(rows);
  const compared = rows.some(({ comparison }) => comparison);
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{dimensionName(tab.dimensions[0] ?? '')}</th>
          {tab.metrics.map((metric, index) => (
            <Fragment key={metric}>
              <th scope="col" class="number">
                {metricName(tab, metric)}
              </th>
              {compared && index === 0 && (
                <th scope="col" class="number changed">
                  {t().panels.change}
                </th>
              )}
            </Fragment>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <BreakdownRow
            key={row.dimensions.join('\n')}
            tab={tab}
            row={row}
            most={most}
            compared={compared}
          />
        ))}
      </tbody>
    </table>
  );
}

/** What a metric is called at the head of a column. */
export const metricName = (tab: BreakdownTab, metric: Metric): string =>
  tab.names?.[metric] ?? t().columns[metric];

/** The highest of the first figures, which a whole bar stands for. */
export const mostOf = (rows: Row[]): number =>
  Math.max(1, ...rows.map(({ metrics }) => Number(metrics[0] ?? 0)));

interface RowProps {
  tab: BreakdownTab;
  row: Row;
  most: number;
  /** Whether it is said how the first figure has changed. */
  compared: boolean;
}

/** What one value is about, its figures, and what a click on it shows. */
export function BreakdownRow({ tab, row, most, compared }: RowProps) {
  const [value = ''] = row.dimensions;
  const name = row.dimensions.map((one, at) => valueName(tab.dimensions[at] ?? '', one)).join(' ');
  return (
    <tr>
      <th scope="row">
        <span class="share" style={{ width: `${(100 * Number(row.metrics[0] ?? 0)) / most}%` }} />
        {value === '(other)' ? (
          <span class="value">{name}</span>
        ) : (
          <button type="button" title={name} onClick={() => narrow(tab, row)}>
            {name}
          </button>
        )}
      </th>
      {tab.metrics.map((metric, index) => (
        <Fragment key={metric}>
          <td class="number" title={figure(metric, row.metrics[index])}>
            {shortFigure(metric, row.metrics[index])}
          </td>
          {compared && index === 0 && (
            <td class="number changed">
              <Change
                metric={metric}
                before={asNumber(row.comparison?.metrics[0])}
                changed={row.comparison?.change[0] ?? null}
              />
            </td>
          )}
        </Fragment>
      ))}
    </tr>
  );
}

/** Shows what belongs to a row alone; once it is all that is shown, everything again. */
export function narrow(tab: BreakdownTab, row: Row): void {
  const own = tab.dimensions.map((dimension, at) => ({
    operator: 'is' as const,
    dimension,
    values: [row.dimensions[at] ?? ''],
  }));
  const texts = own.map(filterText);
  const { filters } = view.value;
  const others = filters.filter((one) => !texts.includes(filterText(one)));
  const there = others.length === filters.length - own.length;
  show({ filters: there ? others : [...others, ...own], details: null });
}
