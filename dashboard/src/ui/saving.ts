import { type ReadonlySignal, useSignal } from '@preact/signals';
import { Failure } from '../api/request';
import { t } from '../text';

/** How something that is being changed stands. */
export interface Saving {
  busy: ReadonlySignal<boolean>;
  /** Why it was not done; null if nothing went wrong. */
  failure: ReadonlySignal<Failure | null>;
  /** When it was last done; null if it was not. */
  done: ReadonlySignal<Date | null>;
  /** Does it, once at a time; says whether it was done. */
  run: (change: () => Promise<unknown>) => Promise<boolean>;
  /** Forgets how it went. */
  forget: () => void;
}

/** Changes something at the server, and knows how that went: nothing is said to be saved before. */
export function useSaving(): Saving {
  const busy = useSignal(false);
  const failure = useSignal<Failure | null>(null);
  const done = useSignal<Date | null>(null);
  const run = async (change: () => Promise<unknown>) => {
    if (busy.peek()) {
      return false;
    }
    busy.value = true;
    failure.value = null;
    done.value = null;
    try {
      await change();
      done.value = new Date();
      return true;
    } catch (reason) {
      failure.value = reason instanceof Failure ? reason : new Failure('failed');
      return false;
    } finally {
      busy.value = false;
    }
  };
  const forget = () => {
    failure.value = null;
    done.value = null;
  };
  return { busy, failure, done, run, forget };
}

/** Where the server says that something is wrong: `domain: …`, or ``Parameter `domain` …``. */
const places = [/^([\w-]+): (.*)$/s, /^Parameter `([\w-]+)` (.*)$/s];

/** What is wrong with which field; the field is empty if it is with none that is named. */
export function faultOf(failure: Failure | null): { field: string; words: string } | null {
  if (!failure) {
    return null;
  }
  if (failure.kind === 'invalid') {
    for (const place of places) {
      const [, field, words] = place.exec(failure.message) ?? [];
      if (field && words) {
        return { field, words };
      }
    }
  }
  return { field: '', words: failure.message || t().failures[failure.kind] };
}
