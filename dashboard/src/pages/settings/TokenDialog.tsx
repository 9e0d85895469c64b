import { useSignal } from '@preact/signals';
import { createToken, type Scope, scopes } from '../../api/access';
import type { Site } from '../../api/me';
import { Code } from '../../ui/Code';
import { Dialog } from '../../ui/Dialog';
import { Form } from '../../ui/Form';
import { TextField } from '../../ui/TextField';
import { Once } from './Once';
import { words } from './tokensText';

/** Makes a token, and shows it once. */
export function TokenDialog({ site, close }: { site: Site; close: () => void }) {
  const name = useSignal('');
  const chosen = useSignal<Scope[]>(['stats']);
  const hourly = useSignal('600');
  const expires = useSignal('');
  const made = useSignal<string | null>(null);
  const choose = (scope: Scope, on: boolean) =>
    (chosen.value = scopes.filter((one) => (one === scope ? on : chosen.value.includes(one))));
  const save = async () => {
    made.value = await createToken(site.domain, {
      name: name.value.trim(),
      scopes: chosen.value,
      hourly: hourly.value.trim(),
      ...(expires.value ? { expires_on: expires.value } : {}),
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
        {chosen.value.includes('stats') && (
          <Code label={words().example} text={example(site, made.value)} />
        )}
      </Once>
    );
  }
  return (
    <Dialog title={words().add} close={close}>
      <Form
        fields={['name', 'hourly', 'expires_on']}
        submit={words().add}
        ready={chosen.value.length > 0}
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
            <fieldset class="choices-of">
              <legend>{words().may}</legend>
              {scopes.map((scope) => (
                <label key={scope} class="choice">
                  <input
                    type="checkbox"
                    checked={chosen.value.includes(scope)}
                    onChange={(event) => choose(scope, event.currentTarget.checked)}
                  />
                  <span>
                    {words().scopes[scope].label}
                    <span class="help">{words().scopes[scope].help}</span>
                  </span>
                </label>
              ))}
            </fieldset>
            <div class="pair">
              <TextField
                type="date"
                label={words().expires}
                help={words().expiresHelp}
                fault={fault('expires_on')}
                text={expires}
              />
              <TextField label={words().hourly} fault={fault('hourly')} text={hourly} number />
            </div>
          </>
        )}
      </Form>
    </Dialog>
  );
}

const example = (site: Site, token: string): string =>
  `curl ${location.origin}/api/v2/query \\\n` +
  `  -H 'Authorization: Bearer ${token}' \\\n` +
  `  -H 'Content-Type: application/json' \\\n` +
  `  -d '{"site_id":"${site.domain}","metrics":["visitors"],"date_range":"7d"}'`;
