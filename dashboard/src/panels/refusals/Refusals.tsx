import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Site } from '../../api/me';
import type { RefusalsReport } from '../../api/reports';
import { useAnswer } from '../../api/useAnswer';
import { reportAbout } from '../../state/ask';
import { addDays, todayIn } from '../../state/days';
import { pathTo } from '../../state/route';
import { earlierSpan } from '../../state/series';
import { view } from '../../state/view';
import { count, share, shortDay } from '../../text/format';
import { Icon } from '../../ui/Icon';
import { Empty } from '../../ui/Notice';
import { Change } from '../Change';
import { Answered, chosenTab, Panel } from '../Panel';
import { ReportDetails } from '../ReportDetails';
import type { Column } from '../table';
import { Stacks } from './Stacks';
import { stacksOf, type Tally, tallyBy } from './tally';
import { programName, reasonName, words } from './text';

/** How many reasons have a colour of their own; the others share one. */
const coloured = 4;

/** The pages of settings where something about a reason is chosen. */
const sections: Partial<Record<string, string>> = {
  host: 'counting',
  'excluded-page': 'counting',
  'excluded-network': 'counting',
  'site-rate': 'counting',
  'site-quota': 'counting',
};

/** What was not counted, and why; and what was left out of what was. */
export function Refusals({ site }: { site: Site }) {
  const ids = ['reasons', 'programs', 'cleaned'] as const;
  const tabs = ids.map((id) => ({ id, label: words().tabs[id] }));
  const chosen = chosenTab('refusals', tabs)?.id;
  const today = todayIn(site.timezone, new Date());
  const question = { name: 'refusals', filtered: false } as const;
  const before = earlierSpan(view.value, today);
  const answer = useAnswer(reportAbout<RefusalsReport>(site, view.value, question));
  const earlier = useAnswer(
    before && reportAbout<RefusalsReport>(site, view.value, { ...question, span: before }),
  );
  return (
    <Panel id="refusals" title={words().title} tabs={tabs} detailed>
      <Answered answer={answer} rows={10}>
        {(report) => (
          <>
            {chosen === 'reasons' && (
              <Reasons
                site={site}
                report={report}
                before={before ? (earlier.value ?? null) : null}
                until={addDays(today, -1)}
              />
            )}
            {chosen === 'programs' && <Programs report={report} />}
            {chosen === 'cleaned' && <Cleaned report={report} />}
            {view.value.details === 'refusals' && chosen && (
              <RefusalDetails site={site} report={report} of={chosen} />
            )}
            {view.value.filters.length > 0 && <p class="beneath">{words().unfiltered}</p>}
          </>
        )}
      </Answered>
    </Panel>
  );
}

interface DetailsProps {
  site: Site;
  report: RefusalsReport;
  of: 'reasons' | 'programs' | 'cleaned';
}

/** What was counted of each day, as far as the panel tells of it. */
interface Counted {
  day: string;
  name: string;
  detail: string;
  count: number;
}

/** Day by day what was not counted, the last day first. */
function RefusalDetails({ site, report, of }: DetailsProps) {
  const said = words();
  const all: Counted[] =
    of === 'cleaned'
      ? report.cleaned.map(({ kind, ...one }) => ({
          ...one,
          name: said.kinds[kind] ?? kind,
          detail: '',
        }))
      : report.refused
          .filter(({ reason }) => of === 'reasons' || reason === 'bot')
          .map(({ reason, detail, ...one }) => ({
            ...one,
            name: reasonName(reason),
            detail: reason === 'bot' ? programName(detail) : detail,
          }));
  const columns: Column<Counted>[] = [
    {
      id: 'day',
      name: said.day,
      value: ({ day }) => day,
      shown: ({ day }) => shortDay(day),
      plain: true,
    },
    ...(of === 'programs'
      ? []
      : [{ id: 'name', name: said.what, value: ({ name }: Counted) => name }]),
    ...(of === 'cleaned'
      ? []
      : [{ id: 'detail', name: said.detail, value: ({ detail }: Counted) => detail || null }]),
    {
      id: 'count',
      name: said.count,
      value: (one) => one.count,
      shown: (one) => count(one.count),
    },
  ];
  return (
    <ReportDetails
      site={site}
      title={`${said.title} · ${said.tabs[of]}`}
      id={of}
      empty={{ reasons: said.none, programs: said.noPrograms, cleaned: said.noCleaned }[of]}
      columns={columns}
      rows={all.sort((one, other) => other.day.localeCompare(one.day) || other.count - one.count)}
    />
  );
}

const sum = (all: { count: number }[]): number => all.reduce((sum, { count }) => sum + count, 0);

interface ReasonsProps {
  site: Site;
  report: RefusalsReport;
  /** The same of the time that it is compared with; null for none. */
  before: RefusalsReport | null;
  /** The last day that is over. */
  until: string;
}

function Reasons({ site, report, before, until }: ReasonsProps) {
  const said = words();
  const reasons = tallyBy(report.refused, ({ reason }) => reason);
  const total = sum(reasons);
  if (total === 0) {
    return <Empty>{said.none}</Empty>;
  }
  const [from, to] = report.meta.date_range;
  const span = { first: from.slice(0, 10), last: to.slice(0, 10) };
  // A reason alone needs no place for others.
  const apart = reasons.slice(0, reasons.length > coloured + 1 ? coloured : coloured + 1);
  const names = apart.map(({ name }) => name);
  const earlier = before ? sum(before.refused) : null;
  return (
    <>
      <p class="total">
        <b>{count(total)}</b>
        {earlier !== null && (
          <Change
            metric="refused"
            before={earlier}
            changed={earlier === 0 ? null : Math.round((100 * (total - earlier)) / earlier)}
          />
        )}
      </p>
      <Stacks
        stacks={stacksOf(report.refused, span, names)}
        names={[...names.map(reasonName), said.others]}
        until={until}
      />
      <ul class="reasons">
        {reasons.map((reason, index) => (
          <ReasonLine
            key={reason.name}
            site={site}
            reason={reason}
            total={total}
            part={Math.min(index, apart.length)}
          />
        ))}
      </ul>
    </>
  );
}

interface LineProps {
  site: Site;
  reason: Tally;
  total: number;
  /** Its colour among the parts of a stack. */
  part: number;
}

/** A reason, and when it is opened what it means. */
function ReasonLine({ site, reason, total, part }: LineProps) {
  const open = useSignal(false);
  const id = useId();
  const text = words().reasons[reason.name];
  const section = sections[reason.name];
  return (
    <li>
      <button
        type="button"
        class="reason"
        aria-expanded={open.value}
        aria-controls={open.value ? id : undefined}
        onClick={() => (open.value = !open.value)}
      >
        <span class={`dot part-${part}`} />
        <span class="words">{reasonName(reason.name)}</span>
        <span>{count(reason.count)}</span>
        <span class="quiet part">{share((100 * reason.count) / total)}</span>
        <Icon name="chevron" />
      </button>
      {open.value && (
        <div class="why" id={id}>
          <p>{text ? text.what : reason.name}</p>
          {text && <p>{text.can}</p>}
          {section && site.role === 'owner' && (
            <p>
              <a href={pathTo(site.domain, `settings/${section}`)}>{words().settings}</a>
            </p>
          )}
        </div>
      )}
    </li>
  );
}

function Programs({ report }: { report: RefusalsReport }) {
  const bots = tallyBy(
    report.refused.filter(({ reason }) => reason === 'bot'),
    ({ detail }) => detail,
  );
  return bots.length === 0 ? (
    <Empty>{words().noPrograms}</Empty>
  ) : (
    <Tallies
      lines={bots.map(({ name, count }) => ({
        name: programName(name),
        count,
        why: words().programs[name]?.why,
      }))}
    />
  );
}

function Cleaned({ report }: { report: RefusalsReport }) {
  const kinds = tallyBy(report.cleaned, ({ kind }) => kind);
  return kinds.length === 0 ? (
    <Empty>{words().noCleaned}</Empty>
  ) : (
    <>
      <Tallies
        lines={kinds.map(({ name, count }) => ({ name: words().kinds[name] ?? name, count }))}
      />
      <p class="beneath">{words().cleanedHelp}</p>
    </>
  );
}

/** Counts with a bar behind each. */
function Tallies({ lines }: { lines: (Tally & { why?: string | undefined })[] }) {
  const most = Math.max(1, ...lines.map(({ count }) => count));
  return (
    <div class="tallies" tabIndex={0} role="group" aria-label={words().title}>
      <table class="rows">
        <tbody>
          {lines.map(({ name, count: many, why }) => (
            <tr key={name}>
              <th scope="row">
                <span class="share" style={{ width: `${(100 * many) / most}%` }} />
                <span class="value" title={why}>
                  {name}
                </span>
                {why && <span class="why">{why}</span>}
              </th>
              <td class="number">{count(many)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
