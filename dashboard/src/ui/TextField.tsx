import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Field } from './Field';

interface Props {
  label: ComponentChildren;
  help?: ComponentChildren;
  fault?: string | undefined;
  /** What is written, and is written to. */
  text: Signal<string>;
  type?: 'text' | 'email' | 'password' | 'date';
  /** How many lines it has; one unless given. */
  lines?: number;
  /** Whether it is a number, for the keyboard of a phone. */
  number?: boolean;
  readOnly?: boolean;
  /** Id of a list of suggestions. */
  list?: string;
  autoComplete?: string;
  min?: string;
}

/** A line of text to be filled in, or some of them. */
export function TextField({ label, help, fault, text, ...rest }: Props) {
  const { lines, number = false, type = 'text', ...more } = rest;
  const write = (event: { currentTarget: { value: string } }) =>
    (text.value = event.currentTarget.value);
  return (
    <Field label={label} help={help} fault={fault}>
      {(attributes) =>
        lines === undefined ? (
          <input
            // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- tsc needs it: kinds of input have types of their own
            type={type as 'text'}
            autoComplete="off"
            spellcheck={false}
            {...more}
            {...attributes}
            inputMode={number ? 'decimal' : undefined}
            class={number ? 'short' : undefined}
            value={text.value}
            onInput={write}
          />
        ) : (
          <textarea
            {...attributes}
            rows={lines}
            spellcheck={false}
            value={text.value}
            onInput={write}
          />
        )
      }
    </Field>
  );
}
