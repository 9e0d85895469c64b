import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Site } from '../../api/me';
import type { Figure, Row } from '../../api/query';
import { useAnswer } from '../../api/useAnswer';
import { about } from '../../state/ask';
import { todayIn } from '../../state/days';
import { spanOf } from '../../state/range';
import { vitalsOf } from '../../state/snippetLines';
import { useEmbedded } from '../../state/useEmbedded';
import { view } from '../../state/view';
import { count, decimal, share } from '../../text/format';
import { Code } from '../../ui/Code';
import { Empty } from '../../ui/Notice';
import { panelRows } from '../Breakdown';
import { Answered, Panel } from '../Panel';
import { ReportDetails } from '../ReportDetails';
import type { Column } from '../table';
import { words } from './text';

const vitals = ['lcp', 'inp', 'cls', 'ttfb'] as const;
type Vital = (typeof vitals)[number];

const classes = ['good', 'needs_work', 'poor'] as const;

/** More pages than this are not listed one by one. */
const mostListed = 10_000;

/** What the server knows of a view that reported them. */
const known = ['event:page', 'event:hostname', 'visit:device'];

/** How pages loaded, reacted and held still: the whole site, and the pages that most reported of. */
export function Vitals({ site }: { site: Site }) {
  const reported = useSignal(false);
  const answerable = view.value.filters.every(({ dimension }) => known.includes(dimension));
  return (
    <Panel id="vitals" title={words().title} detailed={answerable && reported.value}>
      {answerable ? (
        <Reported site={site} reported={reported} />
      ) : (
        <Empty>
          <p>{words().filtered}</p>
        </Empty>
      )}
    </Panel>
  );
}

/** Days are counted whole, also the one under way. */
function wholeDays(site: Site) {
  const span = spanOf(view.value.range, todayIn(site.timezone, new Date()));
  return span ? { span, compare: false } : { compare: false };
}

interface ReportedProps {
  site: Site;
  /** Whether any page has: set once it is known. */
  reported: Signal<boolean>;
}

function Reported({ site, reported }: ReportedProps) {
  const days = wholeDays(site);
  const whole = useAnswer(
    about(site, view.value, {
      metrics: vitals.flatMap((vital) => [vital, ...classes.map((of) => `${vital}_${of}`)]),
      ...days,
    }),
  );
  const pages = useAnswer(
    about(site, view.value, {
      metrics: [...vitals, 'ttfb_good'],
      dimensions: ['event:page'],
      order: [['ttfb_good', 'desc']],
      limit: panelRows,
      ...days,
    }),
  );
  const any = whole.value?.results[0]?.metrics.some(Boolean) ?? false;
  useEffect(() => {
    reported.value = any;
  }, [any, reported]);
  return (
    <Answered answer={whole} rows={panelRows}>
      {({ results: [all] }) =>
        all?.metrics.some(Boolean) ? (
          <>
            <dl class="vitals">
              {vitals.map((vital, index) => (
                <WholeSite key={vital} vital={vital} figures={all.metrics.slice(4 * index)} />
              ))}
            </dl>
            <Answered answer={pages} rows={panelRows}>
              {({ results }) => <Pages rows={results} />}
            </Answered>
            <p class="beneath">{words().what}</p>
            {view.value.details === 'vitals' && <Details site={site} />}
          </>
        ) : (
          <Unreported site={site} />
        )
      }
    </Answered>
  );
}

/** Every page that reported, with how many of its views were good. */
function Details({ site }: { site: Site }) {
  const answer = useAnswer(
    about(site, view.value, {
      metrics: vitals.flatMap((vital) => [vital, ...classes.map((of) => `${vital}_${of}`)]),
      dimensions: ['event:page'],
      order: [['ttfb_good', 'desc']],
      limit: mostListed,
      ...wholeDays(site),
    }),
  );
  return (
    <Answered answer={answer} rows={0}>
      {({ results }) => (
        <ReportDetails
          site={site}
          title={words().title}
          id="vitals"
          columns={columnsOf()}
          rows={results}
        />
      )}
    </Answered>
  );
}

function columnsOf(): Column<Row>[] {
  const numberOf = ({ metrics }: Row, index: number): number | null => {
    const figure = metrics[index];
    return typeof figure === 'number' ? figure : null;
  };
  const viewsOf = (row: Row, vital: number): number =>
    classes.reduce((sum, _, of) => sum + (numberOf(row, 4 * vital + 1 + of) ?? 0), 0);
  const goodOf = (row: Row, vital: number): number | null => {
    const views = viewsOf(row, vital);
    return views === 0
      ? null
      : Math.round((1000 * (numberOf(row, 4 * vital + 1) ?? 0)) / views) / 10;
  };
  return [
    { id: 'page', name: words().page, value: ({ dimensions: [page = ''] }) => page },
    ...vitals.flatMap((vital, index): Column<Row>[] => [
      {
        id: vital,
        name: vital.toUpperCase(),
        value: (row) => numberOf(row, 4 * index),
        shown: (row) => shown(vital, numberOf(row, 4 * index)),
      },
      {
        id: `${vital}-good`,
        name: words().good(vital.toUpperCase()),
        value: (row) => goodOf(row, index),
        shown: (row) => share(goodOf(row, index) ?? 0),
      },
    ]),
    {
      id: 'views',
      name: words().views,
      value: (row) => viewsOf(row, vitals.indexOf('ttfb')),
      shown: (row) => count(viewsOf(row, vitals.indexOf('ttfb'))),
    },
  ];
}

/** How a site comes to have them. */
function Unreported({ site }: { site: Site }) {
  const embedded = useEmbedded(site);
  return (
    <Empty>
      <p>{words().none}</p>
      <Code label={words().code} text={vitalsOf(embedded)} />
    </Empty>
  );
}

/** A figure of the whole site, and how many views were of each class. */
function WholeSite({ vital, figures }: { vital: Vital; figures: Figure[] }) {
  const [percentile = null, ...views] = figures.slice(0, 4);
  const counts = views.map(Number);
  const sum = counts.reduce((one, other) => one + other, 0);
  const said = classes
    .map(
      (of, index) => `${words().classes[of]} ${share((100 * (counts[index] ?? 0)) / (sum || 1))}`,
    )
    .join(', ');
  return (
    <div>
      <dt>{words().names[vital]}</dt>
      <dd>
        <strong>{shown(vital, percentile)}</strong>
        <div class="classes" role="img" aria-label={said} title={said}>
          {classes.map((of, index) => (
            <span key={of} class={of} style={{ flexGrow: String(counts[index] ?? 0) }} />
          ))}
        </div>
        <small>{words().of(count(sum))}</small>
      </dd>
    </div>
  );
}

function Pages({ rows }: { rows: Row[] }) {
  return (
    <table class="rows" aria-label={words().pages}>
      <thead>
        <tr>
          <th scope="col">{words().page}</th>
          {vitals.map((vital) => (
            <th key={vital} scope="col" class="number">
              <abbr title={words().names[vital]}>{vital.toUpperCase()}</abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ dimensions: [page = ''], metrics }) => (
          <tr key={page}>
            <th scope="row">{page}</th>
            {vitals.map((vital, index) => (
              <td key={vital} class="number">
                {shown(vital, metrics[index])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Seconds from one on, milliseconds below; shifts have no unit. */
const shown = (vital: Vital, value: Figure | undefined): string => {
  if (typeof value !== 'number') {
    return '–';
  }
  if (vital === 'cls') {
    return decimal(value);
  }
  return value < 1_000 ? `${count(value)} ms` : `${decimal(value / 1_000)} s`;
};
