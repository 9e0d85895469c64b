import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface Props {
  label: string;
  chosen: string;
  choices: { id: string; name: string }[];
  choose: (id: string) => void;
  /** What stands at the end of the line. */
  children?: ComponentChildren;
}

/** A choice of what a part of a panel is about. */
export function Picker({ label, chosen, choices, choose, children }: Props) {
  const id = useId();
  return (
    <div class="picker">
      <label for={id}>{label}</label>
      <select id={id} value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.name}
          </option>
        ))}
      </select>
      {children}
    </div>
  );
}
