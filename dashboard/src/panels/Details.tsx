import type { Site } from '../api/me';
import { queryFile, type Result, type Row } from '../api/query';
import { useAnswer } from '../api/useAnswer';
import { about, type Question, queryAbout } from '../state/ask';
import { closeDetails } from '../state/details';
import { isNamed } from '../state/dimensions';
import { rangeText } from '../state/range';
import { useSubjects } from '../state/subjects';
import { type Order, view } from '../state/view';
import { t } from '../text';
import { dimensionName, valueName } from '../text/values';
import { Dialog } from '../ui/Dialog';
import { Empty } from '../ui/Notice';
import {
  BreakdownRow,
  type BreakdownTab,
  known,
  metricName,
  type Metric,
  missing,
  mostOf,
} from './Breakdown';
import { Download, pageOf, pageRows, Pages, SearchBar, SortHead, words } from './DetailParts';
import { fitting } from './fitting';
import { Answered } from './Panel';

/** The most rows that the server answers at once. */
const allRows = 10_000;

/** What is said of visits, whatever they are told apart by. */
const ofVisits: Metric[] = [
  'visitors',
  'percentage',
  'visits',
  'pageviews',
  'bounce_rate',
  'visit_duration',
];

interface Props {
  site: Site;
  /** What the panel is called. */
  title: string;
  tab: BreakdownTab;
}

/** All rows of a list with all that is known of them: searched, sorted, page by page, and as a file. */
export function Details({ site, title, tab }: Props) {
  const { search: text, order: chosen, page } = view.value.listing;
  const asked = useSubjects(site.domain);
  const metrics = fitting(tab.details ?? ofVisits, asked);
  const [dimension = ''] = tab.dimensions;
  // A link may name a column that is not there once other filters hold.
  const order = chosen && [dimension, ...metrics].includes(chosen.by) ? chosen : null;
  // What is called otherwise here than at the server is looked through here; there are few of these.
  const named = isNamed(dimension);
  const question: Question = {
    metrics,
    dimensions: tab.dimensions,
    filters: [
      ...(tab.filters ?? []),
      ...(tab.onlySet ? [isSet(dimension)] : []),
      ...(named ? [] : containing(tab, text)),
    ],
    ...(order ? { order: [[order.by, order.down ? 'desc' : 'asc']] } : {}),
  };
  const answer = useAnswer(
    about(site, view.value, {
      ...question,
      ...(named
        ? { limit: allRows }
        : { limit: pageRows, offset: page * pageRows, totalRows: true }),
    }),
  );
  return (
    <Dialog title={titleOf(title, tab)} close={closeDetails} size="wide">
      <SearchBar>
        <Download
          name={[site.domain, tab.id, rangeText(view.value.range)].join(' ')}
          file={() => queryFile(queryAbout(site, view.peek(), { ...question, compare: false }))}
        />
      </SearchBar>
      <Answered answer={answer} rows={12}>
        {(said: Result) => {
          const found = named
            ? said.results.concat(missing(tab, said)).filter(fits(dimension, text))
            : said.results;
          const total = named ? found.length : (said.meta.total_rows ?? found.length);
          const first = pageOf(total) * pageRows;
          const rows = named ? found.slice(first, first + pageRows) : found;
          return rows.length === 0 ? (
            <Empty>
              {total > 0 ? (
                <Pages total={total} />
              ) : text === '' ? (
                (tab.empty?.() ?? t().panels.nothing)
              ) : (
                words().none
              )}
            </Empty>
          ) : (
            <>
              <Table
                tab={{ ...tab, metrics: known(said) }}
                rows={rows}
                most={mostOf(found)}
                order={order ?? { by: metrics[0] ?? '', down: true }}
              />
              <Pages total={total} />
            </>
          );
        }}
      </Answered>
    </Dialog>
  );
}

/** What is shown, as far as the dialog is not about all of a panel. */
const titleOf = (title: string, { group, label }: BreakdownTab): string =>
  [title, group, label]
    .filter((part, index, all) => part !== undefined && all.indexOf(part) === index)
    .join(' · ');

const isSet = (dimension: string) => [
  'is_not',
  dimension,
  [dimension.startsWith('event:props:') ? '(none)' : '(not set)'],
];

/** Filters by what is written: one of the dimensions has it in it. */
function containing({ dimensions }: BreakdownTab, text: string): unknown[] {
  if (text === '') {
    return [];
  }
  const each = dimensions.map((one) => ['contains', one, [text], { case_sensitive: false }]);
  return each.length === 1 ? each : [['or', each]];
}

const fits =
  (dimension: string, text: string) =>
  ({ dimensions: [value = ''] }: Row): boolean =>
    [value, valueName(dimension, value)].some((name) =>
      name.toLowerCase().includes(text.toLowerCase()),
    );

interface TableProps {
  tab: BreakdownTab;
  rows: Row[];
  most: number;
  order: Order;
}

function Table({ tab, rows, most, order }: TableProps) {
  const compared = rows.some(({ comparison }) => comparison);
  const [dimension = ''] = tab.dimensions;
  return (
    <div class="detail-table" tabIndex={0} role="group" aria-label={words().rows}>
      <table class="rows">
        <thead>
          <tr>
            <SortHead
              by={dimension}
              name={dimensionName(dimension)}
              kind="what"
              order={order}
              highestFirst={false}
            />
            {tab.metrics.flatMap((metric, index) => [
              <SortHead
                key={metric}
                by={metric}
                name={metricName(tab, metric)}
                kind="number"
                order={order}
                highestFirst
              />,
              ...(compared && index === 0
                ? [
                    <th key="change" scope="col" class="number changed">
                      {t().panels.change}
                    </th>,
                  ]
                : []),
            ])}
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
    </div>
  );
}
