import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { addSite } from '../api/settings';
import { go } from '../state/location';
import { pathTo } from '../state/route';
import { identify } from '../state/session';
import '../style/settings.css';
import { Choices } from '../ui/Choices';
import { Dialog } from '../ui/Dialog';
import { Form } from '../ui/Form';
import { TextField } from '../ui/TextField';
import { words } from './addSiteText';
import { words as privacy } from './settings/privacyText';

const profiles = ['dk', 'cnil', 'uk', 'strict'];

/** Adds a site, and leads to its snippet. */
export function AddSite({ close }: { close: () => void }) {
  const domain = useSignal('');
  const zone = useSignal(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const profile = useSignal('dk');
  const zones = useId();
  const save = async () => {
    const name = domain.value.trim().toLowerCase();
    await addSite({ domain: name, timezone: zone.value.trim(), profile: profile.value });
    await identify(() => go(pathTo(name, 'settings/snippet')));
  };
  return (
    <Dialog title={words().title} close={close}>
      <Form
        fields={['domain', 'timezone']}
        submit={words().title}
        ready={domain.value.trim() !== '' && zone.value.trim() !== ''}
        cancel={close}
        save={save}
      >
        {(fault) => (
          <>
            <TextField
              label={words().domain}
              help={words().domainHelp}
              fault={fault('domain')}
              text={domain}
            />
            <TextField
              label={words().zone}
              help={words().zoneHelp}
              fault={fault('timezone')}
              text={zone}
              list={zones}
            />
            <datalist id={zones}>
              {Intl.supportedValuesOf('timeZone').map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
            <Choices
              label={privacy().profile}
              choices={profiles.map((value) => ({
                value,
                label: privacy().profiles[value]?.label ?? value,
                help: privacy().profiles[value]?.help,
              }))}
              chosen={profile.value}
              choose={(value) => (profile.value = value)}
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}
