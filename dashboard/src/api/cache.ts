import { type Signal, signal } from '@preact/signals';
import { Failure } from './request';

/** Something that can be asked, and asked again. */
export interface Asked<T> {
  /** The same for the same question. */
  key: string;
  load: (signal: AbortSignal) => Promise<T>;
  /** For how many milliseconds an answer holds; for good unless given. */
  holds?: number;
}

/** How a question stands. */
export interface Answered<T> {
  /** The last answer; it stays while the question is asked again. */
  value?: T;
  /** When that answer came. */
  at?: Date;
  /** Whether an answer is waited for. */
  asking: boolean;
  failure?: Failure;
}

interface Entry {
  asked?: Asked<unknown>;
  state: Signal<Answered<unknown>>;
  watchers: number;
  abort?: AbortController;
}

/** How many answers are kept; what was not asked for longest goes first. */
const most = 300;

/*
 * Answers of this page, by question. Going back shows what was shown, without a request; an answer
 * that no longer holds is shown until the next one is there. A question that nobody waits for any
 * more is given up.
 */
const entries = new Map<string, Entry>();

/** Changes whenever an answer comes, or something begins or ends to be shown. */
const turns = signal(0);

const turn = () => (turns.value = turns.peek() + 1);

function entryOf(key: string): Entry {
  const entry = entries.get(key) ?? { state: signal({ asking: false }), watchers: 0 };
  entries.delete(key);
  entries.set(key, entry);
  return entry;
}

/** How a question stands, as a signal; asks nothing. */
export const stateOf = <T>(asked: Asked<T>): Signal<Answered<T>> =>
  entryOf(asked.key).state as Signal<Answered<T>>;

/** Waits for an answer from now on, and asks unless there is one that holds. Call what it returns to stop. */
export function watch<T>(asked: Asked<T>): () => void {
  const entry = entryOf(asked.key);
  entry.asked = asked;
  entry.watchers++;
  turn();
  const { at, failure } = entry.state.peek();
  if (!holds(asked, at) || failure) {
    ask(asked);
  }
  return () => {
    entry.watchers--;
    turn();
    // Another part may be about to wait for the same.
    queueMicrotask(() => {
      if (entry.watchers === 0) {
        entry.abort?.abort();
        forget();
      }
    });
  };
}

/** Asks, whether there is an answer or not; once if it is being asked already. */
export function ask<T>(asked: Asked<T>): void {
  const entry = entryOf(asked.key);
  if (entry.abort) {
    return;
  }
  const abort = new AbortController();
  entry.abort = abort;
  entry.state.value = { ...answerOf(entry), asking: true };
  asked
    .load(abort.signal)
    .then(
      (value) => {
        entry.state.value = { value, at: new Date(), asking: false };
        turn();
      },
      (failure: unknown) => {
        entry.state.value = {
          ...answerOf(entry),
          asking: false,
          ...(abort.signal.aborted ? {} : { failure: known(failure) }),
        };
      },
    )
    .finally(() => {
      delete entry.abort;
      // Somebody may have begun to wait while it was being given up.
      if (abort.signal.aborted && entry.watchers > 0) {
        ask(asked);
      }
    });
}

/** Keeps what the server said otherwise, as when it answered a change. */
export function keep<T>(asked: Asked<T>, value: T): void {
  entryOf(asked.key).state.value = { value, at: new Date(), asking: false };
  turn();
}

/** The last answer, whatever happened since. */
function answerOf(entry: Entry): Pick<Answered<unknown>, 'value' | 'at'> {
  const { value, at } = entry.state.peek();
  return at ? { value, at } : {};
}

function known(failure: unknown): Failure {
  if (failure instanceof Failure) {
    return failure;
  }
  console.error(failure);
  return new Failure('failed');
}

/** Asks again what is shown whose key begins so, and forgets the rest: what they say has changed. */
export function renew(start: string): void {
  for (const [key, entry] of [...entries]) {
    if (!key.startsWith(start)) {
      continue;
    }
    if (entry.watchers > 0 && entry.asked) {
      ask(entry.asked);
    } else {
      entries.delete(key);
    }
  }
}

/** Asks again what is shown and no longer holds, or was not answered since somebody was away or busy. */
export function refresh(): void {
  for (const { asked, watchers, state } of [...entries.values()]) {
    const { at, failure } = state.peek();
    const passing = failure?.kind === 'offline' || failure?.kind === 'busy';
    if (asked && watchers > 0 && (failure ? passing : !holds(asked, at))) {
      ask(asked);
    }
  }
}

addEventListener('online', refresh);

/**
 * Until when all is in the answers that are shown and whose keys begin so: when the oldest came, or
 * what it says itself, if it was read where data come later. Null if there is none.
 */
export function oldest(start: string): Date | null {
  // eslint-disable-next-line @typescript-eslint/no-unused-expressions -- read, to be told of turns
  turns.value;
  const times = [...entries]
    .filter(([key, { watchers }]) => key.startsWith(start) && watchers > 0)
    .flatMap(([, { state }]) => untilOf(state.peek()) ?? []);
  return times.length === 0 ? null : new Date(Math.min(...times.map((at) => at.getTime())));
}

function untilOf({ value, at }: Answered<unknown>): Date | undefined {
  const said = (value as { meta?: { data_to?: string } } | undefined)?.meta?.data_to;
  return at && said ? new Date(Math.min(at.getTime(), Date.parse(said))) : at;
}

const holds = (asked: Asked<unknown>, at: Date | undefined): boolean =>
  at !== undefined && (asked.holds === undefined || Date.now() - at.getTime() < asked.holds);

function forget(): void {
  for (const [key, entry] of entries) {
    if (entries.size <= most) {
      return;
    }
    if (entry.watchers === 0) {
      entries.delete(key);
    }
  }
}
