import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** What ties what is written into to its label, its help and what is wrong with it. */
export interface FieldAttributes {
  id: string;
  'aria-invalid'?: true;
  'aria-describedby'?: string;
}

interface Props {
  label: ComponentChildren;
  help?: ComponentChildren;
  /** What is wrong with what was written; undefined if nothing is. */
  fault?: string | undefined;
  children: (attributes: FieldAttributes) => ComponentChildren;
}

/** Something to be filled in, with its label. */
export function Field({ label, help, fault, children }: Props) {
  const id = useId();
  const described = [help && `${id}-help`, fault && `${id}-fault`].filter(Boolean).join(' ');
  return (
    <div class="entry">
      <label for={id}>{label}</label>
      {children({
        id,
        ...(fault ? { 'aria-invalid': true as const } : {}),
        ...(described ? { 'aria-describedby': described } : {}),
      })}
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      <Fault id={`${id}-fault`} words={fault} />
    </div>
  );
}

/** What is wrong, in the words of the server, which speaks English. */
export function Fault({ id, words }: { id?: string; words: string | undefined }) {
  return words ? (
    <p class="fault" id={id} role="alert">
      {words}
    </p>
  ) : null;
}
