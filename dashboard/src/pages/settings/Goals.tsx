import { useSignal } from '@preact/signals';
import { type Goal, goals, removeGoal } from '../../api/definitions';
import type { Site } from '../../api/me';
import { useAnswer } from '../../api/useAnswer';
import { money } from '../../text/format';
import { GoalDialog } from './GoalDialog';
import { words } from './goalsText';
import { Items } from './Items';
import { ReadOnly } from './ReadOnly';
import { may } from './roles';

/** What visitors are to do. */
export function Goals({ site }: { site: Site }) {
  const answer = useAnswer(goals(site.domain));
  const adding = useSignal(false);
  const edits = may(site, 'editor');
  return (
    <>
      <p>{words().intro}</p>
      {!edits && <ReadOnly needed="editor" />}
      <Items
        label={words().intro}
        answer={answer}
        keyOf={({ id }) => id}
        nameOf={({ display_name }) => display_name}
        columns={[
          { title: words().name, cell: ({ display_name }) => <b>{display_name}</b> },
          { title: words().counts, cell: condition },
          { title: words().worth, cell: worth, minor: true },
        ]}
        empty={words().none}
        add={edits ? { label: words().add, open: () => (adding.value = true) } : undefined}
        removal={
          edits
            ? {
                may: () => true,
                warning: () => words().warning,
                act: ({ id }) => removeGoal(site.domain, id),
              }
            : undefined
        }
      />
      {adding.value && <GoalDialog site={site} close={() => (adding.value = false)} />}
    </>
  );
}

function condition(goal: Goal): string {
  const page = goal.page_path ?? '';
  const counted =
    goal.goal_type === 'event'
      ? words().sent(goal.event_name ?? '')
      : goal.scroll_threshold === undefined
        ? page
        : words().scrolled(page, goal.scroll_threshold);
  const properties = Object.entries(goal.custom_props).map(([name, value]) => `${name}=${value}`);
  return properties.length === 0 ? counted : `${counted} ${words().with(properties.join(', '))}`;
}

function worth({ currency, value }: Goal): string {
  if (currency === undefined) {
    return '–';
  }
  return value === undefined ? words().asSaid(currency) : money({ value, currency });
}
