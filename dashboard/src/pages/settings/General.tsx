import { useSignal } from '@preact/signals';
import type { Site } from '../../api/me';
import { renameSite, settingsOf } from '../../api/settings';
import { useAnswer } from '../../api/useAnswer';
import { useUnsaved } from '../../state/leaving';
import { go } from '../../state/location';
import { pathTo } from '../../state/route';
import { identify } from '../../state/session';
import { Field } from '../../ui/Field';
import { Form } from '../../ui/Form';
import { words as form } from './formText';
import { words } from './generalText';

/** What a site is called, and where its days are counted. */
export function General({ site }: { site: Site }) {
  const written = useSignal(site.domain);
  const settings = useAnswer(settingsOf(site.domain));
  const domain = written.value.trim().toLowerCase();
  const changed = domain !== site.domain;
  useUnsaved(changed, form().leave);
  const rename = async () => {
    await renameSite(site.domain, domain);
    await identify(() => go(pathTo(domain, 'settings/general'), { replace: true, anyway: true }));
  };
  return (
    <>
      <Form
        fields={['domain']}
        submit={words().rename}
        ready={changed && domain !== ''}
        save={rename}
      >
        {(fault) => (
          <Field label={words().domain} help={words().domainHelp} fault={fault('domain')}>
            {(attributes) => (
              <input
                {...attributes}
                type="text"
                autoComplete="off"
                autoCapitalize="none"
                spellcheck={false}
                value={written.value}
                onInput={(event) => (written.value = event.currentTarget.value)}
              />
            )}
          </Field>
        )}
      </Form>
      <dl class="facts">
        <dt>{words().zone}</dt>
        <dd>
          {site.timezone}
          <p class="help">{words().zoneHelp}</p>
        </dd>
        <dt>{words().number}</dt>
        <dd>
          <code>{settings.value?.public_id ?? '…'}</code>
          <p class="help">{words().numberHelp}</p>
        </dd>
      </dl>
    </>
  );
}
