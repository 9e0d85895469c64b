import { useSignal } from '@preact/signals';
import { addSharedLink } from '../../api/access';
import type { Site } from '../../api/me';
import { segments } from '../../api/site';
import { useAnswer } from '../../api/useAnswer';
import { Code } from '../../ui/Code';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Form } from '../../ui/Form';
import { TextField } from '../../ui/TextField';
import { Once } from './Once';
import { words } from './sharingText';

/** Makes a shared link, and shows its address once. */
export function LinkDialog({ site, close }: { site: Site; close: () => void }) {
  const known = useAnswer(segments(site.domain)).value ?? [];
  const name = useSignal('');
  const segment = useSignal('');
  const expires = useSignal('');
  const password = useSignal('');
  const frames = useSignal('');
  const made = useSignal<string | null>(null);
  const origins = frames.value
    .split(/[\s,]+/)
    .map((origin) => origin.trim())
    .filter(Boolean);
  const save = async () => {
    const filters = known.find(({ id }) => String(id) === segment.value)?.filters;
    made.value = await addSharedLink(site.domain, {
      name: name.value.trim(),
      ...(filters ? { filters } : {}),
      ...(password.value ? { password: password.value } : {}),
      ...(origins.length > 0 ? { frames: origins } : {}),
      ...(expires.value ? { expires: expires.value } : {}),
    });
  };
  if (made.value) {
    return (
      <Once
        title={words().madeTitle}
        help={words().madeHelp}
        label={words().madeTitle}
        text={made.value}
        close={close}
      >
        {origins.length > 0 && (
          <Code
            label={words().frameLabel}
            text={`<iframe src="${made.value}" title="${site.domain}" width="100%" height="900" loading="lazy"></iframe>`}
          />
        )}
      </Once>
    );
  }
  return (
    <Dialog title={words().add} close={close}>
      <Form
        fields={['name', 'filters', 'password', 'frames', 'expires']}
        submit={words().add}
        ready={name.value.trim() !== ''}
        cancel={close}
        save={save}
      >
        {(fault) => (
          <>
            <TextField
              label={words().name}
              help={words().nameHelp}
              fault={fault('name')}
              text={name}
            />
            {known.length > 0 && (
              <Field label={words().shows} fault={fault('filters')}>
                {(attributes) => (
                  <select
                    {...attributes}
                    value={segment.value}
                    onChange={(event) => (segment.value = event.currentTarget.value)}
                  >
                    <option value="">{words().all}</option>
                    <optgroup label={words().segment}>
                      {known.map(({ id, name: called }) => (
                        <option key={id} value={String(id)}>
                          {called}
                        </option>
                      ))}
                    </optgroup>
                  </select>
                )}
              </Field>
            )}
            <TextField
              type="date"
              label={words().expires}
              help={words().expiresHelp}
              fault={fault('expires')}
              text={expires}
            />
            <TextField
              type="password"
              autoComplete="new-password"
              label={words().password}
              help={words().passwordHelp}
              fault={fault('password')}
              text={password}
            />
            <TextField
              label={words().frames}
              help={words().framesHelp}
              fault={fault('frames')}
              text={frames}
              lines={2}
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}
