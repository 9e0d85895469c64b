import { useSignal } from '@preact/signals';
import { addGoal, type NewGoal } from '../../api/definitions';
import type { Site } from '../../api/me';
import { Choices } from '../../ui/Choices';
import { Dialog } from '../../ui/Dialog';
import { Form } from '../../ui/Form';
import { TextField } from '../../ui/TextField';
import { words } from './goalsText';

/** By which the server speaks of them. */
const fields = ['page', 'event', 'scroll', 'name', 'properties', 'property', 'currency', 'value'];

/** Adds a goal. */
export function GoalDialog({ site, close }: { site: Site; close: () => void }) {
  const kind = useSignal<NewGoal['goal_type']>('page');
  const page = useSignal('');
  const scroll = useSignal('');
  const event = useSignal('');
  const name = useSignal('');
  const properties = useSignal('');
  const currency = useSignal('');
  const value = useSignal('');
  const ofPage = kind.value === 'page';
  const save = async () => {
    await addGoal(site.domain, {
      goal_type: kind.value,
      ...(ofPage ? { page_path: page.value } : { event_name: event.value }),
      ...said('scroll_threshold', ofPage ? scroll.value : ''),
      ...said('display_name', name.value),
      custom_props: pairs(properties.value),
      ...said('currency', currency.value),
      ...said('value', value.value.replace(',', '.')),
    });
    close();
  };
  return (
    <Dialog title={words().add} close={close}>
      <Form
        fields={fields}
        submit={words().add}
        ready={(ofPage ? page.value : event.value).trim() !== ''}
        cancel={close}
        save={save}
      >
        {(fault) => (
          <>
            <Choices
              label={words().kind}
              choices={(['page', 'event'] as const).map((one) => ({
                value: one,
                ...words().kinds[one],
              }))}
              chosen={kind.value}
              choose={(one) => (kind.value = one as NewGoal['goal_type'])}
            />
            {ofPage ? (
              <>
                <TextField
                  label={words().page}
                  help={words().pageHelp}
                  fault={fault('page')}
                  text={page}
                />
                <TextField
                  label={words().scroll}
                  help={words().scrollHelp}
                  fault={fault('scroll')}
                  text={scroll}
                  number
                />
              </>
            ) : (
              <TextField label={words().event} fault={fault('event')} text={event} />
            )}
            <TextField
              label={words().display}
              help={words().displayHelp}
              fault={fault('name')}
              text={name}
            />
            <details>
              <summary>{words().more}</summary>
              <TextField
                label={words().properties}
                help={words().propertiesHelp}
                fault={fault('properties') ?? fault('property')}
                text={properties}
                lines={3}
              />
              <div class="pair">
                <TextField
                  label={words().currency}
                  help={words().currencyHelp}
                  fault={fault('currency')}
                  text={currency}
                />
                <TextField
                  label={words().value}
                  help={words().valueHelp}
                  fault={fault('value')}
                  text={value}
                  number
                />
              </div>
            </details>
          </>
        )}
      </Form>
    </Dialog>
  );
}

/** A field that is left out where nothing is written. */
const said = (field: keyof NewGoal, text: string): Partial<NewGoal> =>
  text.trim() === '' ? {} : { [field]: text.trim() };

/** Lines such as `plan=gold`, by name; one without a value is sent so, and refused by the server. */
const pairs = (lines: string): Record<string, string> =>
  Object.fromEntries(
    lines
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [name = '', ...rest] = line.split('=');
        return [name.trim(), rest.join('=').trim()];
      }),
  );
