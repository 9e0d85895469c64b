import { useSignal } from '@preact/signals';
import { addFunnel, type Goal } from '../../api/definitions';
import type { Site } from '../../api/me';
import { Button, IconButton } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Form } from '../../ui/Form';
import { TextField } from '../../ui/TextField';
import { words } from './funnelsText';

/** The server takes no more steps, and no fewer. */
const [fewest, most] = [2, 8];

/** Adds a funnel of some of the goals. */
export function FunnelDialog(props: { site: Site; goals: Goal[]; close: () => void }) {
  const { site, goals, close } = props;
  const name = useSignal('');
  const steps = useSignal<string[]>(['', '']);
  const set = (at: number, goal: string) =>
    (steps.value = steps.value.map((step, index) => (index === at ? goal : step)));
  const save = async () => {
    await addFunnel(site.domain, name.value, steps.value.map(Number));
    close();
  };
  return (
    <Dialog title={words().add} close={close}>
      <Form
        fields={['name', 'goals']}
        submit={words().add}
        ready={name.value.trim() !== '' && steps.value.every((step) => step !== '')}
        cancel={close}
        save={save}
      >
        {(fault) => (
          <>
            <TextField label={words().name} fault={fault('name')} text={name} />
            {steps.value.map((step, at) => (
              <div class="with-button" key={at}>
                <Field label={words().step(at + 1)} fault={at === 0 ? fault('goals') : undefined}>
                  {(attributes) => (
                    <select
                      {...attributes}
                      value={step}
                      onChange={(event) => set(at, event.currentTarget.value)}
                    >
                      <option value="">{words().choose}</option>
                      {goals.map((goal) => (
                        <option
                          key={goal.id}
                          value={goal.id}
                          disabled={goal.id !== step && steps.value.includes(goal.id)}
                        >
                          {goal.display_name}
                        </option>
                      ))}
                    </select>
                  )}
                </Field>
                {steps.value.length > fewest && (
                  <IconButton
                    icon="close"
                    label={words().removeStep(at + 1)}
                    onClick={() => (steps.value = steps.value.filter((_, index) => index !== at))}
                  />
                )}
              </div>
            ))}
            {steps.value.length < Math.min(most, goals.length) && (
              <div>
                <Button
                  icon="plus"
                  class="small"
                  onClick={() => (steps.value = [...steps.value, ''])}
                >
                  {words().addStep}
                </Button>
              </div>
            )}
          </>
        )}
      </Form>
    </Dialog>
  );
}
