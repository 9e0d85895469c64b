import { useSignal } from '@preact/signals';
import { funnels, goals, removeFunnel } from '../../api/definitions';
import type { Site } from '../../api/me';
import { useAnswer } from '../../api/useAnswer';
import { pathTo } from '../../state/route';
import { Notice } from '../../ui/Notice';
import { FunnelDialog } from './FunnelDialog';
import { words } from './funnelsText';
import { Items } from './Items';
import { ReadOnly } from './ReadOnly';
import { may } from './roles';

/** Goals that are reached one after the other. */
export function Funnels({ site }: { site: Site }) {
  const answer = useAnswer(funnels(site.domain));
  const known = useAnswer(goals(site.domain)).value;
  const adding = useSignal(false);
  const edits = may(site, 'editor');
  const enough = known !== undefined && known.length >= 2;
  const goalName = (id: number) =>
    known?.find((goal) => goal.id === String(id))?.display_name ?? words().gone;
  return (
    <>
      <p>{words().intro}</p>
      {!edits && <ReadOnly needed="editor" />}
      {edits && known && !enough && (
        <Notice>
          <p>{words().few}</p>
          <p>
            <a href={pathTo(site.domain, 'settings/goals')}>{words().toGoals}</a>
          </p>
        </Notice>
      )}
      <Items
        label={words().intro}
        answer={answer}
        keyOf={({ id }) => String(id)}
        nameOf={({ name }) => name}
        columns={[
          { title: words().name, cell: ({ name }) => <b>{name}</b> },
          {
            title: words().steps,
            cell: (funnel) => known && funnel.goals.map(goalName).join(' → '),
          },
        ]}
        empty={words().none}
        add={
          edits && enough ? { label: words().add, open: () => (adding.value = true) } : undefined
        }
        removal={
          edits
            ? {
                may: () => true,
                warning: () => words().warning,
                act: ({ id }) => removeFunnel(site.domain, id),
              }
            : undefined
        }
      />
      {adding.value && known && (
        <FunnelDialog site={site} goals={known} close={() => (adding.value = false)} />
      )}
    </>
  );
}
