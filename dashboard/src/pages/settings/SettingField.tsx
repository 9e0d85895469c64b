import type { Setting } from '../../api/settings';
import { Choices } from '../../ui/Choices';
import { Field } from '../../ui/Field';
import { words as form } from './formText';
import { words as spoken } from './settingText';

/** How a setting is written. */
type Kind = 'choice' | 'number' | 'list' | 'line';

/** Those that are not written as what stands for their values says. */
const kinds: Record<string, Kind> = { recipients: 'line' };

function kindOf({ name, values }: Setting): Kind {
  const known = kinds[name];
  if (known) {
    return known;
  }
  if (/^[a-z-]+(?:\|[a-z-]+)+$/.test(values)) {
    return 'choice';
  }
  switch (values) {
    case 'NUMBER':
    case 'DAYS':
      return 'number';
    case 'HOSTS':
    case 'PATTERNS':
    case 'NETWORKS':
    case 'NAMES':
      return 'list';
    default:
      return 'line';
  }
}

/** A value as people write it: of a list, one a line. */
export const shown = (setting: Setting, value: string): string =>
  kindOf(setting) === 'list' ? value.split(',').join('\n') : value;

/** The same as the server takes it. */
export const sent = (setting: Setting, text: string): string =>
  kindOf(setting) === 'list'
    ? text
        .split(/[\n,]/)
        .map((line) => line.trim())
        .filter(Boolean)
        .join(',')
    : text.trim();

interface Props {
  setting: Setting;
  /** What is written now. */
  text: string;
  write: (text: string) => void;
  fault: string | undefined;
}

/** One setting, in the words of who reads it. What has no words yet is spoken of as the server does. */
export function SettingField(props: Props) {
  return (
    <div data-setting={props.setting.name}>
      <Written {...props} />
    </div>
  );
}

function Written({ setting, text, write, fault }: Props) {
  const { name, description, values } = setting;
  const said = spoken()[name] ?? { label: name, help: description };
  const label = said.label;
  const nameOf = (value: string) => said.values?.[value]?.label ?? value;
  const differs = sent(setting, text) !== setting.default;
  const fallback = (
    <Fallback
      shown={differs && setting.default !== ''}
      value={nameOf(setting.default)}
      back={() => write(shown(setting, setting.default))}
    />
  );
  const kind = kindOf(setting);
  if (kind === 'choice') {
    return (
      <Choices
        label={label}
        help={said.help}
        fault={fault}
        choices={values.split('|').map((value) => ({
          value,
          label: nameOf(value),
          help: said.values?.[value]?.help,
        }))}
        chosen={text}
        choose={write}
      >
        {fallback}
      </Choices>
    );
  }
  return (
    <>
      <Field label={label} help={said.help} fault={fault}>
        {(attributes) =>
          kind === 'list' ? (
            <textarea
              {...attributes}
              rows={Math.min(8, Math.max(2, text.split('\n').length))}
              spellcheck={false}
              autoCapitalize="none"
              value={text}
              onInput={(event) => write(event.currentTarget.value)}
            />
          ) : (
            <input
              {...attributes}
              type="text"
              inputMode={kind === 'number' ? 'numeric' : 'text'}
              class={kind === 'number' ? 'short' : undefined}
              autoComplete="off"
              value={text}
              onInput={(event) => write(event.currentTarget.value)}
            />
          )
        }
      </Field>
      {fallback}
    </>
  );
}

/** What holds unless something else is said, and the way back to it. */
function Fallback(props: { shown: boolean; value: string; back: () => void }) {
  return props.shown ? (
    <p class="help fallback">
      {form().byDefault(props.value)}{' '}
      <button type="button" class="link" onClick={props.back}>
        {form().back}
      </button>
    </p>
  ) : null;
}
