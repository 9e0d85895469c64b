import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { t } from '../text';
import { Chip } from './Chip';
import { useDismiss } from './useDismiss';

export interface Option {
  value: string;
  label: string;
  /** Said at the end of the line, as a count. */
  hint?: string;
}

interface Props {
  label: string;
  chosen: string[];
  choose: (values: string[]) => void;
  /** How a chosen value is called. */
  name: (value: string) => string;
  /** What is offered for what is written. */
  options: Option[];
  written: string;
  write: (text: string) => void;
  /** Whether what is written may be chosen though it is not offered. */
  free: boolean;
}

/** A field for several values, with suggestions (WAI-ARIA combobox with a listbox). */
export function Combobox(props: Props) {
  const { label, chosen, choose, name, options, written, write, free } = props;
  const open = useSignal(false);
  const at = useSignal(-1);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const offered = options.filter(({ value }) => !chosen.includes(value));
  useDismiss(open.value, root, () => {
    open.value = false;
    at.value = -1;
  });

  const add = (value: string) => {
    if (value && !chosen.includes(value)) {
      choose([...chosen, value]);
    }
    write('');
    at.value = -1;
    // What is beneath the list can be reached again.
    open.value = false;
  };
  const press = (event: KeyboardEvent) => {
    const last = offered.length - 1;
    switch (event.key) {
      case 'ArrowDown':
        event.preventDefault();
        open.value = true;
        at.value = at.value >= last ? 0 : at.value + 1;
        break;
      case 'ArrowUp':
        event.preventDefault();
        open.value = true;
        at.value = at.value <= 0 ? last : at.value - 1;
        break;
      case 'Enter': {
        const option = offered[at.value];
        if (option) {
          event.preventDefault();
          add(option.value);
        } else if (written.trim() && free) {
          event.preventDefault();
          add(written.trim());
        }
        break;
      }
      case 'Backspace':
        if (written === '') {
          choose(chosen.slice(0, -1));
        }
        break;
    }
  };

  return (
    <div class="combobox" ref={root}>
      <label for={`${id}-input`}>{label}</label>
      <div class="field">
        {chosen.map((value) => (
          <Chip
            key={value}
            label={name(value)}
            remove={() => choose(chosen.filter((one) => one !== value))}
          />
        ))}
        <input
          id={`${id}-input`}
          type="text"
          role="combobox"
          autoComplete="off"
          spellcheck={false}
          aria-expanded={open.value && offered.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={at.value >= 0 ? `${id}-${at.value}` : undefined}
          placeholder={chosen.length === 0 ? t().filters.placeholder : undefined}
          value={written}
          onFocus={() => (open.value = true)}
          onClick={() => (open.value = true)}
          onInput={(event) => {
            write(event.currentTarget.value);
            open.value = true;
            at.value = -1;
          }}
          onKeyDown={press}
        />
      </div>
      <ul
        class="offered"
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        hidden={!open.value || offered.length === 0}
      >
        {offered.map((option, index) => (
          <li
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at.value}
            onPointerDown={(event) => {
              // The field keeps the focus.
              event.preventDefault();
              add(option.value);
            }}
          >
            <span>{option.label}</span>
            {option.hint && <span class="count">{option.hint}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
