import { useSignal } from '@preact/signals';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';
import { type Answered, ask, type Asked, stateOf, watch } from './cache';

/** What a part of the page knows of its question. */
export interface Answer<T> extends Answered<T> {
  /** Whether what is shown answers an earlier question. */
  outdated: boolean;
  again: () => void;
}

/**
 * Asks, and shows the last answer to an earlier question meanwhile, so that nothing jumps.
 *
 * @param asked null for nothing yet
 */
export function useAnswer<T>(asked: Asked<T> | null): Answer<T> {
  const latest = useRef(asked);
  latest.current = asked;
  const last = useRef<{ value: T; at: Date } | null>(null);
  const key = asked?.key;

  useLayoutEffect(() => (latest.current ? watch(latest.current) : undefined), [key]);

  const state: Answered<T> = asked ? stateOf(asked).value : { asking: true };
  if (state.value !== undefined && state.at) {
    last.current = { value: state.value, at: state.at };
  }
  const again = useCallback(() => {
    if (latest.current) {
      ask(latest.current);
    }
  }, []);
  const outdated = state.value === undefined && last.current !== null;
  return { ...state, ...(outdated ? last.current : {}), outdated, again };
}

/** The same answer, with what is made of its value. */
export const mapped = <T, U>({ value, ...rest }: Answer<T>, made: (value: T) => U): Answer<U> => ({
  ...rest,
  ...(value === undefined ? {} : { value: made(value) }),
});

/** Whether something has lasted for so many milliseconds. */
export function useLasting(going: boolean, milliseconds: number): boolean {
  const lasted = useSignal(false);
  useLayoutEffect(() => {
    lasted.value = false;
    if (!going) {
      return undefined;
    }
    const timer = setTimeout(() => (lasted.value = true), milliseconds);
    return () => clearTimeout(timer);
  }, [going, milliseconds, lasted]);
  return going && lasted.value;
}

/** Asks again each so many milliseconds while the page is seen. */
export function useEvery(milliseconds: number, job: () => void): void {
  const latest = useRef(job);
  latest.current = job;
  useLayoutEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') {
        latest.current();
      }
    }, milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}
