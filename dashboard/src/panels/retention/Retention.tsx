import type { Site } from '../../api/me';
import type { Cohort, RetentionReport } from '../../api/reports';
import { useAnswer } from '../../api/useAnswer';
import { reportAbout } from '../../state/ask';
import { addDays, todayIn } from '../../state/days';
import { type Span, spanOf } from '../../state/range';
import { view } from '../../state/view';
import { count, days, monthDay, share } from '../../text/format';
import { Empty } from '../../ui/Notice';
import { Answered, Panel } from '../Panel';
import { ReportDetails } from '../ReportDetails';
import type { Column } from '../table';
import { words } from './text';

/** Fewer weeks show nobody who comes again. */
const fewestDays = 13 * 7;

/** How many browsers of each first week came again. */
export function Retention({ site }: { site: Site }) {
  const span = widened(spanOf(view.value.range, todayIn(site.timezone, new Date())));
  const answer = useAnswer(
    reportAbout<RetentionReport>(site, view.value, {
      name: 'retention',
      filtered: false,
      ...(span ? { span } : {}),
    }),
  );
  const any = (answer.value?.results.length ?? 0) > 0;
  return (
    <Panel id="retention" title={words().title} detailed={any}>
      <Answered answer={answer} rows={10}>
        {(report) => (
          <>
            {report.results.length === 0 ? (
              <Empty>
                <p>{words().none}</p>
              </Empty>
            ) : (
              <Cohorts cohorts={report.results} />
            )}
            <Beneath report={report} />
            {view.value.details === 'retention' && any && (
              <ReportDetails
                site={site}
                title={words().title}
                id="retention"
                columns={columnsOf(report.results)}
                rows={report.results}
              />
            )}
          </>
        )}
      </Answered>
    </Panel>
  );
}

function columnsOf(cohorts: Cohort[]): Column<Cohort>[] {
  const said = words();
  const weeks = Math.max(...cohorts.map(({ browsers }) => browsers.length));
  const again = Array.from({ length: weeks - 1 }, (_, index) => index + 1);
  const partIn = ({ browsers: [all = 0, ...came] }: Cohort, after: number): number | null => {
    const found = came[after - 1];
    return found === undefined ? null : Math.round(1000 * partOf(found, all)) / 10;
  };
  return [
    {
      id: 'week',
      name: said.firstWeek,
      value: ({ week }) => week,
      shown: ({ week }) => monthDay(week),
      plain: true,
    },
    {
      id: 'browsers',
      name: said.browsers,
      value: ({ browsers: [all = 0] }) => all,
      shown: ({ browsers: [all = 0] }) => count(all),
    },
    ...again.map((after): Column<Cohort> => ({
      id: `after-${String(after)}`,
      name: said.week(after),
      value: (cohort) => partIn(cohort, after),
      shown: (cohort) => share(partIn(cohort, after) ?? 0),
    })),
  ];
}

/** The days of a range, and as many before it as it takes to see who comes again. */
const widened = (span: Span | null): Span | null => {
  const first = span && addDays(span.last, 1 - fewestDays);
  return span && first && first < span.first ? { first, last: span.last } : span;
};

function Beneath({ report }: { report: RetentionReport }) {
  const unknown = report.meta.browsers_of_unknown_weeks;
  return (
    <p class="beneath">
      {report.results.length > 0 && words().what}{' '}
      {unknown > 0 && words().unknown(unknown, count(unknown))}
    </p>
  );
}

function Cohorts({ cohorts }: { cohorts: Cohort[] }) {
  const said = words();
  const weeks = Math.max(...cohorts.map(({ browsers }) => browsers.length)) - 1;
  // Few come again: the shades are of what most did.
  const most = Math.max(
    ...cohorts.flatMap(({ browsers: [all = 0, ...again] }) =>
      again.map((came) => partOf(came, all)),
    ),
  );
  const columns = Array.from({ length: weeks }, (_, index) => index + 1);
  return (
    <div class="cohorts" tabIndex={0} role="group" aria-label={said.table}>
      <table>
        <thead>
          <tr>
            <th scope="col">{said.firstWeek}</th>
            <th scope="col" class="number">
              {said.browsers}
            </th>
            {columns.map((week) => (
              <th key={week} scope="col" class="number" title={said.weekInFull(week)}>
                {said.week(week)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cohorts.map((cohort) => (
            <CohortRow key={cohort.week} cohort={cohort} most={most} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const partOf = (came: number, all: number): number => (all === 0 ? 0 : came / all);

interface RowProps {
  cohort: Cohort;
  /** The highest part that came again, which has the darkest shade. */
  most: number;
}

function CohortRow({ cohort: { week, browsers }, most }: RowProps) {
  const [all = 0, ...again] = browsers;
  return (
    <tr>
      <th scope="row" title={days(week, addDays(week, 6))}>
        {monthDay(week)}
      </th>
      <td class="number">{count(all)}</td>
      {again.map((came, index) => {
        const part = partOf(came, all);
        // The week that the report was asked for in goes on.
        const cut = index === again.length - 1;
        const shown = share(100 * part);
        return (
          <td
            key={index}
            class={cut ? 'number heat cut' : 'number heat'}
            style={{ '--heat': String(most > 0 ? part / most : 0) }}
            title={`${cut ? words().cut(shown) : shown}: ${count(came)}`}
          >
            <span>{shown}</span>
          </td>
        );
      })}
    </tr>
  );
}
