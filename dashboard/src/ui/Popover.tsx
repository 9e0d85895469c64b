import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { Button } from './Button';
import type { IconName } from './Icon';
import { useDismiss } from './useDismiss';

interface Props {
  /** What the button says. */
  label: ComponentChildren;
  /** The button's name, where what it says is not enough. */
  name?: string;
  icon?: IconName;
  kind?: 'plain' | 'quiet';
  /** Which of its edges stands at that of the button. */
  align?: 'start' | 'end';
  class?: string;
  /** What opens; it is given what closes it. */
  children: (close: () => void) => ComponentChildren;
}

/** A button that opens something beneath it. */
export function Popover({ label, name, icon, kind, align = 'start', children, ...rest }: Props) {
  const open = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = () => {
    open.value = false;
    root.current?.querySelector('button')?.focus();
  };
  useDismiss(open.value, root, (reason) => (reason === 'escape' ? close() : (open.value = false)));
  return (
    <div class={`popover ${rest.class ?? ''}`} ref={root}>
      <Button
        {...(kind ? { kind } : {})}
        {...(icon ? { icon } : {})}
        aria-expanded={open.value}
        aria-controls={open.value ? id : undefined}
        aria-label={name}
        onClick={() => (open.value = !open.value)}
      >
        {label}
      </Button>
      {open.value && (
        <div class={`surface ${align}`} id={id}>
          {children(close)}
        </div>
      )}
    </div>
  );
}
