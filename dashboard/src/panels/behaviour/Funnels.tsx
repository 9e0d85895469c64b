import { funnels, type Funnel } from '../../api/definitions';
import type { Site } from '../../api/me';
import type { FunnelReport, FunnelStep } from '../../api/reports';
import { useAnswer } from '../../api/useAnswer';
import { reportAbout } from '../../state/ask';
import { todayIn } from '../../state/days';
import { earlierSpan } from '../../state/series';
import { chooseTab, view } from '../../state/view';
import { t } from '../../text';
import { count, longDay, share } from '../../text/format';
import { Empty, Notice } from '../../ui/Notice';
import { Answered } from '../Panel';
import { ReportDetails } from '../ReportDetails';
import type { Column } from '../table';
import { Picker } from './Picker';
import { VisitsAnswered } from './VisitsAnswered';
import { words } from './text';
import { Undefined } from './Undefined';

/** What the address calls the choice of a funnel. */
const KEY = 'funnel';

/** How many visits reach goals one after the other. */
export function Funnels({ site }: { site: Site }) {
  const defined = useAnswer(funnels(site.domain));
  return (
    <Answered answer={defined} rows={10}>
      {(all) => {
        const chosen = all.find(({ id }) => String(id) === view.value.tabs[KEY]) ?? all[0];
        return chosen ? (
          <>
            <Picker
              label={words().funnels.choose}
              chosen={String(chosen.id)}
              choices={all.map(({ id, name }) => ({ id: String(id), name }))}
              choose={(id) => chooseTab(KEY, id)}
            />
            <Steps key={chosen.id} site={site} funnel={chosen} />
          </>
        ) : (
          <Empty>
            <Undefined
              site={site}
              said={words().funnels.none}
              make={words().funnels.make}
              section="funnels"
            />
          </Empty>
        );
      }}
    </Answered>
  );
}

function Steps({ site, funnel }: { site: Site; funnel: Funnel }) {
  const question = { name: 'funnel', of: { funnel_id: funnel.id }, filtered: true } as const;
  const before = earlierSpan(view.value, todayIn(site.timezone, new Date()));
  const answer = useAnswer(reportAbout<FunnelReport>(site, view.value, question));
  const earlier = useAnswer(
    before && reportAbout<FunnelReport>(site, view.value, { ...question, span: before }),
  );
  return (
    <VisitsAnswered answer={answer} rows={2 * funnel.goals.length + 1}>
      {({ steps, meta }) => (
        <>
          {steps[0]?.visits ? (
            <>
              <StepTable steps={steps} earlier={before ? earlier.value?.steps : undefined} />
              {meta.data_from && <Notice>{t().dataFrom(longDay(meta.data_from))}</Notice>}
            </>
          ) : (
            <Empty>{words().funnels.nothing}</Empty>
          )}
          {view.value.details === 'behaviour' && (
            <ReportDetails
              site={site}
              title={`${words().tabs.funnels} · ${funnel.name}`}
              id="funnel"
              columns={columnsOf(before !== null)}
              rows={steps.map((step, index) => ({
                ...step,
                number: index + 1,
                earlier: earlier.value?.steps[index],
              }))}
            />
          )}
        </>
      )}
    </VisitsAnswered>
  );
}

/** A step as details tell of it. */
interface ListedStep extends FunnelStep {
  number: number;
  /** The same in the time that it is compared with. */
  earlier: FunnelStep | undefined;
}

function columnsOf(compared: boolean): Column<ListedStep>[] {
  const said = words().funnels;
  const rateOf = (
    id: string,
    name: string,
    value: (step: ListedStep) => number | null,
  ): Column<ListedStep> => ({ id, name, value, shown: (step) => rate(value(step)) });
  const countOf = (
    id: string,
    name: string,
    value: (step: ListedStep) => number | null,
  ): Column<ListedStep> => ({ id, name, value, shown: (step) => count(value(step) ?? 0) });
  return [
    { id: 'number', name: said.number, value: (step) => step.number },
    { id: 'name', name: said.step, value: ({ name }) => name },
    countOf('visits', said.visits, ({ visits }) => visits),
    rateOf('conversion_rate', said.ofFirst, (step) => step.conversion_rate),
    countOf('dropoff', said.left, (step) => (step.number === 1 ? null : step.dropoff)),
    rateOf('dropoff_rate', said.leftShare, (step) =>
      step.number === 1 ? null : step.dropoff_rate,
    ),
    ...(compared
      ? [
          countOf('visits_before', said.visitsBefore, ({ earlier }) => earlier?.visits ?? null),
          rateOf(
            'conversion_rate_before',
            said.ofFirstBefore,
            ({ earlier }) => earlier?.conversion_rate ?? null,
          ),
        ]
      : []),
  ];
}

/** Steps as bars, each of them a part of the first, and what was lost on the way to it. */
function StepTable({ steps, earlier }: { steps: FunnelStep[]; earlier: FunnelStep[] | undefined }) {
  const said = words().funnels;
  const end = steps.at(-1)?.conversion_rate ?? null;
  const endBefore = earlier?.at(-1)?.conversion_rate ?? null;
  return (
    <>
      <table class="funnel">
        <thead>
          <tr>
            <th scope="col">{said.step}</th>
            <th scope="col" class="number">
              {said.visits}
            </th>
            <th scope="col" class="number">
              {said.ofFirst}
            </th>
            <th scope="col" class="number">
              {said.left}
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, index) => (
            <tr key={step.goal_id}>
              <th scope="row">
                <span class="step-name">
                  <span class="step-number">{index + 1}</span>
                  {step.name}
                </span>
                <span class="step-room">
                  <span class="step-bar" style={{ width: `${step.conversion_rate ?? 0}%` }} />
                </span>
              </th>
              <td class="number">{count(step.visits)}</td>
              <td class="number">{rate(step.conversion_rate)}</td>
              <td class="number lost">
                {index === 0 ? (
                  '–'
                ) : (
                  <>
                    <span class="many">{count(step.dropoff)} · </span>
                    {rate(step.dropoff_rate)}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {end !== null && (
        <p class="quiet">
          {said.reached(share(end))} {endBefore !== null && said.before(share(endBefore))}
        </p>
      )}
    </>
  );
}

const rate = (value: number | null): string => (value === null ? '–' : share(value));
