import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Site } from '../../api/me';
import { changeSettings, type Setting, type SiteSettings } from '../../api/settings';
import { useUnsaved } from '../../state/leaving';
import { faultOf, useSaving } from '../../ui/saving';
import { Fault } from '../../ui/Field';
import { words } from './formText';
import { SaveBar } from './SaveBar';
import { sent, SettingField, shown } from './SettingField';

interface Props {
  site: Site;
  settings: SiteSettings;
  /** Which of them, in this order, under headings where they are many. */
  parts: { title?: string; names: readonly string[] }[];
}

const held = (setting: Setting): string => setting.value ?? setting.default;

/** Settings that are saved together: what the server holds, until something else is written. */
export function SettingsForm({ site, settings, parts }: Props) {
  const root = useRef<HTMLFormElement>(null);
  /** What was written, by name; nothing where it is as the server has it. */
  const draft = useSignal<Record<string, string>>({});
  const saving = useSaving();
  const of = (names: readonly string[]) =>
    names.flatMap((name) => settings.settings.find((one) => one.name === name) ?? []);
  const some = parts.flatMap(({ names }) => of(names));
  const text = (setting: Setting) => draft.value[setting.name] ?? shown(setting, held(setting));
  const changed = some.filter((setting) => sent(setting, text(setting)) !== held(setting));
  useUnsaved(changed.length > 0, words().leave);

  const fault = faultOf(saving.failure.value);
  const named = some.some(({ name }) => name === fault?.field) ? fault?.field : undefined;
  useEffect(() => {
    if (saving.failure.value) {
      root.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
    }
  }, [saving.failure.value]);

  const write = (name: string, written: string) => {
    saving.forget();
    draft.value = { ...draft.value, [name]: written };
  };
  const save = async () => {
    const values = changed.map((setting) => {
      const value = sent(setting, text(setting));
      return [setting.name, value === setting.default ? null : value] as const;
    });
    await saving.run(async () => {
      await changeSettings(site.domain, { settings: Object.fromEntries(values) });
      draft.value = {};
    });
  };
  return (
    <form
      class="fields settings-form"
      ref={root}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {parts.map(({ title, names }) => (
        <Fragment key={names[0]}>
          {title && <h2>{title}</h2>}
          {of(names).map((setting) => (
            <SettingField
              key={setting.name}
              setting={setting}
              text={text(setting)}
              write={(written) => write(setting.name, written)}
              fault={setting.name === named ? fault?.words : undefined}
            />
          ))}
        </Fragment>
      ))}
      <Fault words={fault && !named ? fault.words : undefined} />
      <SaveBar
        site={site}
        saving={saving}
        unsaved={changed.length > 0}
        discard={() => {
          saving.forget();
          draft.value = {};
        }}
      />
    </form>
  );
}
