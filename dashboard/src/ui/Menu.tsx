import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from './Button';
import { Icon, type IconName } from './Icon';
import { useDismiss } from './useDismiss';

/** What a menu offers. */
export type MenuItem =
  | {
      label: ComponentChildren;
      /** Said at the end of the line, as a key that does the same. */
      hint?: string;
      /** Whether it is the one that is chosen; undefined if it is no choice. */
      chosen?: boolean;
      href?: string;
      choose?: () => void;
    }
  | { heading: string }
  | 'line';

interface Props {
  label: ComponentChildren;
  name?: string;
  icon?: IconName;
  kind?: 'plain' | 'quiet';
  align?: 'start' | 'end';
  class?: string;
  items: MenuItem[];
}

const keys: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** A button that opens a list of choices (WAI-ARIA menu button). */
export function Menu({ label, name, icon, kind, align = 'start', items, ...rest }: Props) {
  const open = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const entries = () =>
    Array.from(root.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? []);
  const close = () => {
    open.value = false;
    root.current?.querySelector('button')?.focus();
  };
  useDismiss(open.value, root, (reason) => (reason === 'escape' ? close() : (open.value = false)));
  useLayoutEffect(() => {
    if (open.value) {
      const chosen = root.current?.querySelector<HTMLElement>('[aria-checked=true]');
      (chosen ?? entries()[0])?.focus();
    }
  }, [open.value]);

  const move = (event: KeyboardEvent) => {
    const all = entries();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = keys[event.key];
    if (next) {
      event.preventDefault();
      event.stopPropagation();
      all[next(at, all.length)]?.focus();
    } else if (event.key.length === 1 && /\S/.test(event.key)) {
      // The first after this one that begins with the letter.
      event.stopPropagation();
      const letter = event.key.toLowerCase();
      const after = [...all.slice(at + 1), ...all.slice(0, at + 1)];
      after.find((one) => one.textContent.trim().toLowerCase().startsWith(letter))?.focus();
    }
  };

  return (
    <div class={`popover ${rest.class ?? ''}`} ref={root}>
      <Button
        {...(kind ? { kind } : {})}
        {...(icon ? { icon } : {})}
        aria-haspopup="menu"
        aria-expanded={open.value}
        aria-controls={open.value ? id : undefined}
        aria-label={name}
        onClick={() => (open.value = !open.value)}
      >
        {label}
      </Button>
      {open.value && (
        <div class={`surface menu ${align}`} id={id} role="menu" onKeyDown={move}>
          {items.map((item, index) => (
            <Item key={index} item={item} close={close} />
          ))}
        </div>
      )}
    </div>
  );
}

function Item({ item, close }: { item: MenuItem; close: () => void }) {
  if (item === 'line') {
    return <div class="line" role="separator" />;
  }
  if ('heading' in item) {
    return (
      <div class="heading" role="presentation">
        {item.heading}
      </div>
    );
  }
  const content = (
    <>
      {item.chosen !== undefined && (
        <span class="tick">{item.chosen && <Icon name="check" />}</span>
      )}
      <span class="words">{item.label}</span>
      {item.hint && <kbd>{item.hint}</kbd>}
    </>
  );
  const role = item.chosen === undefined ? 'menuitem' : 'menuitemradio';
  const choose = () => {
    close();
    item.choose?.();
  };
  return item.href === undefined ? (
    <button type="button" role={role} aria-checked={item.chosen} tabIndex={-1} onClick={choose}>
      {content}
    </button>
  ) : (
    <a role="menuitem" href={item.href} tabIndex={-1} onClick={choose}>
      {content}
    </a>
  );
}
