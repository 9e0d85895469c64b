import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { useDismiss } from './useDismiss';

interface Props {
  /** What the mark is called. */
  label: string;
  mark: ComponentChildren;
  children: ComponentChildren;
}

/** A small mark that explains itself when pointed at, reached by keyboard or tapped. */
export function Hint({ label, mark, children }: Props) {
  const open = useSignal(false);
  const root = useRef<HTMLSpanElement>(null);
  const id = useId();
  useDismiss(open.value, root, () => (open.value = false));
  return (
    <span
      class="hint"
      ref={root}
      onPointerEnter={(event) => event.pointerType === 'mouse' && (open.value = true)}
      onPointerLeave={(event) => event.pointerType === 'mouse' && (open.value = false)}
    >
      <button
        type="button"
        aria-label={label}
        aria-describedby={open.value ? id : undefined}
        onFocus={() => (open.value = true)}
        onClick={(event) => {
          event.stopPropagation();
          open.value = true;
        }}
      >
        {mark}
      </button>
      {open.value && (
        <span class="tip" id={id} role="tooltip">
          {children}
        </span>
      )}
    </span>
  );
}
