import { type RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Calls back when somebody turns to something else: presses Escape, clicks or tabs outside. */
export function useDismiss(
  open: boolean,
  inside: RefObject<HTMLElement | null>,
  dismiss: (reason: 'escape' | 'elsewhere') => void,
): void {
  const latest = useRef(dismiss);
  latest.current = dismiss;
  useEffect(() => {
    if (!open) {
      return undefined;
    }
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.stopPropagation();
        event.preventDefault();
        latest.current('escape');
      }
    };
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && !inside.current?.contains(event.target)) {
        latest.current('elsewhere');
      }
    };
    document.addEventListener('keydown', key, true);
    document.addEventListener('pointerdown', elsewhere);
    document.addEventListener('focusin', elsewhere);
    return () => {
      document.removeEventListener('keydown', key, true);
      document.removeEventListener('pointerdown', elsewhere);
      document.removeEventListener('focusin', elsewhere);
    };
  }, [open, inside]);
}
