import { useSignal } from '@preact/signals';
import { addAnnotation, removeAnnotation } from '../../api/definitions';
import type { Site } from '../../api/me';
import { type Annotation, annotations } from '../../api/site';
import { mapped, useAnswer } from '../../api/useAnswer';
import { todayIn } from '../../state/days';
import { longDay } from '../../text/format';
import { Dialog } from '../../ui/Dialog';
import { Form } from '../../ui/Form';
import { TextField } from '../../ui/TextField';
import { words } from './annotationsText';
import { Items } from './Items';
import { words as items } from './itemsText';
import { may } from './roles';

const latestFirst = (all: Annotation[]): Annotation[] =>
  all.toSorted((one, other) => other.day.localeCompare(one.day));

/** Remarks on days. */
export function Annotations({ site }: { site: Site }) {
  const answer = useAnswer(annotations(site.domain));
  const adding = useSignal(false);
  return (
    <>
      <p>{words().intro}</p>
      <Items
        label={words().intro}
        answer={mapped(answer, latestFirst)}
        keyOf={({ id }) => String(id)}
        nameOf={({ text }) => text}
        columns={[
          { title: words().day, cell: ({ day }) => longDay(day) },
          {
            title: words().text,
            cell: ({ text, personal }) => (
              <>
                {text}
                {personal && <span class="tag">{items().personal}</span>}
              </>
            ),
          },
        ]}
        empty={words().none}
        add={{ label: words().add, open: () => (adding.value = true) }}
        removal={{
          may: ({ personal }) => personal || may(site, 'editor'),
          warning: () => words().warning,
          act: ({ id }) => removeAnnotation(site.domain, id),
        }}
      />
      {adding.value && <AnnotationDialog site={site} close={() => (adding.value = false)} />}
    </>
  );
}

function AnnotationDialog({ site, close }: { site: Site; close: () => void }) {
  const day = useSignal(todayIn(site.timezone, new Date()));
  const text = useSignal('');
  const edits = may(site, 'editor');
  const personal = useSignal(!edits);
  const save = async () => {
    await addAnnotation(site.domain, {
      day: day.value,
      text: text.value.trim(),
      personal: personal.value,
    });
    close();
  };
  return (
    <Dialog title={words().add} close={close}>
      <Form
        fields={['day', 'text']}
        submit={words().add}
        ready={day.value !== '' && text.value.trim() !== ''}
        cancel={close}
        save={save}
      >
        {(fault) => (
          <>
            <TextField type="date" label={words().day} fault={fault('day')} text={day} />
            <TextField
              label={words().text}
              help={words().textHelp}
              fault={fault('text')}
              text={text}
              lines={2}
            />
            {edits ? (
              <label class="check">
                <input
                  type="checkbox"
                  checked={personal.value}
                  onChange={(event) => (personal.value = event.currentTarget.checked)}
                />
                {words().personal}
              </label>
            ) : (
              <p class="help">{words().personalOnly}</p>
            )}
          </>
        )}
      </Form>
    </Dialog>
  );
}
