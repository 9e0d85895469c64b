import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Fault } from './Field';

export interface Choice {
  value: string;
  label: ComponentChildren;
  /** What it means to choose it. */
  help?: ComponentChildren;
}

interface Props {
  label: ComponentChildren;
  help?: ComponentChildren;
  fault?: string | undefined;
  choices: Choice[];
  chosen: string;
  choose: (value: string) => void;
  /** Said after the choices, as what holds unless something is chosen. */
  children?: ComponentChildren;
}

/** One of a few, each with what it means. */
export function Choices({ label, help, fault, choices, chosen, choose, children }: Props) {
  const id = useId();
  return (
    <fieldset class="choices-of" aria-describedby={help ? `${id}-help` : undefined}>
      <legend>{label}</legend>
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {choices.map((one) => (
        <label key={one.value} class="choice">
          <input
            type="radio"
            name={id}
            value={one.value}
            checked={one.value === chosen}
            onChange={() => choose(one.value)}
          />
          <span>
            {one.label}
            {one.help && <span class="help">{one.help}</span>}
          </span>
        </label>
      ))}
      {children}
      <Fault words={fault} />
    </fieldset>
  );
}
