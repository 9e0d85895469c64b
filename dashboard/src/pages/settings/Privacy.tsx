import { useSignal } from '@preact/signals';
import type { Site } from '../../api/me';
import { changeSettings, type SiteSettings } from '../../api/settings';
import { useUnsaved } from '../../state/leaving';
import { Choices } from '../../ui/Choices';
import { Notice } from '../../ui/Notice';
import { Fault } from '../../ui/Field';
import { faultOf, useSaving } from '../../ui/saving';
import { words as form } from './formText';
import { OfSettings } from './OfSettings';
import { words } from './privacyText';
import { SaveBar } from './SaveBar';
import { SettingsForm } from './SettingsForm';

const names = [
  'cookie',
  'cookie-life',
  'cookie-days',
  'recognition',
  'address-for-recognition',
  'signals',
  'place',
  'referrer',
  'campaigns',
  'rounding',
];

/** What holds for the privacy of visitors. */
export function Privacy({ site }: { site: Site }) {
  return (
    <OfSettings site={site}>
      {(settings) => (
        <>
          <Profile site={site} settings={settings} />
          <h2>{words().settings}</h2>
          <Departures settings={settings} />
          <SettingsForm site={site} settings={settings} parts={[{ names }]} />
        </>
      )}
    </OfSettings>
  );
}

function Profile({ site, settings }: { site: Site; settings: SiteSettings }) {
  const chosen = useSignal<string | null>(null);
  const saving = useSaving();
  const profile = chosen.value ?? settings.profile;
  const unsaved = profile !== settings.profile;
  useUnsaved(unsaved, form().leave);
  return (
    <form
      class="fields settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.run(async () => {
          await changeSettings(site.domain, { profile });
          chosen.value = null;
        });
      }}
    >
      <Choices
        label={words().profile}
        help={words().profileHelp}
        choices={settings.profiles.map(({ name, description }) => ({
          value: name,
          label: words().profiles[name]?.label ?? name,
          help: words().profiles[name]?.help ?? description,
        }))}
        chosen={profile}
        choose={(value) => {
          saving.forget();
          chosen.value = value;
        }}
      />
      <Fault words={faultOf(saving.failure.value)?.words} />
      <SaveBar
        site={site}
        saving={saving}
        unsaved={unsaved}
        submit={words().useProfile}
        discard={() => (chosen.value = null)}
      />
    </form>
  );
}

/** Where the settings keep more than the profile, by which rule. */
function Departures({ settings: { departures } }: { settings: SiteSettings }) {
  return departures.length === 0 ? (
    <Notice icon="check">
      <p>{words().within}</p>
    </Notice>
  ) : (
    <Notice kind="warning">
      <p>{words().departures}</p>
      <ul class="detail" lang="en">
        {departures.map(({ name, words: said }) => (
          <li key={name}>{said}</li>
        ))}
      </ul>
    </Notice>
  );
}
