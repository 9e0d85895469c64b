import { useSignal } from '@preact/signals';
import { addProperty, properties, removeProperty } from '../../api/definitions';
import type { Site } from '../../api/me';
import { useAnswer } from '../../api/useAnswer';
import { Dialog } from '../../ui/Dialog';
import { Form } from '../../ui/Form';
import { TextField } from '../../ui/TextField';
import { Items } from './Items';
import { words } from './propertiesText';
import { ReadOnly } from './ReadOnly';
import { may } from './roles';

/** Properties whose values are totalled. */
export function Properties({ site }: { site: Site }) {
  const answer = useAnswer(properties(site.domain));
  const adding = useSignal(false);
  const edits = may(site, 'editor');
  return (
    <>
      <p>{words().intro}</p>
      {!edits && <ReadOnly needed="editor" />}
      <Items
        label={words().intro}
        answer={answer}
        keyOf={({ property }) => property}
        nameOf={({ property }) => property}
        columns={[{ title: words().name, cell: ({ property }) => <code>{property}</code> }]}
        empty={words().none}
        add={edits ? { label: words().add, open: () => (adding.value = true) } : undefined}
        removal={
          edits
            ? {
                may: () => true,
                warning: () => words().warning,
                act: ({ property }) => removeProperty(site.domain, property),
              }
            : undefined
        }
      />
      {adding.value && <PropertyDialog site={site} close={() => (adding.value = false)} />}
    </>
  );
}

function PropertyDialog({ site, close }: { site: Site; close: () => void }) {
  const name = useSignal('');
  const save = async () => {
    await addProperty(site.domain, name.value.trim());
    close();
  };
  return (
    <Dialog title={words().add} close={close}>
      <Form
        fields={['property']}
        submit={words().add}
        ready={name.value.trim() !== ''}
        cancel={close}
        save={save}
      >
        {(fault) => (
          <TextField
            label={words().name}
            help={words().nameHelp}
            fault={fault('property')}
            text={name}
          />
        )}
      </Form>
    </Dialog>
  );
}
