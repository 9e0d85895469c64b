import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { keep, kept } from './kept';

const KEPT = 'sporlos-shortcuts';

/** Whether single keys do something; people who dictate or miss keys turn them off (WCAG 2.1.4). */
export const shortcutsOn = signal(kept(KEPT) !== 'off');

/** Turns them on or off, and remembers that in this browser. */
export function turnShortcuts(on: boolean): void {
  keep(KEPT, on ? 'on' : 'off');
  shortcutsOn.value = on;
}

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select'));

/** Does what belongs to a key, unless somebody writes, or something is open in front of the page. */
export function useShortcuts(actions: Record<string, () => void>): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const action = latest.current[event.key];
      if (
        action &&
        shortcutsOn.peek() &&
        !event.ctrlKey &&
        !event.metaKey &&
        !event.altKey &&
        !event.defaultPrevented &&
        !isWriting(event.target) &&
        !document.querySelector('dialog[open], [role=menu]')
      ) {
        event.preventDefault();
        action();
      }
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
