import { useSignal } from '@preact/signals';
import type { Site } from '../api/me';
import { queryFile, type Result, type Row } from '../api/query';
import { Failure } from '../api/request';
import { useAnswer } from '../api/useAnswer';
import { about, type Question, queryAbout } from '../state/ask';
import { closeDetails } from '../state/details';
import { isNamed } from '../state/dimensions';
import { rangeText } from '../state/range';
import { useSubjects } from '../state/subjects';
import { view } from '../state/view';
import { t, texts } from '../text';
import { count } from '../text/format';
import { dimensionName, valueName } from '../text/values';
import { Button, IconButton } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import { Empty, FailureNotice } from '../ui/Notice';
import { saveFile } from '../ui/saveFile';
import { useSettled } from '../ui/useSettled';
import {
  BreakdownRow,
  type BreakdownTab,
  known,
  metricName,
  type Metric,
  missing,
  mostOf,
} from './Breakdown';
import { da, en } from './details.text';
import { fitting } from './fitting';
import { Answered } from './Panel';

const words = texts({ en, da });

/** How many rows a page has. */
const pageRows = 100;

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

interface Order {
  /** A metric, or the dimension. */
  by: string;
  down: boolean;
}

/** All rows of a list with all that is known of them: searched, sorted, page by page, and as a file. */
export function Details({ site, title, tab }: Props) {
  const written = useSignal('');
  const order = useSignal<Order | null>(null);
  const page = useSignal(0);
  const text = useSettled(written.value.trim());
  const asked = useSubjects(site.domain);
  const metrics = fitting(tab.details ?? ofVisits, asked);
  const [dimension = ''] = tab.dimensions;
  // What is called otherwise here than at the server is looked through here; there are few of these.
  const named = isNamed(dimension);
  const question: Question = {
    metrics,
    dimensions: tab.dimensions,
    filters: [...(tab.onlySet ? [isSet(dimension)] : []), ...(named ? [] : containing(tab, text))],
    ...(order.value ? { order: [[order.value.by, order.value.down ? 'desc' : 'asc']] } : {}),
  };
  const answer = useAnswer(
    about(site, view.value, {
      ...question,
      ...(named
        ? { limit: allRows }
        : { limit: pageRows, offset: page.value * pageRows, totalRows: true }),
    }),
  );
  const sort = (by: string) => {
    const now = order.value ?? { by: metrics[0] ?? '', down: true };
    order.value = { by, down: now.by === by ? !now.down : by !== dimension };
    page.value = 0;
  };
  return (
    <Dialog title={titleOf(title, tab)} close={closeDetails} size="wide">
      <div class="detail-bar">
        <input
          type="search"
          aria-label={words().search}
          placeholder={words().search}
          value={written.value}
          onInput={(event) => {
            written.value = event.currentTarget.value;
            page.value = 0;
          }}
        />
        <Download site={site} tab={tab} question={question} />
      </div>
      <Answered answer={answer} rows={12}>
        {(said: Result) => {
          const found = named
            ? said.results.concat(missing(tab, said)).filter(fits(dimension, text))
            : said.results;
          const total = named ? found.length : (said.meta.total_rows ?? found.length);
          const rows = named
            ? found.slice(page.value * pageRows, (page.value + 1) * pageRows)
            : found;
          const shown = { ...tab, metrics: known(said) };
          return rows.length === 0 ? (
            <Empty>{text === '' ? (tab.empty?.() ?? t().panels.nothing) : words().none}</Empty>
          ) : (
            <>
              <Table
                tab={shown}
                rows={rows}
                most={mostOf(found)}
                order={order.value ?? { by: metrics[0] ?? '', down: true }}
                sort={sort}
              />
              <Pages total={total} page={page.value} turn={(to) => (page.value = to)} />
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
  sort: (by: string) => void;
}

function Table({ tab, rows, most, order, sort }: TableProps) {
  const compared = rows.some(({ comparison }) => comparison);
  const [dimension = ''] = tab.dimensions;
  const head = (by: string, name: string, kind: string) => (
    <th
      key={by}
      scope="col"
      class={kind}
      aria-sort={order.by === by ? (order.down ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" class="sort" onClick={() => sort(by)}>
        {name}
        {order.by === by && <Icon name={order.down ? 'down' : 'up'} />}
      </button>
    </th>
  );
  return (
    <div class="detail-table" tabIndex={0} role="group" aria-label={words().rows}>
      <table class="rows">
        <thead>
          <tr>
            {head(dimension, dimensionName(dimension), 'what')}
            {tab.metrics.flatMap((metric, index) => [
              head(metric, metricName(tab, metric), 'number'),
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

interface PagesProps {
  total: number;
  page: number;
  turn: (page: number) => void;
}

/** Which rows are shown, and the way to those before and after. */
function Pages({ total, page, turn }: PagesProps) {
  const first = page * pageRows + 1;
  const last = Math.min(total, first + pageRows - 1);
  return (
    <div class="pages">
      <span role="status">{words().shown(count(first), count(last), count(total), total)}</span>
      {total > pageRows && (
        <>
          <IconButton
            icon="left"
            label={words().before}
            disabled={page === 0}
            onClick={() => turn(page - 1)}
          />
          <IconButton
            icon="right"
            label={words().after}
            disabled={last >= total}
            onClick={() => turn(page + 1)}
          />
        </>
      )}
    </div>
  );
}

interface DownloadProps {
  site: Site;
  tab: BreakdownTab;
  question: Question;
}

/** Saves all rows as a file, as they are searched and sorted. */
function Download({ site, tab, question }: DownloadProps) {
  const loading = useSignal(false);
  const failure = useSignal<Failure | null>(null);
  const load = async () => {
    loading.value = true;
    failure.value = null;
    try {
      const asked = queryAbout(site, view.peek(), { ...question, compare: false });
      const name = [site.domain, tab.id, rangeText(view.peek().range)].join(' ');
      saveFile(await queryFile(asked), `${name}.csv`);
    } catch (thrown) {
      failure.value = thrown instanceof Failure ? thrown : new Failure('failed');
    } finally {
      loading.value = false;
    }
  };
  return (
    <>
      <Button icon="download" disabled={loading.value} onClick={load}>
        {words().file}
      </Button>
      {failure.value && <FailureNotice failure={failure.value} retry={() => void load()} />}
    </>
  );
}
