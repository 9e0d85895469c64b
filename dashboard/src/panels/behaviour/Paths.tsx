import { useSignal } from '@preact/signals';
import { useId, useMemo } from 'preact/hooks';
import type { Site } from '../../api/me';
import type { PathNode, PathsReport } from '../../api/reports';
import { useAnswer } from '../../api/useAnswer';
import { about, reportAbout } from '../../state/ask';
import { chooseTab, view } from '../../state/view';
import { t } from '../../text';
import { count, longDay, share } from '../../text/format';
import { Button } from '../../ui/Button';
import { Empty, Notice } from '../../ui/Notice';
import { useSettled } from '../../ui/useSettled';
import { ReportDetails } from '../ReportDetails';
import type { Column } from '../table';
import { flowOf, isPage, type Way, waysOf } from './flow';
import { FlowChart, nameOf } from './FlowChart';
import { words } from './text';
import { VisitsAnswered } from './VisitsAnswered';

/** What the address calls the page and how far visits are followed from it. */
const PAGE = 'path';
const DEPTH = 'depth';

const depths = [1, 2, 3, 4, 5];

/** How many pages each step tells apart. */
const widest = 7;

/** Where visits came from before they first viewed a page, and where they went from there. */
export function Paths({ site }: { site: Site }) {
  const written = useSignal<string | null>(null);
  const suggested = usePages(site, useSettled(written.value ?? ''));
  const busiest = usePages(site, '')[0];
  const page = view.value.tabs[PAGE] ?? filteredPage() ?? busiest;
  const depth = depths.find((one) => String(one) === view.value.tabs[DEPTH]) ?? 2;
  const id = useId();
  const choose = (chosen: string) => {
    written.value = null;
    if (chosen !== '') {
      chooseTab(PAGE, chosen);
    }
  };
  return (
    <>
      <form
        class="picker"
        onSubmit={(event) => {
          event.preventDefault();
          choose(written.value ?? '');
        }}
      >
        <label for={`${id}-page`}>{words().paths.page}</label>
        <input
          id={`${id}-page`}
          type="text"
          list={`${id}-pages`}
          autoComplete="off"
          spellcheck={false}
          value={written.value ?? page ?? ''}
          onInput={(event) => (written.value = event.currentTarget.value)}
          onChange={(event) => choose(event.currentTarget.value.trim())}
        />
        <datalist id={`${id}-pages`}>
          {suggested.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <label for={`${id}-depth`}>{words().paths.depth}</label>
        <select
          id={`${id}-depth`}
          value={String(depth)}
          onChange={(event) => chooseTab(DEPTH, event.currentTarget.value)}
        >
          {depths.map((one) => (
            <option key={one} value={String(one)}>
              {words().paths.steps(one)}
            </option>
          ))}
        </select>
      </form>
      {page === undefined ? (
        <Empty>{t().panels.nothing}</Empty>
      ) : (
        <Ways key={page} site={site} page={page} depth={depth} choose={choose} />
      )}
    </>
  );
}

/** The page that the view is about, if it is about one alone. */
function filteredPage(): string | undefined {
  const filter = view.value.filters.find(
    ({ dimension, operator }) => dimension === 'event:page' && operator === 'is',
  );
  return filter?.values[0];
}

/** The pages viewed most that have in them what is written. */
function usePages(site: Site, text: string): string[] {
  const answer = useAnswer(
    about(site, view.value, {
      metrics: ['visitors'],
      dimensions: ['event:page'],
      limit: 20,
      compare: false,
      ...(text === ''
        ? {}
        : { filters: [['contains', 'event:page', [text], { case_sensitive: false }]] }),
    }),
  );
  return (answer.value?.results ?? [])
    .flatMap(({ dimensions }) => dimensions)
    .filter((page) => page !== '(other)');
}

interface WaysProps {
  site: Site;
  page: string;
  depth: number;
  choose: (page: string) => void;
}

function Ways({ site, page, depth, choose }: WaysProps) {
  const asTable = useSignal(false);
  const answer = useAnswer(
    reportAbout<PathsReport>(site, view.value, {
      name: 'paths',
      of: { page, depth },
      filtered: true,
    }),
  );
  const report = answer.value;
  const flow = useMemo(() => (report ? flowOf(report, widest) : null), [report]);
  const said = words().paths;
  return (
    <VisitsAnswered answer={answer} rows={10}>
      {(known) => (
        <>
          {view.value.details === 'behaviour' && (
            <ReportDetails
              site={site}
              title={`${words().tabs.paths} · ${page}`}
              id="paths"
              columns={columnsOf(known.visits)}
              rows={waysOf(known)}
            />
          )}
          {known.visits === 0 || !flow ? (
            <Empty>{said.nothing}</Empty>
          ) : (
            <>
              <div class="curve-bar">
                <p class="legend plain">{said.visits(known.visits, count(known.visits))}</p>
                <Button
                  kind="quiet"
                  class="small"
                  aria-pressed={asTable.value}
                  onClick={() => (asTable.value = !asTable.value)}
                >
                  {asTable.value ? said.asFlow : t().chart.asTable}
                </Button>
              </div>
              {asTable.value ? (
                <div class="ways" tabIndex={0} role="group" aria-label={said.table}>
                  <Side
                    title={said.before}
                    nodes={known.before}
                    of={known.visits}
                    choose={choose}
                  />
                  <Side title={said.after} nodes={known.after} of={known.visits} choose={choose} />
                </div>
              ) : (
                <FlowChart flow={flow} label={said.label(page)} open={choose} />
              )}
              <p class="quiet">{said.small}</p>
              {known.meta.data_from && (
                <Notice>{t().dataFrom(longDay(known.meta.data_from))}</Notice>
              )}
            </>
          )}
        </>
      )}
    </VisitsAnswered>
  );
}

/** @param of how many visits viewed the page that all is about */
function columnsOf(of: number): Column<Way>[] {
  const said = words().paths;
  const part = ({ visits }: Way) => (100 * visits) / of;
  return [
    { id: 'side', name: said.when, value: ({ side }) => said.sides[side] },
    { id: 'steps', name: said.depth, value: ({ pages }) => pages.length },
    { id: 'way', name: said.way, value: ({ pages }) => pages.map(nameOf).join(' → ') },
    {
      id: 'visits',
      name: words().funnels.visits,
      value: ({ visits }) => visits,
      shown: ({ visits }) => count(visits),
    },
    { id: 'share', name: said.share, value: part, shown: (way) => share(part(way)) },
  ];
}

interface SideProps {
  title: string;
  nodes: PathNode[];
  /** How many visits viewed the page that all is about. */
  of: number;
  choose: (page: string) => void;
}

function Side({ title, nodes, of, choose }: SideProps) {
  return (
    <section>
      <h3>{title}</h3>
      <Nodes nodes={nodes} of={of} choose={choose} />
    </section>
  );
}

function Nodes({ nodes, of, choose }: Omit<SideProps, 'title'>) {
  return (
    <ol>
      {nodes.map(({ page, visits, next }) => (
        <li key={page}>
          <div class="way">
            {isPage(page) ? (
              <button type="button" title={page} onClick={() => choose(page)}>
                {page}
              </button>
            ) : (
              <span class="quiet">{nameOf(page)}</span>
            )}
            <span class="number">{count(visits)}</span>
            <span class="number quiet">{share((100 * visits) / of)}</span>
          </div>
          {next && next.length > 0 && <Nodes nodes={next} of={of} choose={choose} />}
        </li>
      ))}
    </ol>
  );
}
